"""Undo, headcounts and parties on a relay: the hub's while the line stands, its own while it is gone, once each."""

from typing import Any

import pytest

from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.relay.conftest import Running, Venue

RIGHTS = ["undo", "headcount"]


async def seq_of(venue: Venue) -> int:
    """Return the newest number of the hub's journal."""
    stream = await venue.hub.store.journal.stream(venue.event["uuid"])
    assert stream is not None
    return stream.seq


async def counts(venue: Venue, relay: Running) -> list[tuple[int, int, int]]:
    """Return who is admitted, inside, and counted without a ticket, at the hub and on the relay."""
    found = []
    for side in (venue.hub, relay.hub):
        stream = await side.store.journal.stream(venue.event["uuid"])
        assert stream is not None
        found.append((stream.admitted, stream.inside, stream.headcount))
    return found


async def kinds(side: Any, venue: Venue, *asked: str) -> list[tuple[str, str | None]]:
    """Return kind and nonce of a journal's entries of the kinds that are asked for."""
    entries = await side.store.journal.read(venue.event["uuid"], 0, 1000, list(asked))
    return [(entry.kind, entry.nonce) for entry in entries]


async def undo(door: Api, ticket: Any, seq: int, nonce: str) -> Answer:
    """Undo a scan."""
    return await door.post("/scan/undo/", {"ticket_uuid": ticket["id"], "seq": seq, "nonce": nonce})


async def heads(door: Api, delta: int, nonce: str) -> Answer:
    """Count people without tickets."""
    return await door.post("/scan/headcount/", {"delta": delta, "kind": "crew", "nonce": nonce})


@pytest.mark.gen_test
async def test_an_undo_and_a_headcount_are_the_hubs_while_the_line_stands(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event, may=RIGHTS)
    bare = await venue.api.make_device(venue.event, name="Gate 2")
    first, second = await venue.api.book(venue.event, 2)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        # Another number here than at the hub: one entry there is none here.
        assert (await here.scan("no code at all", nonce="n0")).status == 400
        scanned = (await here.scan(first["code"], nonce="n1")).body
        undone = await undo(here, first, scanned["seq"], "u1")
        assert (undone.status, undone.body["code"]) == (200, "undone"), undone.raw
        assert "decided_by" not in undone.body
        assert (await undo(here, first, scanned["seq"], "u1")).body["replayed"]
        assert (await hall.scan(first["code"], nonce="n2")).body["code"] == "admitted"
        counted = await heads(here, 3, "h1")
        assert (counted.body["code"], counted.body["headcount"], counted.body["inside"]) == ("counted", 3, 4)
        assert (await heads(here, 3, "h1")).body["replayed"]
        assert await counts(venue, relay) == [(1, 4, 3)] * 2
        refused = await heads(relay.api.with_key(bare.key), 1, "h2")
        assert (refused.status, refused.body["code"]) == (403, "not_allowed")
        assert (await undo(here, second, 1, "u2")).body["code"] == "unknown_scan"
        for side in (venue.hub, relay.hub):
            assert await kinds(side, venue, "ticket.undone", "headcount") == [
                ("ticket.undone", "u1"),
                ("headcount", "h1"),
            ]


