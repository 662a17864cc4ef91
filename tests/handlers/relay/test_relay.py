"""A relay between its doors and its hub: one truth while the line stands, its own while it is gone, one truth after."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.api import Api
from tests.eventually import eventually
from tests.handlers.relay.conftest import Venue


async def seq_of(venue: Venue) -> int:
    """Return the newest number of the hub's journal."""
    occupancy = await venue.api.admin.get(f"/api/events/{venue.event['uuid']}/occupancy")
    seq: int = occupancy.body["seq"]
    return seq


@pytest.mark.gen_test
async def test_a_ticket_is_admitted_once_on_both_sides_while_the_line_stands(venue: Venue) -> None:
    hall, outside = await venue.api.make_device(venue.event), await venue.api.make_device(venue.event, 1, name="Out")
    first, second = await venue.api.book(venue.event, 2)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        assert (await here.scan(first["code"], nonce="n1")).body["code"] == "admitted"
        assert (await outside.scan(first["code"], nonce="n2")).body["code"] == "already_scanned"
        assert (await outside.scan(second["code"], nonce="n3")).body["code"] == "admitted"
        assert (await here.scan(second["code"], nonce="n4")).body["code"] == "already_scanned"
        again = (await here.scan(first["code"], nonce="n1")).body
        assert again["code"] == "admitted" and again["replayed"]


@pytest.mark.gen_test
async def test_alone_it_admits_once_and_what_it_did_is_upstream_once_with_each_conflict_named(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    south = await venue.api.make_device(venue.event, 1, name="South")
    outside = await venue.api.make_device(venue.event, 1, name="Out")
    tickets = await venue.api.book(venue.event, 3)
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        first, second = relay.api.with_key(hall.key), relay.api.with_key(south.key)
        assert (await first.scan(tickets[0]["code"], nonce="n1")).body["code"] == "admitted"
        assert (await second.scan(tickets[0]["code"], nonce="n2")).body["code"] == "already_scanned"
        assert (await first.scan(tickets[1]["code"], nonce="n3")).body["code"] == "admitted"
        assert (await first.scan(tickets[1]["code"], nonce="n3")).body["replayed"]
        assert (await outside.scan(tickets[0]["code"], nonce="n4")).body["code"] == "admitted"
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))

        event = venue.event["uuid"]
        theirs = await venue.api.admin.get(f"/api/events/{event}/occupancy")
        stream = await relay.hub.store.journal.stream(event)
        assert stream is not None
        assert (stream.admitted, stream.inside, stream.denied) == (2, 3, 1)
        assert (theirs.body["admitted"], theirs.body["inside"], theirs.body["denied"]) == (2, 3, 1)
        for journal in (venue_journal(venue), relay.hub.store.journal):
            found = await journal.read(event, 0, 1000, ["ticket.conflict"])
            assert [entry.ticket for entry in found] == [tickets[0]["id"]]


def venue_journal(venue: Venue) -> Any:
    """Return the hub's journal."""
    return venue.hub.store.journal


