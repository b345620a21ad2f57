"""One verb per file: what the desk does, joined from the rooms below."""
