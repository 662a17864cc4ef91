"""HTTP and WebSocket at the edge: parse, ask the hub, answer. One file for each family of paths.

May import `hub`; never `store`, never a collection. `routes.py` is the table of contents.
"""
