"""One CSV row per set, as Strong and Hevy write it, and as this program does; in and out.

``read_sets`` tells which it is from the first line; ``write_sets`` writes one of ``SHAPES``.
"""

from evengait.ingest.strength_csv._read import SetsFile, read_sets
from evengait.ingest.strength_csv._write import SHAPES, write_sets

__all__ = ["SHAPES", "SetsFile", "read_sets", "write_sets"]
