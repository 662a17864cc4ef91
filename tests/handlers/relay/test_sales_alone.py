"""Sales on a relay that is on its own: up to what it knows is free, good at the door at once, at the hub once."""

from typing import Any

import pytest

from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.api.test_payments import money
from tests.handlers.relay.conftest import Venue
from tests.handlers.relay.test_corrections import counts, kinds, seq_of
from tests.handlers.relay.test_paid import PRODUCTS, settle, tills

TAKEN = ("payment.taken", 1250, "EUR", "cash")


async def price(venue: Venue, capacity: int = 1000) -> None:
    """Give the event a price, with a capacity of its own."""
    path = f"/api/events/{venue.event['uuid']}"
    products = [PRODUCTS[0] | {"capacity": capacity}]
    changed = await venue.api.admin.request("PATCH", path, {"products": products})
    assert changed.status == 200, changed.raw


async def sell(door: Api, count: int, nonce: str, **fields: Any) -> Answer:
    """Sell tickets at a door."""
    form = {
        "date": "2026-12-24",
        "time": "20:30",
        "tickets": [{"product": "Standard", "price": "Full", "count": count}],
        "method": "cash",
        "amount": f"{12.5 * count:.2f}",
        "currency": "EUR",
        "nonce": nonce,
    }
    return await door.post("/scan/sales", form | fields)


async def booked(venue: Venue, side: Any) -> tuple[int, int]:
    """Return how many tickets are booked, by the event's counts and by its time's."""
    stream = await side.store.journal.stream(venue.event["uuid"])
    [showing] = await side.showings.of_event(venue.event["uuid"])
    assert stream is not None
    return stream.booked, showing.booked


@pytest.mark.gen_test
async def test_what_is_sold_alone_is_scanned_at_once_and_at_the_hub_once_with_its_money(venue: Venue) -> None:
    await price(venue, 3)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    plain = await venue.api.make_device(venue.event, 1, name="Plain")
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        assert (await sell(relay.api.with_key(plain.key), 1, "p1")).status == 403
        offer = (await here.get("/scan/sales")).body
        assert (offer["times"][0]["products"], len(offer["kinds"])) == ({"Standard": 3}, 1)
        wrong = await sell(here, 1, "w1", amount="1.00")
        assert (wrong.status, wrong.body["code"]) == (409, "amount_changed")
        sold = await sell(here, 2, "s1")
        assert sold.status == 200, sold.raw
        again = await sell(here, 2, "s1")
        assert again.body["tickets"] == sold.body["tickets"]
        full = await sell(here, 2, "s2")
        assert (full.status, full.body["code"]) == (409, "sold_out")
        codes = [each["code"] for each in sold.body["tickets"]]
        picture = await relay.api.with_key(None).get(sold.body["tickets"][0]["qr"])
        assert (picture.status, picture.headers["Content-Type"]) == (200, "image/svg+xml")
        assert (await here.scan(codes[0], nonce="n1")).body["code"] == "admitted"
        assert (await here.scan(codes[0], nonce="n2")).body["code"] == "already_scanned"
        assert await booked(venue, relay.hub) == (2, 2)
        await settle(venue, relay)
        assert (await sell(here, 2, "s1")).body["tickets"] == sold.body["tickets"]
        for side in (venue.hub, relay.hub):
            assert await booked(venue, side) == (2, 2)
            assert len(await kinds(side, venue, "ticket.booked")) == 2
            assert len(await kinds(side, venue, "payment.taken")) == 2
            assert await kinds(side, venue, "ticket.conflict") == []
        assert await money(venue.hub, venue.event) == [TAKEN] * 2
        assert await tills(venue) == [("Gate 1", "25.00")]
        assert await counts(venue, relay) == [(1, 1, 0)] * 2
        assert (await hall.scan(codes[0], nonce="h1")).body["code"] == "already_scanned"
        assert (await hall.scan(codes[1], nonce="h2")).body["code"] == "admitted"
        page = await venue.api.admin.get(f"/api/tickets/{sold.body['tickets'][1]['uuid']}")
        assert (page.status, page.body["barcode"]) == (200, codes[1])


@pytest.mark.gen_test
async def test_a_large_sale_goes_up_in_bodies_that_the_hub_takes(venue: Venue) -> None:
    await price(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        assert (await sell(relay.api.with_key(hall.key), 100, "s1")).status == 200
        await settle(venue, relay)
        assert await booked(venue, venue.hub) == (100, 100)
        assert await tills(venue) == [("Gate 1", "1250.00")]


@pytest.mark.gen_test
async def test_seats_that_both_sides_sold_are_conflicts_and_every_buyer_is_let_in(venue: Venue) -> None:
    await price(venue, 2)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    outside = await venue.api.make_device(venue.event, 1, name="Out", may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        there = await sell(outside, 1, "o1")
        here = await sell(relay.api.with_key(hall.key), 2, "s1")
        assert (there.status, here.status) == (200, 200), here.raw
        await settle(venue, relay)
        for side in (venue.hub, relay.hub):
            assert await booked(venue, side) == (3, 3)
            journal = await side.store.journal.read(venue.event["uuid"], 0, 1000, ["ticket.conflict"])
            assert [(entry.data["reason"], entry.ticket) for entry in journal] == [
                ("oversold", here.body["tickets"][1]["uuid"])
            ]
        codes = [each["code"] for sale in (there, here) for each in sale.body["tickets"]]
        for code in codes:
            assert (await outside.scan(code)).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_a_sale_that_the_hub_may_have_made_is_not_made_here_too(venue: Venue) -> None:
    await price(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        venue.cable.loses_answers = True
        assert (await sell(here, 1, "s1")).status in (503, 409)
        venue.cable.cut()
        await relay.is_alone()
        unknown = await sell(here, 1, "s1")
        assert (unknown.status, unknown.body["code"]) == (409, "relay_alone"), unknown.raw
        assert (await sell(here, 1, "s2")).status == 200
        await settle(venue, relay)

        async def is_sold() -> bool:
            return (await sell(here, 1, "s1")).status == 200

        await eventually(is_sold)
        await relay.has_all(await seq_of(venue))
        assert await money(venue.hub, venue.event) == [TAKEN] * 2


@pytest.mark.gen_test
async def test_a_restart_of_the_relay_keeps_what_it_sold(venue: Venue) -> None:
    await price(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        sold = await sell(relay.api.with_key(hall.key), 1, "s1")
    async with venue.relay() as relay:
        here = relay.api.with_key(hall.key)
        assert (await sell(here, 1, "s1")).body["tickets"][0]["code"] == sold.body["tickets"][0]["code"]
        assert (await here.scan(sold.body["tickets"][0]["code"], nonce="n1")).body["code"] == "admitted"
        await settle(venue, relay)
        assert await money(venue.hub, venue.event) == [TAKEN]
        assert await counts(venue, relay) == [(1, 1, 0)] * 2


@pytest.mark.gen_test
async def test_a_sale_for_a_time_that_the_hub_has_no_more_is_taken_out_and_named(venue: Venue) -> None:
    await price(venue)
    hall = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        sold = await sell(here, 1, "s1")
        await venue.hub.store.database.showings.delete_many({"event": venue.event["uuid"]})
        await settle(venue, relay)
        status = (await here.get("/api/relay/status")).body
        [refused] = status["refusals"]
        assert (refused["code"], refused["refused"], refused["money"]) == ("sold", "no_showing", "12.50 EUR")
        assert (await here.scan(sold.body["tickets"][0]["code"])).body["code"] != "admitted"
        assert (await counts(venue, relay))[0] == (await counts(venue, relay))[1]
