"""Deleting tickets leaves figures, and no names (docs/booking-api.md, scheduled jobs)."""

from datetime import timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.figures import Peak
from tests.api import Api
from tests.jobs.second_hub import Worker, another_hub, entries, everything_kept

GUEST = {"first_name": "Xanthippe", "last_name": "Quuxley", "product": "Standard"}
BUYER = {"name": "Xanthippe Quuxley", "phone_number": "+998 77 665544", "email": "xq@example.org"}
TWO_NIGHTS = {
    "ends_at": "2026-12-25T09:00:00+01:00",
    "showings": [{"date": date, "time": "20:30", "capacity": 100} for date in ("2026-12-24", "2026-12-25")],
}
NIGHT = timedelta(hours=14)
BEGINS_IN = timedelta(hours=1)
LASTING = ("booked", "came", "no_show", "products", "peak", "doors", "refusals")


async def figures(api: Api, event: Any, path: str = "report") -> dict[str, Any]:
    answer = await api.admin.get(f"/api/events/{event['uuid']}/{path}")
    assert answer.status == 200, answer.raw
    return {name: answer.body[name] for name in LASTING}


async def final(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/report")).body["final"]


async def a_night(api: Api, event: Any, date: str) -> None:
    """Three booked: one is refused for having come already, one never comes."""
    gate = await api.make_device(event)
    first, second, _ = await api.book(event, 3, date=date, tickets=[GUEST] * 3, **BUYER)
    for ticket in (first, second, first):
        await gate.scan(ticket["code"])


@pytest.mark.gen_test
async def test_figures_stay_the_same_when_tickets_go_and_nothing_tells_of_who_came(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    await a_night(api, event, "2026-12-24")
    clock.advance(BEGINS_IN)
    before, stats = await figures(api, event), await figures(api, event, "stats")
    assert (before["booked"], before["came"], before["no_show"], before["peak"]["inside"]) == (3, 2, 1, 2)
    assert await final(api, event) is None
    tells = ("xanthippe", "quuxley", "665544", "xq@example.org")
    assert all(word in everything_kept(hub).lower() for word in tells)
    worker = Worker(hub)
    clock.advance(NIGHT)
    assert (await worker.run("expire"), await worker.run("delete")) == (3, 3)
    kept = everything_kept(hub).lower()
    assert [word for word in tells if word in kept] == []
    assert await figures(api, event) == before
    assert await figures(api, event, "stats") == stats
    frozen = await final(api, event)
    assert {name: frozen[name] for name in LASTING[:5]} == {name: before[name] for name in LASTING[:5]}
    async with another_hub(hub) as other:
        tally = await other.stats.tally(event["uuid"])
    assert (tally.final(clock.now()).as_data()["came"], tally.peak) == (
        2,
        Peak(inside=2, at=clock.now() - NIGHT - BEGINS_IN),
    )


@pytest.mark.gen_test
async def test_tickets_of_two_nights_deleted_one_night_after_the_other_add_up(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    worker = Worker(hub)
    for night, date in enumerate(("2026-12-24", "2026-12-25"), start=1):
        await a_night(api, event, date)
        clock.advance(NIGHT)
        await worker.run("expire")
        assert await worker.run("delete") == 3
        frozen = await final(api, event)
        assert (frozen["booked"], frozen["came"], frozen["no_show"]) == (3 * night, 2 * night, night)
        assert frozen["peak"] == {"inside": 2, "at": "2026-12-24T18:30:00Z"}
        clock.advance(timedelta(hours=24) - NIGHT)
    assert len(await entries(hub, event["uuid"], "figures.frozen")) == 2


@pytest.mark.gen_test
async def test_figures_are_frozen_before_the_first_deletion_and_once_however_often_it_dies(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.expiry.BATCH", 1)
    event = await api.make_event()
    await a_night(api, event, "2026-12-24")
    worker = Worker(hub)
    clock.advance(NIGHT)
    await worker.run("expire")

    async def broken(*_: object) -> int:
        raise RuntimeError("the process dies here")

    with monkeypatch.context() as dying:
        dying.setattr("jobs.expiry.change_batch", broken)
        assert await worker.run("delete") == 0
    (first,) = await entries(hub, event["uuid"], "figures.frozen")
    assert await worker.run("delete") == 3
    (deleted, *_) = await entries(hub, event["uuid"], "ticket.deleted")
    assert await entries(hub, event["uuid"], "figures.frozen") == [first]
    assert first.seq < deleted.seq
    assert (first.data["booked"], first.data["came"], first.data["no_show"]) == (3, 2, 1)
