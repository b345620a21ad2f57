"""Strava's bulk export: recordings, and a table of what the runner said of them."""

from evengait.ingest.strava_export.table import ExportTable, file_key, read_table

__all__ = ["ExportTable", "file_key", "read_table"]
