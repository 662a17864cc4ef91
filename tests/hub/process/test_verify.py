"""A recount of a hub that runs agrees with it, and names each difference that is planted."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from pymongo.database import Database as RawDatabase

import run
from hub.app import Hub
from hub.process.verify_command import Verified, VerifyError, lines_of, verify
from hub.settings import Settings
from tests.api import Api
from tests.conftest import keep_logs

Plant = Callable[[RawDatabase[dict[str, Any]], str, str], Any]


async def a_night(api: Api) -> tuple[str, str]:
    """Let in, out and in again, refuse, undo, move and cancel; return the event and the ticket that was let in."""
    event = await api.make_event(reentry="reentry")
    door = await api.make_device(event, may=["undo", "headcount"])
    tickets = await api.book(event, 5)
    for nonce, direction in (("a", "in"), ("b", "out"), ("c", "in"), ("d", "in")):
        await door.scan(tickets[0]["code"], nonce=nonce, direction=direction)
    other = await door.scan(tickets[1]["code"], nonce="e")
    undone = {"ticket_uuid": tickets[1]["id"], "seq": other.body["seq"], "nonce": "f"}
    assert (await door.post("/scan/undo/", undone)).body["code"] == "undone"
    assert (await api.admin.post(f"/api/tickets/{tickets[2]['id']}/cancel", {})).status == 200
    return event["uuid"], tickets[0]["id"]


async def verified(settings: Settings) -> Verified:
    assert settings.mongodb_uri is not None
    return await verify(settings.mongodb_uri, settings.database, lambda line: None)


@pytest.mark.gen_test
async def test_a_night_agrees_with_its_journal(api: Api, hub: Hub, settings: Settings) -> None:
    await a_night(api)
    said: list[str] = []
    assert settings.mongodb_uri is not None
    result = await verify(settings.mongodb_uri, settings.database, said.append)
    assert result.differences == []
    assert (result.events, result.tickets) == (2, 5)
    assert any(line.startswith("Winter concert: agrees (") for line in said)
    assert list(lines_of(result))[-1].endswith("5 tickets: no differences")


PLANTED: dict[str, tuple[Plant, str]] = {
    "an entry that is gone": (
        lambda database, event, ticket: database.journal.delete_one({"event": event, "kind": "ticket.exited"}),
        "the journal has no entries",
    ),
    "the last entry that is gone": (
        lambda database, event, ticket: database.streams.update_one({"_id": event}, {"$inc": {"seq": 2}}),
        "the journal ends at",
    ),
    "an entry after the end": (
        lambda database, event, ticket: database.streams.update_one({"_id": event}, {"$inc": {"seq": -1}}),
        "the journal goes on to",
    ),
    "a count": (
        lambda database, event, ticket: database.streams.update_one({"_id": event}, {"$inc": {"admitted": 1}}),
        "admitted is 2, its entries add up to 1",
    ),
    "a door's count": (
        lambda database, event, ticket: database.streams.update_one({"_id": event}, {"$set": {"doors.x.denied": 3}}),
        "doors.x.denied is 3, its entries add up to 0",
    ),
    "a scan that no one asked for": (
        lambda database, event, ticket: database.tickets.update_one({"_id": ticket}, {"$inc": {"scans.0.seq": 1000}}),
        "the ticket keeps a scan that the journal has not",
    ),
    "a scan that the ticket lost": (
        lambda database, event, ticket: database.tickets.update_one({"_id": ticket}, {"$pop": {"scans": 1}}),
        "the ticket lacks a scan of the journal",
    ),
    "a ticket that is inside and was not let in": (
        lambda database, event, ticket: database.tickets.update_one({"_id": ticket}, {"$set": {"scans": []}}),
        "inside of the ticket is 0, its entries add up to 1",
    ),
    "a record that cannot be read": (
        lambda database, event, ticket: database.command(
            "update",
            "streams",
            updates=[{"q": {"_id": event}, "u": {"$set": {"seq": "many"}}}],
            bypassDocumentValidation=True,
        ),
        "a record cannot be read",
    ),
}


@pytest.mark.parametrize(("plant", "said"), PLANTED.values(), ids=PLANTED)
@pytest.mark.gen_test
async def test_what_is_planted_is_named_with_its_event_and_ticket(
    api: Api, hub: Hub, settings: Settings, raw_database: RawDatabase[dict[str, Any]], plant: Plant, said: str
) -> None:
    event, ticket = await a_night(api)
    plant(raw_database, event, ticket)
    found = [each for each in (await verified(settings)).differences if said in each.what]
    assert found
    assert {each.event for each in found} == {event}
    if "the ticket" in said:
        assert {each.ticket for each in found} == {ticket}


@pytest.mark.gen_test
async def test_a_database_that_is_away_is_an_error_and_no_agreement() -> None:
    with pytest.raises(VerifyError, match="the database does not answer"):
        await verify("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100", "scanhub", lambda line: None)


def test_the_command_ends_with_1_where_they_differ_and_prints_one_object(
    hub: Hub, settings: Settings, raw_database: RawDatabase[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.nice", lambda by: by)
    own = {
        "HUB_MONGODB_URI": settings.mongodb_uri,
        "HUB_SECRET": settings.secret,
        "HUB_DATABASE": settings.database,
    }
    with keep_logs():
        agrees = CliRunner().invoke(run.main, ["verify"], env=own)
        raw_database.streams.update_one({"_id": "hub"}, {"$inc": {"seq": 1}})
        differs = CliRunner().invoke(run.main, ["verify", "--json"], env=own)
    assert (agrees.exit_code, agrees.output.splitlines()[-1][-14:]) == (0, "no differences")
    assert differs.exit_code == 1
    [difference] = json.loads(differs.output)["differences"]
    assert difference["event"] == "hub" and "the journal ends at" in difference["what"]
