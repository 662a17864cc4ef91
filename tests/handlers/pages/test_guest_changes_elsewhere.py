"""Effects of guests' changes elsewhere: waiting list, webhooks, live page, export, retention, headers of pages."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.live.protocol import CloseCode
from hub.settings import Settings
from tests.api import Answer, Api
from tests.handlers.api.test_waiting import full, left, listed, wait
from tests.handlers.api.test_webhooks import SECRET, hook, until_got
from tests.handlers.importing import a_file, import_file
from tests.handlers.live.test_access_live import hello
from tests.hub.webhooks.receiver import a_receiver
from tests.jobs.second_hub import Worker, everything_kept

ALL: dict[str, Any] = {"guest_rename": True, "guest_cancel_until_min": 0, "transfers": 2}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Receivers are on loopback."""
    return msgspec.structs.replace(settings, webhooks_to_private=True, webhooks_per_s=10_000)


def path_of(ticket: Any, action: str) -> str:
    return f"/t/{ticket['id']}/{action}?token={ticket['access_token']}"


async def change(api: Api, ticket: Any, action: str, **body: Any) -> Answer:
    answer = await api.post(path_of(ticket, action), body)
    assert answer.status == 200, answer.raw
    return answer


async def filled_in(api: Api, ticket: Any, action: str, **form: str) -> Answer:
    return await api.post(path_of(ticket, action), urlencode(form).encode(), Content_Type=FORM, Accept="text/html")


@pytest.mark.gen_test
async def test_seat_that_a_guest_gives_up_is_offered_by_the_same_entries_to_who_waits(api: Api, hub: Hub) -> None:
    event, (ticket,) = await full(api, **ALL)
    await wait(api, event)
    await change(api, ticket, "cancel")
    assert await listed(api, event) == {"grace": "offered"}
    assert await left(api, event) == 0
    journal = await hub.store.journal.read(event["uuid"], 0)
    canceled, offered = journal[-2:]
    assert (canceled.kind, offered.kind) == ("ticket.canceled", "waiting.offered")
    assert (canceled.data["actor"], canceled.batch) == ("holder", offered.batch)


@pytest.mark.gen_test
async def test_webhooks_hear_of_a_hand_over_without_name_code_or_token(api: Api) -> None:
    async with a_receiver() as receiver:
        event = await api.make_event(**ALL)
        await hook(api, receiver, "ticket.*")
        [ticket] = await api.book(event)
        link = (await change(api, ticket, "transfer", name="Grace Hopper")).body["link"]
        await until_got(receiver, 2)
        booked, transferred = receiver.got
    assert (booked.body["kind"], transferred.body["kind"]) == ("ticket.booked", "ticket.transferred")
    assert transferred.body["ticket"] == ticket["id"]
    for secret in ("Ada", "Grace", ticket["code"], ticket["access_token"], link.partition("token=")[2], SECRET):
        assert secret not in transferred.raw.decode()


