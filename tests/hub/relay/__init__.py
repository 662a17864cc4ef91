"""Tests of relays: their merge rule, their commands, and whole relays with a line that breaks."""
