"""HTTP and WebSocket handlers: parse, call the hub, answer. `application.py` puts them together.

May import `hub`; never `store`, never a collection.
"""
