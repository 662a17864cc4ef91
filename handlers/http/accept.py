"""Accepting connections: where no file descriptor is free new ones wait in the kernel's backlog, and one line says so.

Tornado's own way raises the error in a callback of the loop, which calls it again at once.
"""

import asyncio
import errno
from collections.abc import Callable
from socket import socket
from typing import Any

import structlog

log = structlog.get_logger(__name__)

AT_ONCE = 128
"""Connections accepted in one turn of the loop."""
OUT_OF_RESOURCES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
AGAIN_S = 1.0
SAID_EVERY_S = 60.0


class Acceptor:
    """Acceptor of one listening socket; `accepted` gets each connection with its client's address."""

    def __init__(self, listening: socket, accepted: Callable[[socket, Any], None]) -> None:
        self._listening = listening
        self._accepted = accepted
        self._loop = asyncio.get_running_loop()
        self._again: asyncio.TimerHandle | None = None
        self._is_stopped = False
        self._said_at: float | None = None

    def start(self) -> None:
        """Accept from now on."""
        self._again = None
        self._loop.add_reader(self._listening, self._accept_some)

    def stop(self) -> None:
        """Accept no more."""
        self._is_stopped = True
        if self._again is not None:
            self._again.cancel()
        self._loop.remove_reader(self._listening)

    def _accept_some(self) -> None:
        for _ in range(AT_ONCE):
            if self._is_stopped or not self._accept():
                return

    def _accept(self) -> bool:
        """Accept a connection, and return whether there may be another."""
        try:
            connection, address = self._listening.accept()
        except BlockingIOError:
            return False
        except ConnectionAbortedError:  # it has ended while it waited
            return True
        except OSError as error:
            if error.errno not in OUT_OF_RESOURCES:
                raise
            self._pause(error)
            return False
        self._accepted(connection, address)
        return True

    def _pause(self, error: OSError) -> None:
        """Try again later: the connection stays where it waits, and would have the loop call at once for ever."""
        self._loop.remove_reader(self._listening)
        self._again = self._loop.call_later(AGAIN_S, self.start)
        if self._said_at is None or self._loop.time() - self._said_at >= SAID_EVERY_S:
            self._said_at = self._loop.time()
            log.error("no new connections can be taken: they wait", reason=error.strerror)


def accept_on(listening: socket, accepted: Callable[[socket, Any], None]) -> Callable[[], None]:
    """Accept connections of a listening socket, and return what ends that."""
    acceptor = Acceptor(listening, accepted)
    acceptor.start()
    return acceptor.stop
