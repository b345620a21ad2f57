"""Strava's bulk export: recordings, and a table of what the runner said of them."""

from evengait.ingest.strava_export.table import ExportTable, Label, file_key, read_table

__all__ = ["ExportTable", "Label", "file_key", "read_table"]
