"""Checks of a deployment (`run.py check`, the doctor): each aspect ok, doubtful or wrong, and what to do about it.

Start at `checks.py`, which runs them all; an aspect is a file of its own.
"""
