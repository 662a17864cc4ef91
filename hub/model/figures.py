"""Figures of an event: its journal added up by product, door, reason and five minutes. Plain data, pure.

Each journal entry carries what it changed, so figures are sums, and sums of parts add up: a reader that has them as of
one number adds the effects of later entries. Deleting tickets changes none of them
(docs/booking-api.md, scheduled jobs).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from hub.model import kinds
from hub.model.base import Count, Direction, Document
from hub.model.journal import DoorCount, Stream
from hub.model.ticket import Ticket

STEP_MINUTES = 5
"""How finely the curve of an evening is drawn."""

PASSAGES: Mapping[Direction, str] = {"in": "admitted", "out": "exited"}


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over entries that are alike: `count` of them, and the sums of their effects."""

    kind: str
    step: datetime | None = None
    """When its five minutes began; None for what has no place on the curve."""
    door: str | None = None
    direction: Direction | None = None
    code: str | None = None
    product: str | None = None
    came: bool = False
    """Whether the ticket that these entries took away had been let in."""
    count: int = 0
    booked: int = 0
    admitted: int = 0
    denied: int = 0
    inside: int = 0


class ProductFigures(msgspec.Struct, kw_only=True):
    """Figures of one product; `name` is None for those without one."""

    name: str | None
    booked: int = 0
    came: int = 0
    withdrawn: int = 0
    """Those that came and were cancelled or deleted afterwards: they are booked no more."""

    @property
    def no_show(self) -> int:
        """How many are booked and did not come."""
        return max(0, self.booked - (self.came - self.withdrawn))


class Peak(msgspec.Struct, frozen=True, kw_only=True):
    """Peak: the most people who were inside, and when they first were."""

    inside: int
    at: datetime


class Step(msgspec.Struct, kw_only=True):
    """Step of the curve: five minutes, less what was undone in them."""

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
    products: dict[str | None, ProductFigures] = {}
    refusals: dict[str, int] = {}
    steps: dict[datetime, Step] = {}
    moves: dict[int, int] = {}
    """By how much the number of people inside changed in each second since 1970."""

    def add(self, sums: Iterable[Sums], moves: Iterable[tuple[int, int]]) -> None:
        """Add the sums of more entries, and by how much they moved the people inside in which second."""
        for each in sums:
            self._count_product(each)
            if each.denied:
                self.refusals[each.code or ""] = self.refusals.get(each.code or "", 0) + each.denied
            if each.step is not None:
                self.steps.setdefault(each.step, Step()).add(each)
        for second, delta in moves:
            self.moves[second] = self.moves.get(second, 0) + delta

    def _count_product(self, sums: Sums) -> None:
        if not (sums.booked or sums.admitted):
            return
        product = self.products.setdefault(sums.product, ProductFigures(name=sums.product))
        product.booked += sums.booked
        product.came += sums.admitted
        product.withdrawn += -sums.booked if sums.came else 0

    @property
    def peak(self) -> Peak | None:
        """The most people inside at the end of any second, by the time of the scans; None where no one ever was."""
        inside = most = since = 0
        for second in sorted(self.moves):
            inside += self.moves[second]
            if inside > most:
                most, since = inside, second
        return Peak(inside=most, at=datetime.fromtimestamp(since, UTC)) if most else None

    def final(self, now: datetime) -> "FinalFigures":
        """Return what is kept of it for good, from `now` on."""
        products = sorted(self.products.values(), key=lambda each: (each.name is None, each.name or ""))
        return FinalFigures(
            id=self.stream.id,
            seq=self.stream.seq,
            frozen_at=now,
            products=[FinalProduct(each.name, each.booked, max(0, each.came), each.no_show) for each in products],
            peak=self.peak,
        )


class FinalProduct(msgspec.Struct, frozen=True):
    """Final figures of one product."""

    name: str | None
    booked: int
    came: Count
    no_show: Count


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
            "products": [msgspec.structs.asdict(each) for each in self.products],
            "peak": None if self.peak is None else msgspec.structs.asdict(self.peak),
        }


def product_of(ticket: Ticket) -> dict[str, str]:
    """Return a ticket's product as its journal entries carry it, to be added up by product."""
    return {} if ticket.product is None else {"product": ticket.product}


def _add(counts: Step | DoorCount, passages: dict[str, int]) -> None:
    for name, count in passages.items():
        setattr(counts, name, getattr(counts, name) + count)
