"""Benchmarks: how fast the hub is beside servers that do less, as ratios measured in one run. `python -m bench`.

Nothing imports this room; it may import all others, and PyMongo and Motor, to build what the hub is compared with.
"""
