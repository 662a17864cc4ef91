"""The ends of showings over REST: set, moved, taken away; tickets follow, and what cannot be is refused whole."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.model.event import ends_of
from tests.api import Answer, Api

BEGINS = datetime.fromisoformat("2026-12-24T20:30:00+01:00")
FIRST = {"date": "2026-12-24", "time": "20:30"}


async def patch(api: Api, event: Any, change: Any) -> Answer:
    return await api.admin.request("PATCH", f"/api/events/{event['uuid']}/showings", change)


async def lasts(hub: Hub, ticket: Any) -> timedelta:
    """How long after its beginning a ticket expires."""
    return (await hub.booking.ticket(ticket["id"])).expires_at - BEGINS


@pytest.mark.gen_test
async def test_the_end_of_a_showing_is_changed_and_its_tickets_follow(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    changed = await patch(api, event, {**FIRST, "ends_at": "2026-12-25T08:30:00+01:00"})
    assert (changed.status, changed.body[0]["ends_at"]) == (200, "2026-12-25T07:30:00Z")
    assert changed.body[0]["capacity"] == 100, "what is left out stays"
    assert await lasts(hub, ticket) == timedelta(hours=12)
    seats = await patch(api, event, {**FIRST, "capacity": 50})
    assert (seats.body[0]["ends_at"], seats.body[0]["capacity"]) == ("2026-12-25T07:30:00Z", 50)
    assert await lasts(hub, ticket) == timedelta(hours=12)
    taken_away = await patch(api, event, {**FIRST, "ends_at": None})
    assert (taken_away.body[0]["ends_at"], taken_away.body[0]["capacity"]) == (None, 50)
    assert await lasts(hub, ticket) == timedelta(hours=8)
    (shown,) = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    assert (shown["ends_at"], shown["capacity"]) == (None, 50)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"ends_at": "2026-12-24T20:30:00+01:00"}, {"showings[0].ends_at": "must be after its beginning"}),
        (
            {"ends_at": "2026-12-24T23:30:00"},
            {"showings[0].ends_at": "needs a UTC offset, like 2026-12-24T20:30:00+01:00"},
        ),
        ({"ends_at": "9999-12-31T23:59:59Z"}, {"showings[0].ends_at": "must be in the years 1900 to 9000"}),
        ({"capacity": 0}, {"showings[0].capacity": "must be 1 to 1000000"}),
    ],
)
@pytest.mark.gen_test
async def test_an_end_that_cannot_be_changes_nothing(api: Api, hub: Hub, change: Any, errors: dict[str, str]) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    before = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    refused = await patch(api, event, [{**FIRST, **change}])
    assert (refused.status, list(refused.body["errors"])) == (422, list(errors))
    assert (await api.admin.get(f"/api/showings?event={event['uuid']}")).body == before
    assert await lasts(hub, ticket) == timedelta(hours=8)


@pytest.mark.gen_test
async def test_a_list_of_changes_is_made_whole_or_not_at_all(api: Api) -> None:
    event = await api.make_event()
    nowhere = {"date": "2026-12-24", "time": "23:59", "capacity": 5}
    refused = await patch(api, event, [{**FIRST, "capacity": 7}, nowhere])
    assert (refused.status, refused.body["code"]) == (422, "no_showing")
    (shown,) = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    assert shown["capacity"] == 100


@pytest.mark.gen_test
async def test_times_changed_by_many_at_once_end_as_if_one_after_the_other(api: Api, hub: Hub) -> None:
    event = await api.make_event(ends_at="2026-12-26T02:00:00+01:00")
    tickets = await api.book(event, 3)
    path = f"/api/events/{event['uuid']}"
    times = [{"date": "2026-12-25", "time": f"{hour:02}:00", "capacity": 5} for hour in (6, 9, 12, 18)]
    answers = await asyncio.gather(
        *(api.admin.post(f"{path}/showings", each) for each in times),
        api.admin.request("PATCH", path, {"ends_at": "2026-12-25T20:00:00+01:00"}),
        patch(api, event, {**FIRST, "capacity": 60}),
    )
    assert [answer.status for answer in answers] == [201, 201, 201, 201, 200, 200]
    showings = await hub.store.showings.of_event(event["uuid"])
    ends = ends_of(await hub.events.get(event["uuid"]), showings)
    assert {each.id: each.over_at for each in showings} == ends
    assert [each.retime for each in showings] == [0] * 5
    assert [await lasts(hub, ticket) for ticket in tickets] == [timedelta(hours=9.5)] * 3
