"""HTTP and WebSocket handlers: parse, call the hub, answer. `routes.py` is the table of paths, handlers and rules.

May import `hub`; never `store`, never a collection.
"""
