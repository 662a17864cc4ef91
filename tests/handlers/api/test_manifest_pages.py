"""Manifest in pages, as a phone on a bad line fetches it (scan-api.md, manifest)."""

import asyncio
import gzip
from typing import Any

import pytest
from pymongo import MongoClient
from tornado.httpclient import AsyncHTTPClient

from hub.app import Hub
from hub.door import manifest
from hub.door.manifest_tickets import TicketEncoder
from hub.model.ticket import Ticket
from tests.api import Api
from tests.handlers.importing import a_file, import_file

Database = MongoClient[dict[str, Any]]


async def ask(gate: Api, **query: Any) -> Any:
    answer = await gate.get("/scan/manifest/?" + "&".join(f"{name}={value}" for name, value in query.items()))
    assert answer.status == 200, answer.raw
    return answer.body


async def pages_of(gate: Api, limit: int, after: str | None = None) -> list[Any]:
    """Return all pages, from the one after a ticket on."""
    first = await ask(gate, limit=limit) if after is None else await ask(gate, limit=limit, after=after)
    pages = [first]
    while pages[-1]["next"] is not None:
        pages.append(await ask(gate, limit=limit, after=pages[-1]["next"]))
    return pages


async def bring_up_to_date(gate: Api, pages: list[Any], limit: int) -> tuple[dict[str, Any], Any]:
    """Return the tickets of pages, by id, with all changes since the oldest page, and the last answer."""
    known = {ticket["uuid"]: ticket for page in pages for ticket in page["tickets"]}
    have = min(pages, key=lambda page: int(page["seq"]))
    while True:
        have = await ask(gate, epoch=have["epoch"], since=have["seq"], limit=limit)
        assert have["is_full"] is False
        known |= {ticket["uuid"]: ticket for ticket in have["tickets"]}
        for gone in have["gone"]:
            known.pop(gone, None)
        if not have["more"]:
            return known, have


def by_id(whole: Any) -> dict[str, Any]:
    return {ticket["uuid"]: ticket for ticket in whole["tickets"]}


@pytest.mark.gen_test
@pytest.mark.parametrize("limit", [1, 3, 4, 7, 8, 100])
async def test_pages_together_hold_each_ticket_once_by_id_and_the_first_says_how_many(api: Api, limit: int) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["names"])
    await api.book(event, 7)
    whole, pages = await ask(gate), await pages_of(gate, limit)
    listed = [ticket for page in pages for ticket in page["tickets"]]
    assert listed == sorted(whole["tickets"], key=lambda ticket: ticket["uuid"])
    assert [page.get("count") for page in pages] == [7] + [None] * (len(pages) - 1)
    assert len(pages) == -(-7 // limit) and all(len(page["tickets"]) <= limit for page in pages)
    for page in pages:
        assert {name: page[name] for name in ("epoch", "seq", "shape", "event", "keys", "salt", "is_full")} == {
            name: whole[name] for name in ("epoch", "seq", "shape", "event", "keys", "salt", "is_full")
        }
    assert "next" not in whole and "count" not in whole and "more" not in whole


@pytest.mark.gen_test
async def test_an_event_without_tickets_has_one_empty_page(api: Api) -> None:
    gate = await api.make_device(await api.make_event())
    [page] = await pages_of(gate, 10)
    assert (page["tickets"], page["next"], page["count"]) == ([], None, 0)


@pytest.mark.gen_test
async def test_pages_fetched_while_doors_scan_and_desks_sell_end_as_a_fresh_manifest(api: Api) -> None:
    """Nothing is missed, kept too long, or counted twice, whatever happens between two pages."""
    event = await api.make_event()
    gate, phone = await api.make_device(event), await api.make_device(event)
    tickets = await api.book(event, 30)
    pages = [await ask(phone, limit=4)]
    for number in range(7):
        scanned, gone = tickets[3 * number], tickets[3 * number + 1]
        assert (await gate.scan(scanned["code"])).body["code"] == "admitted"
        assert (await api.admin.request("DELETE", f"/api/tickets/{gone['id']}")).status == 204
        await api.book(event)
        if pages[-1]["next"] is not None:
            pages.append(await ask(phone, limit=4, after=pages[-1]["next"]))
    if pages[-1]["next"] is not None:
        pages += await pages_of(phone, 4, pages[-1]["next"])
    known, last = await bring_up_to_date(phone, pages, limit=5)
    whole = await ask(phone)
    assert (known, last["seq"]) == (by_id(whole), whole["seq"])
    assert sum(ticket["entries"] for ticket in known.values()) == 7


@pytest.mark.gen_test
async def test_changes_with_a_limit_come_some_at_a_time_however_far_a_phone_is_behind(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "MOST_ENTRIES", 8)
    monkeypatch.setattr(manifest, "MOST_BEHIND", 40)
    event = await api.make_event()
    gate, phone = await api.make_device(event), await api.make_device(event)
    tickets = await api.book(event, 20)
    pages = await pages_of(phone, 100)
    for ticket in tickets:
        await gate.scan(ticket["code"])
    assert (await ask(phone, epoch=pages[0]["epoch"], since=pages[0]["seq"]))["is_full"], "without a limit: the whole"
    first = await ask(phone, epoch=pages[0]["epoch"], since=pages[0]["seq"], limit=3)
    assert (len(first["tickets"]), first["seq"], first["more"]) == (3, pages[0]["seq"] + 3, True)
    first = await ask(phone, epoch=pages[0]["epoch"], since=pages[0]["seq"], limit=100)
    assert (len(first["tickets"]), first["seq"], first["more"]) == (8, pages[0]["seq"] + 8, True)
    known, _ = await bring_up_to_date(phone, pages, limit=3)
    assert known == by_id(await ask(phone))
    for ticket in tickets[:1] * 25:
        await gate.scan(ticket["code"])
    again = await ask(phone, epoch=pages[0]["epoch"], since=pages[0]["seq"], limit=3)
    assert (again["is_full"], len(again["tickets"]), again["count"]) == (True, 3, 20), "too far: the first page"


@pytest.mark.gen_test
async def test_phones_that_fetch_pages_share_one_reading_and_a_kept_page_lasts_for_so_many_entries(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "PAGE_LASTS", 2)
    event = await api.make_event()
    gates = [await api.make_device(event) for _ in range(6)]
    [first, *_] = await api.book(event, 20)
    encoded: list[str] = []
    view = TicketEncoder.view

    def note(encoder: TicketEncoder, ticket: Ticket) -> Any:
        encoded.append(ticket.id)
        return view(encoder, ticket)

    monkeypatch.setattr(TicketEncoder, "view", note)
    got = await asyncio.gather(*(pages_of(gate, 8) for gate in gates))
    assert [sum(len(page["tickets"]) for page in pages) for pages in got] == [20] * 6
    assert len(encoded) == 20
    for _ in range(2):
        await gates[0].scan(first["code"])
    old = await pages_of(gates[1], 8)
    assert len(encoded) == 20 and old == got[1], "kept as of its position"
    known, _ = await bring_up_to_date(gates[1], old, limit=100)
    assert known[first["id"]]["entries"] == 1
    await gates[0].scan(first["code"])
    encoded.clear()
    assert (await ask(gates[1], limit=8))["seq"] == old[0]["seq"] + 3
    assert len(encoded) == 8


@pytest.mark.gen_test
async def test_pages_are_of_what_the_event_and_the_device_may_see_now(api: Api) -> None:
    event = await api.make_event()
    plain, named = await api.make_device(event), await api.make_device(event, may=["names"])
    await api.book(event, 3)
    assert "first_name" not in str(await pages_of(plain, 2))
    assert "first_name" in str(await pages_of(named, 2))
    [before, *_] = await pages_of(plain, 2)
    assert (await import_file(api.admin, event, a_file("x,Ada,Lovelace")))["state"] == "completed"
    pages = await pages_of(plain, 2)
    assert sum(len(page["tickets"]) for page in pages) == 4 == pages[0]["count"]
    restarted = await ask(plain, epoch=before["epoch"], since=before["seq"], limit=2)
    assert restarted["is_full"], "an import names no tickets: the list begins anew"
    changed = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"door_shows": ["seat"]})
    assert changed.status == 200, changed.raw
    assert (await ask(plain, limit=2))["shape"] != before["shape"]


