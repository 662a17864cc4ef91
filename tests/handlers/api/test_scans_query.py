"""The journal's scans, asked for over REST (booking-api.md, running an event)."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from hub.clock import SettableClock
from tests.api import Api

FIELDS = ["kind", "seq", "at", "received_at", "ticket", "code", "direction", "device", "door", "nonce", "by"]


async def scans(api: Api, **query: Any) -> Any:
    answer = await api.admin.get("/api/scans?" + "&".join(f"{k}={quote(str(v))}" for k, v in query.items()))
    assert answer.status == 200, answer.raw
    return answer.body


@pytest.mark.gen_test(timeout=30)
async def test_every_attempt_is_listed_newest_first_with_ids_and_no_names(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    for nonce, direction in (("n1", "in"), ("n2", "in"), ("n3", "out")):
        await gate.scan(ticket["code"], nonce=nonce, direction=direction)
    await gate.scan("no:code", nonce="n4")
    listed = await scans(api, event=event["uuid"])
    assert [list(entry) for entry in listed] == [FIELDS] * 4
    assert [(entry["kind"], entry["code"], entry["nonce"]) for entry in listed] == [
        ("ticket.denied", "invalid_code", "n4"),
        ("ticket.exited", "exited", "n3"),
        ("ticket.denied", "already_scanned", "n2"),
        ("ticket.scanned", "admitted", "n1"),
    ]
    assert [entry["seq"] for entry in listed] == sorted((entry["seq"] for entry in listed), reverse=True)
    last = listed[-1]
    assert (last["ticket"], last["direction"], last["by"]) == (ticket["id"], "in", "scan")
    assert last["door"] == event["doors"][0]["id"]
    assert last["at"] == last["received_at"] == "2026-12-24T18:30:00Z"
    assert "Lovelace" not in str(listed)


@pytest.mark.gen_test(timeout=30)
async def test_scans_are_found_by_everything_that_they_tell(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    north, south = await api.make_device(event), await api.make_device(event, 1)
    first, second = await api.book(event, 2)
    await north.scan(first["code"])
    clock.advance(timedelta(minutes=10))
    await south.scan(first["code"])
    await south.scan(second["code"])
    uuid = event["uuid"]
    everything = await scans(api, event=uuid)
    assert len(everything) == 3
    by_device = await scans(api, device=everything[0]["device"])
    assert {entry["door"] for entry in by_device} == {event["doors"][1]["id"]}
    assert len(by_device) == 2
    assert len(await scans(api, event=uuid, door=event["doors"][0]["id"])) == 1
    assert [entry["code"] for entry in await scans(api, ticket=first["id"])] == ["already_scanned", "admitted"]
    assert len(await scans(api, code="already_scanned")) == 1
    assert len(await scans(api, since="2026-12-24T18:35:00Z")) == 2
    assert len(await scans(api, event=uuid, until="2026-12-24T19:35:00+01:00")) == 1
    assert await scans(api, event=uuid, after_seq=everything[1]["seq"]) == everything[:1]
    assert await scans(api, event=uuid, limit=2) == everything[:2]
    assert await scans(api, event="unknown") == []
    unescaped = await api.admin.get(f"/api/scans/?event={uuid}&since=2026-12-24T19:35:00+01:00")
    assert len(unescaped.body) == 2


@pytest.mark.gen_test(timeout=30)
async def test_scans_come_as_csv_that_a_spreadsheet_does_not_run(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    for nonce in ("=1+1", "+x", "-x", "@x", "plain"):
        await gate.scan(ticket["code"], nonce=nonce)
    answer = await api.admin.get(f"/api/scans?event={event['uuid']}", Accept="text/csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.raw.decode())))
    assert list(rows[0]) == FIELDS
    assert [row["nonce"] for row in reversed(rows)] == ["'=1+1", "'+x", "'-x", "'@x", "plain"]
    assert rows[-1]["code"] == "admitted"


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "after_seq=-1", "since=yesterday", "until=2026"])
@pytest.mark.gen_test(timeout=30)
async def test_a_query_that_cannot_be_used_is_named(api: Api, query: str) -> None:
    answer = await api.admin.get(f"/api/scans?{query}")
    assert answer.status == 422
    assert list(answer.body["errors"]) == [query.split("=")[0]]


@pytest.mark.gen_test(timeout=30)
async def test_scans_need_a_key_that_may_read(api: Api) -> None:
    gate = await api.make_device(await api.make_event())
    assert (await api.get("/api/scans")).status == 401
    assert (await gate.get("/api/scans")).status == 403
