"""Retry nonces: idempotency for scans without a nonce while their outcome is unknown (scan-api.md, guarantee 3).

The TiBillet phone sends no nonce. When the database could not confirm its scan it tries again, and that second try
must find the first one's verdict, not "already scanned", on whichever process of this host it arrives: so they are
kept as small files that all of them see; where no file can be written (a full disk), by this process alone.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from uuid import uuid4

import structlog

from hub.errors import Unavailable

Attempt = tuple[str, str, str]
"""Key of a scan that is tried again: device, ticket (or what was scanned), direction with the payment."""

KEPT_S = 60.0
MOST_UNWRITTEN = 1000

log = structlog.get_logger(__name__)


class RetryNonces:
    """The nonces of scans that were answered 503 within the last minute, in `folder`."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now
        self._unwritten: dict[Path, tuple[float, str]] = {}
        self._says_so = True

    def nonce(self, attempt: Attempt, given: str | None) -> AbstractContextManager[str]:
        """Return the nonce to scan with: `given`, else that of the try before that had no answer, else a new one."""
        return self._nonce(attempt) if given is None else nullcontext(given)

    @contextmanager
    def _nonce(self, attempt: Attempt) -> Iterator[str]:
        path = self._folder / hashlib.sha256("\0".join(attempt).encode("utf-8", "replace")).hexdigest()
        kept = self._kept(path) or self._kept_unwritten(path)
        nonce = kept or f"hub-{uuid4().hex}"
        try:
            yield nonce
        except Unavailable:
            self._keep(path, nonce)
            raise
        if kept:
            path.unlink(missing_ok=True)
            self._unwritten.pop(path, None)

    def _kept(self, path: Path) -> str | None:
        try:
            at, _, nonce = path.read_text().partition(" ")
            return nonce if self._now() - float(at) < KEPT_S else None
        except (OSError, ValueError):
            return None

    def _kept_unwritten(self, path: Path) -> str | None:
        at, nonce = self._unwritten.get(path, (0.0, ""))
        return nonce if nonce and self._now() - at < KEPT_S else None

    def _keep(self, path: Path, nonce: str) -> None:
        try:
            self._write(path, nonce)
            self._says_so = True
        except OSError as error:
            self._keep_unwritten(path, nonce, error)

    def _keep_unwritten(self, path: Path, nonce: str, error: OSError) -> None:
        self._unwritten[path] = self._now(), nonce
        if len(self._unwritten) > MOST_UNWRITTEN:
            del self._unwritten[next(iter(self._unwritten))]
        if self._says_so:
            self._says_so = False
            log.error(
                "nonces of unanswered scans cannot be written: other processes do not know them", reason=error.strerror
            )

    def _write(self, path: Path, nonce: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            if self._kept(old) is None:
                old.unlink(missing_ok=True)
        draft = path.with_suffix(f".{uuid4().hex}")
        try:
            draft.write_text(f"{self._now()} {nonce}")
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
