"""Devices: made, paired, archived; when each was last seen, and which are online."""
