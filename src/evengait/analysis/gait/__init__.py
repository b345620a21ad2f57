"""Gait by session and by day: one file per metric."""
