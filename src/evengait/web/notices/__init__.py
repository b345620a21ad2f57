"""Notices: what happened in the cases one has a part in, on the page and by a mail that says nothing of it."""
