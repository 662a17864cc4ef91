"""Doors on both sides of a line that is cut, slow and loses answers at random: both sides end with the same truth."""

import asyncio
from collections import Counter
from random import Random
from typing import Any

import pytest

from hub.model.event import Event
from hub.model.ticket import Ticket
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.relay.conftest import Running, Venue
from tests.hub.relay.test_merge_machine import comparable

PARTIES, OF_EACH, DOORS = 12, 3, 4
Scanned = tuple[str, str, str]
"""Ticket, nonce and code of a scan that was answered."""


@pytest.mark.gen_test
@pytest.mark.parametrize("seed", [1, 2])
async def test_both_sides_end_alike_whatever_the_line_does(venue: Venue, seed: int) -> None:
    chance = Random(seed)
    tickets = [ticket for _ in range(PARTIES) for ticket in await venue.api.book(venue.event, OF_EACH)]
    halls = [await venue.api.make_device(venue.event, name=f"Hall {n}") for n in range(DOORS)]
    outside = await venue.api.make_device(venue.event, 1, name="Outside")
    async with venue.relay() as relay:
        await relay.is_connected()
        relay.hub.relay_scanning.forward_within_s = 0.1
        doors = [relay.api.with_key(hall.key) for hall in halls]
        weather = asyncio.create_task(break_line(venue, chance))
        both = await asyncio.gather(
            *[scan_all(door, chance.sample(tickets, 20), f"h{n}") for n, door in enumerate(doors)],
            scan_all(outside, chance.sample(tickets, 12), "o"),
        )
        weather.cancel()
        venue.cable.cut()
        venue.cable.heal()
        await eventually(lambda: is_settled(venue, relay))
        for scanned in ([each for door in both[:-1] for each in door], both[-1]):
            admitted = Counter(ticket for ticket, _, code in scanned if code == "admitted")
            assert max(admitted.values()) == 1
        await check_alike(venue, relay, [each for door in both for each in door])


async def scan_all(door: Api, tickets: list[Any], name: str) -> list[Scanned]:
    """Scan tickets at one door, one after another, as a phone that asks until it is answered."""
    scanned = []
    for place, ticket in enumerate(tickets):
        nonce = f"{name}-{place}"
        answer = await door.scan(ticket["code"], nonce=nonce)
        assert answer.status == 200, answer.raw
        scanned.append((ticket["id"], nonce, answer.body["code"]))
        await asyncio.sleep(0.02)
    return scanned


async def break_line(venue: Venue, chance: Random) -> None:
    """Cut, slow down and heal the line, again and again."""
    while True:
        match chance.choice(["cut", "slow", "lose", "heal", "heal"]):
            case "cut":
                venue.cable.cut()
            case "slow":
                venue.cable.delay_s = 0.08
            case "lose":
                venue.cable.loses_answers = True
            case _:
                venue.cable.cut()
                venue.cable.heal()
        await asyncio.sleep(chance.uniform(0.05, 0.4))


async def is_settled(venue: Venue, relay: Running) -> bool:
    """Return whether nothing waits on the relay, and all of the hub's journal is there."""
    stream = await venue.hub.store.journal.stream(venue.event["uuid"])
    assert stream is not None and relay.hub.sync is not None
    waits = await relay.hub.store.relay_copies.count_waiting(venue.event["uuid"])
    return waits == 0 and relay.hub.sync.copy.upstream_seq == stream.seq


async def check_alike(venue: Venue, relay: Running, scanned: list[Scanned]) -> None:
    """Compare counts, tickets, conflicts and answers of both sides; each answered scan is upstream once."""
    event_id = venue.event["uuid"]
    sides = [venue.hub.store, relay.hub.store]
    streams = [await side.journal.stream(event_id) for side in sides]
    assert streams[0] is not None and streams[1] is not None
    assert counts(streams[0]) == counts(streams[1])
    event = await venue.hub.store.events.find(event_id)
    assert isinstance(event, Event)
    for name in {ticket for ticket, _, _ in scanned}:
        kept = [await side.tickets.find(name) for side in sides]
        assert isinstance(kept[0], Ticket) and isinstance(kept[1], Ticket)
        assert comparable(kept[0], event) == comparable(kept[1], event)
    journals = [await side.journal.read(event_id, 0, 5000) for side in sides]
    conflicts = [Counter((e.ticket, e.nonce) for e in journal if e.kind == "ticket.conflict") for journal in journals]
    assert conflicts[0] == conflicts[1]
    for journal in journals:
        recorded = Counter((entry.ticket, entry.nonce, entry.code) for entry in journal)
        assert {each: recorded[each] for each in scanned if recorded[each] != 1} == {}
        assert [entry.seq for entry in journal] == list(range(1, len(journal) + 1))


def counts(stream: Any) -> tuple[Any, ...]:
    """Return the counts of a stream."""
    return stream.admitted, stream.inside, stream.denied, stream.booked, stream.doors
