"""Everybody is checked out at the time of day that an event sets, once a day (docs/booking-api.md, scheduled jobs)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.event import Event
from hub.tickets.expiry import exit_all_due
from jobs.exit_all import exit_everybody
from jobs.schedule import Turn
from tests.api import Api
from tests.builders import an_event
from tests.jobs.second_hub import Worker, another_hub, entries, inside

FESTIVAL: dict[str, Any] = {
    "ends_at": "2026-12-30T02:00:00+01:00",
    "reentry": "reentry",
    "exit_all_at": "05:00",
    "showings": [{"date": "2026-12-24", "time": "20:30", "capacity": 9, "ends_at": "2026-12-30T00:00:00Z"}],
    "zones": [{"name": "Hall"}],
    "doors": [{"name": "Hall door", "into": "Hall"}],
}


def a_festival(exit_all_at: str | None, *, done: datetime | None = None) -> Event:
    created_at = datetime(2026, 1, 1, tzinfo=UTC)
    return an_event(timezone="Europe/Paris", created_at=created_at, exit_all_at=exit_all_at, exited_all_at=done)


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        ("05:00", (2026, 7, 1, 3, 0), (2026, 7, 1, 3, 0)),
        ("05:00", (2026, 7, 1, 2, 59), (2026, 6, 30, 3, 0)),
        ("05:00", (2026, 12, 1, 4, 0), (2026, 12, 1, 4, 0)),
        # The night to 2026-03-29 skips 02:00 to 03:00: done when the clocks have changed.
        ("02:30", (2026, 3, 29, 1, 29), (2026, 3, 28, 1, 30)),
        ("02:30", (2026, 3, 29, 1, 30), (2026, 3, 29, 1, 30)),
        # The night to 2026-10-25 has 02:30 twice: done at the first.
        ("02:30", (2026, 10, 25, 0, 30), (2026, 10, 25, 0, 30)),
        ("02:30", (2026, 10, 25, 1, 30), (2026, 10, 25, 0, 30)),
        ("02:30", (2026, 10, 26, 1, 30), (2026, 10, 26, 1, 30)),
    ],
)
def test_the_moment_is_right_across_changes_of_summer_time(at: str, now: tuple[int, ...], due: tuple[int, ...]) -> None:
    moment = datetime(*now, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert exit_all_due(a_festival(at), moment) == datetime(*due, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_what_was_done_is_not_due_again_that_day() -> None:
    done = datetime(2026, 7, 1, 3, tzinfo=UTC)
    assert exit_all_due(a_festival("05:00", done=done), done + timedelta(hours=23)) is None
    assert exit_all_due(a_festival("05:00", done=done), done + timedelta(hours=24)) == done + timedelta(hours=24)
    assert exit_all_due(a_festival(None), done) is None


@pytest.mark.gen_test
async def test_everybody_inside_is_checked_out_and_later_guests_stay(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(**FESTIVAL)
    gate = await api.make_device(event)
    early, late = await api.book(event, 2, tickets=[{"first_name": "A", "last_name": "B"}] * 2)
    await gate.scan(early["code"])
    worker = Worker(hub)
    clock.set(datetime(2026, 12, 25, 3, 59, tzinfo=UTC))
    assert await worker.run("exit_all") == 0
    clock.set(datetime(2026, 12, 25, 4, 1, tzinfo=UTC))
    assert (await gate.scan(late["code"])).body["code"] == "admitted", "after the moment, before the run"
    async with another_hub(hub) as other:
        assert [await worker.run("exit_all"), await Worker(other).run("exit_all")] == [1, 0]
    (exited,) = await entries(hub, event["uuid"], "ticket.exited")
    zone = event["zones"][0]["id"]
    assert exited.ticket == early["id"]
    assert (exited.effect, exited.data) == ({"inside": -1, f"zones.{zone}": -1}, {"reason": "exit_all"})
    assert await inside(api, event) == 1
    assert (await gate.scan(early["code"])).body["code"] == "admitted", "who was checked out comes in again"
    clock.advance(timedelta(hours=2))
    assert await worker.run("exit_all") == 0
    assert await inside(api, event) == 2
    clock.advance(timedelta(hours=22))
    assert await worker.run("exit_all") == 2
    assert await inside(api, event) == 0


@pytest.mark.gen_test
async def test_guests_of_an_event_without_its_stream_keep_no_others_in(
    api: Api, hub: Hub, clock: SettableClock, raw_database: Database[dict[str, Any]]
) -> None:
    made = {event["uuid"]: event for event in [await api.make_event(**FESTIVAL) for _ in range(3)]}
    for event in made.values():
        (ticket,) = await api.book(event)
        await (await api.make_device(event)).scan(ticket["code"])
    spoilt = next(event.id for event in await hub.events.all() if event.id in made)
    raw_database.streams.delete_one({"_id": spoilt})
    clock.set(datetime(2026, 12, 25, 4, 1, tzinfo=UTC))
    assert await Worker(hub).run("exit_all") == 2
    assert [await inside(api, event) for event in made.values() if event["uuid"] != spoilt] == [0, 0]


@pytest.mark.gen_test
async def test_a_run_that_died_half_way_is_finished_by_the_next(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.exit_all.BATCH", 1)
    event = await api.make_event(**FESTIVAL)
    gate = await api.make_device(event)
    for ticket in await api.book(event, 3, tickets=[{"first_name": "A", "last_name": "B"}] * 3):
        await gate.scan(ticket["code"])
    clock.set(datetime(2026, 12, 25, 4, 1, tzinfo=UTC))
    lives = iter([True, False])

    async def renew() -> bool:
        return next(lives)

    dying = Turn(hub, renew)
    await exit_everybody(dying)
    assert (dying.count, await inside(api, event)) == (1, 2)
    assert await Worker(hub).run("exit_all") == 2
    assert await inside(api, event) == 0


@pytest.mark.gen_test
async def test_people_without_tickets_are_out_with_the_others(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(**FESTIVAL)
    gate = await api.make_device(event, may=["headcount"])
    counted = await gate.post("/scan/headcount/", {"delta": 3, "kind": "crew", "nonce": "h1"})
    assert (counted.status, await inside(api, event)) == (200, 3)
    clock.set(datetime(2026, 12, 25, 4, 1, tzinfo=UTC))
    await Worker(hub).run("exit_all")
    assert await inside(api, event) == 0


@pytest.mark.gen_test
async def test_a_time_that_was_set_after_it_is_over_waits_for_the_next_day(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(**FESTIVAL | {"exit_all_at": None})
    gate = await api.make_device(event)
    (ticket,) = await api.book(event, tickets=[{"first_name": "A", "last_name": "B"}])
    await gate.scan(ticket["code"])
    clock.set(datetime(2026, 12, 25, 9, 0, tzinfo=UTC))
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"exit_all_at": "05:00"})
    worker = Worker(hub)
    assert await worker.run("exit_all") == 0
    clock.set(datetime(2026, 12, 26, 4, 0, tzinfo=UTC))
    assert await worker.run("exit_all") == 1
