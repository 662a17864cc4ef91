"""Retry nonces: idempotency for scans without a nonce while their outcome is unknown (scan-api.md, guarantee 3).

The TiBillet phone sends no nonce. When the database could not confirm its scan it tries again, and that second try
must find the first one's verdict, not "already scanned", on whichever process of this host it arrives: so they are
kept as small files that all of them see.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from uuid import uuid4

from hub.errors import Unavailable

Attempt = tuple[str, str, str]
"""Key of a scan that is tried again: device, ticket (or what was scanned), direction with the payment."""

KEPT_S = 60.0


class RetryNonces:
    """The nonces of scans that were answered 503 within the last minute, in `folder`."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now

    def nonce(self, attempt: Attempt, given: str | None) -> AbstractContextManager[str]:
        """Return the nonce to scan with: `given`, else that of the try before that had no answer, else a new one."""
        return self._nonce(attempt) if given is None else nullcontext(given)

    @contextmanager
    def _nonce(self, attempt: Attempt) -> Iterator[str]:
        path = self._folder / hashlib.sha256("\0".join(attempt).encode("utf-8", "replace")).hexdigest()
        kept = self._kept(path)
        nonce = kept or f"hub-{uuid4().hex}"
        try:
            yield nonce
        except Unavailable:
            self._keep(path, nonce)
            raise
        if kept:
            path.unlink(missing_ok=True)

    def _kept(self, path: Path) -> str | None:
        try:
            at, _, nonce = path.read_text().partition(" ")
            return nonce if self._now() - float(at) < KEPT_S else None
        except (FileNotFoundError, ValueError):
            return None

    def _keep(self, path: Path, nonce: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            if self._kept(old) is None:
                old.unlink(missing_ok=True)
        draft = path.with_suffix(f".{uuid4().hex}")
        draft.write_text(f"{self._now()} {nonce}")
        draft.replace(path)
