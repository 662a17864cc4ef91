"""Soak: doors scan through three mongods and two hubs while both are hurt, and the history checker judges the night.

`make soak MINUTES=2 SEED=1`; docs/reliability.md has its numbers.
"""
