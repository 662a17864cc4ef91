"""Admission: from a scan to its verdict, online and offline. Start at `rules.py`."""
