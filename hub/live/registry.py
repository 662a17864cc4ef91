"""Registry: every socket of this process, counted by principal or address, and found again when it has to be closed.

A socket is unregistered in the same step in which it begins to close: the edge learns seconds late that a stalled peer
is gone.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from hub.live.protocol import CloseCode
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.rate_limit import RateLimiter


class Handle(NamedTuple):
    """Credential of a socket, whose end ends it: a device, a key, a user, a login, a ticket."""

    kind: str
    id: str


class Socket(Protocol):
    """Socket, as the registry and the server see it (`connection.py`)."""

    address: str

    @property
    def principal(self) -> Principal | None:
        """The client's principal; None before its welcome."""

    @property
    def is_stranger(self) -> bool:
        """Whether the client has shown no credential, good or bad."""

    def tick(self, at: float) -> None:
        """Run its timers; `at` is in seconds of the loop."""

    def send(self, frame: bytes) -> None:
        """Queue `frame`."""

    def stop_requests(self) -> None:
        """Ignore further frames; calls under way get their replies."""

    def close(self, code: CloseCode, reason: str) -> None:
        """Close it once its queue has drained."""

    def recheck(self) -> None:
        """Authenticate again, and close it where the credential is no longer good."""


class Registry:
    """All sockets, with their limits: each counts for its address until it authenticates, then for its principal."""

    def __init__(self, limits: LiveLimits, monotonic: Callable[[], float]) -> None:
        self.endings = 0
        """How often a handle has ended: a credential checked across such a moment has to be checked again."""
        self._limits = limits
        self._sockets: dict[Socket, frozenset[Handle]] = {}
        self._by_handle: dict[Handle, set[Socket]] = {}
        self._unknown: Counter[str] = Counter()
        self._strangers = RateLimiter(limits.strangers_per_minute, monotonic)
        self._changed = asyncio.Event()

    def __len__(self) -> int:
        return len(self._sockets)

    def __iter__(self) -> Iterator[Socket]:
        return iter(tuple(self._sockets))

    def has_room(self, address: str) -> bool:
        """Return whether one more socket may be opened from `address`."""
        if len(self._sockets) >= self._limits.sockets_total or self._strangers.is_empty(address):
            return False
        return self._unknown[address] < self._limits.sockets_per_address

    def add(self, socket: Socket) -> None:
        """Register a socket that has not authenticated."""
        self._sockets[socket] = frozenset()
        self._unknown[socket.address] += 1

    def admit(self, socket: Socket, principal: Principal) -> bool:
        """Count `socket` for `principal` from now on; False where that has too many already."""
        own = Handle(principal.kind, principal.id)
        login = Handle("session", principal.session) if principal.session else None
        organiser = principal.kind in ("key", "user")
        limit = self._limits.sockets_per_key if organiser else self._limits.sockets_per_device
        if len(self._by_handle.get(own, ())) >= limit:
            return False
        self._forget_address(socket)
        self._sockets[socket] = frozenset({own} if login is None else {own, login})
        for handle in self._sockets[socket]:
            self._by_handle.setdefault(handle, set()).add(socket)
        return True

    def start_over(self, socket: Socket) -> None:
        """Count `socket` for its address again, since it authenticates anew."""
        self.remove(socket)
        self.add(socket)

    def remove(self, socket: Socket) -> None:
        """Unregister `socket`."""
        if socket not in self._sockets:
            return
        if socket.is_stranger:
            self._strangers.count(socket.address)
        self._forget_address(socket)
        for handle in self._sockets.pop(socket):
            self._by_handle[handle].discard(socket)
            if not self._by_handle[handle]:
                del self._by_handle[handle]
        self._changed.set()

    def end(self, handle: Handle) -> None:
        """Close all sockets that `handle` authenticated."""
        self.endings += 1
        for socket in tuple(self._by_handle.get(handle, ())):
            socket.close(CloseCode.NO_LONGER_ALLOWED, f"{handle.kind} ended")

    def recheck(self, handle: Handle) -> None:
        """Authenticate all sockets of `handle` again."""
        self.endings += 1
        for socket in tuple(self._by_handle.get(handle, ())):
            socket.recheck()

    def recheck_all(self) -> None:
        """Authenticate all sockets again: anything may have been revoked."""
        self.endings += 1
        for socket in self:
            socket.recheck()

    async def emptied(self) -> None:
        """Wait until no socket is left."""
        while self._sockets:
            self._changed.clear()
            await self._changed.wait()

    def _forget_address(self, socket: Socket) -> None:
        if not self._sockets[socket]:
            self._unknown[socket.address] -= 1
            if not self._unknown[socket.address]:
                del self._unknown[socket.address]
