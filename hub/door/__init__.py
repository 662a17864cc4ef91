"""Admission: from what a door sends to its verdict, online and offline. Start at `rules.py`."""
