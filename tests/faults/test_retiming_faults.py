"""Faults of a change of times: its process is killed midway, no ticket expires, and the next process completes it."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api
from tests.faults.killed import kill_once, whereabouts
from tests.faults.retime_process import Orders
from tests.jobs.second_hub import Worker, another_hub, entries, inside

BEGINS = datetime.fromisoformat("2026-12-24T20:30:00+01:00")
LONGER, SHORTER = "2026-12-25T10:30:00+01:00", "2026-12-24T23:00:00+01:00"
GUESTS, INSIDE = 24, 5


async def kill_midway(hub: Hub, clock: SettableClock, event: Any, change: dict[str, Any], batches: int) -> None:
    """Change an event in a process of its own, and kill it by SIGKILL once so many tickets were brought to the end."""
    orders = Orders(
        **whereabouts(hub.settings),
        event=event["uuid"],
        change=change,
        now=clock.now(),
        batches=batches,
    )
    await kill_once("tests.faults.retime_process", orders, "changed")


async def ends(hub: Hub, tickets: list[Any]) -> list[timedelta]:
    return [(await hub.booking.ticket(each["id"])).expires_at - BEGINS for each in tickets]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.gen_test
async def test_a_longer_event_whose_process_is_killed_midway_keeps_everybody(
    api: Api, hub: Hub, clock: SettableClock, seed: int
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    guests = await api.book(event, GUESTS)
    for each in guests[:INSIDE]:
        await gate.scan(each["code"])
    clock.set(BEGINS + timedelta(hours=7))
    batches = random.Random(seed).randrange(1, GUESTS // 2)
    await kill_midway(hub, clock, event, {"ends_at": LONGER}, batches)
    done = len(await entries(hub, event["uuid"], "ticket.changed"))
    assert batches <= done < GUESTS, "it was in the middle"
    clock.set(BEGINS + timedelta(hours=9))
    async with another_hub(hub) as other:
        worker = Worker(other)
        for job in ("expire", "delete", "retime", "expire", "retime"):
            await worker.run(job)
    assert await ends(hub, guests) == [timedelta(hours=14)] * GUESTS
    changed = [entry.ticket for entry in await entries(hub, event["uuid"], "ticket.changed")]
    assert sorted(map(str, changed)) == sorted(each["id"] for each in guests), "each once"
    assert await entries(hub, event["uuid"], "ticket.expired") == []
    assert await inside(api, event) == INSIDE
    assert {each.retime for each in await hub.store.showings.of_event(event["uuid"])} == {0}
    late = await gate.scan(guests[-1]["code"])
    assert late.body["code"] == "admitted"


@pytest.mark.gen_test
async def test_one_kill_after_another_ends_with_the_last_change(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event()
    guests = await api.book(event, GUESTS)
    await kill_midway(hub, clock, event, {"ends_at": LONGER}, 3)
    await kill_midway(hub, clock, event, {"ends_at": "2026-12-25T08:30:00+01:00"}, 5)
    await kill_midway(hub, clock, event, {"ends_at": SHORTER}, 2)
    await kill_midway(hub, clock, event, {"ends_at": "2026-12-25T06:30:00+01:00"}, 4)
    worker = Worker(hub)
    await worker.run("retime")
    assert await ends(hub, guests) == [timedelta(hours=10)] * GUESTS
    assert {each.retime for each in await hub.store.showings.of_event(event["uuid"])} == {0}
    assert await worker.run("retime") == 0


@pytest.mark.gen_test
async def test_a_shorter_event_whose_process_is_killed_midway_expires_exactly_who_is_over(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(ends_at=LONGER, retention_days=1)
    gate = await api.make_device(event)
    guests = await api.book(event, GUESTS)
    for each in guests[:INSIDE]:
        await gate.scan(each["code"])
    clock.set(BEGINS + timedelta(hours=9))
    await kill_midway(hub, clock, event, {"ends_at": SHORTER}, 4)
    worker = Worker(hub)
    for job in ("expire", "retime", "expire"):
        await worker.run(job)
    assert await ends(hub, guests) == [timedelta(hours=8)] * GUESTS
    expired = [entry.ticket for entry in await entries(hub, event["uuid"], "ticket.expired")]
    assert sorted(map(str, expired)) == sorted(each["id"] for each in guests), "each once"
    assert await inside(api, event) == 0
    effects = [entry.effect.get("inside", 0) for entry in await hub.store.journal.read(event["uuid"], 0, 10_000)]
    assert (sum(effects), max_of(effects)) == (0, INSIDE)


def max_of(effects: list[int]) -> int:
    total = most = 0
    for each in effects:
        total += each
        most = max(most, total)
    return most
