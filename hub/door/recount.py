"""Recount of an event: what its journal says, against its counts and its tickets. Pure.

A `Recount` takes the entries in order, then the tickets, as of one moment, and finds each difference with its entry or
ticket. The counts are the sum of all effects; what the entries of a ticket moved is the fold of its scans.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from hub.door.ticket_state import NEVER_SCANNED, difference, fold, rule_of
from hub.model.command import COUNTERS
from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.kinds import PASSAGES
from hub.model.ticket import Ticket

BY_HAND = frozenset({"recount", "headcount"})
"""Kinds after which the people inside are not those that tickets let in: later exits stop at none."""


class Difference(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Difference between a stored document and the fold of its journal."""

    event: str
    what: str
    """In words."""
    seq: int | None = None
    ticket: str | None = None


class _Moved(msgspec.Struct):
    """What the entries of a ticket moved: by counter, and the numbers of its passages."""

    effect: Counter[str]
    passages: set[int]


class Recount:
    """Recount of one stream; `event` is None for that of the hub."""

    def __init__(self, stream: Stream, event: Event | None) -> None:
        self.entries = self.tickets = 0
        self._stream = stream
        self._event = event
        self._next = stream.first
        self._sums: Counter[str] = Counter()
        self._moved: dict[str, _Moved] = {}
        self._is_by_hand = False

    def add_entry(self, entry: Entry) -> Iterator[Difference]:
        """Take the next entry."""
        self.entries += 1
        if entry.seq != self._next:
            yield self._difference(f"the journal has no entries {self._next} to {entry.seq - 1}", seq=self._next)
        self._next = entry.seq + 1
        self._sums.update(entry.effect)
        self._is_by_hand |= entry.kind in BY_HAND
        if entry.ticket is not None:
            moved = self._moved.setdefault(entry.ticket, _Moved(Counter(), set()))
            moved.effect.update(entry.effect)
            if PASSAGES.get(entry.kind, 0) > 0:
                moved.passages.add(entry.seq)

    def check_stream(self) -> Iterator[Difference]:
        """Compare number and counts of the stream, after the last entry."""
        last = self._next - 1
        if last < self._stream.seq:
            yield self._difference(f"the journal ends at {last}, the stream at {self._stream.seq}", seq=last + 1)
        if last > self._stream.seq:
            yield self._difference(f"the journal goes on to {last}, the stream ends at {self._stream.seq}", seq=last)
        if self._stream.first > 1:
            return  # what is kept no more cannot be added up
        counts = _counts_of(self._stream)
        for path in sorted((counts.keys() | self._sums.keys()) - {"capacity"}):
            if counts.get(path, 0) != self._sums[path]:
                yield self._difference(f"{path} is {counts.get(path, 0)}, its entries add up to {self._sums[path]}")

    def check_ticket(self, ticket: Ticket) -> Iterator[Difference]:
        """Compare a ticket with its entries, after the last of them."""
        self.tickets += 1
        if self._event is None or self._stream.first > 1:
            return
        moved = self._moved.get(ticket.id) or _Moved(Counter(), set())
        kept = {scan.seq for scan in ticket.scans}
        for seq in sorted(kept - moved.passages):
            yield self._difference("the ticket keeps a scan that the journal has not", seq=seq, ticket=ticket.id)
        if ticket.settled is None:
            for seq in sorted(moved.passages - kept):
                yield self._difference("the ticket lacks a scan of the journal", seq=seq, ticket=ticket.id)
        folded = difference(NEVER_SCANNED, fold(ticket, rule_of(ticket, self._event)))
        zones = {path for path in folded.keys() | moved.effect.keys() if path.startswith("zones.")}
        for path in ["admitted", *([] if self._is_by_hand else sorted({"inside", *zones}))]:
            if folded.get(path, 0) != moved.effect[path]:
                text = f"{path} of the ticket is {folded.get(path, 0)}, its entries add up to {moved.effect[path]}"
                yield self._difference(text, ticket=ticket.id)

    def _difference(self, what: str, seq: int | None = None, ticket: str | None = None) -> Difference:
        return Difference(event=self._stream.id, what=what, seq=seq, ticket=ticket)


def _counts_of(stream: Stream) -> Mapping[str, int]:
    """Return the counts of a stream by the paths of effects, without those that are nought.

    The capacity is none of them: an event begins with the one that its form says.
    """
    plain: dict[str, Any] = {name: getattr(stream, name) for name in COUNTERS - {"capacity"}}
    zones = {f"zones.{zone}": count for zone, count in stream.zones.items()}
    doors = {
        f"doors.{door}.{name}": count
        for door, counts in stream.doors.items()
        for name, count in msgspec.structs.asdict(counts).items()
    }
    return {path: count for path, count in (plain | zones | doors).items() if count}
