"""Self-trials on the desk: drawn, agreed to, followed, judged."""
