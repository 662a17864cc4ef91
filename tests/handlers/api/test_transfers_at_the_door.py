"""A ticket that is handed on while doors work: by code, by hand, alone, and at the same moment (docs/guests.md)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Answer, Api

Ticket = dict[str, Any]


async def an_event(api: Api, **fields: Any) -> Any:
    return await api.make_event(transfers=3, guest_cancel_until_min=0, **fields)


async def hand_on(api: Api, ticket: Ticket, name: str = "Grace Hopper") -> Answer:
    return await api.post(f"/t/{ticket['id']}/transfer?token={ticket['access_token']}", {"name": name})


async def handed_on(api: Api, ticket: Ticket, name: str = "Grace Hopper") -> Ticket:
    """Hand a ticket on and return it as its next holder has it."""
    answer = await hand_on(api, ticket, name)
    assert answer.status == 200, answer.raw
    token = answer.body["link"].partition("token=")[2]
    read = await api.get(f"/api/tickets/{ticket['id']}?token={token}")
    return dict(read.body) | {"access_token": token}


def fact(code: str, at: Any, nonce: str = "offline", **fields: Any) -> dict[str, Any]:
    return {"qrcode_data": code, "nonce": nonce, "verdict": "admitted", "scanned_at": at.isoformat()} | fields


async def conflicts(hub: Hub, event: Any) -> list[Any]:
    return [e for e in await hub.store.journal.read(event["uuid"], 0) if e.kind == "ticket.conflict"]


async def occupancy(api: Api, event: Any) -> dict[str, Any]:
    return dict((await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body)


# --- doors without a connection --------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.gen_test
async def test_door_that_let_the_old_code_in_while_it_was_alone_is_a_conflict_by_name(
    api: Api, hub: Hub, clock: SettableClock, is_before: bool
) -> None:
    event = await an_event(api)
    [ticket] = await api.book(event)
    alone, online = await api.make_device(event, 0), await api.make_device(event, 1)
    begun = clock.now()
    clock.advance(timedelta(minutes=1))
    after = await handed_on(api, ticket)
    clock.advance(timedelta(minutes=1))
    at = begun if is_before else clock.now()
    [told] = (await alone.post("/scan/batch/", {"scans": [fact(ticket["code"], at)]})).body["results"]
    assert (told["code"], told["conflict"]) == ("admitted", "replaced")
    assert (await online.scan(after["code"])).body["code"] == "already_scanned"
    assert [entry.data["reason"] for entry in await conflicts(hub, event)] == ["replaced"]
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"]) == (1, 1)
    history = (await api.admin.get(f"/api/tickets/{ticket['id']}/history")).body
    [conflict] = [entry for entry in history if entry["kind"] == "ticket.conflict"]
    assert (conflict["data"]["reason"], conflict["data"]["entry"]["at"]) == ("replaced", at.isoformat())


@pytest.mark.gen_test
async def test_both_holders_let_in_by_two_doors_alone_are_two_people_and_a_conflict_each(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await an_event(api)
    [ticket] = await api.book(event)
    north, south = await api.make_device(event, 0), await api.make_device(event, 1)
    after = await handed_on(api, ticket)
    clock.advance(timedelta(minutes=1))
    scans = ((north, after["code"], "new"), (south, ticket["code"], "old"))
    for gate, code, nonce in scans:
        await gate.post("/scan/batch/", {"scans": [fact(code, clock.now(), nonce)]})
    reasons = sorted(entry.data["reason"] for entry in await conflicts(hub, event))
    assert reasons == ["already_scanned", "replaced"]
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"]) == (1, 2)


@pytest.mark.gen_test
async def test_history_with_an_unreadable_hand_over_is_read_and_names_it_so(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await an_event(api)
    [ticket] = await api.book(event)
    await handed_on(api, ticket)
    journal, change = _mongo[hub.settings.database].journal, {"$set": {"data": "spoilt"}}
    wanted = {"ticket": ticket["id"], "kind": "ticket.transferred"}
    assert journal.update_one(wanted, change, bypass_document_validation=True).modified_count == 1
    history = await api.admin.get(f"/api/tickets/{ticket['id']}/history")
    assert history.status == 200, history.raw
    told = [(entry["kind"], entry["data"]) for entry in history.body]
    assert [kind for kind, _ in told] == ["ticket.booked", "ticket.transferred"]
    assert told[1][1] == {"unreadable": True}


STORIES = {
    "came in before": (["old"], "exited"),
    "came in before, left and is outside": (["old", "out by old"], "replaced"),
    "the next holder is inside": (["old", "out by old", "new"], "replaced"),
    "nobody came": ([], "replaced"),
}
"""What doors saw around a reissue, and what the old code is answered that leaves."""


async def reissued(api: Api, ticket: Ticket) -> Ticket:
    answer = await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")
    assert answer.status == 200, answer.raw
    return dict(answer.body)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("is_alone", [False, True], ids=["online", "alone"])
@pytest.mark.gen_test
async def test_old_code_leaves_where_it_came_in_and_counts_alike_online_and_alone(
    api: Api, hub: Hub, clock: SettableClock, story: str, is_alone: bool
) -> None:
    event = await an_event(api, reentry="reentry")
    [ticket] = await api.book(event)
    gate = await api.make_device(event)
    steps, expected = STORIES[story]
    after = None
    for step in steps:
        clock.advance(timedelta(minutes=1))
        if step == "old":
            assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
            clock.advance(timedelta(minutes=1))
            after = await reissued(api, ticket)
        elif step == "new":
            assert after is not None
            assert (await gate.scan(after["code"])).body["code"] == "admitted"
        else:
            assert (await gate.scan(ticket["code"], direction="out")).body["code"] == "exited"
    after = after or await reissued(api, ticket)
    clock.advance(timedelta(minutes=1))
    if is_alone:  # what the rules of a phone decide is held to the same table: tests/web/test_rules.py
        sent = {"scans": [fact(ticket["code"], clock.now(), verdict=expected, direction="out")]}
        answer = (await gate.post("/scan/batch/", sent)).body["results"][0]
    else:
        answer = (await gate.scan(ticket["code"], direction="out")).body
    assert answer["code"] == expected and "conflict" not in answer
    counts = await occupancy(api, event)
    is_new_inside = story == "the next holder is inside"
    assert (counts["inside"], counts["denied"]) == (int(is_new_inside), 0)
    assert await conflicts(hub, event) == []
    assert (await gate.scan(after["code"])).body["code"] == ("already_scanned" if is_new_inside else "admitted")


# --- by hand ---------------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_guest_chosen_from_a_list_of_before_the_hand_over_is_not_let_in(api: Api, hub: Hub) -> None:
    event = await an_event(api)
    [ticket] = await api.book(event)
    gate = await api.make_device(event, may=["search", "names"])
    [ada] = (await gate.post("/scan/search_ticket/", {"search": "lovelace"})).body["results"]
    await handed_on(api, ticket)
    assert (await gate.scan(ada["qrcode_data"])).body["code"] == "replaced"
    chosen = {"ticket_uuid": ada["uuid"], "issue": ada["issue"]}
    assert (await gate.post("/scan/ticket/", chosen)).body["code"] == "replaced"
    assert (await gate.post("/scan/check_ticket/", chosen)).body["would"] == {"admit": False, "code": "replaced"}
    assert (await gate.post("/scan/search_ticket/", {"search": "lovelace"})).body["results"] == []
    [grace] = (await gate.post("/scan/search_ticket/", {"search": "hopper"})).body["results"]
    assert (grace["issue"], grace["qrcode_data"] == ada["qrcode_data"]) == (2, False)
    told = await gate.post("/scan/ticket/", {"ticket_uuid": grace["uuid"], "issue": grace["issue"]})
    assert (told.body["code"], told.body["ticket"]["first_name"]) == ("admitted", "Grace")


@pytest.mark.gen_test
async def test_guest_whom_a_door_alone_let_in_by_hand_from_an_old_list_is_a_conflict(
    api: Api, clock: SettableClock
) -> None:
    event = await an_event(api)
    [ticket] = await api.book(event)
    gate = await api.make_device(event, may=["search", "names"])
    await handed_on(api, ticket)
    clock.advance(timedelta(minutes=1))
    scan = fact("", clock.now(), ticket_uuid=ticket["id"], issue=1)
    [told] = (await gate.post("/scan/batch/", {"scans": [scan]})).body["results"]
    assert (told["code"], told["conflict"]) == ("admitted", "replaced")


@pytest.mark.parametrize("issue", [0, -1, 2**53 + 1, 1.5, "1", True, [1]])
@pytest.mark.gen_test
async def test_issue_that_is_no_number_is_named(api: Api, issue: Any) -> None:
    event = await an_event(api)
    [ticket] = await api.book(event)
    gate = await api.make_device(event, may=["search"])
    answer = await gate.post("/scan/ticket/", {"ticket_uuid": ticket["id"], "issue": issue})
    assert (answer.status, answer.body["code"]) == (400, "bad_request")
    assert "issue" in answer.body["message"]


# --- at the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_hand_over_and_scan_at_the_same_moment_one_of_them_happens(api: Api) -> None:
    event = await an_event(api)
    gates = [await api.make_device(event, n) for n in (0, 1)]
    for ticket in await api.book(event, 12):
        scanned, other, handed = await asyncio.gather(
            gates[0].scan(ticket["code"]), gates[1].scan(ticket["code"]), hand_on(api, ticket)
        )
        codes = sorted((scanned.body["code"], other.body["code"]))
        if handed.status == 200:
            assert codes == ["replaced", "replaced"]
        else:
            assert (handed.status, handed.body["code"]) == (409, "ticket_scanned")
            assert codes == ["admitted", "already_scanned"]


@pytest.mark.gen_test
async def test_hand_over_and_cancellation_at_the_same_moment_end_in_one_state(api: Api) -> None:
    event = await an_event(api)
    gate = await api.make_device(event)
    for ticket in await api.book(event, 12):
        path = f"/t/{ticket['id']}/cancel?token={ticket['access_token']}"
        canceled, handed = await asyncio.gather(api.post(path, {}), hand_on(api, ticket))
        assert (canceled.status, handed.status) in ((200, 409), (410, 200))
        now = (await api.admin.get(f"/api/tickets/{ticket['id']}")).body
        assert now["status"] == ("canceled" if canceled.status == 200 else "valid")
        told = (await gate.scan(ticket["code"])).body["code"]
        assert told == ("canceled" if canceled.status == 200 else "replaced")


@pytest.mark.gen_test
async def test_hand_over_while_the_organiser_changes_the_ticket_loses_neither(api: Api) -> None:
    event = await an_event(
        api, showings=[{"date": "2026-12-24", "time": t, "capacity": 50} for t in ("20:30", "22:00")]
    )
    for ticket in await api.book(event, 8):
        path = f"/api/tickets/{ticket['id']}"
        moved, handed = await asyncio.gather(api.admin.request("PUT", path, {"time": "22:00"}), hand_on(api, ticket))
        assert (moved.status, handed.status) == (200, 200), (moved.raw, handed.raw)
        now = (await api.admin.get(path)).body
        assert (now["name"], now["time"], now["phone_number"]) == ("Grace Hopper", "22:00", "")
        reservation = (await api.admin.get(f"/api/reservations/{now['reservation']}")).body
        assert reservation["tickets_count"] == 1
