"""Money that doors of a relay take for unpaid tickets: once, in their till, whatever becomes of the line."""

from typing import Any

import pytest

from tests.handlers.api.test_payments import money
from tests.handlers.relay.conftest import Running, Venue
from tests.handlers.relay.test_corrections import counts, kinds, seq_of

PRODUCTS = [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}]
CASH = {"method": "cash", "amount": "12.50", "currency": "EUR"}
TAKEN = ("payment.taken", 1250, "EUR", "cash")


async def unpaid(venue: Venue, count: int = 1) -> list[Any]:
    """Give the event a price; return unpaid tickets of one reservation."""
    changed = await venue.api.admin.request("PATCH", f"/api/events/{venue.event['uuid']}", {"products": PRODUCTS})
    assert changed.status == 200, changed.raw
    guests = [{"first_name": "Ada", "last_name": str(n), "product": "Standard", "price": "Full"} for n in range(count)]
    return await venue.api.book(venue.event, count, paid=False, tickets=guests)


async def settle(venue: Venue, relay: Running) -> None:
    """Heal the line, and wait until both sides have all."""
    venue.cable.cut()
    venue.cable.heal()
    await relay.is_connected()
    await relay.has_all(await seq_of(venue))


async def tills(venue: Venue) -> list[tuple[str, str]]:
    """Return who holds how much, by the hub."""
    takings = (await venue.api.admin.get(f"/api/events/{venue.event['uuid']}/takings")).body
    return sorted((row["name"], row["net"]) for row in takings["people"])


@pytest.mark.gen_test
async def test_money_taken_while_the_line_stands_is_the_hubs_at_once(venue: Venue) -> None:
    [ticket] = await unpaid(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        assert (await here.scan(ticket["code"], nonce="n0")).body["code"] == "unpaid"
        paid = (await here.scan(ticket["code"], nonce="n1", payment=CASH)).body
        assert (paid["code"], paid["paid"]) == ("admitted", CASH)
        assert await money(venue.hub, venue.event) == [TAKEN]
        kept = await relay.hub.store.tickets.find(ticket["id"])
        assert kept is not None and kept.status == "valid" and kept.payment is not None


@pytest.mark.gen_test
async def test_money_taken_alone_is_in_the_till_at_the_hub_once_and_the_ticket_paid(venue: Venue) -> None:
    first, second, third = await unpaid(venue, 3)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    plain = await venue.api.make_device(venue.event, 1, name="Plain")
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        refused = await relay.api.with_key(plain.key).scan(first["code"], payment=CASH)
        assert (refused.status, refused.body["code"]) == (403, "not_allowed")
        wrong = await here.scan(first["code"], payment=CASH | {"amount": "10.00"})
        assert (wrong.status, wrong.body["code"]) == (409, "amount_changed")
        paid = (await here.scan(first["code"], nonce="n1", payment=CASH)).body
        assert (paid["code"], paid["decided_by"], paid["paid"]) == ("admitted", "relay", CASH)
        assert (await here.scan(first["code"], nonce="n1", payment=CASH)).body["replayed"]
        both = CASH | {"amount": "25.00"}
        assert (await here.scan(second["code"], nonce="n2", payment=both, count=2)).body["admitted_count"] == 2
    async with venue.relay() as relay:  # a restart loses none of it
        assert await money(venue.hub, venue.event) == []
        await settle(venue, relay)
        assert await money(venue.hub, venue.event) == [TAKEN] * 3
        assert await tills(venue) == [("Gate 1", "37.50")]
        for side in (venue.hub, relay.hub):
            assert len(await kinds(side, venue, "payment.taken")) == 3
            assert await kinds(side, venue, "ticket.conflict") == []
            for ticket in (first, second, third):
                kept = await side.store.tickets.find(ticket["id"])
                assert kept is not None and kept.status == "valid" and kept.payment is not None
                assert kept.payment.taken_here is None
        assert await counts(venue, relay) == [(3, 3, 0)] * 2


@pytest.mark.gen_test
async def test_a_payment_whose_answer_was_lost_is_taken_once(venue: Venue) -> None:
    [ticket] = await unpaid(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        relay.hub.relay_scanning.forward_within_s = 0.3
        venue.cable.loses_answers = True
        here = relay.api.with_key(hall.key)
        assert (await here.scan(ticket["code"], nonce="n1", payment=CASH)).body["code"] == "admitted"
        await settle(venue, relay)
        assert await money(venue.hub, venue.event) == [TAKEN]
        assert len(await kinds(relay.hub, venue, "payment.taken")) == 1
        assert await counts(venue, relay) == [(1, 1, 0)] * 2


@pytest.mark.gen_test
async def test_a_ticket_paid_for_on_both_sides_is_a_conflict_and_both_tills_hold_their_money(venue: Venue) -> None:
    [ticket] = await unpaid(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    outside = await venue.api.make_device(venue.event, 1, name="Out", may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        assert (await outside.scan(ticket["code"], nonce="o1", payment=CASH)).body["code"] == "admitted"
        here = relay.api.with_key(hall.key)
        assert (await here.scan(ticket["code"], nonce="n1", payment=CASH)).body["code"] == "admitted"
        await settle(venue, relay)
        assert await tills(venue) == [("Gate 1", "12.50"), ("Out", "12.50")]
        for side in (venue.hub, relay.hub):
            journal = await side.store.journal.read(venue.event["uuid"], 0, 1000, ["ticket.conflict"])
            assert sorted(entry.data["reason"] for entry in journal) == ["already_paid", "already_scanned"]
        assert (await counts(venue, relay))[0] == (await counts(venue, relay))[1]


@pytest.mark.gen_test
async def test_what_the_hub_refuses_is_taken_out_of_the_relays_counts_and_named_in_its_status(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event, may=["undo"])
    gone, undone, kept = await venue.api.book(venue.event, 3)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        before = (await here.scan(undone["code"], nonce="n0")).body
        venue.cable.cut()
        await relay.is_alone()
        for place, ticket in enumerate((gone, kept)):
            assert (await here.scan(ticket["code"], nonce=f"n{place + 1}")).body["code"] == "admitted"
        taken_back = {"ticket_uuid": undone["id"], "seq": before["seq"], "nonce": "u1"}
        assert (await here.post("/scan/undo", taken_back)).body["code"] == "undone"
        for ticket in (gone, undone):
            assert (await venue.api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")).status == 204
        await settle(venue, relay)
        assert (await counts(venue, relay))[0] == (await counts(venue, relay))[1]
        status = (await here.get("/api/relay/status")).body
        assert sorted((each["code"], each["refused"]) for each in status["refusals"]) == [
            ("admitted", "unknown_ticket"),
            ("undone", "unknown_ticket"),
        ]
        journal = await relay.hub.store.journal.read(venue.event["uuid"], 0, 1000, ["relay.refused"])
        assert sorted(entry.ticket or "" for entry in journal) == sorted([gone["id"], undone["id"]])
        found = await relay.hub.store.relay_copies.find()
        assert found is not None and found.on_top == {}
