"""Signing in: the link that opens a desk at home; accounts, passkeys and a second factor on a server."""
