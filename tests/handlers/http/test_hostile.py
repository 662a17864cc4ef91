"""Hostile requests of strangers, rogue phones and careless hands: refused in clear words, and nothing changes."""

from typing import Any

import pytest

from handlers.http.addresses import counted_as
from hub.app import Hub
from tests.api import Api

DEEP = b"[" * 60_000
ORDER = {"date": "2026-12-24", "time": "20:30", "name": "Ada Lovelace", "phone_number": "0123"}


def an_event(**fields: Any) -> dict[str, Any]:
    whole = {"name": "Late", "timezone": "UTC", "starts_at": "2026-12-24T20:00:00Z", "ends_at": "2026-12-25T02:00:00Z"}
    return whole | fields


@pytest.mark.gen_test
async def test_json_that_is_nested_too_deep_is_no_json(api: Api) -> None:
    gate = await api.make_device(await api.make_event())
    booked = await api.post("/api/tickets", DEEP)
    assert (booked.status, booked.body["code"]) == (400, "bad_request")
    scanned = await gate.post("/scan/ticket/", DEEP)
    assert (scanned.status, scanned.body["code"]) == (400, "bad_request")


@pytest.mark.gen_test
async def test_no_cache_keeps_what_only_some_may_read(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    for path in ("tickets.csv", "scans.csv", "report"):
        answer = await api.admin.get(f"/api/events/{event['uuid']}/{path}")
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    for path in (f"/api/tickets/{ticket['id']}", "/api/tickets", f"/api/reservations/{ticket['reservation']}"):
        assert (await api.admin.get(path)).headers["Cache-Control"] == "no-store"
    assert (await api.get("/api/keys")).headers["Cache-Control"] == "no-store"


@pytest.mark.gen_test
async def test_guests_names_and_prices_hold_nothing_that_steers_a_page_or_a_printer(api: Api) -> None:
    event = await api.make_event(booking="open")
    order = ORDER | {"event": event["uuid"]}
    refused = await api.post(
        "/api/reservations",
        order | {"tickets": [{"first_name": "A\n=1+1"}, {"first_name": "A\u202eB", "price": "1\x00"}]},
    )
    assert (refused.status, set(refused.body["errors"])) == (422, {"tickets[0].first_name", "tickets[1].price"})
    for path, body in (
        ("/api/tickets", order | {"price": "x" * 101}),
        ("/api/tickets", order | {"price": "x\ny"}),
        ("/api/reservations", order | {"tickets": [{"first_name": "Ada", "price": "x" * 101}]}),
    ):
        assert (await api.post(path, body)).status == 422
    assert (await api.admin.get("/api/tickets")).body == []
    turned = await api.post("/api/reservations", order | {"tickets": [{"first_name": "A\u202eB"}]})
    assert [ticket["name"] for ticket in turned.body["tickets"]] == ["AB"]


@pytest.mark.gen_test
async def test_times_with_which_nothing_can_be_reckoned_are_refused(api: Api) -> None:
    late, early = "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"
    event = await api.make_event()
    for fields, wrong in (
        ({"ends_at": "9999-12-31T23:59:59Z"}, "ends_at"),
        ({"starts_at": early}, "starts_at"),
        ({"doors": [{"name": "North", "opens_at": late}]}, "doors[0].opens_at"),
        ({"showings": [{"date": "9999-12-31", "time": "23:59", "capacity": 1}]}, "showings[0].date"),
        (
            {"showings": [{"date": "2026-12-24", "time": "21:00", "capacity": 1, "ends_at": late}]},
            "showings[0].ends_at",
        ),
    ):
        refused = await api.admin.post("/api/events", an_event(**fields))
        assert (refused.status, list(refused.body["errors"])) == (422, [wrong])
    booked = await api.admin.post("/api/tickets", ORDER | {"event": event["uuid"], "date": "9999-12-31"})
    assert (booked.status, booked.body["errors"]) == (422, {"date": "is out of range"})
    for moment in (late, early):
        query = moment.replace("+", "%2B")
        assert (await api.admin.get(f"/api/scans?since={query}")).status == 422
        assert (await api.admin.get(f"/api/outbox?cursor={query}~1~x")).status == 422


@pytest.mark.gen_test
async def test_scan_made_at_an_impossible_time_is_recorded_as_it_arrives(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    good, *_ = await api.book(event)
    scans = [
        {"qrcode_data": good["code"], "nonce": f"n{n}", "verdict": "admitted", "scanned_at": at}
        for n, at in enumerate(("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-12-24T19:00:00Z"))
    ]
    answer = await gate.post("/scan/batch/", {"scans": scans})
    assert [result["status"] for result in answer.body["results"]] == [200, 200, 200]
    listed = (await api.admin.get(f"/api/scans?event={event['uuid']}")).body
    assert {scan["at"][:4] for scan in listed} == {"2026"}
    assert (await api.admin.get(f"/api/tickets/{good['id']}/history")).status == 200


@pytest.mark.gen_test
async def test_codes_that_a_phone_makes_up_for_its_refusals_are_counted_as_one(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    codes = ["canceled", "unpaid\n", *(f"code_{'x' * n}" for n in range(30)), "conflict", "inside", "admitted_"]
    scans = [
        {"qrcode_data": ticket["code"], "nonce": f"n{n}", "verdict": code, "scanned_at": "2026-12-24T18:00:00Z"}
        for n, code in enumerate(codes)
    ]
    results = (await gate.post("/scan/batch/", {"scans": scans})).body["results"]
    assert [result["code"] for result in results] == ["canceled"] + ["offline"] * (len(codes) - 1)
    report = (await api.admin.get(f"/api/events/{event['uuid']}/report")).body
    assert {each["code"]: each["count"] for each in report["refusals"]} == {"canceled": 1, "offline": len(codes) - 1}


@pytest.mark.gen_test
async def test_archived_phone_leaves_no_more_than_the_organiser_can_look_at(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.door.offline_batches.MOST_QUARANTINED", 2)
    event = await api.make_event()
    gate = await api.make_device(event)
    me = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]
    await api.admin.post(f"/api/devices/{me}/archive")
    hub.authenticator.forget()  # as the tail has it do in a moment

    def batch(n: int) -> dict[str, Any]:
        scan = {
            "qrcode_data": f"code {n}",
            "nonce": f"n{n}",
            "verdict": "admitted",
            "scanned_at": "2026-12-24T19:00:00Z",
        }
        return {"scans": [scan | {"note": "x" * 10_000, "size": 10**30}, {"nonce": "no scan"}, "nothing"]}

    first = await gate.post("/scan/batch/", batch(0))
    assert [result["code"] for result in first.body["results"]] == ["held", "bad_request", "bad_request"]
    assert (await gate.post("/scan/batch/", batch(1))).status == 200
    assert (await gate.post("/scan/batch/", batch(2))).status == 429
    assert (await gate.post("/scan/batch/", batch(1))).status == 200
    held = await hub.store.quarantine.of_device(me)
    assert [set(scan) & {"note", "size"} for each in held for scan in each.scans] == [set(), set()]


@pytest.mark.gen_test
async def test_forced_entrys_reason_is_short(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["force"])
    [ticket] = await api.book(event)
    refused = await gate.scan(ticket["code"], force=True, reason="x" * 501)
    assert (refused.status, refused.body["code"]) == (400, "bad_request")
    assert (await gate.scan(ticket["code"], force=True, reason="x" * 500)).status == 200


@pytest.mark.gen_test
async def test_searching_for_very_many_words_is_refused(api: Api) -> None:
    refused = await api.admin.get(f"/api/tickets?search={'+'.join(f'w{n}' for n in range(11))}")
    assert (refused.status, list(refused.body["errors"])) == (422, ["search"])


@pytest.mark.gen_test
async def test_webhooks_pattern_is_no_longer_than_any_kind_needs(api: Api) -> None:
    refused = await api.admin.post("/api/webhooks", {"url": "https://example.org/", "kinds": ["*" * 65]})
    assert (refused.status, list(refused.body["errors"])) == (422, ["kinds"])


@pytest.mark.gen_test
async def test_pairing_link_leads_to_the_scanner_whatever_stands_in_it(api: Api) -> None:
    answer = await api.get("/scan/%0d%0aSet-Cookie:%20a=b%23/pair", Accept="text/html")
    assert (answer.status, answer.headers["Location"]) == (302, "/scanner#pair=%0D%0ASet-Cookie%3A%20a%3Db%23")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.gen_test
async def test_what_fails_is_logged_without_the_token_in_its_path(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(hub.devices, "pair", broken)
    assert (await api.get("/scan/a-token-nobody-may-see/pair")).status == 500
    assert "PairHandler" in caplog.text and "a-token-nobody-may-see" not in caplog.text


def test_addresses_of_one_customer_count_as_one() -> None:
    assert counted_as("2001:db8:1:2:aaaa::1") == counted_as("2001:db8:1:2:bbbb:1:2:3") == "2001:db8:1:2::/64"
    assert counted_as("2001:db8:1:3::1") != counted_as("2001:db8:1:2::1")
    assert counted_as("192.0.2.1") == counted_as("::ffff:192.0.2.1") == "192.0.2.1"
    assert counted_as("unknown") == "unknown"
