"""What every page stands on: the frame, the look, the error pages, the request with its runner."""
