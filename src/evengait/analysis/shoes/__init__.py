"""Shoes by day: their age and whether they are new."""
