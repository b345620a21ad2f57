"""Moderation: report a reply, decide on what was reported, the trail of who decided."""
