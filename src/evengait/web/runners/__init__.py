"""The runner's start page: what is in, what hurts, what comes next."""
