"""Live server: sockets that follow events, resume, scan, and get every journal entry in order.

Pure rules: `handshake.py` and `session.py` (the protocol as state machines), `recent.py` (the resume window),
`visibility.py`. Delivery: `channel.py` fans entries out, `conflate.py` conflates and paces them, `send_queue.py` bounds
and writes them. `connection.py` is the shell of one socket, `server.py` puts all of it together. May import plain types
of `hub`; knows neither Tornado nor MongoDB: `ports.py` names what it is given.
"""
