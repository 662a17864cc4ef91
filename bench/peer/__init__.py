"""Peer: pretix on PostgreSQL, gunicorn and nginx, redeemed by the client that scans at the hub (docs/benchmarks.md)."""