@pytest.mark.gen_test
async def test_a_forward_whose_answer_is_lost_is_one_admission(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        relay.hub.relay_scanning.forward_within_s = 0.5
        venue.cable.loses_answers = True
        here = relay.api.with_key(hall.key)
        assert (await here.scan(ticket["code"], nonce="n1")).body["code"] == "admitted"
        venue.cable.cut()
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        assert (await here.scan(ticket["code"], nonce="n2")).body["code"] == "already_scanned"
        event = venue.event["uuid"]
        for journal in (venue_journal(venue), relay.hub.store.journal):
            scanned = await journal.read(event, 0, 1000, ["ticket.scanned", "ticket.conflict"])
            assert [(entry.kind, entry.nonce) for entry in scanned] == [("ticket.scanned", "n1")]


@pytest.mark.gen_test
async def test_a_door_that_got_no_answer_from_the_relay_and_asks_the_hub_gets_the_relays(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    first, second = await venue.api.book(venue.event, 2)
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        for ticket, nonce in ((first, "n1"), (second, "n2"), (second, "n3")):
            await here.scan(ticket["code"], nonce=nonce)
        venue.cable.heal()
        await relay.is_connected()
        before = await seq_of(venue)
        asked = [(first, "n1"), (second, "n2"), (second, "n3")]
        again = [(await hall.scan(ticket["code"], nonce=nonce)).body for ticket, nonce in asked]
        assert [each["code"] for each in again] == ["admitted", "admitted", "already_scanned"]
        assert all(each["replayed"] and each["ticket"]["first_name"] == "Ada" for each in again)
        assert await seq_of(venue) == before


@pytest.mark.gen_test
async def test_what_is_cancelled_and_sold_at_the_hub_is_known_on_the_relay(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        assert (await venue.api.admin.post(f"/api/tickets/{ticket['id']}/block")).status == 200
        [sold] = await venue.api.book(venue.event, name="Grace Hopper", phone_number="+33 1 99 99 99 99")
        await relay.has_all(await seq_of(venue))
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        assert (await here.scan(ticket["code"])).body["code"] == "blocked"
        assert (await here.scan(sold["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_an_archived_device_is_refused_on_the_relay_once_it_knows(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        devices = (await venue.api.admin.get("/api/devices")).body
        [device] = [each for each in devices if each["name"] == "Gate 1"]
        assert (await relay.api.with_key(hall.key).get("/scan/test_api/")).status == 200
        assert (await venue.api.admin.post(f"/api/devices/{device['uuid']}/archive")).status == 200

        async def is_refused() -> bool:
            return (await relay.api.with_key(hall.key).get("/scan/test_api/")).status == 403

        await eventually(is_refused)


@pytest.mark.gen_test
async def test_it_goes_on_with_its_copy_after_a_power_cut_without_a_line(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    first, second = await venue.api.book(venue.event, 2)
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        assert (await relay.api.with_key(hall.key).scan(first["code"])).body["code"] == "admitted"
    async with venue.relay() as relay:
        here = relay.api.with_key(hall.key)
        assert (await here.scan(first["code"])).body["code"] == "already_scanned"
        assert (await here.scan(second["code"])).body["code"] == "admitted"
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
    occupancy = await venue.api.admin.get(f"/api/events/{venue.event['uuid']}/occupancy")
    assert (occupancy.body["admitted"], occupancy.body["denied"]) == (2, 1)


@pytest.mark.gen_test
async def test_a_second_relay_is_refused_until_the_first_is_declared_lost(venue: Venue) -> None:
    other = Api(venue.api.url, await venue.make_key())
    form = {"instance": "another-folder", "name": "Foyer"}
    async with venue.relay() as relay:
        await relay.is_connected()
        refused = await other.post("/api/relay/join", form)
        assert (refused.status, refused.body["code"]) == (409, "relay_taken")
        event = venue.event["uuid"]
        lost = await venue.api.admin.post(f"/api/events/{event}/relay/lost")
        assert lost.status == 200 and lost.body["lost_at"]
        assert (await other.post("/api/relay/join", form)).status == 200
        assert (await Api(venue.api.url, venue.key).post("/api/relay/join", form)).status == 403
        shown = await venue.api.admin.get(f"/api/events/{event}/relay")
        assert (shown.body["relay"]["id"], shown.body["relay"]["name"]) == ("another-folder", "Foyer")


@pytest.mark.gen_test
async def test_the_hub_says_since_when_a_relay_is_on_its_own(venue: Venue) -> None:
    event = venue.event["uuid"]
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        heard = venue.clock.now()

        async def said() -> Any:
            # What was on its way when the line was cut may still be heard: then the silence begins anew.
            venue.clock.advance(timedelta(seconds=20))
            await venue.hub.relays.check()
            await venue.hub.relays.check()
            return (await venue.api.admin.get(f"/api/events/{event}/relay")).body["relay"]["alone_since"]

        since = datetime.fromisoformat(await eventually(said))
        assert heard <= since <= venue.clock.now() - timedelta(seconds=20)
        await venue.hub.alert_monitor.check()
        [alert] = (await venue.api.admin.get(f"/api/events/{event}/alerts")).body
        assert (alert["kind"], alert["data"]["name"]) == ("relay.alone", "Hall")
        venue.cable.heal()
        await relay.is_connected()
        await eventually(lambda: kinds_of(venue, ["relay.joined", "relay.alone", "relay.back"]))
        shown = await venue.api.admin.get(f"/api/events/{event}/relay")
        assert shown.body["relay"]["alone_since"] is None
        assert (await venue.api.admin.get(f"/api/events/{event}/alerts")).body == []


async def kinds_of(venue: Venue, kinds: list[str]) -> bool:
    """Return whether the hub's journal has these entries on the relay, in this order."""
    found = await venue_journal(venue).read(venue.event["uuid"], 0, 1000, ["relay.joined", "relay.alone", "relay.back"])
    return [entry.kind for entry in found] == kinds


@pytest.mark.gen_test
async def test_a_phone_learns_both_addresses_and_what_of_a_relay_is_upstream(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay(base_url="https://hall.example.org") as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        server = (await here.get("/scan/test_api/")).body["server_info"]
        assert server["addresses"] == [
            {"url": "https://hall.example.org", "relay": "Hall"},
            {"url": venue.cable.url},
        ]
        venue.cable.cut()
        await relay.is_alone()
        scanned = (await here.scan(ticket["code"], nonce="n1")).body
        assert (scanned["code"], scanned["decided_by"]) == ("admitted", "relay")
        assert (await here.get("/scan/test_api/")).body["server_info"]["relay"]["sent"] < scanned["seq"]
        venue.cable.heal()
        await relay.is_connected()
        assert (await here.get("/scan/test_api/")).body["server_info"]["relay"]["sent"] >= scanned["seq"]

        assert "addresses" not in (await hall.get("/scan/test_api/")).body["server_info"]
        origins = (*venue.hub.settings.allowed_origins, "https://hall.example.org")
        venue.hub.settings = replace(venue.hub.settings, allowed_origins=origins)
        named = (await hall.get("/scan/test_api/")).body["server_info"]["addresses"]
        assert named[0] == {"url": "https://hall.example.org", "relay": "Hall"}
        device = await venue.api.admin.post("/api/devices", {"name": "Late", "event": venue.event["uuid"]})
        paired = await venue.api.get(f"/scan/{device.body['pairing']['token']}/pair")
        assert paired.body["addresses"] == named
        page = await Api(venue.api.url).get("/scanner", Accept="text/html")
        asked = "connect-src 'self' https://hall.example.org wss://hall.example.org;"
        assert asked in page.headers["Content-Security-Policy"]


@pytest.mark.gen_test
async def test_what_only_the_hub_decides_is_refused_on_a_relay_in_words(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event, may=["sell"])
    tickets = await venue.api.book(venue.event, 2)
    async with venue.relay() as relay:
        await relay.is_connected()
        here = relay.api.with_key(hall.key)
        for path in ("/api/tickets", "/api/devices"):
            refused = await here.post(path, {})
            assert (refused.status, refused.body["code"]) == (409, "at_the_hub"), path
        venue.cable.cut()
        await relay.is_alone()
        refused = await here.post("/scan/door", {"door": venue.event["doors"][1]["id"]})
        assert (refused.status, refused.body["code"]) == (409, "relay_alone")
        assert (await here.scan(tickets[0]["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_metrics_of_a_relay_name_its_routes(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    async with venue.relay() as relay:
        assert (await relay.api.with_key(hall.key).get("/scan/test_api/")).status == 200
        counted = relay.hub.metrics.exposition().decode()
        assert 'route="/scan/test_api",status="200"' in counted
        assert 'route="none"' not in counted
