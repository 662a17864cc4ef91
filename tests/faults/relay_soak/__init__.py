"""Relay soak: doors scan at a hub and at its relay while the line and both are hurt; checkers judge both sides.

`make soak-relay MINUTES=2 SEED=1`; docs/reliability.md has its numbers.
"""
