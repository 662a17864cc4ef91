"""The report of the night: what an organiser wants to know once the doors are closed (docs/booking-api.md)."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from hub.model.event import Event
from hub.model.figures import FinalFigures, Tally
from hub.model.journal import Entry
from hub.model.report import OfflineSpell, Who, joined, named
from hub.reports.stats import Stats, describe_doors, describe_refusals
from store.collections.report import ReportReader

COUNTED_KINDS = ("crew", "child", "walk_in")


async def read_report(event: Event, stats: Stats, nights: ReportReader, as_of: datetime) -> dict[str, Any]:
    """Return an event's report as `GET /api/events/{uuid}/report` shows it, all of it as of one number."""
    tally = await stats.tally(event.id)
    figures = _figures(event, tally, as_of)  # at once: the tally grows while we wait
    span = (event.id, tally.stream.seq)
    marks, offline, final = await asyncio.gather(nights.marks(*span), nights.offline(*span), stats.final(event.id))
    spells = joined(offline)
    ids = {entry.device for entry in marks} | {spell.device for spell in spells}
    lists = _Lists(marks, spells, await nights.who([each for each in ids if each is not None]))
    return {**figures, **lists.described(), "final": None if final is None else _final(final)}


def _figures(event: Event, tally: Tally, as_of: datetime) -> dict[str, Any]:
    return {
        "event": event.id,
        "name": event.name,
        "epoch": tally.stream.epoch,
        "seq": tally.stream.seq,
        "as_of": as_of,
        **tally.final(as_of).told(),
        "denied": tally.stream.denied,
        "doors": describe_doors(tally.stream, event),
        "refusals": describe_refusals(tally),
    }


def _final(final: FinalFigures) -> dict[str, Any]:
    return {"frozen_at": final.frozen_at, "seq": final.seq, **final.told()}


class _Lists(msgspec.Struct, frozen=True):
    """What a report lists one by one. `marks` are in order; `who` knows those who are named in them, by id."""

    marks: Sequence[Entry]
    spells: Sequence[OfflineSpell]
    who: Mapping[str, Who]

    def described(self) -> dict[str, Any]:
        """Return the lists by their names in the report."""
        return {
            "overrides": [self._mark(entry, reason=entry.data.get("reason")) for entry in self._of("ticket.scanned")],
            "conflicts": [self._mark(entry) | _sides(entry) for entry in self._of("ticket.conflict")],
            "undos": [
                self._mark(entry, direction=entry.direction, undone=entry.data.get("seq"))
                for entry in self._of("ticket.undone")
            ],
            "headcount": self._headcount(),
            "recounts": [self._recount(entry) for entry in self._of("recount")],
            "offline": [self._spell(spell) for spell in self.spells],
        }

    def _of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.marks if entry.kind == kind]

    def _mark(self, entry: Entry, **more: Any) -> dict[str, Any]:
        told = {"seq": entry.seq, "at": entry.at, "ticket": entry.ticket, "door": entry.door}
        return {**told, "who": named(entry.device, self.who), **more}

    def _recount(self, entry: Entry) -> dict[str, Any]:
        shown = {field: entry.data.get(field) for field in ("zone", "was", "inside", "reason")}
        return {"seq": entry.seq, "at": entry.at, "who": named(entry.device, self.who), **shown}

    def _headcount(self) -> list[dict[str, Any]]:
        """Return how many people without tickets the doors counted in and out, by kind."""
        counted: dict[str, Counter[str]] = {kind: Counter() for kind in COUNTED_KINDS}
        for entry in self._of("headcount"):
            if (kind := entry.data.get("kind")) in counted:
                delta = entry.effect.get("headcount", 0)
                counted[kind]["in" if delta > 0 else "out"] += abs(delta)
        return [{"kind": kind, "in": counts["in"], "out": counts["out"]} for kind, counts in counted.items()]

    def _spell(self, spell: OfflineSpell) -> dict[str, Any]:
        who = named(spell.device, self.who)
        return {"who": who, "from": spell.begun_at, "until": spell.ended_at, "scans": spell.scans}


def _sides(entry: Entry) -> dict[str, Any]:
    return {field: entry.data.get(field) for field in ("reason", "entry", "counted")}
