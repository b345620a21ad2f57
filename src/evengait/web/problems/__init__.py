"""What hurts: told or shown on the body, the questions that must be asked first, the answer from the archive."""
