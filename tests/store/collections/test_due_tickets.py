"""Tickets that fall due are read from an index, whatever a run leaves out: an event may have a hundred thousand."""

from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.ticket import LeftOut
from tests.api import Api

MOST_TRIED = 101 + 4
"""Documents that the database looks at while it tries which index is best, and those asked for."""


@pytest.mark.parametrize("is_any_left_out", [False, True])
@pytest.mark.gen_test
async def test_unpaid_tickets_are_read_in_their_order_from_an_index_and_most_are_not_looked_at(
    api: Api,
    hub: Hub,
    clock: SettableClock,
    _mongo: MongoClient[dict[str, Any]],
    database_name: str,
    is_any_left_out: bool,
) -> None:
    large = [{"date": "2026-12-24", "time": "20:30", "capacity": 500}]
    event, other = await api.make_event(showings=large), await api.make_event()
    await api.book(event, 30)
    await api.book(other, 90, paid=False)
    unpaid = await api.book(event, 400, paid=False)
    ids = sorted(ticket["id"] for ticket in unpaid)
    left_out = LeftOut(tickets={ids[0]}) if is_any_left_out else LeftOut()
    before = clock.now() + timedelta(seconds=1)
    database = _mongo[database_name]
    database.command("profile", 2)
    try:
        found = await hub.due_tickets.unpaid(event["uuid"], before, 3, left_out)
    finally:
        database.command("profile", 0)
    assert [ticket.id for ticket in found] == ids[len(left_out) :][:3]
    (asked,) = [
        each
        for each in database["system.profile"].find({"ns": f"{database_name}.tickets", "op": "query"})
        if each["command"]["filter"].get("status") == "unpaid"
    ]
    assert asked["planSummary"] == "IXSCAN { event: 1, status: 1, _id: 1 }", "not by those of all events"
    assert "hasSortStage" not in asked
    assert asked["docsExamined"] <= MOST_TRIED, "most of the others are not looked at"
