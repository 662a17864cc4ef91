"""What leaves the hub by itself: webhooks, pushes, updates of passes. The journal is the outbox (docs/architecture.md).

A `Consumer` (`consumer.py`) says which kinds of entries it wants, makes envelopes of an entry, and sends a letter. The
rest is the same for all: reading on from a durable cursor (`reading.py`), sending lane by lane with back-off
(`sending.py`), one process at a time (`desk.py`). May import `store`, `hub`'s plain data and nothing of the handlers.
"""
