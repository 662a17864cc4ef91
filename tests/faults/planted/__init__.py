"""Planted bugs: hubs that are wrong on purpose, so that it is known that the history checker would notice.

They live in tests alone: a process of the tests replaces one method of the product, then serves as a worker does.
"""
