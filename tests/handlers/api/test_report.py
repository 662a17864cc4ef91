"""The report of the night over REST (docs/booking-api.md, the evening)."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from hub.clock import SettableClock
from tests.api import Api

RIGHTS = ["force", "undo", "headcount"]


async def report(api: Api, event: Any) -> Any:
    answer = await api.admin.get(f"/api/events/{event['uuid']}/report")
    assert answer.status == 200, answer.raw
    return answer.body


async def the_device(api: Api, event: Any) -> Any:
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    return {"id": device["uuid"], "kind": "device", "name": device["name"]}


@pytest.mark.gen_test
async def test_a_night_without_anything_has_an_empty_report(api: Api) -> None:
    event = await api.make_event()
    got = await report(api, event)
    assert got["name"] == "Winter concert"
    assert (got["booked"], got["came"], got["no_show"], got["peak"], got["final"]) == (0, 0, 0, None, None)
    for part in ("products", "refusals", "overrides", "conflicts", "undos", "recounts", "offline"):
        assert got[part] == []
    assert got["headcount"] == [{"kind": kind, "in": 0, "out": 0} for kind in ("crew", "child", "walk_in")]


@pytest.mark.gen_test
async def test_the_report_tells_who_forced_undid_and_counted(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=RIGHTS)
    first, second = await api.book(event, 2)
    await gate.scan(first["code"])
    await gate.scan(first["code"])
    forced = (await gate.scan(first["code"], force=True, reason="lost child")).body
    taken_back = (await gate.scan(second["code"])).body
    await gate.post("/scan/undo/", {"ticket_uuid": second["id"], "seq": taken_back["seq"], "nonce": "u"})
    for delta, kind in ((5, "walk_in"), (-2, "walk_in"), (1, "crew")):
        counted = await gate.post("/scan/headcount/", {"delta": delta, "kind": kind, "nonce": f"{delta}{kind}"})
        assert counted.status == 200, counted.raw
    recount = {"zone": None, "inside": 9, "reason": "counted at the interval"}
    assert (await api.admin.post(f"/api/events/{event['uuid']}/recount", recount)).status == 200
    got, device, door = await report(api, event), await the_device(api, event), event["doors"][0]["id"]
    (override,) = got["overrides"]
    assert override == {
        "seq": forced["seq"],
        "at": "2026-12-24T18:30:00Z",
        "ticket": first["id"],
        "door": door,
        "who": device,
        "reason": "lost child",
    }
    (undo,) = got["undos"]
    assert (undo["undone"], undo["ticket"], undo["direction"], undo["who"]) == (
        taken_back["seq"],
        second["id"],
        "in",
        device,
    )
    assert got["headcount"] == [
        {"kind": "crew", "in": 1, "out": 0},
        {"kind": "child", "in": 0, "out": 0},
        {"kind": "walk_in", "in": 5, "out": 2},
    ]
    (recounted,) = got["recounts"]
    assert (recounted["was"], recounted["inside"], recounted["reason"]) == (6, 9, "counted at the interval")
    assert (recounted["who"]["kind"], bool(recounted["who"]["name"])) == ("key", True)
    assert got["refusals"] == [{"code": "already_scanned", "count": 1}]
    assert (got["booked"], got["came"], got["expected"], got["peak"]["inside"]) == (2, 1, 1, 9)
    assert "Lovelace" not in str(got)


@pytest.mark.gen_test
async def test_the_report_tells_when_a_device_was_alone_and_what_it_let_in_twice(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 4)

    async def send(*scans: tuple[int, str]) -> None:
        facts = [
            {"qrcode_data": tickets[n]["code"], "nonce": f"{n}{at}", "scanned_at": at, "verdict": "admitted"}
            for n, at in scans
        ]
        assert (await gate.post("/scan/batch/", {"scans": facts})).status == 200

    await send((0, "2026-12-24T18:10:00Z"), (1, "2026-12-24T18:20:00Z"))
    clock.advance(timedelta(hours=1))
    await send((2, "2026-12-24T19:20:00Z"))
    clock.advance(timedelta(minutes=5))
    await send((3, "2026-12-24T19:25:00Z"), (0, "2026-12-24T19:26:00Z"))
    got, device = await report(api, event), await the_device(api, event)
    assert got["offline"] == [
        {"who": device, "from": "2026-12-24T18:10:00Z", "until": "2026-12-24T18:30:00Z", "scans": 2},
        {"who": device, "from": "2026-12-24T19:20:00Z", "until": "2026-12-24T19:35:00Z", "scans": 3},
    ]
    (conflict,) = got["conflicts"]
    assert (conflict["ticket"], conflict["reason"], conflict["who"]) == (tickets[0]["id"], "already_scanned", device)
    assert conflict["entry"]["at"][:16] == "2026-12-24T19:26"
    assert conflict["counted"]["at"][:16] == "2026-12-24T18:10"


@pytest.mark.gen_test
async def test_the_figures_of_a_report_come_as_csv_that_a_spreadsheet_does_not_run(api: Api) -> None:
    event = await api.make_event(products=[{"name": "=1+1"}])
    gate = await api.make_device(event)
    guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "=1+1"}
    (ticket,) = await api.book(event, tickets=[guest])
    await gate.scan(ticket["code"])
    await gate.scan(ticket["code"])
    answer = await api.admin.get(f"/api/events/{event['uuid']}/report", Accept="text/csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.raw.startswith(b"\xef\xbb\xbf"), "so that Excel takes it for UTF-8"
    rows = list(csv.reader(io.StringIO(answer.raw.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["part", "name", "figure", "value", "value_local", "id"]
    uuid, door, showing = event["uuid"], event["doors"][0]["id"], f"{event['uuid']}/2026-12-24T20:30"
    assert ["event", "Winter concert", "came", "1", "", uuid] in rows
    assert ["event", "Winter concert", "peak_at", "2026-12-24T18:30:00+00:00", "2026-12-24 19:30:00", uuid] in rows
    assert ["products", "'=1+1", "no_show", "0", "", ""] in rows
    assert ["showings", "2026-12-24 20:30", "came", "1", "", showing] in rows
    assert ["doors", "North door", "denied", "1", "", door] in rows
    assert ["refusals", "already_scanned", "count", "1", "", ""] in rows
    assert (await api.admin.get(f"/api/events/{uuid}/report.csv")).raw == answer.raw
    assert ["headcount", "crew", "in", "0", "", ""] in rows
    french = (await api.admin.get(f"/api/events/{uuid}/report.csv?language=fr")).raw.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(french.replace("\u202f", " "), newline="")))
    assert ["Événement", "Winter concert", "Venus", "1", "", uuid] in rows
    assert ["Refus", "Déjà contrôlé", "Nombre", "1", "", ""] in rows
    assert ["Sans billet", "Équipe", "Entrées", "0", "", ""] in rows
    assert ["Portes", "North door", "Refusés", "1", "", door] in rows, "names stay"
    assert not {"event", "refusals", "headcount", "denied", "already_scanned"} & {cell for row in rows for cell in row}
