"""Calls that a relay passes on to its hub: under their caller's own key, once each, and of the listed paths alone."""

from typing import Any

import pytest

from hub.relay.passed_calls import passed_path
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.relay.conftest import Venue

SALE = {
    "date": "2026-12-24",
    "time": "20:30",
    "tickets": [{"product": "Standard", "count": 2}],
    "method": "free",
    "nonce": "sale-1",
}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/scan/door"),
        ("POST", "/scan/undo"),
        ("POST", "/api/devices"),
        ("POST", "/api/tickets"),
        ("POST", "/api/tickets/a/refund"),
        ("POST", "/api/keys"),
        ("GET", "/scan/../api/keys/pair"),
        ("GET", "/scan/%2e%2e%2fapi/pair"),
        ("GET", "//elsewhere.example/scan/door"),
        ("GET", "http://elsewhere.example/scan/a/pair"),
        ("POST", "/api/tickets/a/b/pay"),
        ("DELETE", "/scan/sales"),
        ("GET", f"/scan/{'a' * 201}/pair"),
    ],
)
def test_what_is_not_listed_is_not_passed_on(method: str, path: str) -> None:
    assert passed_path(method, path) is None


async def make_code(venue: Venue, **fields: Any) -> str:
    """Make a device at the hub; return its pairing code."""
    place = {"event": venue.event["uuid"], "door": venue.event["doors"][0]["id"]}
    made = await venue.api.admin.post("/api/devices", {"name": "New", **place, **fields})
    assert made.status == 201, made.raw
    token: str = made.body["pairing"]["token"]
    return token


@pytest.mark.gen_test
async def test_a_phone_pairs_at_the_relay_and_its_key_is_good_there_at_once_and_at_the_hub(venue: Venue) -> None:
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        token, nobody = await make_code(venue), relay.api.with_key(None)
        offer = await nobody.get(f"/scan/{token}/offer")
        assert (offer.status, offer.body["device"]) == (200, "New"), offer.raw
        page = await nobody.get(f"/scan/{token}/pair", Accept="text/html")
        assert (page.status, page.headers["Location"]) == (302, f"/scanner#pair={token}")
        paired = await nobody.get(f"/scan/{token}/pair")
        assert paired.status == 200, paired.raw
        key = paired.body["api_key"]
        assert (await relay.api.with_key(key).scan(ticket["code"], nonce="n1")).body["code"] == "admitted"
        assert (await venue.api.with_key(key).scan(ticket["code"], nonce="n2")).body["code"] == "already_scanned"
        again = await nobody.get(f"/scan/{token}/pair")
        assert (again.status, again.body["code"]) == (400, "pairing_failed")


@pytest.mark.gen_test
async def test_guesses_of_pairing_codes_at_a_relay_are_slowed_down_there(venue: Venue) -> None:
    async with venue.relay(failed_pairings_per_min=2) as relay:
        await relay.is_connected()
        nobody = relay.api.with_key(None)
        answers = [await nobody.get(f"/scan/guess-{n}/pair") for n in range(3)]
        assert [answer.status for answer in answers] == [400, 400, 429]


@pytest.mark.gen_test
async def test_a_device_chooses_its_door_at_the_relay_as_far_as_the_hub_lets_it(venue: Venue) -> None:
    free, bound = await venue.api.make_device(venue.event, may=["door"]), await venue.api.make_device(venue.event)
    [ticket] = await venue.api.book(venue.event)
    south = venue.event["doors"][1]["id"]
    async with venue.relay() as relay:
        await relay.is_connected()
        refused = await relay.api.with_key(bound.key).post("/scan/door", {"door": south})
        assert (refused.status, refused.body["code"]) == (403, "not_allowed")
        here = relay.api.with_key(free.key)
        assert (await here.post("/scan/door/", {"door": south})).body["door"] == south
        assert (await here.get("/scan/test_api/")).body["device_info"]["door"] == south
        venue.cable.cut()
        await relay.is_alone()
        assert (await here.scan(ticket["code"])).body["code"] == "admitted"
        stream = await relay.hub.store.journal.stream(venue.event["uuid"])
        assert stream is not None and stream.doors[south].admitted == 1
        alone = await here.post("/scan/door", {"door": venue.event["doors"][0]["id"]})
        assert (alone.status, alone.body["code"]) == (409, "relay_alone")
        assert "at the hub" in alone.body["message"]