@pytest.mark.gen_test
async def test_a_ticket_that_cannot_be_read_ends_no_list(api: Api, hub: Hub, _mongo: Database) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    ids = sorted(ticket["id"] for ticket in await api.book(event, 6))
    tickets = _mongo[hub.settings.database].tickets
    for spoilt in (ids[1], ids[2]):
        [document] = tickets.find({"_id": spoilt})
        tickets.delete_one({"_id": spoilt})
        tickets.insert_one(document | {"scans": "no list"}, bypass_document_validation=True)
    pages = await pages_of(gate, 2)
    assert [ticket["uuid"] for page in pages for ticket in page["tickets"]] == [ids[0], *ids[3:]]


@pytest.mark.gen_test
async def test_what_is_no_page_is_refused_by_name(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    whole = await ask(gate)
    wrong = {
        "limit=0": "limit",
        "limit=5001": "limit",
        "limit=x": "limit",
        f"limit={10**30}": "limit",
        "after=x": "limit",
        f"limit=5&after={'x' * 101}": "after",
        f"limit=5&after=x&epoch={whole['epoch']}&since=0": "after",
        "limit=5&epoch=k": "since",
    }
    for query, field in wrong.items():
        answer = await gate.get(f"/scan/manifest/?{query}")
        assert (answer.status, answer.body["code"]) == (400, "bad_request"), query
        assert field in answer.body["message"], query
    for after in ("zzz", "%00", "%F0%9F%8E%AB", "%7B%22%24gt%22%3A%22%22%7D"):
        answer = await gate.get(f"/scan/manifest/?limit=5&after={after}")
        assert answer.status == 200, (after, answer.raw)


@pytest.mark.gen_test
async def test_a_page_is_compressed_and_fetched_once_while_it_is_the_same(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await api.book(event, 50)
    key = {"Authorization": f"Api-Key {gate.key}", "Accept-Encoding": "gzip"}
    page = await AsyncHTTPClient().fetch(f"{api.url}/scan/manifest/?limit=40", headers=key, decompress_response=False)
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(page.body)) > 3 * len(page.body)
    again = {**key, "If-None-Match": page.headers["Etag"]}
    same = await AsyncHTTPClient().fetch(f"{api.url}/scan/manifest/?limit=40", headers=again, raise_error=False)
    assert same.code == 304
