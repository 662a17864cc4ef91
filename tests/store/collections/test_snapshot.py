"""Reads of one instant: what is written between them is not seen by halves."""

import pytest

from hub.app import Hub
from tests.api import Api


@pytest.mark.gen_test
async def test_what_is_committed_between_two_reads_is_seen_by_neither(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    async with hub.store.snapshot() as snapshot:
        stream = await snapshot.stream(event["uuid"])
        assert stream is not None
        assert (await gate.scan(first["code"])).body["code"] == "admitted"
        await api.book(event)
        tickets = [ticket async for some in snapshot.tickets(event["uuid"]) for ticket in some]
        entries = await snapshot.entries(event["uuid"], 0, 100)
    assert {ticket.id for ticket in tickets} == {first["id"], second["id"]}
    assert not any(ticket.scans for ticket in tickets)
    assert [entry.seq for entry in entries] == [*range(1, stream.seq + 1)]