@pytest.mark.gen_test
async def test_alone_undo_headcounts_and_parties_are_decided_here_and_upstream_once(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event, may=RIGHTS)
    tickets = await venue.api.book(venue.event, 4)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        before = (await here.scan(tickets[3]["code"], nonce="n0")).body
        venue.cable.cut()
        await relay.is_alone()
        party = (await here.scan(tickets[0]["code"], nonce="n1", count=3)).body
        assert (party["code"], party["admitted_count"], party["decided_by"]) == ("admitted", 3, "relay")
        assert (await here.scan(tickets[0]["code"], nonce="n1", count=3)).body["replayed"]
        more = (await here.scan(tickets[0]["code"], nonce="n2", count=2)).body
        assert more["code"] == "already_scanned"
        assert (await undo(here, tickets[3], before["seq"], "u1")).body["code"] == "undone"
        last = (await here.scan(tickets[3]["code"], nonce="n3")).body
        assert last["code"] == "admitted"
        assert (await undo(here, tickets[3], last["seq"], "u2")).body["decided_by"] == "relay"
        assert (await undo(here, tickets[3], last["seq"], "u2")).body["replayed"]
        assert (await heads(here, 2, "h1")).body["headcount"] == 2
        assert (await heads(here, -1, "h2")).body["headcount"] == 1
        assert (await heads(here, -5, "h3")).body["code"] == "not_inside"
        assert (await counts(venue, relay))[1] == (3, 4, 1)
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        assert await counts(venue, relay) == [(3, 4, 1)] * 2
        for side in (venue.hub, relay.hub):
            told = await kinds(side, venue, "ticket.scanned", "ticket.undone", "headcount", "ticket.conflict")
            passed = [("ticket.scanned", nonce) for nonce in ("n0", "n1", "n1", "n1")]
            corrected = [("ticket.undone", "u1"), ("ticket.scanned", "n3"), ("ticket.undone", "u2")]
            assert told == [*passed, *corrected, ("headcount", "h1"), ("headcount", "h2")]
        again = (await hall.scan(tickets[3]["code"], nonce="n4")).body
        assert again["code"] == "admitted"


@pytest.mark.gen_test
@pytest.mark.parametrize("call", ["undo", "headcount", "party"])
async def test_what_the_hub_did_and_its_answer_was_lost_is_done_once(venue: Venue, call: str) -> None:
    hall = await venue.api.make_device(venue.event, may=RIGHTS)
    tickets = await venue.api.book(venue.event, 2)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        scanned = (await here.scan(tickets[0]["code"], nonce="n1")).body if call == "undo" else {}
        relay.hub.relay_scanning.forward_within_s = 0.3
        venue.cable.loses_answers = True

        async def ask() -> Answer:
            if call == "undo":
                return await undo(here, tickets[0], scanned["seq"], "x1")
            if call == "headcount":
                return await heads(here, 2, "x1")
            return await here.scan(tickets[0]["code"], nonce="x1", count=2)

        first = await ask()
        assert (first.status, first.body["success"], first.body["decided_by"]) == (200, True, "relay")
        venue.cable.cut()
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        assert (await ask()).body["replayed"]
        expected = {"undo": (0, 0, 0), "headcount": (0, 2, 2), "party": (2, 2, 0)}[call]
        assert await counts(venue, relay) == [expected] * 2
        for side in (venue.hub, relay.hub):
            told = await kinds(side, venue, "ticket.scanned", "ticket.undone", "headcount", "ticket.conflict")
            assert len([each for each in told if each[1] == "x1"]) == (2 if call == "party" else 1)


@pytest.mark.gen_test
async def test_a_ticket_let_in_on_both_sides_and_undone_on_one_is_a_named_conflict_and_one_person(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event, may=RIGHTS)
    outside = await venue.api.make_device(venue.event, 1, name="Out")
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        assert (await outside.scan(ticket["code"], nonce="o1")).body["code"] == "admitted"
        scanned = (await here.scan(ticket["code"], nonce="n1")).body
        assert (await undo(here, ticket, scanned["seq"], "u1")).body["code"] == "undone"
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        assert await counts(venue, relay) == [(1, 1, 0)] * 2
        for side in (venue.hub, relay.hub):
            assert await kinds(side, venue, "ticket.conflict") == [("ticket.conflict", "n1")]


