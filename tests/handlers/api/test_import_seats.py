"""Seats that a newer list moves between times: whatever is full, what fits at the end is done, and else nothing is."""

from typing import Any

import pytest

from tests.api import Api
from tests.handlers.api.test_import_again import again, kinds, tickets_of
from tests.handlers.importing import a_file, import_file, send

HEAD = "barcode,first_name,date,time,status"
DAYS = ("2026-12-24", "2026-12-25", "2026-12-26")


def listed(*days: int, status: str = "paid") -> bytes:
    """Return a list of tickets, each at the time of its day."""
    return a_file(*(f"B{n:02},Ada{n},{DAYS[day]},20:30,{status}" for n, day in enumerate(days)), head=HEAD)


async def full(api: Api, *days: int, capacities: tuple[int, ...] = (2, 2, 1)) -> Any:
    """Return an event whose times are full of imported tickets."""
    showings = [{"date": day, "time": "20:30", "capacity": n} for day, n in zip(DAYS, capacities, strict=True)]
    event = await api.make_event(ends_at="2026-12-28T02:00:00+01:00", showings=showings)
    assert (await import_file(api.admin, event, listed(*days)))["state"] == "completed"
    return event


async def days_of(api: Api, event: Any) -> list[int]:
    found = await tickets_of(api, event)
    return [DAYS.index(found[name]["date"]) for name in sorted(found)]


async def left(api: Api, event: Any) -> list[int]:
    found = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    return [showing["left"] for showing in sorted(found, key=lambda each: each["date"])]


ROUND = [(0, 0, 1, 1, 2), (1, 0, 0, 1, 2), (1, 2, 0, 1, 0)]


@pytest.mark.parametrize("large", [False, True], ids=["at once", "in batches"])
@pytest.mark.gen_test
async def test_tickets_change_places_between_times_that_are_full(
    api: Api, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    if large:
        monkeypatch.setattr("hub.importing.checked.CORRECTED_AT_ONCE", 1)
        monkeypatch.setattr("hub.importing.importer.AT_ONCE", 1)
    event = await full(api, *ROUND[0])
    for days in ROUND[1:]:
        ended = await again(api, event, listed(*days))
        assert ended["state"] == "completed", ended
        assert (await days_of(api, event), await left(api, event)) == ([*days], [0, 0, 0])


@pytest.mark.gen_test
async def test_more_than_a_full_time_takes_is_refused_before_anything_happens(api: Api) -> None:
    event = await full(api, *ROUND[0])
    for query in ("?dry_run=1", ""):
        refused = await send(api.admin, event, listed(2, 0, 1, 1, 2), query)
        assert (refused.status, refused.body["code"]) == (409, "sold_out"), refused.raw
        [problem] = refused.body["rows"]
        assert (problem["row"], problem["column"]) == (2, "time")
        assert "2026-12-26 20:30" in problem["message"]
    assert await days_of(api, event) == [*ROUND[0]]
    assert kinds((await send(api.admin, event, listed(1, 0, 1, 1, 2, status="refunded"), "?dry_run=1")).body) == {
        "canceled": 5
    }
