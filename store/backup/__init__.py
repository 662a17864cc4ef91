"""Backups: a hub's database as of one instant in one file, sealed where a key is given, and restored from it."""
