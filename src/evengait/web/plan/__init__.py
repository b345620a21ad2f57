"""The way back on the desk: begun for a problem, followed, taken along."""
