"""History of a ticket, which answers "why was she refused?", and the addresses that its holder has."""

import pytest

from tests.api import Api
from tests.handlers.importing import a_file, import_file


@pytest.mark.gen_test
async def test_history_tells_all_that_became_of_a_ticket_in_order_and_by_whom(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, 0, name="Gate 7", may=["undo", "force"])
    ticket, other = await api.book(event, 2)
    path = f"/api/tickets/{ticket['id']}"
    await api.admin.post(f"{path}/block")
    await gate.scan(ticket["code"])
    await api.admin.post(f"{path}/unblock")
    await gate.scan(other["code"])
    scanned = await gate.scan(ticket["code"])
    await gate.post("/scan/undo", {"ticket_uuid": ticket["id"], "seq": scanned.body["seq"]})
    await api.admin.request("PATCH", path, {"name": "Grace Hopper"})
    history = (await api.admin.get(f"{path}/history")).body
    assert [(each["kind"].removeprefix("ticket."), each["code"]) for each in history] == [
        ("booked", None),
        ("blocked", None),
        ("denied", "blocked"),
        ("unblocked", None),
        ("scanned", "admitted"),
        ("undone", "undone"),
        ("changed", None),
    ]
    refused, undone = history[2], history[5]
    assert refused["door"] == {"id": event["doors"][0]["id"], "name": "North door"}
    assert (refused["who"]["kind"], refused["who"]["name"]) == ("device", "Gate 7")
    assert undone["data"]["seq"] == scanned.body["seq"]
    assert history[6]["data"] == {"fields": ["name"]}
    assert b"Lovelace" not in (await api.admin.get(f"{path}/history")).raw


@pytest.mark.gen_test
async def test_history_of_an_imported_ticket_begins_with_its_import(api: Api) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, a_file("abc123,Ada,Lovelace"))
    (ticket,) = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    history = (await api.admin.get(f"/api/tickets/{ticket['id']}/history")).body
    assert [each["kind"] for each in history] == ["import.completed"]


@pytest.mark.gen_test
async def test_history_of_no_ticket_is_not_found_and_a_holder_does_not_read_it(api: Api) -> None:
    (ticket,) = await api.book(await api.make_event())
    assert (await api.admin.get("/api/tickets/00000000-0000-4000-8000-000000000000/history")).status == 404
    path = f"/api/tickets/{ticket['id']}/history"
    assert (await api.get(f"{path}?token={ticket['access_token']}")).status == 401


@pytest.mark.gen_test
async def test_links_open_the_ticket_until_it_is_reissued(api: Api) -> None:
    (ticket,) = await api.book(await api.make_event())
    answer = await api.admin.get(f"/api/tickets/{ticket['id']}/links")
    assert (answer.headers["Cache-Control"], sorted(answer.body)) == ("no-store", ["page", "pkpass", "qr"])
    page = "/t/" + answer.body["page"].split("/t/")[1]
    assert (await api.get(page)).status == 200
    await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")
    assert (await api.get(page)).status == 404


@pytest.mark.gen_test
async def test_links_are_for_those_who_may_change_tickets(api: Api) -> None:
    (ticket,) = await api.book(await api.make_event())
    made = await api.admin.post("/api/keys", {"name": "Reads", "scopes": ["tickets:read"]})
    answer = await api.with_key(made.body["key"]).get(f"/api/tickets/{ticket['id']}/links")
    assert answer.status == 403


@pytest.mark.gen_test
async def test_wallet_tells_how_it_stands_with_the_certificate(api: Api) -> None:
    told = (await api.admin.get("/api/wallet")).body
    assert told["apple"]["state"] == "development"
    assert told["google"] == {"state": "off"}
