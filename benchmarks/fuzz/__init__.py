"""Broken files by the million: where they come from, how they are broken, what must hold of each."""
