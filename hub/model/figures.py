"""Figures of an event: its journal added up by product, door, reason and five minutes. Plain data, pure.

Each journal entry carries what it changed, so figures are sums, and sums of parts add up: a reader that has them as of
one number adds the effects of later entries. Deleting tickets changes none of them
(docs/booking-api.md, scheduled jobs).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from hub.model import kinds
from hub.model.base import Count, Direction, Document
from hub.model.journal import DoorCount, Stream
from hub.model.ticket import Ticket

STEP_MINUTES = 5
"""How finely the curve of an evening is drawn."""

PASSAGES: Mapping[Direction, str] = {"in": "admitted", "out": "exited"}
Part = tuple[str | None, str | None]
"""A product's name and a showing's id."""


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over entries that are alike: `count` of them, and the sums of their effects."""

    kind: str
    step: datetime | None = None
    """When its five minutes began; None for what has no place on the curve."""
    door: str | None = None
    direction: Direction | None = None
    code: str | None = None
    product: str | None = None
    showing: str | None = None
    origin: str | None = None
    """The showing that moved tickets held before; None for entries that move none."""
    came: bool = False
    """Whether the ticket that these entries took away had been let in."""
    count: int = 0
    booked: int = 0
    admitted: int = 0
    denied: int = 0
    inside: int = 0


class Attendance(msgspec.Struct, kw_only=True):
    """Attendance: how many tickets are booked, and how many of them came."""

    booked: int = 0
    came: int = 0
    withdrawn: int = 0
    """Those that came and were cancelled or deleted afterwards: they are booked no more."""

    @property
    def no_show(self) -> int:
        """How many are booked and have not come."""
        return max(0, self.booked - (self.came - self.withdrawn))

    def add(self, other: "Attendance") -> None:
        """Add the sums of another part of the tickets."""
        self.booked += other.booked
        self.came += other.came
        self.withdrawn += other.withdrawn


class Peak(msgspec.Struct, frozen=True, kw_only=True):
    """Peak: the most people who were inside, and when they first were."""

    inside: int
    at: datetime


class Step(msgspec.Struct, kw_only=True):
    """Step of the curve: five minutes, less the scans undone in them."""

    arrived: int = 0
    """Tickets let in for the first time."""
    admitted: int = 0
    exited: int = 0
    denied: int = 0
    inside: int = 0
    """By how much the number of people inside changed."""
    doors: dict[str, DoorCount] = {}

    def add(self, sums: Sums) -> None:
        """Add more sums of these five minutes."""
        passages = {"admitted": 0, "exited": 0, "denied": sums.denied}
        if (step := kinds.PASSAGES.get(sums.kind)) and sums.direction:
            passages[PASSAGES[sums.direction]] = step * sums.count
        self.arrived += sums.admitted
        self.inside += sums.inside
        _add(self, passages)
        if sums.door is not None:
            _add(self.doors.setdefault(sums.door, DoorCount()), passages)


