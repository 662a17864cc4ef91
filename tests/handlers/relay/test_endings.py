"""Both endings of a relay's secrets: its key at the hub, three days after the event, and its copy, a day after it."""

from datetime import datetime, timedelta

import pytest

from hub.relay.client import UpstreamRefusal
from tests.api import Api
from tests.handlers.relay.conftest import Running, Venue
from tests.handlers.relay.test_corrections import seq_of

FORM = {"instance": "a-folder-of-its-own", "name": "Hall"}
COPIED = ("tickets", "events", "showings", "devices", "relay_facts", "relay_copies", "nonces")


def go_to(venue: Venue, after_the_end: timedelta) -> None:
    """Set the clock of both sides to a time after the event's end."""
    ends_at = datetime.fromisoformat(venue.event["ends_at"])
    venue.clock.advance(ends_at + after_the_end - venue.clock.now())


async def counted(relay: Running) -> dict[str, int]:
    """Return how many documents of each copied kind a relay's database holds; of the journal those of the event."""
    database = relay.hub.store.database
    found = {name: await database[name].count_documents({}) for name in COPIED}
    return found | {"journal": await database.journal.count_documents({"event": {"$ne": "hub"}})}


@pytest.mark.gen_test
async def test_a_relays_key_is_good_for_three_days_after_its_event_and_refused_then(venue: Venue) -> None:
    relay = Api(venue.api.url, venue.key)
    go_to(venue, timedelta(days=2, hours=23))
    assert (await relay.post("/api/relay/join", FORM)).status == 200
    go_to(venue, timedelta(days=3, hours=1))
    venue.hub.authenticator.forget()
    for method, path, body in (
        ("POST", "/api/relay/join", FORM),
        ("POST", "/api/relay/facts", FORM | {"facts": []}),
        ("GET", "/api/relay/tickets", None),
        ("GET", "/api/relay/journal?after=0&until=10", None),
    ):
        refused = await relay.request(method, path, body)
        assert (refused.status, refused.body["code"]) in ((401, "bad_key"), (403, "bad_key")), (path, refused.raw)


@pytest.mark.gen_test
async def test_the_copy_is_deleted_a_day_after_the_event_once_nothing_waits(venue: Venue) -> None:
    hall = await venue.api.make_device(venue.event)
    [ticket] = await venue.api.book(venue.event)
    async with venue.relay() as relay:
        await relay.is_connected()
        venue.cable.cut()
        await relay.is_alone()
        here = relay.api.with_key(hall.key)
        assert (await here.scan(ticket["code"], nonce="n1")).body["code"] == "admitted"
        go_to(venue, timedelta(hours=23))
        await relay.hub.look()
        go_to(venue, timedelta(hours=25))
        await relay.hub.look()
        assert (await counted(relay))["tickets"] == 1, "what its doors did has yet to go up"
        venue.cable.heal()
        await relay.is_connected()
        await relay.has_all(await seq_of(venue))
        await relay.hub.look()
        assert set((await counted(relay)).values()) == {0}
        assert relay.hub.line.state == "ended"
        stream = await venue.hub.store.journal.stream(venue.event["uuid"])
        assert stream is not None and stream.admitted == 1
        await relay.hub.look()


@pytest.mark.gen_test
async def test_a_relay_that_starts_after_its_copy_was_deleted_makes_no_other(venue: Venue) -> None:
    async with venue.relay() as relay:
        await relay.is_connected()
        go_to(venue, timedelta(hours=25))
        await relay.hub.look()
    with pytest.raises(UpstreamRefusal, match="over for more than a day"):
        async with venue.relay() as relay:
            pass
