import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from hub.app import Hub
from hub.tickets.wallet_offer import SAVE_LINKS
from tests.api import Answer, Api
from tests.hub.wallet.pass_file import opened

FILE = "application/vnd.apple.pkpass"


async def ticket_of(api: Api, **event: Any) -> Any:
    """Book a ticket of a new event and return it, with its access token."""
    (ticket,) = await api.book(await api.make_event(**event))
    return ticket


async def pass_of(api: Api, ticket: Any, **headers: str) -> Answer:
    return await api.get(f"/tickets/{ticket['id']}/pkpass?token={ticket['access_token']}", **headers)


def said(answer: Answer, settings_data: Path, tmp_path: Path) -> dict[str, Any]:
    return opened(answer.raw, settings_data / "wallet-development" / "root.pem", tmp_path)


@pytest.mark.gen_test
async def test_json_is_the_default_and_holds_the_file(api: Api, tmp_path: Path) -> None:
    ticket = await ticket_of(api)
    answer = await pass_of(api, ticket)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    body = base64.b64decode(answer.body["pkpass"])
    assert answer.body["sha256"] == hashlib.sha256(body).hexdigest()
    assert answer.body["ticketId"] == answer.body["serialNumber"] == ticket["id"]
    assert answer.body["contentType"] == FILE
    assert answer.body["development"] is True
    assert "googleWalletUrl" not in answer.body
    inside = opened(body, tmp_path / "wallet-development" / "root.pem", tmp_path)
    assert inside["serialNumber"] == ticket["id"]
    assert inside["passTypeIdentifier"] == answer.body["passTypeIdentifier"]
    assert inside["barcodes"][0]["message"] == ticket["code"]
    assert "webServiceURL" not in inside


@pytest.mark.gen_test
async def test_the_file_comes_by_accept_and_by_its_address(api: Api, tmp_path: Path) -> None:
    ticket = await ticket_of(api)
    by_accept = await pass_of(api, ticket, Accept=FILE)
    assert by_accept.headers["Content-Type"] == FILE
    assert by_accept.headers["Content-Disposition"] == f'attachment; filename="ticket-{ticket["id"][:8]}.pkpass"'
    assert said(by_accept, tmp_path, tmp_path)["serialNumber"] == ticket["id"]
    url = (await pass_of(api, ticket)).body["downloadUrl"]
    # The hub of a test does not know the port that the test serves it at.
    by_address = await api.get(url.partition("8888")[2], Accept="text/html,*/*")
    assert by_address.headers["Content-Type"] == FILE
    assert by_address.raw == by_accept.raw


@pytest.mark.gen_test
async def test_what_is_known_is_not_sent_again(api: Api) -> None:
    ticket = await ticket_of(api)
    first = await pass_of(api, ticket, Accept=FILE)
    for header in ({"If_None_Match": first.headers["ETag"]}, {"If_Modified_Since": first.headers["Last-Modified"]}):
        again = await pass_of(api, ticket, Accept=FILE, **header)
        assert (again.status, again.raw) == (304, b"")
    described = await pass_of(api, ticket, If_None_Match=first.headers["ETag"])
    assert described.status == 200
    known = await pass_of(api, ticket, If_None_Match=described.headers["ETag"])
    assert known.status == 304


@pytest.mark.gen_test
async def test_two_changes_in_one_second_are_two_versions(api: Api) -> None:
    ticket = await ticket_of(
        api, showings=[{"date": "2026-12-24", "time": t, "capacity": 9} for t in ("20:30", "22:00")]
    )
    seen = (await pass_of(api, ticket, Accept=FILE)).headers["Last-Modified"]
    for change in ({"time": "22:00"}, {"name": "Grace Hopper"}, {"time": "20:30"}):
        await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", change)
        newer = await pass_of(api, ticket, Accept=FILE, If_Modified_Since=seen)
        assert newer.status == 200, change
        seen = newer.headers["Last-Modified"]
        assert (await pass_of(api, ticket, Accept=FILE, If_Modified_Since=seen)).status == 304