class Tally(msgspec.Struct, kw_only=True):
    """Tally: an event's figures as of `stream.seq`."""

    stream: Stream
    parts: dict[Part, Attendance] = {}
    refusals: dict[str, int] = {}
    steps: dict[datetime, Step] = {}
    moves: dict[int, int] = {}
    """By how much the number of people inside changed in each second since 1970."""

    def add(self, sums: Iterable[Sums], moves: Iterable[tuple[int, int]]) -> None:
        """Add the sums of more entries, and by how much they moved the people inside in which second."""
        for each in sums:
            self._count_tickets(each)
            if each.denied:
                self.refusals[each.code or ""] = self.refusals.get(each.code or "", 0) + each.denied
            if each.step is not None:
                self.steps.setdefault(each.step, Step()).add(each)
        for second, delta in moves:
            self.moves[second] = self.moves.get(second, 0) + delta

    def _count_tickets(self, sums: Sums) -> None:
        if sums.origin is not None:
            self._part(sums.product, sums.origin).booked -= sums.count
            self._part(sums.product, sums.showing).booked += sums.count
        if not (sums.booked or sums.admitted):
            return
        part = self._part(sums.product, sums.showing)
        part.booked += sums.booked
        part.came += sums.admitted
        part.withdrawn += -sums.booked if sums.came else 0

    def _part(self, product: str | None, showing: str | None) -> Attendance:
        return self.parts.setdefault((product, showing), Attendance())

    @property
    def products(self) -> dict[str | None, Attendance]:
        """Attendance by product; None for tickets without one."""
        return self._summed(0)

    @property
    def showings(self) -> dict[str | None, Attendance]:
        """Attendance by showing; None for entries of versions that named none, where their tickets are gone."""
        return self._summed(1)

    def _summed(self, by: Literal[0, 1]) -> dict[str | None, Attendance]:
        summed: dict[str | None, Attendance] = {}
        for part, attendance in self.parts.items():
            summed.setdefault(part[by], Attendance()).add(attendance)
        return summed

    @property
    def peak(self) -> Peak | None:
        """The most people inside at the end of any second, by the time of the scans; None where no one ever was."""
        inside = most = since = 0
        for second in sorted(self.moves):
            inside += self.moves[second]
            if inside > most:
                most, since = inside, second
        return Peak(inside=most, at=datetime.fromtimestamp(since, UTC)) if most else None

    def final(self, now: datetime, upcoming: Collection[str | None] = ()) -> "FinalFigures":
        """Return the figures to keep, as of `now`; guests of `upcoming` showings are expected, not missing."""
        expected = self._expected(upcoming)
        products = sorted(self.products.items(), key=lambda each: (each[0] is None, each[0] or ""))
        return FinalFigures(
            id=self.stream.id,
            seq=self.stream.seq,
            frozen_at=now,
            products=[_final(name, one, min(one.no_show, expected[name])) for name, one in products],
            peak=self.peak,
        )

    def _expected(self, upcoming: Collection[str | None]) -> Counter[str | None]:
        """Return how many guests of the showings that are still to come have not come, by product."""
        expected: Counter[str | None] = Counter()
        for (product, showing), attendance in self.parts.items():
            if showing in upcoming:
                expected[product] += attendance.no_show
        return expected


class FinalProduct(msgspec.Struct, frozen=True):
    """Final figures of one product."""

    name: str | None
    booked: int
    came: Count
    no_show: Count
    expected: Count = 0
    """Booked for showings that have not begun: nobody can say yet that they do not come."""


class FinalFigures(Document, kw_only=True):
    """Final figures of an event, frozen before its tickets go. `id` is the event's, `seq` the last entry in them."""

    id: str
    seq: Count
    frozen_at: datetime
    products: list[FinalProduct]
    peak: Peak | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the figures as a journal entry's data, without their time."""
        return {
            "booked": sum(each.booked for each in self.products),
            "came": sum(each.came for each in self.products),
            "no_show": sum(each.no_show for each in self.products),
            "expected": sum(each.expected for each in self.products),
            "products": [msgspec.structs.asdict(each) for each in self.products],
            "peak": None if self.peak is None else msgspec.structs.asdict(self.peak),
        }


def part_of(ticket: Ticket) -> dict[str, str]:
    """Return a ticket's showing and product as its journal entries carry them, to be added up by both."""
    return {"showing": ticket.showing} | ({} if ticket.product is None else {"product": ticket.product})


def _final(name: str | None, attendance: Attendance, expected: int) -> FinalProduct:
    no_show = attendance.no_show - expected
    return FinalProduct(name, attendance.booked, max(0, attendance.came), no_show, expected)


def _add(counts: Step | DoorCount, passages: dict[str, int]) -> None:
    for name, count in passages.items():
        setattr(counts, name, getattr(counts, name) + count)