@pytest.mark.gen_test
async def test_what_a_device_sells_through_the_relay_is_sold_once_and_scanned_there_at_once(venue: Venue) -> None:
    seller, other = await venue.api.make_device(venue.event, may=["sell"]), await venue.api.make_device(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(seller.key)
        assert (await here.get("/scan/sales")).body["times"][0]["left"] == 1000
        assert (await relay.api.with_key(other.key).post("/scan/sales", SALE)).status == 403
        sold = await here.post("/scan/sales/", SALE)
        assert sold.status == 200, sold.raw
        again = await here.post("/scan/sales", SALE)
        assert [each["uuid"] for each in again.body["tickets"]] == [each["uuid"] for each in sold.body["tickets"]]
        assert (await here.get("/scan/sales")).body["times"][0]["left"] == 998
        picture = await relay.api.with_key(None).get(sold.body["tickets"][0]["qr"])
        assert (picture.status, picture.headers["Content-Type"]) == (200, "image/svg+xml")
        venue.cable.cut()
        await relay.is_alone()
        assert (await here.scan(sold.body["tickets"][0]["code"])).body["code"] == "admitted"
        [showing] = await relay.hub.showings.of_event(venue.event["uuid"])
        assert showing.booked == 2


@pytest.mark.gen_test
async def test_a_sale_whose_answer_was_lost_is_sold_once_when_it_is_sent_again(venue: Venue) -> None:
    seller = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(seller.key)
        venue.cable.loses_answers = True
        lost = await here.post("/scan/sales", SALE)
        assert (lost.status, lost.body["code"]) in ((503, "unavailable"), (409, "relay_alone")), lost.raw
        venue.cable.cut()
        venue.cable.heal()
        await relay.is_connected()

        async def is_sold() -> bool:
            return (await here.post("/scan/sales", SALE)).status == 200

        await eventually(is_sold)
        stream = await venue.hub.store.journal.stream(venue.event["uuid"])
        assert stream is not None and stream.booked == 2


async def pay(api: Api, ticket: Any, **headers: str) -> Answer:
    """Mark a ticket as paid."""
    return await api.post(
        f"/api/tickets/{ticket['id']}/pay", {"method": "cash", "amount": 20, "currency": "EUR"}, **headers
    )


@pytest.mark.gen_test
async def test_a_ticket_is_paid_through_the_relay_by_a_key_of_the_hub_alone(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    [ticket] = await venue.api.book(venue.event, paid=False)
    async with venue.relay() as relay:
        await relay.is_connected()
        for key in (None, "unknown.0123456789abcdef0123456789abcdef", hall.key):
            assert (await pay(relay.api.with_key(key), ticket)).status in (401, 403)
        assert (await pay(Api(relay.api.url, None, {"Cookie": "hub=a-login-of-the-relay"}), ticket)).status == 401
        assert (await relay.api.with_key(hall.key).scan(ticket["code"])).body["code"] == "unpaid"
        paid = await pay(relay.api.admin, ticket)
        assert paid.status == 200, paid.raw
        venue.cable.cut()
        await relay.is_alone()
        assert (await relay.api.with_key(hall.key).scan(ticket["code"], nonce="n2")).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_a_body_that_is_too_large_is_not_passed_on(venue: Venue) -> None:
    seller = await venue.api.make_device(venue.event, may=["sell"])
    async with venue.relay() as relay:
        await relay.is_connected()
        refused = await relay.api.with_key(seller.key).post("/scan/sales", SALE | {"nonce": "n" * 70_000})
        assert (refused.status, refused.body["code"]) == (413, "too_large")


@pytest.mark.gen_test
async def test_the_relays_own_key_is_never_shown_for_a_call_without_one(venue: Venue) -> None:
    async with venue.relay() as relay:
        await relay.is_connected()
        answer = await pay(relay.api.with_key(None), {"id": "00000000-0000-4000-8000-000000000000"})
        assert (answer.status, answer.body["code"]) == (401, "unauthorized")
