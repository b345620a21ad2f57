"""Backups of a home: what is in one, how it is taken while others write, written, verified and read again."""
