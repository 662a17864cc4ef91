"""Cache of manifests, whole and in pages: in gzip, as of a position of the journal."""

import asyncio
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from hub.door.manifest_answer import ManifestHead
from hub.model.event import Event
from hub.tasks import now

MOST_KEPT_BYTES = 64 * 1024 * 1024
"""Of all manifests that a process keeps; a larger one is made anew for each flight of requests."""

KEPT_FOR_S = 600.0
"""After its last use: doors open, phones ask, and then they follow the changes."""

LEVEL = 4
"""Of compression: a seventh of the size; higher levels take twice the time for two percent less."""

PACKED_AT_ONCE = 1000
"""Tickets that are joined before they are compressed, which lets the event loop run."""

GZIP = 16 + zlib.MAX_WBITS
"""Format of zlib's output: that of `Content-Encoding: gzip` (RFC 1952)."""

Position = tuple[str, int]
"""Epoch and number in an event's journal."""


class Sight(NamedTuple):
    """What devices have in common whose whole manifests are the same."""

    event: str
    rights: frozenset[str]


class PageKey(NamedTuple):
    """Page of the whole manifest for such devices: `limit` tickets after the ticket `after`, by id."""

    sight: Sight
    after: str
    limit: int


Key = Sight | PageKey


class KeptManifest(msgspec.Struct, kw_only=True):
    """Whole manifest, or a page of it, as of a position, with what its tickets' JSON was made by."""

    event: Event
    salt: bytes
    position: Position
    tickets: Mapping[str, bytes]
    """By id, to be brought up to date; none of a page."""
    packed: bytes
    size: int = 0
    """The bytes of its tickets' JSON, and of all in gzip."""

    def __post_init__(self) -> None:
        """Add up the size."""
        self.size = len(self.packed) + sum(map(len, self.tickets.values()))


class ManifestCache:
    """Cache of manifests, bounded in bytes; the one that was used longest ago goes first."""

    def __init__(self) -> None:
        self._kept: dict[Key, KeptManifest] = {}
        self._used_at: dict[Key, float] = {}
        self._size = 0

    def find(self, key: Key, event: Event, salt: bytes) -> KeptManifest | None:
        """Return the manifest or page that is kept; None for none, or one of an event that was changed since."""
        kept = self._kept.get(key)
        if kept is None or (kept.event, kept.salt) != (event, salt):
            return None
        self._use(key)
        return kept

    def keep(self, key: Key, manifest: KeptManifest) -> None:
        """Keep a manifest in place of the one before, for `KEPT_FOR_S` after its last use."""
        self._drop(key)
        if manifest.size > MOST_KEPT_BYTES:
            return
        while self._kept and self._size + manifest.size > MOST_KEPT_BYTES:
            self._drop(next(iter(self._used_at)))
        self._kept[key] = manifest
        self._size += manifest.size
        self._use(key)

    def _use(self, key: Key) -> None:
        self._used_at.pop(key, None)  # so that keys stand in the order of their last use
        used_at = self._used_at[key] = now()
        asyncio.get_running_loop().call_later(KEPT_FOR_S, self._expire, key, used_at)

    def _expire(self, key: Key, used_at: float) -> None:
        if self._used_at.get(key) == used_at:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self._size -= kept.size
        self._used_at.pop(key, None)


def pack(head: ManifestHead, tickets: Iterable[bytes]) -> bytes:
    """Return a manifest as JSON in gzip.

    The head's salt and the tickets share no window of the compression: what a guest wrote cannot be compared with it.
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    packed = [packer.compress(msgspec.json.encode(head)[:-1] + b',"tickets":['), packer.flush(zlib.Z_FULL_FLUSH)]
    listed = list(tickets)
    for begin in range(0, len(listed), PACKED_AT_ONCE):
        comma = b"," if begin else b""
        packed.append(packer.compress(comma + b",".join(listed[begin : begin + PACKED_AT_ONCE])))
    return b"".join([*packed, packer.compress(b"]}"), packer.flush()])


def unpack(packed: bytes) -> bytes:
    """Return the JSON of a packed manifest, for a client that takes no gzip."""
    return zlib.decompress(packed, GZIP)
