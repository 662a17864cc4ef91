"""Three nights of 14 hours, played hour by hour: no ticket inside expires, and the figures are right at every midnight.

Each night has a showing of its own, without an end. The hub's report is compared with a count of this test's own.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api
from tests.jobs.second_hub import Worker, entries

JOBS = ("retime", "free_unpaid", "exit_all", "expire", "delete")
HOUR = timedelta(hours=1)


@dataclass
class Count:
    """Expected figures, counted by hand."""

    booked: int = 0
    came: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    most: int = 0

    def enter(self, code: str) -> None:
        self.came.add(code)
        self.inside.add(code)
        self.most = max(self.most, len(self.inside))

    @property
    def figures(self) -> dict[str, Any]:
        return {"booked": self.booked, "came": len(self.came), "no_show": self.booked - len(self.came)}


class Festival:
    """Three nights from `friday` on, at one door, by the clock of a zone."""

    def __init__(self, api: Api, hub: Hub, clock: SettableClock, friday: date, zone: str = "Europe/Paris") -> None:
        self.api, self.hub, self.clock, self.zone = api, hub, clock, zone
        self.days = [friday + timedelta(days=n) for n in range(3)]
        self.count = Count()
        self.worker = Worker(hub)

    async def open(self) -> None:
        showings = [{"date": str(day), "time": "18:00", "capacity": 20} for day in self.days]
        span = {"starts_at": self.at(self.days[0], 18).isoformat(), "ends_at": self.ends_at.isoformat()}
        span["timezone"] = self.zone
        self.event = await self.api.make_event(**span, showings=showings, reentry="reentry")
        self.gate = await self.api.make_device(self.event)

    @property
    def ends_at(self) -> datetime:
        return self.at(self.days[-1] + timedelta(days=1), 8)

    def at(self, day: date, hour: int) -> datetime:
        """The instant of an hour on the zone's clock."""
        return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    async def book(self, day: date, count: int) -> list[str]:
        tickets = await self.api.book(self.event, count, date=str(day), time="18:00")
        self.count.booked += count
        return [ticket["code"] for ticket in tickets]

    async def enter(self, code: str) -> None:
        answer = (await self.gate.scan(code)).body
        assert answer["code"] == "admitted", (self.clock.now(), answer)
        self.count.enter(code)

    async def leave(self, code: str) -> None:
        assert (await self.gate.scan(code, direction="out")).body["code"] == "exited"
        self.count.inside.discard(code)

    async def until(self, moment: datetime) -> None:
        """Let the hours pass, with all jobs, and look at the figures at each and at every midnight."""
        while self.clock.now() < moment:
            self.clock.set(min(self.clock.now() + HOUR, moment))
            await self.look()

    async def look(self) -> None:
        for job in JOBS:
            await self.worker.run(job)
        where = self.clock.now().astimezone(ZoneInfo(self.zone))
        report = (await self.api.admin.get(f"/api/events/{self.event['uuid']}/report")).body
        occupancy = (await self.api.admin.get(f"/api/events/{self.event['uuid']}/occupancy")).body
        figures = {name: report[name] for name in self.count.figures}
        figures["no_show"] += report["expected"]
        assert (figures, occupancy["inside"]) == (self.count.figures, len(self.count.inside)), where
        assert (report["peak"] or {"inside": 0})["inside"] == self.count.most, where


WEEKENDS: dict[str, tuple[str, date, list[float]]] = {
    "winter": ("Europe/Paris", date(2026, 12, 18), [14, 14, 14]),
    "the clocks go forward": ("Europe/Paris", date(2027, 3, 26), [14, 13, 14]),
    "back by half an hour": ("Australia/Lord_Howe", date(2027, 4, 2), [14, 14.5, 14]),
    "a midnight that is skipped": ("America/Santiago", date(2026, 9, 4), [14, 13, 14]),
    "a midnight that comes twice": ("Asia/Beirut", date(2026, 10, 23), [14, 15, 14]),
}
"""The zone, the Friday, and how many hours from 18:00 to 08:00 each of the three nights has."""


@pytest.mark.parametrize(("zone", "friday", "hours"), WEEKENDS.values(), ids=WEEKENDS)
@pytest.mark.gen_test
async def test_nobody_inside_expires_or_is_deleted_in_three_long_nights_and_all_figures_are_right(
    api: Api, hub: Hub, clock: SettableClock, zone: str, friday: date, hours: list[float]
) -> None:
    festival = Festival(api, hub, clock, friday, zone)
    at = festival.at
    clock.set(at(friday, 12))
    await festival.open()
    lasted = []
    for day in festival.days:
        guests = await festival.book(day, 6)
        await festival.until(at(day, 18))
        for code in guests[:4]:
            await festival.enter(code)
        await festival.until(at(day + timedelta(days=1), 1))
        await festival.leave(guests[0])
        await festival.until(at(day + timedelta(days=1), 6))
        await festival.enter(guests[0])
        await festival.enter(guests[4])
        (bought_late,) = await festival.book(day, 1)
        await festival.enter(bought_late)
        morning = at(day + timedelta(days=1), 8)
        await festival.until(morning - timedelta(minutes=1))
        lasted.append((morning - at(day, 18)) / HOUR)
        assert len(festival.count.inside) == 6
        for code in [*guests[:5], bought_late]:
            await festival.leave(code)
    assert lasted == hours
    assert await entries(hub, festival.event["uuid"], "ticket.deleted") == []
    gone = [entry.data.get("reason") for entry in await entries(hub, festival.event["uuid"], "ticket.exited")]
    assert set(gone) == {None}, "nobody was put out by the clock"
    assert festival.count.figures == {"booked": 21, "came": 18, "no_show": 3}
    await festival.until(festival.ends_at)
    assert len(await entries(hub, festival.event["uuid"], "ticket.deleted")) == 21
    (frozen,) = await entries(hub, festival.event["uuid"], "figures.frozen")
    assert {name: frozen.data[name] for name in festival.count.figures} == festival.count.figures


@pytest.mark.gen_test
async def test_who_stays_inside_over_the_day_is_counted_until_the_next_night_begins(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    friday = date(2026, 12, 18)
    festival = Festival(api, hub, clock, friday)
    at = festival.at
    clock.set(at(friday, 12))
    await festival.open()
    (guest,) = await festival.book(friday, 1)
    await festival.until(at(friday, 18))
    await festival.enter(guest)
    await festival.until(at(friday + timedelta(days=1), 18) - timedelta(milliseconds=1))
    festival.count.inside.discard(guest)
    clock.set(at(friday + timedelta(days=1), 18))
    await festival.look()
