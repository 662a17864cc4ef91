"""Ports of loopback for servers that start later, on a port that must be known before."""

import contextlib
import random
import socket

PORTS = range(10_000, 32_000)
"""Below those that Linux gives to connections: a connection of any process could take one before its server starts."""


def free_port() -> int:
    """Return a port that nothing has bound."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
