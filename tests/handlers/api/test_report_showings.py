"""Several showings are told apart in statistics and report (docs/booking-api.md, statistics)."""

from datetime import timedelta
from typing import Any

import pytest
from pymongo.database import Database

from hub.clock import SettableClock
from tests.api import Api
from tests.handlers.importing import a_file, import_file

pytestmark = pytest.mark.gen_test
TWO_NIGHTS = {
    "ends_at": "2026-12-26T02:00:00+01:00",
    "showings": [
        {"date": "2026-12-24", "time": "20:30", "capacity": 100},
        {"date": "2026-12-25", "time": "20:30", "capacity": 50},
    ],
}
GUEST = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
FIGURES = ("date", "capacity", "booked", "came", "no_show", "expected")


async def figures(api: Api, event: Any, path: str = "report") -> list[tuple[Any, ...]]:
    answer = await api.admin.get(f"/api/events/{event['uuid']}/{path}")
    assert answer.status == 200, answer.raw
    for name in ("booked", "came", "no_show", "expected"):
        assert answer.body[name] == sum(each[name] for each in answer.body["showings"]), name
        assert answer.body[name] == sum(each[name] for each in answer.body["products"]), name
    return [tuple(each[name] for name in FIGURES) for each in answer.body["showings"]]


async def a_night(api: Api, event: Any) -> None:
    """Three are booked for tonight, of whom one comes; two for tomorrow."""
    gate = await api.make_device(event)
    first, *_ = await api.book(event, 3, tickets=[GUEST] * 3)
    await api.book(event, 2, date="2026-12-25", tickets=[GUEST] * 2)
    assert (await gate.scan(first["code"])).body["code"] == "admitted"


@pytest.mark.parametrize("path", ["report", "stats"])
async def test_guests_of_tomorrow_are_expected_and_have_not_stayed_away(
    api: Api, clock: SettableClock, path: str
) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    await a_night(api, event)
    tonight, tomorrow = ("2026-12-24", 100, 3, 1), ("2026-12-25", 50, 2, 0)
    assert await figures(api, event, path) == [(*tonight, 0, 2), (*tomorrow, 0, 2)], "neither has begun"
    clock.advance(timedelta(hours=1))
    assert await figures(api, event, path) == [(*tonight, 2, 0), (*tomorrow, 0, 2)]
    clock.advance(timedelta(days=1))
    assert await figures(api, event, path) == [(*tonight, 2, 0), (*tomorrow, 2, 0)]


async def test_a_ticket_that_is_moved_or_cancelled_leaves_its_showing(api: Api) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    moved, canceled, _ = await api.book(event, 3, tickets=[GUEST] * 3)
    put = await api.admin.request("PUT", f"/api/tickets/{moved['id']}", {"date": "2026-12-25"})
    assert put.status == 200, put.raw
    assert (await api.admin.post(f"/api/tickets/{canceled['id']}/cancel")).status == 200
    assert [each[:4] for each in await figures(api, event)] == [("2026-12-24", 100, 1, 0), ("2026-12-25", 50, 1, 0)]


async def test_imported_tickets_count_for_their_showing(api: Api) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    rows = ("a1,Ada,Standard,2026-12-24,20:30", "b1,Bo,VIP,2026-12-25,20:30")
    await import_file(api.admin, event, a_file(*rows, head="barcode,name,product,date,time"))
    assert [each[:4] for each in await figures(api, event)] == [("2026-12-24", 100, 1, 0), ("2026-12-25", 50, 1, 0)]


async def test_scans_of_versions_before_count_for_their_tickets_showing(
    api: Api, raw_database: Database[dict[str, Any]]
) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    await a_night(api, event)
    old = {"event": event["uuid"], "kind": "ticket.scanned"}
    raw_database.journal.update_many(old, {"$unset": {"data.showing": ""}})
    assert [each[:4] for each in await figures(api, event)] == [("2026-12-24", 100, 3, 1), ("2026-12-25", 50, 2, 0)]


async def test_the_reports_page_has_a_row_for_each_time(api: Api, clock: SettableClock) -> None:
    event = await api.make_event(**TWO_NIGHTS)
    await a_night(api, event)
    clock.advance(timedelta(hours=1))
    page = (await api.admin.get(f"/events/{event['uuid']}/report")).raw.decode()
    assert "Thu 24 Dec 2026, 20:30" in page
    assert "Fri 25 Dec 2026, 20:30" in page
    assert "Still expected" in page