@pytest.mark.gen_test
async def test_people_counted_alone_over_the_venues_limit_are_flagged_at_the_hub(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event, may=RIGHTS)
    outside = await venue.api.make_device(venue.event, 1, name="Out", may=RIGHTS)
    changed = await venue.api.admin.request("PATCH", f"/api/events/{venue.event['uuid']}", {"max_inside": 3})
    assert changed.status == 200, changed.raw
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        assert (await heads(relay.api.with_key(hall.key), 2, "h1")).body["code"] == "counted"
        assert (await heads(relay.api.with_key(hall.key), 2, "h2")).body["code"] == "full"
        assert (await heads(outside, 2, "o1")).body["code"] == "counted"
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        assert await counts(venue, relay) == [(0, 4, 4)] * 2
        journal = await venue.hub.store.journal.read(venue.event["uuid"], 0, 1000, ["headcount"])
        assert [(entry.nonce, entry.data.get("over_limit")) for entry in journal] == [("o1", None), ("h1", True)]


@pytest.mark.gen_test
async def test_a_login_of_the_relay_scans_undoes_and_counts_nothing(venue: Venue) -> None:
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        seq = await seq_of(venue)
        for path, body in (
            ("/scan/ticket", {"qrcode_data": ticket["code"]}),
            ("/scan/undo", {"ticket_uuid": ticket["id"], "seq": 1}),
            ("/scan/headcount", {"delta": 1, "kind": "crew"}),
        ):
            refused = await relay.api.admin.post(path, body)
            assert refused.status in (401, 403, 409), refused.raw
        assert await eventually_alike(venue, relay, seq)


async def eventually_alike(venue: Venue, relay: Running, seq: int) -> bool:
    """Wait until all up to a number is here; return whether nothing was written at the hub since."""
    await eventually(lambda: relay.hub.line.is_connected)
    return await seq_of(venue) == seq


def sent_by_phone(tickets: list[Any], nonce: str) -> dict[str, Any]:
    """Return the batch of a phone that holds a party which its relay let in."""
    one = {"nonce": nonce, "scanned_at": "2026-12-24T20:30:00Z", "verdict": "admitted"}
    return {"scans": [{**one, "qrcode_data": tickets[0]["code"], "of_party": ticket["id"]} for ticket in tickets]}


@pytest.mark.gen_test
@pytest.mark.parametrize("is_known", [False, True], ids=["decided alone", "forwarded, and its answer lost"])
async def test_a_party_that_phone_and_relay_both_send_is_upstream_once(venue: Venue, is_known: bool) -> None:
    hall = await venue.api.make_device(venue.event)
    party = await venue.api.book(venue.event, 3)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        if is_known:
            assert (await hall.scan(party[0]["code"], nonce="n1", count=3)).body["admitted_count"] == 3
            known = await seq_of(venue)
            await relay.has_all(known)
        venue.cable.cut()
        await relay.is_alone()
        if not is_known:
            assert (await here.scan(party[0]["code"], nonce="n1", count=3)).body["decided_by"] == "relay"
        for _ in range(2):  # its answer may be lost, too
            results = (await hall.post("/scan/batch/", sent_by_phone(party, "n1"))).body["results"]
            assert [(each["code"], each["success"], "conflict" in each) for each in results] == [
                ("admitted", True, False)
            ] * 3
            assert len({each["seq"] for each in results}) == 3
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        assert await counts(venue, relay) == [(3, 3, 0)] * 2
        for side in (venue.hub, relay.hub):
            told = await kinds(side, venue, "ticket.scanned", "ticket.conflict")
            assert told == [("ticket.scanned", "n1")] * 3


@pytest.mark.gen_test
async def test_a_ticket_of_another_reservation_is_of_no_party(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    (mine,) = await venue.api.book(venue.event)
    (other,) = await venue.api.book(venue.event, name="Grace Hopper", phone_number="+33 1 99 99 99 99")
    for wrong in (other["id"], "none", "0" * 10_000, ""):
        scans = {"scans": [sent_by_phone([mine], "n1")["scans"][0] | {"of_party": wrong}]}
        (result,) = (await hall.post("/scan/batch/", scans)).body["results"]
        assert (result["code"], result["status"]) == ("bad_request", 400)
    assert (await hall.scan(other["code"], nonce="n2")).body["code"] == "admitted"
