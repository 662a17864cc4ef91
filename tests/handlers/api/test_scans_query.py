"""The journal's scans, asked for over REST (booking-api.md, running an event)."""

import csv
import io
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from pymongo import MongoClient

from hub.clock import SettableClock
from hub.model.journal import Entry
from store.mongo.documents import to_bson
from tests.api import Api
from tests.builders import an_entry

Database = MongoClient[dict[str, Any]]
FIELDS = ["kind", "seq", "at", "received_at", "ticket", "code", "direction", "device", "door", "nonce", "by"]
"""Fields of a scan, in JSON and as columns of CSV."""


async def scans(api: Api, **query: Any) -> Any:
    answer = await api.admin.get("/api/scans?" + "&".join(f"{k}={quote(str(v))}" for k, v in query.items()))
    assert answer.status == 200, answer.raw
    return answer.body


@pytest.mark.gen_test
async def test_every_attempt_is_listed_newest_first_with_ids_and_no_names(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    for nonce, direction in (("n1", "in"), ("n2", "in"), ("n3", "out")):
        await gate.scan(ticket["code"], nonce=nonce, direction=direction)
    await gate.scan("no:code", nonce="n4")
    listed = await scans(api, event=event["uuid"])
    assert [list(entry) for entry in listed] == [[*FIELDS, "request_id"]] * 4
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


@pytest.mark.gen_test
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


@pytest.mark.gen_test
async def test_scans_come_as_csv_that_a_spreadsheet_does_not_run(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    for nonce in ("=1+1", "+x", "-x", "@x", "plain"):
        await gate.scan(ticket["code"], nonce=nonce)
    answer = await api.admin.get(f"/api/scans?event={event['uuid']}", Accept="text/csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.raw.startswith(b"\xef\xbb\xbf"), "so that Excel takes it for UTF-8"
    rows = list(csv.DictReader(io.StringIO(answer.raw.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == [*FIELDS, "at_local", "device_name", "door_name"]
    named = {(row["at_local"], row["device_name"], row["door_name"]) for row in rows}
    assert named == {("2026-12-24 19:30:00", "Gate 1", "North door")}
    assert [row["nonce"] for row in reversed(rows)] == ["'=1+1", "'+x", "'-x", "'@x", "plain"]
    assert rows[-1]["code"] == "admitted"


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "after_seq=-1", "since=yesterday", "until=2026", "cursor=x", "cursor=~~"],
)
@pytest.mark.gen_test
async def test_a_query_that_cannot_be_used_is_named(api: Api, query: str) -> None:
    answer = await api.admin.get(f"/api/scans?{query}")
    assert answer.status == 422
    assert list(answer.body["errors"]) == [query.split("=")[0]]


@pytest.mark.gen_test
async def test_all_that_is_wrong_with_a_query_is_named_at_once(api: Api) -> None:
    answer = await api.admin.get("/api/scans?limit=0&since=now&until=1800-01-01T00:00:00Z&after_seq=x&cursor=y")
    assert answer.status == 422
    assert answer.body["errors"].keys() == {"limit", "since", "until", "after_seq", "cursor"}


@pytest.mark.gen_test
async def test_scans_need_a_key_that_may_read(api: Api) -> None:
    gate = await api.make_device(await api.make_event())
    assert (await api.get("/api/scans")).status == 401
    assert (await gate.get("/api/scans")).status == 403


# --- read to the end ------------------------------------------------------------------------------------------------

START = datetime(2026, 12, 24, 18, tzinfo=UTC)


def past_scans(event: str, count: int, *, first: int = 1000) -> list[Entry]:
    """Scans of a long evening: several in one millisecond, some journaled later than others that they came before."""
    chance = random.Random(7)
    return [
        an_entry(
            first + n,
            "ticket.scanned" if n % 3 else "ticket.denied",
            event=event,
            at=START + timedelta(milliseconds=n // 5 * 10 - 40 * chance.randrange(3)),
            code="admitted" if n % 3 else "already_scanned",
            nonce=f"{event[:4]}-{n}",
        )
        for n in range(count)
    ]


def keep(_mongo: Database, name: str, entries: list[Entry]) -> None:
    _mongo[name].journal.insert_many([to_bson(entry) for entry in entries])


async def pages(api: Api, path: str | None) -> AsyncIterator[list[Any]]:
    """Follow `Link` from a list's first page to its last."""
    while path is not None:
        answer = await api.admin.get(path)
        assert answer.status == 200, answer.raw
        yield answer.body
        link = answer.headers.get("Link")
        assert link is None or link.endswith('>; rel="next"')
        path = link.partition("<")[2].partition(">")[0] if link else None


async def read_whole(api: Api, path: str) -> list[Any]:
    return [scan async for page in pages(api, path) for scan in page]


@pytest.mark.gen_test
async def test_all_scans_are_read_to_their_end_newest_first_and_oldest_first(
    api: Api, _mongo: Database, database_name: str
) -> None:
    event, other = (await api.make_event())["uuid"], (await api.make_event())["uuid"]
    entries, others = past_scans(event, 2500), past_scans(other, 30)
    keep(_mongo, database_name, entries + others)
    numbers = [entry.seq for entry in entries]
    sizes = [len(page) async for page in pages(api, f"/api/scans?event={event}&after_seq=0&limit=1000")]
    assert sizes == [1000, 1000, 500]
    up = await read_whole(api, f"/api/scans?event={event}&after_seq=0&limit=1000")
    assert [scan["seq"] for scan in up] == numbers
    down = await read_whole(api, f"/api/scans/?event={event}&limit=999")
    assert [scan["seq"] for scan in down] == numbers[::-1]
    of_all = await read_whole(api, "/api/scans?limit=70")
    wanted = sorted(entries + others, key=lambda entry: (entry.at, entry.seq, entry.event), reverse=True)
    assert [scan["nonce"] for scan in of_all] == [entry.nonce for entry in wanted]
    narrowed = await read_whole(api, f"/api/scans?event={event}&code=already_scanned&after_seq={numbers[100]}&limit=7")
    assert [scan["seq"] for scan in narrowed] == [e.seq for e in entries[101:] if e.code == "already_scanned"]
    assert [len(page) async for page in pages(api, f"/api/scans?event={event}&limit=625")] == [625] * 4


@pytest.mark.gen_test
async def test_a_page_of_csv_leads_to_the_next(api: Api, _mongo: Database, database_name: str) -> None:
    event = (await api.make_event())["uuid"]
    keep(_mongo, database_name, past_scans(event, 5))
    answer = await api.admin.get(f"/api/scans?event={event}&limit=3", Accept="text/csv")
    assert len(answer.raw.splitlines()) == 4
    assert "cursor=" in answer.headers["Link"]


@pytest.mark.gen_test
async def test_pages_neither_repeat_nor_miss_while_scans_are_added_and_old_ones_go(
    api: Api, _mongo: Database, database_name: str
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    entries = past_scans(event["uuid"], 300, first=100_000)
    keep(_mongo, database_name, entries)
    old = [entry.seq for entry in entries]
    journal = _mongo[database_name].journal
    seen: list[int] = []
    async for page in pages(api, f"/api/scans?event={event['uuid']}&limit=50"):
        seen += [scan["seq"] for scan in page]
        keep(_mongo, database_name, past_scans(event["uuid"], 1, first=200_000 + len(seen)))
        await gate.scan("nonsense")
        journal.delete_one({"event": event["uuid"], "seq": seen[-1]})
    assert [seq for seq in seen if 100_000 <= seq < 200_000] == old[::-1]
    assert len(seen) == len(set(seen))
    seen = []
    async for page in pages(api, f"/api/scans?event={event['uuid']}&after_seq=99999&limit=60"):
        seen += [scan["seq"] for scan in page]
        if len(seen) < 240:
            keep(_mongo, database_name, past_scans(event["uuid"], 1, first=300_000 + len(seen)))
    left = sorted(found["seq"] for found in journal.find({"event": event["uuid"], "seq": {"$gt": 99_999}}))
    assert seen == left
    last = seen[-1]
    keep(_mongo, database_name, past_scans(event["uuid"], 2, first=last + 10))
    polled = await read_whole(api, f"/api/scans?event={event['uuid']}&after_seq={last}")
    assert [scan["seq"] for scan in polled] == [last + 10, last + 11]