@pytest.mark.gen_test
async def test_open_page_of_the_holder_before_is_closed_and_shows_nothing_of_the_next(api: Api) -> None:
    [ticket] = await api.book(await api.make_event(**ALL))
    socket = await hello(api, ticket["id"], ticket["access_token"])
    await socket.hear("ticket")
    await change(api, ticket, "transfer", name="Grace Hopper")
    assert "Grace" not in repr(await socket.hear("ticket"))
    assert await socket.closed() == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_own_export_after_a_hand_over_comes_back_and_changes_nothing(api: Api) -> None:
    event = await api.make_event(**ALL)
    head = "barcode,first_name,last_name,phone_number,email"
    await import_file(api.admin, event, a_file("B1,Ada,Lovelace,+33 1 23 45 67,ada@example.org", head=head))
    [booked] = await api.book(event, email="bob@example.org")
    await change(api, booked, "transfer", name="Grace Hopper", email="grace@example.org")
    exported = (await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv")).raw
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(exported.decode("utf-8-sig")))}
    mine = rows[booked["id"]]
    assert (mine["first_name"], mine["phone_number"], mine["email"]) == ("Grace", "", "grace@example.org")
    assert b"bob@example.org" not in exported
    before = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    again = await import_file(api.admin, event, exported)
    assert (again["state"], again["unchanged"], again["changed"], again["added"]) == ("completed", 2, 0, 0)
    assert (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body == before


@pytest.mark.gen_test
async def test_deletion_of_a_ticket_forgets_all_its_holders(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(retention_days=0, **ALL)
    tickets = await api.book(event, 2, email="ada@example.org")
    for ticket in tickets:
        link = (await change(api, ticket, "transfer", name="Grace Hopper", email="grace@example.org")).body.get("link")
        token = str(link).partition("token=")[2]
        await change(api, ticket | {"access_token": token}, "transfer", name="Mary Somerville")
    assert "lovelace" in everything_kept(hub).lower()  # as a past holder's name, for the organiser
    worker = Worker(hub)
    clock.advance(timedelta(days=2))
    assert await worker.run("expire") == 2
    assert await worker.run("delete") == 2
    kept = everything_kept(hub).lower()
    names = ("ada ", "ada'", "ada@", "lovelace", "grace", "hopper", "mary", "somerville")
    for word in (*names, "@example.org", "33 1 23"):
        assert f"'{word}" not in kept
        assert f" {word}" not in kept


@pytest.mark.gen_test
async def test_buyer_who_handed_everything_on_is_forgotten_but_for_the_history(api: Api, hub: Hub) -> None:
    [ticket] = await api.book(await api.make_event(**ALL), email="ada@example.org", fields={"Company": "Analytical"})
    await change(api, ticket, "transfer", name="Grace Hopper")
    assert (await api.admin.get(f"/api/reservations/{ticket['reservation']}")).status == 404
    kept = everything_kept(hub)
    for word in ("ada@example.org", "33 1 23", "Analytical"):
        assert word not in kept


@pytest.mark.parametrize("action", ["name", "cancel", "transfer"])
@pytest.mark.gen_test
async def test_address_with_the_token_is_neither_kept_by_caches_nor_told_to_other_sites(api: Api, action: str) -> None:
    [ticket] = await api.book(await api.make_event(**ALL))
    steps = [
        await api.get(path_of(ticket, action), Accept="text/html"),
        await filled_in(api, ticket, action, name=""),
        await filled_in(api, ticket, action, name="Grace Hopper", confirmed="yes"),
        await filled_in(api, ticket, action, name="Grace Hopper", confirmed="yes"),
        await api.post(path_of(ticket, action), {"name": "Grace"}),
    ]
    for step in steps:
        assert "no-store" in step.headers["Cache-Control"]
        assert step.headers["Referrer-Policy"] == "no-referrer"
        assert step.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "form-action 'self'" in step.headers["Content-Security-Policy"]
        assert step.headers.get("Access-Control-Allow-Origin") is None


@pytest.mark.gen_test
async def test_organiser_who_is_logged_in_opens_a_guests_link_as_that_guest(api: Api) -> None:
    [ticket] = await api.book(await api.make_event(**ALL))
    form = urlencode({"username": "organiser", "password": "correct horse battery"}).encode()
    cookie = (await api.post("/login", form, Content_Type=FORM)).headers["Set-Cookie"].partition(";")[0]
    logged_in = Api(api.url, headers={"Cookie": cookie})
    page = await filled_in(logged_in, ticket, "name", name="Ada King")
    assert page.status == 303, page.raw
    assert (await logged_in.post(f"/t/{ticket['id']}/name", {"name": "Eve"})).status in (401, 403)
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["name"] == "Ada King"


@pytest.mark.gen_test
async def test_token_counts_in_the_address_or_as_bearer_and_nowhere_else(api: Api) -> None:
    [ticket] = await api.book(await api.make_event(**ALL))
    token = ticket["access_token"]
    path = f"/t/{ticket['id']}/name"
    assert (await api.post(path, {"name": "Eve", "token": token})).status == 401
    sent = urlencode({"name": "Eve", "token": token}).encode()
    assert (await api.post(path, sent, Content_Type=FORM, Accept="text/html")).status == 404
    assert (await api.post(path, {"name": "Eve"}, Cookie=f"token={token}")).status == 401
    assert (await api.post(path, {"name": "Eve"}, Authorization=f"Api-Key {token}")).status in (401, 403)
    assert (await api.post(path, {"name": "Ada King"}, Authorization=f"Bearer {token}")).body["name"] == "Ada King"


@pytest.mark.parametrize("action", ["name", "cancel", "transfer"])
@pytest.mark.gen_test
async def test_each_of_the_three_counts_for_the_limit_of_its_ticket_alone(api: Api, hub: Hub, action: str) -> None:
    ticket, other = await api.book(await api.make_event(**(ALL | {"guest_cancel_until_min": 100_000})), 2)
    for _ in range(hub.settings.guest_changes_per_min):
        await api.post(path_of(ticket, action), {"name": ""})
    told = await api.post(path_of(ticket, action), {"name": "A"}), await filled_in(api, ticket, action, name="A")
    for answer in told:
        assert (answer.status, answer.headers["Retry-After"].isdigit()) == (429, True)
    assert (await api.post(path_of(other, "name"), {"name": "Grace"})).status == 200


@pytest.mark.gen_test
async def test_seller_who_cancels_a_ticket_that_was_handed_on_cancels_it(api: Api) -> None:
    event = await api.make_event(**ALL)
    head = "barcode,first_name,last_name,status"
    await import_file(api.admin, event, a_file("B1,Ada,Lovelace,paid", head=head))
    [ticket] = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    page = (await api.admin.get(f"/api/tickets/{ticket['id']}/links")).body["page"]
    await change(api, ticket | {"access_token": page.partition("token=")[2]}, "transfer", name="Grace")
    again = await import_file(api.admin, event, a_file("B1,Ada,Lovelace,refunded", head=head))
    assert again["state"] == "completed"
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["status"] == "canceled"
