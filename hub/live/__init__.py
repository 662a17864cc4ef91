"""The live hub: what a socket may say, what it hears, and how entries of the journal reach every client.

`session.py` and `ring.py` are the rules, pure; `feed.py` and `outbox.py` carry entries to clients; `hub.py` puts them
together. May import `hub`'s plain types; knows neither Tornado nor MongoDB: `ports.py` names what it is given.
"""
