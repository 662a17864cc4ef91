"""Answers on an event's figures: statistics, and the parts that the report of the night shares with them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from hub.model.event import Event, Showing
from hub.model.figures import STEP_MINUTES, FinalFigures, FinalProduct, Peak, Tally
from hub.model.journal import DoorCount, Stream
from hub.reports.occupancy import DoorFigures, door_figures
from hub.reports.showings import ShowingFigures, describe_showings, upcoming_of


class Refusals(msgspec.Struct, frozen=True, kw_only=True):
    """Number of refusals for one reason."""

    code: str
    count: int


class CurveStep(msgspec.Struct, frozen=True, kw_only=True):
    """Step of the evening's curve, five minutes; `inside` is people inside at its end."""

    at: datetime
    arrived: int
    admitted: int
    exited: int
    denied: int
    inside: int
    doors: dict[str, DoorCount]


class StatsAnswer(msgspec.Struct, kw_only=True):
    """Statistics of an event, exact as of its journal's `seq`."""

    event: str
    epoch: str
    seq: int
    as_of: datetime
    booked: int
    came: int
    no_show: int
    expected: int
    showings: list[ShowingFigures]
    products: list[FinalProduct]
    peak: Peak | None
    doors: list[DoorFigures]
    refusals: list[Refusals]
    step_minutes: int
    curve: list[CurveStep]


def describe_stats(tally: Tally, event: Event, showings: Sequence[Showing], as_of: datetime) -> StatsAnswer:
    """Return statistics as `GET /api/events/{uuid}/stats` shows them; `showings` are the event's, by time."""
    final = tally.final(as_of, upcoming_of(event, showings, as_of))
    return StatsAnswer(
        event=event.id,
        epoch=tally.stream.epoch,
        seq=tally.stream.seq,
        as_of=as_of,
        **sums_of(final),
        showings=describe_showings(tally, showings, as_of),
        products=final.products,
        peak=final.peak,
        doors=describe_doors(tally.stream, event),
        refusals=describe_refusals(tally),
        step_minutes=STEP_MINUTES,
        curve=describe_curve(tally),
    )


def sums_of(final: FinalFigures) -> dict[str, int]:
    """Return the sums over all products: booked, came, no_show, expected."""
    names = ("booked", "came", "no_show", "expected")
    return {name: sum(getattr(each, name) for each in final.products) for name in names}


def describe_doors(stream: Stream, event: Event) -> list[DoorFigures]:
    """Return the counts of each door: the event's, in their order, then those that are gone."""
    names: dict[str, str | None] = {door.id: door.name for door in event.doors}
    gone = dict.fromkeys(sorted(stream.doors.keys() - names.keys()))
    return [door_figures(door, name, stream.doors.get(door)) for door, name in (names | gone).items()]


def describe_refusals(tally: Tally) -> list[Refusals]:
    """Return the number of refusals for each reason, the most frequent first."""
    by_count = sorted(tally.refusals.items(), key=lambda each: (-each[1], each[0]))
    return [Refusals(code=code, count=count) for code, count in by_count]


def describe_curve(tally: Tally) -> list[CurveStep]:
    """Return the curve's steps, in order; those in which nothing happened are left out."""
    inside, curve = 0, []
    for at, step in sorted(tally.steps.items()):
        inside += step.inside
        curve.append(CurveStep(at=at, **msgspec.structs.asdict(step) | {"inside": inside}))
    return curve
