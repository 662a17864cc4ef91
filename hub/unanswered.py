"""Nonces for scans that bring none, remembered while their outcome is unknown (scan-api.md, guarantee 3).

The TiBillet phone sends no nonce. When the database could not confirm its scan it tries again, and that second try
must find the first one's verdict, not "already scanned".
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

from hub.errors import Unavailable

What = tuple[str, str, str]
KEPT_S = 60.0


class Unanswered:
    """The nonces of scans (device, ticket, direction) that were answered 503 within the last minute."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._nonces: dict[What, tuple[str, float]] = {}

    @asynccontextmanager
    async def nonce(self, what: What, given: str | None) -> AsyncIterator[str]:
        """Yield the nonce to scan with: `given`, else that of the unanswered try before, else a new one."""
        if given is not None:
            yield given
            return
        self._forget_old()
        nonce = self._nonces[what][0] if what in self._nonces else f"hub-{uuid4().hex}"
        try:
            yield nonce
        except Unavailable:
            self._nonces[what] = nonce, self._monotonic() + KEPT_S
            raise
        self._nonces.pop(what, None)

    def _forget_old(self) -> None:
        now = self._monotonic()
        for what in [what for what, (_, until) in self._nonces.items() if until < now]:
            del self._nonces[what]