@pytest.mark.gen_test
async def test_last_modified_follows_the_event_and_not_what_the_pass_does_not_show(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    seen = (await pass_of(api, ticket, Accept=FILE)).headers["Last-Modified"]
    for unseen in ({"max_inside": 50}, {"retention_days": 3}):
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", unseen)
        assert (await pass_of(api, ticket, Accept=FILE, If_Modified_Since=seen)).status == 304
    await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", {"phone_number": "+33 9 87 65"})
    assert (await pass_of(api, ticket, Accept=FILE, If_Modified_Since=seen)).status == 304
    for shown in ({"name": "Spring concert"}, {"venue": "The New Mill"}, {"ends_at": "2026-12-25T03:00:00+01:00"}):
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", shown)
        answer = await pass_of(api, ticket, Accept=FILE, If_Modified_Since=seen)
        assert answer.status == 200, shown
        seen = answer.headers["Last-Modified"]


@pytest.mark.gen_test
async def test_a_canceled_tickets_pass_is_void(api: Api, tmp_path: Path) -> None:
    ticket = await ticket_of(api)
    assert said(await pass_of(api, ticket, Accept=FILE), tmp_path, tmp_path)["voided"] is False
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    assert said(await pass_of(api, ticket, Accept=FILE), tmp_path, tmp_path)["voided"] is True


@pytest.mark.gen_test
async def test_who_may_not_read_the_ticket_gets_no_pass(api: Api) -> None:
    ticket = await ticket_of(api)
    path = f"/tickets/{ticket['id']}/pkpass"
    device = await api.make_device(await api.make_event())
    reader = await api.admin.post("/api/keys", {"name": "events", "scopes": ["events:write"]})
    assert (await api.get(path)).status == 401
    assert (await api.get(f"{path}?token=wrong")).status == 401
    assert (await device.get(path)).status == 403
    assert (await api.with_key(reader.body["key"]).get(path)).status == 403
    assert (await api.admin.get(path)).status == 200


@pytest.mark.gen_test
async def test_a_wrong_id_or_form_is_told(api: Api) -> None:
    ticket = await ticket_of(api)
    assert (await api.admin.get("/tickets/nonsense/pkpass")).status == 400
    assert (await api.admin.get("/tickets/2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111/pkpass")).status == 404
    wrong = await api.admin.get(f"/tickets/{ticket['id']}/pkpass?format=pdf")
    assert (wrong.status, wrong.body["errors"]) == (422, {"format": "must be one of json, pkpass"})


@pytest.mark.gen_test
async def test_a_pass_for_several_days_ends_with_the_event_and_names_each_day(api: Api, tmp_path: Path) -> None:
    festival = {"starts_at": "2026-12-24T20:30:00+01:00", "ends_at": "2026-12-26T23:00:00+01:00"}
    ticket = await ticket_of(api, **festival)
    shown = said(await pass_of(api, ticket, Accept=FILE), tmp_path, tmp_path)
    assert shown["expirationDate"] == shown["semantics"]["eventEndDate"] == "2026-12-26T23:00:00+01:00"
    days = [f"2026-12-{day}T20:30:00+01:00" for day in (24, 25, 26)]
    assert shown["relevantDates"] == [{"relevantDate": day, "date": day} for day in days]
    (until,) = [field["value"] for field in shown["eventTicket"]["backFields"] if field["key"] == "until"]
    assert until == "26 December 2026, 23:00"


# --- rollout -----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_passes_are_offered_as_the_event_says(api: Api) -> None:
    event = await api.make_event(wallet="off")
    (ticket,) = await api.book(event)
    path, shown = f"/tickets/{ticket['id']}/pkpass", f"/api/tickets/{ticket['id']}"
    refused = await api.admin.get(path)
    assert (refused.status, refused.body["code"]) == (404, "wallet_off")
    assert "pkpass" not in (await api.admin.get(shown)).body["links"]
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"wallet": "invited"})
    refused = await api.admin.get(path)
    assert (refused.status, refused.body["code"]) == (403, "not_invited")
    assert "pkpass" not in (await api.admin.get(shown)).body["links"]
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"wallet": "on"})
    assert (await api.admin.get(path)).status == 200
    assert (await api.admin.get(shown)).body["links"]["pkpass"] == path


@pytest.mark.gen_test
async def test_an_organiser_picks_who_is_invited(api: Api) -> None:
    event = await api.make_event(wallet="invited")
    first, second = (await api.book(event, 2), await api.book(event))
    invited = await api.admin.post(f"/api/reservations/{first[0]['reservation']}/invite")
    assert (invited.status, invited.body["invited"]) == (200, True)
    assert all("pkpass" in ticket["links"] for ticket in invited.body["tickets"])
    assert [(await pass_of(api, ticket)).status for ticket in (*first, *second)] == [200, 200, 403]
    listed = await api.admin.get(f"/api/tickets?event={event['uuid']}")
    assert {each["id"] for each in listed.body if "pkpass" in each["links"]} == {ticket["id"] for ticket in first}
    await api.admin.post(f"/api/reservations/{first[0]['reservation']}/uninvite")
    assert (await pass_of(api, first[0])).status == 403
    assert (await api.post(f"/api/reservations/{first[0]['reservation']}/invite")).status == 401
    assert (await api.admin.get(f"/reservations/{first[0]['reservation']}/pkpasses")).status == 403


@pytest.mark.gen_test
async def test_an_unknown_rollout_is_refused(api: Api) -> None:
    event = await api.make_event()
    assert event["wallet"] == "on"
    refused = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"wallet": "some"})
    assert (refused.status, list(refused.body["errors"])) == (422, ["wallet"])


@pytest.mark.gen_test
async def test_each_provider_of_save_links_in_the_table_is_made(hub: Hub) -> None:
    assert hub.save_links.keys() == {provider.kind for provider in SAVE_LINKS}
