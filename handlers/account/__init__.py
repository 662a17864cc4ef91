"""Accounts: one's own over REST, and the pages of forgotten passwords, proved addresses and second steps of a login."""
