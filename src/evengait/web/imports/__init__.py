"""Bringing runs in: files dropped on the page, taken in by the worker, watched, taken back."""
