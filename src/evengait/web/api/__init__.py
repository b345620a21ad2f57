"""The API: what the command line prints, over HTTP, for programs with a token."""
