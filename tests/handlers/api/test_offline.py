"""Offline scans: facts, conflicts, any order of arrival (scan-api.md, offline)."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from hub.clock import SettableClock
from tests.api import Answer, Api
from tests.eventually import eventually


async def occupancy(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body


async def conflicts(hub: Any, event: Any) -> list[Any]:
    return [e for e in await hub.store.journal.read(event["uuid"], 0) if e.kind == "ticket.conflict"]


def fact(ticket: Any, nonce: str, at: str = "18:00", verdict: str = "admitted", **fields: Any) -> dict[str, Any]:
    return {
        "qrcode_data": ticket["code"],
        "nonce": nonce,
        "scanned_at": f"2026-12-24T{at}:00+00:00",
        "verdict": verdict,
        **fields,
    }


async def send(gate: Api, *scans: Any) -> Answer:
    answer = await gate.post("/scan/batch/", {"scans": list(scans)})
    assert answer.status == 200, answer.raw
    assert answer.body["success"] is True
    return answer


@pytest.mark.gen_test
async def test_what_a_door_did_is_recorded_with_its_own_time_and_safe_to_send_again(api: Api, hub: Any) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    batch = [fact(first, "1"), fact(second, "2", "18:05", "canceled"), fact(first, "3", "18:10", "exited")]
    sent = (await send(gate, *batch)).body["results"]
    assert [(r["status"], r["nonce"], r["code"]) for r in sent] == [
        (200, "1", "admitted"),
        (200, "2", "canceled"),
        (200, "3", "exited"),
    ]
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"], counts["denied"]) == (1, 0, 1)
    again = (await send(gate, *batch)).body["results"]
    assert [r["seq"] for r in again] == [r["seq"] for r in sent]
    assert all(r["replayed"] for r in again)
    assert await occupancy(api, event) | {"as_of": 0} == counts | {"as_of": 0}
    entries = await hub.store.journal.read(event["uuid"], 2)
    assert [(e.by, e.at.strftime("%H:%M"), e.received_at.strftime("%H:%M")) for e in entries] == [
        ("batch", "18:00", "18:30"),
        ("batch", "18:05", "18:30"),
        ("batch", "18:10", "18:30"),
    ]


@pytest.mark.gen_test
async def test_two_doors_that_let_the_same_ticket_in_are_a_conflict_on_record(api: Api, hub: Any) -> None:
    event = await api.make_event()
    north, south = await api.make_device(event, 0), await api.make_device(event, 1)
    [ticket] = await api.book(event)
    await send(south, fact(ticket, "s", "18:05"))
    late = (await send(north, fact(ticket, "n", "18:01"))).body["results"][0]
    assert late["code"] == "admitted"
    assert late["conflict"] == "already_scanned"
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"]) == (1, 2)
    [conflict] = await conflicts(hub, event)
    assert conflict.data["reason"] == "already_scanned"
    assert {conflict.data["entry"]["door"], conflict.data["counted"]["door"]} == {d["id"] for d in event["doors"]}
    assert conflict.data["counted"]["at"] == "2026-12-24T18:01:00+00:00"
    assert conflict.data["entry"]["at"] == "2026-12-24T18:05:00+00:00"


@pytest.mark.gen_test
async def test_the_hubs_own_decision_wins_over_a_door_with_an_earlier_clock(api: Api, hub: Any) -> None:
    event = await api.make_event()
    north, south = await api.make_device(event, 0), await api.make_device(event, 1)
    [ticket] = await api.book(event)
    assert (await north.scan(ticket["code"])).body["code"] == "admitted"
    await send(south, fact(ticket, "s", "09:00"))
    [conflict] = await conflicts(hub, event)
    assert conflict.data["counted"]["door"] == event["doors"][0]["id"]
    assert (await occupancy(api, event))["admitted"] == 1


@pytest.mark.gen_test
async def test_whoever_was_let_in_is_inside_though_the_hub_would_have_refused(api: Api, hub: Any) -> None:
    event = await api.make_event(max_inside=1)
    gate = await api.make_device(event)
    [inside] = await api.book(event)
    [unpaid] = await api.book(event, paid=False)
    await gate.scan(inside["code"])
    result = (await send(gate, fact(unpaid, "1"))).body["results"][0]
    assert result["conflict"] == "unpaid"
    assert (await occupancy(api, event))["inside"] == 2
    assert [e.data["reason"] for e in await conflicts(hub, event)] == ["unpaid"]


@pytest.mark.gen_test
async def test_a_bad_scan_fails_alone(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    good = fact(ticket, "1")
    bad: list[Any] = [
        5,
        {**good, "nonce": None},
        {**good, "nonce": "2", "scanned_at": "yesterday"},
        {**good, "nonce": "3", "verdict": "Let in!"},
        {**good, "nonce": "4", "qrcode_data": "hello"},
        {**good, "nonce": "5", "scanned_at": "2026-12-24T18:00:00"},
    ]
    results = (await send(gate, *bad, good)).body["results"]
    assert [r["status"] for r in results] == [400] * 6 + [200]
    assert [r["success"] for r in results] == [False] * 6 + [True]
    assert [r["nonce"] for r in results] == [None, None, "2", "3", "4", "5", "1"]
    bodies: list[Any] = [{}, {"scans": 5}, [], {"scans": [good] * 501}]
    assert [(await gate.post("/scan/batch/", body)).status for body in bodies] == [400, 400, 400, 413]


@pytest.mark.gen_test
async def test_an_online_answer_and_the_batch_of_the_same_scan_are_one_entry(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    first = (await gate.scan(ticket["code"], nonce="same")).body
    result = (await send(gate, fact(ticket, "same"))).body["results"][0]
    assert (result["seq"], result["replayed"]) == (first["seq"], True)
    assert (await occupancy(api, event))["inside"] == 1


@pytest.mark.gen_test
async def test_a_door_that_let_in_what_the_hub_refused_under_the_same_nonce_stays_on_record(api: Api, hub: Any) -> None:
    event = await api.make_event()
    north, south = await api.make_device(event, 0), await api.make_device(event, 1)
    [ticket] = await api.book(event)
    await north.scan(ticket["code"])
    assert (await south.scan(ticket["code"], nonce="same")).body["code"] == "already_scanned"
    result = (await send(south, fact(ticket, "same", "18:30"))).body["results"][0]
    assert (result["code"], result["conflict"]) == ("admitted", "already_scanned")
    assert (await occupancy(api, event))["inside"] == 2
    again = (await send(south, fact(ticket, "same", "18:30"))).body["results"][0]
    assert (again["seq"], again["replayed"]) == (result["seq"], True)
    assert len(await conflicts(hub, event)) == 1


@pytest.mark.gen_test
async def test_a_time_in_the_future_becomes_the_time_of_arrival_and_is_flagged(api: Api, hub: Any) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    await send(gate, fact(ticket, "1", "23:00"))
    [entry] = await hub.store.journal.read(event["uuid"], 1)
    assert entry.at.strftime("%H:%M") == "18:30"
    assert entry.data["from_the_future"] is True


@pytest.mark.gen_test
async def test_whatever_the_order_of_the_batches_the_counts_end_the_same(api: Api) -> None:
    ends = set()
    for order in (0, 1):
        event = await api.make_event(reentry="reentry")
        gates = [await api.make_device(event, n) for n in range(2)]
        tickets = await api.book(event, 10)
        queues = [
            [fact(t, f"{n}-{i}", f"18:{(7 * i + 3 * n) % 29:02}") for i, t in enumerate(tickets)]
            + [fact(t, f"{n}-{i}-out", f"18:{(11 * i + n) % 29:02}", "exited") for i, t in enumerate(tickets[:5])]
            for n in range(2)
        ]
        senders = [send(gate, *queue) for gate, queue in zip(gates, queues, strict=True)]
        await asyncio.gather(*(senders if order == 0 else reversed(senders)))
        counts = await occupancy(api, event)
        ends.add((counts["admitted"], counts["inside"], tuple(d["exited"] for d in counts["doors"])))
    assert len(ends) == 1


@pytest.mark.gen_test
async def test_an_archived_devices_batch_waits_unseen_until_the_organiser_decides(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    uuid = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]
    await api.admin.post(f"/api/devices/{uuid}/archive")
    held = await send(gate, fact(first, "1"))
    assert (held.body["held"], held.body["results"][0]["code"]) == (True, "held")
    await send(gate, fact(first, "1"))
    assert (await occupancy(api, event))["inside"] == 0
    assert (await gate.scan(second["code"])).status == 403
    assert len((await api.admin.get(f"/api/devices/{uuid}/held")).body) == 1
    assert (await api.get(f"/api/devices/{uuid}/held")).status == 401
    assert (await api.admin.post(f"/api/devices/{uuid}/held/accept")).body == {"accepted": 1}
    assert (await occupancy(api, event))["inside"] == 1
    await send(gate, fact(second, "2"))
    assert (await api.admin.post(f"/api/devices/{uuid}/held/drop")).body == {"dropped": 1}
    assert (await occupancy(api, event))["inside"] == 1
    clock.advance(timedelta(hours=24, seconds=1))
    assert (await gate.post("/scan/batch/", {"scans": []})).status == 403


@pytest.mark.gen_test
async def test_a_phones_wrong_clock_is_corrected_for_and_shown(api: Api, hub: Any, clock: SettableClock) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    info = {"app": "test", "time": "2026-12-24T18:40:00+00:00"}  # ten minutes ahead
    header = base64.urlsafe_b64encode(json.dumps(info).encode()).decode().rstrip("=")
    await gate.get("/scan/test_api", X_Device_Info=header)
    uuid = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]

    async def is_noted() -> bool:
        device = await hub.store.devices.find(uuid)
        return device is not None and device.clock_ahead_ms > 0

    await eventually(is_noted)
    await send(gate, fact(ticket, "1", "18:35"))
    [entry] = await hub.store.journal.read(event["uuid"], 1)
    assert entry.at.strftime("%H:%M") == "18:25"
    assert entry.data["clock_ahead_s"] == 600


@pytest.mark.gen_test
async def test_a_batch_that_arrives_while_others_are_accepted_goes_on_waiting(
    api: Api, hub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    uuid = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]
    await api.admin.post(f"/api/devices/{uuid}/archive")
    await send(gate, fact(first, "1"))
    record = hub.batches.record_scans

    async def record_while_another_arrives(*args: Any, **fields: Any) -> Any:
        await send(gate, fact(second, "2"))
        return await record(*args, **fields)

    monkeypatch.setattr(hub.batches, "record_scans", record_while_another_arrives)
    assert (await api.admin.post(f"/api/devices/{uuid}/held/accept")).body == {"accepted": 1}
    [waiting] = (await api.admin.get(f"/api/devices/{uuid}/held")).body
    assert waiting["scans"][0]["nonce"] == "2"
