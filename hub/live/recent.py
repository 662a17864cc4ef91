"""Resume window: an event's counts and its last entries, in memory. Pure: no loop, no socket, no database."""

from collections import deque
from collections.abc import Sequence
from itertools import islice

from msgspec.structs import replace

from hub.live.encode import EncodedEntry, encode
from hub.model.command import apply_effect
from hub.model.journal import Entry, Stream
from hub.model.kinds import SCAN_KINDS


class RecentEntries:
    """Resume window of one epoch: the counts, exact as of `seq`, and up to `size` encoded entries up to it.

    `latest` are the last entries up to `stream.seq`; entries that follow are appended in order.
    """

    def __init__(self, stream: Stream, latest: Sequence[Entry], size: int) -> None:
        self.stream = stream
        encoded = [encode(entry) for entry in latest if entry.seq <= stream.seq]
        if encoded and encoded[-1].entry.seq != stream.seq:
            encoded = []
        self._encoded: deque[EncodedEntry] = deque(encoded, maxlen=size)

    @property
    def epoch(self) -> str:
        """The epoch of all of it."""
        return self.stream.epoch

    @property
    def seq(self) -> int:
        """The number of the newest entry."""
        return self.stream.seq

    @property
    def first(self) -> int:
        """The number of the oldest entry in memory; one above `seq` where there is none."""
        return self.seq - len(self._encoded) + 1

    def append(self, entries: Sequence[Entry]) -> list[EncodedEntry]:
        """Append the entries that follow `seq`; return them encoded. Raises `ValueError` for others."""
        if [entry.seq for entry in entries] != list(range(self.seq + 1, self.seq + 1 + len(entries))):
            raise ValueError(f"entries do not follow {self.seq}")
        encoded = [encode(entry) for entry in entries]
        for entry in entries:
            apply_effect(self.stream, entry.effect)
        self._encoded.extend(encoded)
        self.stream.seq += len(encoded)
        return encoded

    def reaches(self, seq: int) -> bool:
        """Return whether everything after `seq` is here, so that a client with that position can resume."""
        return self.first - 1 <= seq <= self.seq

    def after(self, seq: int, limit: int | None = None) -> list[EncodedEntry]:
        """Return the entries that follow `seq`, `limit` at most; `seq` must be one that it `reaches`."""
        start = seq + 1 - self.first
        return list(islice(self._encoded, start, None if limit is None else start + limit))

    def recent(self, limit: int) -> list[EncodedEntry]:
        """Return the last scans, newest first."""
        return list(islice((encoded for encoded in reversed(self._encoded) if encoded.entry.kind in SCAN_KINDS), limit))

    def counts(self) -> Stream:
        """Return a copy of the stream as it stands."""
        return copy_of(self.stream)


def copy_of(stream: Stream) -> Stream:
    """Return a copy that later effects do not reach."""
    doors = {door: replace(count) for door, count in stream.doors.items()}
    return replace(stream, doors=doors, zones=dict(stream.zones))
