"""Versions of Tornado whose use of streams and sockets is known here.

What stands in for Tornado's own, a connection's guard, the fast path, a lean socket, must have exactly the methods that
Tornado calls. With another version Tornado keeps its own.
"""

import tornado

KNOWN_TORNADO = frozenset({(6, 6)})
"""Major and minor versions whose use of a stream was read and tested."""


def is_tornado_known() -> bool:
    """Return whether this version of Tornado uses streams as it is known here."""
    return tornado.version_info[:2] in KNOWN_TORNADO
