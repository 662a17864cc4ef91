"""Report of the night: figures and incidents of an event, for after its doors are closed (docs/booking-api.md)."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from hub.model.base import shaped
from hub.model.event import Event, Showing
from hub.model.figures import FinalFigures, FinalProduct, Peak, Tally
from hub.model.journal import Entry
from hub.model.report import ConflictSide, OfflineSpell, Who, joined, named
from hub.reports.answers import Refusals, describe_doors, describe_refusals, sums_of
from hub.reports.occupancy import DoorFigures
from hub.reports.showings import ShowingFigures, describe_showings, upcoming_of
from hub.reports.stats import Stats
from store.reports.report import ReportReader

COUNTED_KINDS = ("crew", "child", "walk_in")


class Mark(msgspec.Struct, kw_only=True):
    """Entry of the journal that a report lists."""

    seq: int
    at: datetime
    ticket: str | None
    door: str | None
    who: Who | None


class Override(Mark, kw_only=True):
    """Forced entry."""

    reason: str | None


class ConflictMark(Mark, kw_only=True):
    """Conflict of two entries of one ticket: the one on record, and the one that counts."""

    reason: str | None
    entry: ConflictSide | None
    counted: ConflictSide | None


class Undo(Mark, kw_only=True):
    """Scan taken back; `undone` is its number."""

    direction: str | None
    undone: int | None


class Heads(msgspec.Struct, kw_only=True):
    """People without tickets, of one kind, counted in and out."""

    kind: str
    entered: int = msgspec.field(name="in")
    left: int = msgspec.field(name="out")


class Recount(msgspec.Struct, kw_only=True):
    """Count by hand: of a zone, or of the venue for None."""

    seq: int
    at: datetime
    who: Who | None
    zone: str | None
    was: int | None
    inside: int | None
    reason: str | None


class Spell(msgspec.Struct, kw_only=True):
    """Time in which a device was offline, with the scans that it made."""

    who: Who | None
    begun_at: datetime = msgspec.field(name="from")
    ended_at: datetime = msgspec.field(name="until")
    scans: int


class FrozenFigures(msgspec.Struct, kw_only=True):
    """Figures that were frozen before tickets were deleted."""

    frozen_at: datetime
    seq: int
    booked: int
    came: int
    no_show: int
    products: list[FinalProduct]
    peak: Peak | None
    expected: int = 0
    """Who was booked for showings that had not begun then."""


class Report(msgspec.Struct, kw_only=True):
    """Report of the night, exact as of the journal's `seq`. `Any` stands for entries' data, as the journal has them."""

    event: str
    name: str
    epoch: str
    seq: int
    as_of: datetime
    booked: int
    came: int
    no_show: int
    expected: int
    """Who is booked for showings that have not begun: they are no no-shows."""
    showings: list[ShowingFigures]
    products: list[FinalProduct]
    peak: Peak | None
    denied: int
    doors: list[DoorFigures]
    refusals: list[Refusals]
    overrides: list[Override]
    conflicts: list[ConflictMark]
    undos: list[Undo]
    headcount: list[Heads]
    recounts: list[Recount]
    offline: list[Spell]
    final: FrozenFigures | None


async def read_report(event: Event, stats: Stats, nights: ReportReader, as_of: datetime) -> Report:
    """Return an event's report as `GET /api/events/{uuid}/report` shows it, all of it as of one number."""
    showings = await stats.showings(event.id)
    tally = await stats.tally(event.id)
    figures = _figures(event, tally, showings, as_of)  # at once: the tally grows while we wait
    span = (event.id, tally.stream.seq)
    marks, offline, final = await asyncio.gather(nights.marks(*span), nights.offline(*span), stats.final(event.id))
    spells = joined(offline)
    ids = {entry.device for entry in marks} | {spell.device for spell in spells}
    lists = _Lists(marks, spells, await nights.who([each for each in ids if each is not None]))
    figures |= lists.described()
    return Report(**figures, final=None if final is None else _frozen(final))


def _figures(event: Event, tally: Tally, showings: Sequence[Showing], as_of: datetime) -> dict[str, Any]:
    final = tally.final(as_of, upcoming_of(event, showings, as_of))
    return {
        "event": event.id,
        "name": event.name,
        "epoch": tally.stream.epoch,
        "seq": tally.stream.seq,
        "as_of": as_of,
        **sums_of(final),
        "showings": describe_showings(tally, showings, as_of),
        "products": final.products,
        "peak": final.peak,
        "denied": tally.stream.denied,
        "doors": describe_doors(tally.stream, event),
        "refusals": describe_refusals(tally),
    }


def _frozen(final: FinalFigures) -> FrozenFigures:
    kept: dict[str, Any] = {"frozen_at": final.frozen_at, "seq": final.seq}
    kept |= {"products": final.products, "peak": final.peak}
    return FrozenFigures(**kept | sums_of(final))


class _Lists(msgspec.Struct, frozen=True):
    """Lists of a report. `marks` are in order; `who` holds the actors that they name, by id."""

    marks: Sequence[Entry]
    spells: Sequence[OfflineSpell]
    who: Mapping[str, Who]

    def described(self) -> dict[str, list[Any]]:
        """Return the lists by their names in the report."""
        return {
            "overrides": [
                Override(**self._mark(entry), reason=entry.data.get("reason")) for entry in self._of("ticket.scanned")
            ],
            "conflicts": [
                ConflictMark(
                    **self._mark(entry),
                    reason=entry.data.get("reason"),
                    entry=_side(entry, "entry"),
                    counted=_side(entry, "counted"),
                )
                for entry in self._of("ticket.conflict")
            ],
            "undos": [
                Undo(**self._mark(entry), direction=entry.direction, undone=entry.data.get("seq"))
                for entry in self._of("ticket.undone")
            ],
            "headcount": self._headcount(),
            "recounts": [self._recount(entry) for entry in self._of("recount")],
            "offline": [self._spell(spell) for spell in self.spells],
        }

    def _of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.marks if entry.kind == kind]

    def _mark(self, entry: Entry) -> dict[str, Any]:
        fields = {"seq": entry.seq, "at": entry.at, "ticket": entry.ticket, "door": entry.door}
        return {**fields, "who": named(entry.device, self.who)}

    def _recount(self, entry: Entry) -> Recount:
        who = named(entry.device, self.who)
        return Recount(seq=entry.seq, at=entry.at, who=who, **_data(entry, "zone", "was", "inside", "reason"))

    def _headcount(self) -> list[Heads]:
        """Numbers of people without tickets whom the doors counted in and out, by kind."""
        counted: dict[str, Counter[str]] = {kind: Counter() for kind in COUNTED_KINDS}
        for entry in self._of("headcount"):
            if (kind := entry.data.get("kind")) in counted:
                delta = entry.effect.get("headcount", 0)
                counted[kind]["in" if delta > 0 else "out"] += abs(delta)
        return [Heads(kind=kind, entered=counts["in"], left=counts["out"]) for kind, counts in counted.items()]

    def _spell(self, spell: OfflineSpell) -> Spell:
        who = named(spell.device, self.who)
        return Spell(who=who, begun_at=spell.begun_at, ended_at=spell.ended_at, scans=spell.scans)


def _side(entry: Entry, name: str) -> ConflictSide | None:
    """Side of a conflict; None for one that is not there, or cannot be read."""
    side = entry.data.get(name)
    return shaped(ConflictSide, side) if isinstance(side, dict) else None


def _data(entry: Entry, *names: str) -> dict[str, Any]:
    return {name: entry.data.get(name) for name in names}
