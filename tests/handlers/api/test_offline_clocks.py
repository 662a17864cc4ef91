"""A phone whose clock is wrong by years, broken or hostile, harms no other (scan-api.md, batch)."""

import asyncio
import base64
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from hub.model.access import Device
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.ticket import Scan, Ticket
from tests.api import Answer, Api

CLOCKS = [
    *("0001-01-01T00:00:00+00:00", "1957-12-24T18:30:00+00:00", "2095-12-24T18:30:00+00:00", "9999-12-31T23:59:59Z"),
    *("2027-12-24T18:30:00Z", "0001-01-01T00:00:00+23:59"),
]


def said(time: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps({"app": "test", "time": time}).encode()).decode().rstrip("=")


def fact(ticket: Any, nonce: str, at: str, verdict: str = "admitted") -> dict[str, Any]:
    return {"qrcode_data": ticket["code"], "nonce": nonce, "scanned_at": at, "verdict": verdict}


async def send(gate: Api, *scans: Any, **headers: str) -> Answer:
    return await gate.post("/scan/batch/", {"scans": list(scans)}, **headers)


async def recorded(hub: Any, event: Any) -> list[Any]:
    return [entry for entry in await hub.store.journal.read(event["uuid"], 0) if entry.by == "batch"]


async def id_of(gate: Api) -> str:
    return str((await gate.get("/scan/test_api")).body["device_info"]["uuid"])


async def assert_all_is_well(api: Api, event: Any, gate: Api, ticket: Any) -> None:
    """Ask for everything that a scan's time goes into."""
    for path in (f"/api/tickets/{ticket['id']}/history", f"/api/tickets/{ticket['id']}"):
        assert (await api.admin.get(path)).status == 200, path
    for path in ("report", "stats", "occupancy"):
        assert (await api.admin.get(f"/api/events/{event['uuid']}/{path}")).status == 200, path
    assert (await api.admin.get(f"/api/scans?event={event['uuid']}")).status == 200
    assert (await gate.get("/scan/manifest/")).status == 200
    assert (await gate.post("/scan/list_tickets/", {})).status == 200
    assert (await gate.post("/scan/search_ticket/", {"search": "lovelace"})).status == 200
    assert (await gate.post("/scan/check_ticket/", {"qrcode_data": ticket["code"]})).status == 200


@pytest.mark.gen_test
@pytest.mark.parametrize("reentry", ["reentry", "daily"])
@pytest.mark.parametrize("clock_says", CLOCKS)
async def test_scans_of_a_phone_without_a_clock_are_recorded_as_they_arrive_and_all_goes_on(
    api: Api, hub: Any, clock_says: str, reentry: str
) -> None:
    event = await api.make_event(reentry=reentry, timezone="America/New_York")
    gate, other = await api.make_device(event, may=["search", "names"]), await api.make_device(event, 1)
    first, second = await api.book(event, 2)
    batch = [fact(first, "1", clock_says), fact(first, "2", clock_says, "exited"), fact(second, "3", clock_says)]
    answer = await send(gate, *batch, X_Device_Info=said(clock_says))
    assert [result["code"] for result in answer.body["results"]] == ["admitted", "exited", "admitted"]
    assert [result["conflict"] for result in answer.body["results"] if "conflict" in result] == []
    entries = await recorded(hub, event)
    assert len(entries) == 3
    assert all(0 <= (datetime(2026, 12, 24, 18, 30, tzinfo=UTC) - entry.at).total_seconds() < 1 for entry in entries)
    assert {abs(entry.data["clock_ahead_s"]) for entry in entries} == {365 * 24 * 3600}
    occupancy = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (occupancy["admitted"], occupancy["inside"]) == (2, 1)
    assert (await send(gate, *batch)).body["results"][0]["replayed"] is True  # the kept offset harms nothing
    assert (await other.scan(second["code"])).body["code"] == "already_scanned"
    await assert_all_is_well(api, event, gate, first)


@pytest.mark.gen_test
async def test_a_scan_of_the_year_1_or_9999_fails_nobody_and_is_no_refusal(api: Api, hub: Any) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 4)
    times = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-12-24T18:29:00Z", "1900-01-01T00:00:00Z"]
    answer = await send(gate, *(fact(ticket, str(n), times[n]) for n, ticket in enumerate(tickets)))
    assert [result["status"] for result in answer.body["results"]] == [200] * 4
    entries = await recorded(hub, event)
    assert {entry.at.strftime("%Y %H:%M") for entry in entries} == {"2026 18:29", "2026 18:30"}


@pytest.mark.gen_test
@pytest.mark.parametrize("clock_says", CLOCKS)
async def test_what_an_archived_device_held_is_accepted_whatever_its_clock_said(
    api: Api, hub: Any, clock_says: str
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    uuid = await id_of(gate)
    await api.admin.post(f"/api/devices/{uuid}/archive")
    assert (await send(gate, fact(ticket, "1", clock_says), X_Device_Info=said(clock_says))).body["held"] is True
    assert (await api.admin.post(f"/api/devices/{uuid}/held/accept")).body == {"accepted": 1}
    assert (await api.admin.get(f"/api/devices/{uuid}/held")).body == []
    [entry] = await recorded(hub, event)
    assert entry.at.year == 2026


class Poison:
    """Records of an older version for a phone of the year 1: a ticket's scan, its entry, the device's offset."""

    weight = 1

    def __init__(self, ticket: str, device: str, ahead_ms: int) -> None:
        self._ticket, self._device, self._ahead_ms = ticket, device, ahead_ms
        self._at = datetime(1, 1, 1, 0, 0, 1, tzinfo=UTC)

    def reads(self) -> Iterable[Key]:
        return [(Ticket, self._ticket), (Device, self._device)]

    def decide(self, unit: UnitOfWork) -> Change[None]:
        ticket, device = unit.find(Ticket, self._ticket), unit.find(Device, self._device)
        assert ticket is not None and device is not None
        scan = Scan(at=self._at, seq=unit.next_seq, device=device.id, by="batch", nonce="old")
        data = {"clock_ahead_s": 69 * 365 * 24 * 3600}
        entry = NewEntry(
            kind="ticket.scanned",
            at=self._at,
            ticket=ticket.id,
            device=device.id,
            code="admitted",
            by="batch",
            data=data,
        )
        poisoned = msgspec.structs.replace(device, clock_ahead_ms=self._ahead_ms)
        return Change(answer=None, entries=[entry], put=[msgspec.structs.replace(ticket, scans=[scan]), poisoned])


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("reentry", "ahead_ms"),
    [("single", 251_000_000_000_000), ("daily", 251_000_000_000_000), ("single", 2**63 - 1), ("daily", -(2**63))],
)
async def test_an_event_that_is_poisoned_already_works_again(api: Api, hub: Any, reentry: str, ahead_ms: int) -> None:
    event = await api.make_event(reentry=reentry, timezone="America/New_York")
    gate = await api.make_device(event, may=["search", "names"])
    first, second = await api.book(event, 2)
    uuid = await id_of(gate)
    await asyncio.sleep(0)
    await hub.store.journal.append(event["uuid"], Poison(first["id"], uuid, ahead_ms))
    answer = await send(gate, fact(second, "1", "2026-12-24T18:29:00Z"))
    assert answer.body["results"][0]["code"] == "admitted"
    assert (await gate.scan(second["code"])).body["code"] == "already_scanned"
    assert (await gate.scan(first["code"])).body["code"] == {"single": "already_scanned", "daily": "admitted"}[reentry]
    await assert_all_is_well(api, event, gate, first)
    assert (await api.admin.get(f"/api/devices?event={event['uuid']}")).status == 200
