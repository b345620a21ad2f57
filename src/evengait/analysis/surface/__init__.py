"""Surfaces by session and by day."""
