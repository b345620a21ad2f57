"""Take everything with me: one file, made in the background, there for a day."""
