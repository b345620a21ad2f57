"""Garmin's account archive: recordings in zips in the zip, and lists of what the runner said of each activity."""

from evengait.ingest.garmin_export.activities import Listed, is_list, read_list
from evengait.ingest.garmin_export.gear import is_gear, read_gear

__all__ = ["Listed", "is_gear", "is_list", "read_gear", "read_list"]
