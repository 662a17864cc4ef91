"""Relays over HTTP: the hub's calls for them (`/api/relay`), and what a relay passes on."""
