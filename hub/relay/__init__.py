"""Relays: a hub in the venue that decides alone while the line is gone. See docs/relay.md."""
