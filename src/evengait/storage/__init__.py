"""What is kept: the archive of each runner."""
