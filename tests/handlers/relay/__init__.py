"""A hub and its relay over a line that can be cut."""
