"""Roles for one event: every path, asked by each role, for its own event and for another (booking-api.md).

`MAY` is written by hand, beside the table of the hub: a path that stands in only one of the two fails.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from tornado.httputil import HTTPHeaders

from handlers.http.access import Rule
from handlers.routes.table import ROUTES
from hub.app import Hub
from tests.api import Answer, Api
from tests.handlers.credentials import PASSWORD, log_in
from tests.handlers.importing import a_file, import_file
from tests.handlers.live.sse_client import watching

ORGANISER, BOX_OFFICE, VIEWER, DOOR_LEAD = ROLES = ("organiser", "box_office", "viewer", "door_lead")
ALL = {*ROLES}
GUESTS = {ORGANISER, BOX_OFFICE}
DOORS = {ORGANISER, DOOR_LEAD}
RUNS = {ORGANISER}
NOBODY: set[str] = set()

MAY: dict[str, set[str]] = {
    "GET /scan/test_api": NOBODY,
    "GET /scan/check_api_scan": NOBODY,
    "POST /scan/check_ticket": NOBODY,
    "POST /scan/ticket": NOBODY,
    "POST /scan/undo": DOORS,
    "POST /scan/headcount": NOBODY,
    "POST /scan/batch": NOBODY,
    "GET /scan/manifest": NOBODY,
    "POST /scan/door": NOBODY,
    "GET /scan/sales": NOBODY,
    "POST /scan/sales": NOBODY,
    "POST /scan/search_ticket": NOBODY,
    "POST /scan/list_tickets": NOBODY,
    "POST /api/relay/join": NOBODY,
    "GET /api/relay/tickets": NOBODY,
    "GET /api/relay/status": NOBODY,
    "GET /api/relay/journal": NOBODY,
    "POST /api/relay/pull": NOBODY,
    "POST /api/relay/scan": NOBODY,
    "POST /api/relay/facts": NOBODY,
    "GET /api/events/{id}/relay": ALL,
    "POST /api/events/{id}/relay/lost": RUNS,
    "GET /api/tickets": GUESTS,
    "POST /api/tickets": GUESTS,
    "POST /api/tickets/batch": GUESTS,
    "GET /api/tickets/{id}": GUESTS,
    "PUT /api/tickets/{id}": GUESTS,
    "PATCH /api/tickets/{id}": GUESTS,
    "DELETE /api/tickets/{id}": RUNS,
    "POST /api/tickets/{id}/(cancel|restore|block|unblock|reissue)": GUESTS,
    "GET /api/tickets/{id}/history": GUESTS,
    "GET /api/tickets/{id}/links": GUESTS,
    "POST /api/reservations": GUESTS,
    "GET /api/reservations/{id}": GUESTS,
    "PATCH /api/reservations/{id}": GUESTS,
    "POST /api/reservations/{id}/(cancel|restore|invite|uninvite)": GUESTS,
    "POST /api/reservations/{id}/(pay|refund)": GUESTS,
    "POST /api/tickets/{id}/(pay|refund)": GUESTS,
    "POST /api/reservations/{id}/resend": GUESTS,
    "GET /api/waiting": GUESTS,
    "POST /api/waiting": GUESTS,
    "DELETE /api/waiting/{id}": GUESTS,
    "GET /api/scans": ALL,
    "GET /api/keys": NOBODY,
    "POST /api/keys": NOBODY,
    "POST /api/keys/{id}/revoke": NOBODY,
    "GET /api/webhooks": NOBODY,
    "POST /api/webhooks": NOBODY,
    "GET /api/webhooks/{id}": NOBODY,
    "PUT /api/webhooks/{id}": NOBODY,
    "PATCH /api/webhooks/{id}": NOBODY,
    "DELETE /api/webhooks/{id}": NOBODY,
    "POST /api/webhooks/{id}/ping": NOBODY,
    "GET /api/webhooks/{id}/deliveries": NOBODY,
    "POST /api/webhooks/{id}/deliveries/{id}/send": NOBODY,
    "GET /api/outbox": NOBODY,
    "POST /api/outbox/{id}/send": NOBODY,
    "GET /api/users": NOBODY,
    "POST /api/users": NOBODY,
    "PATCH /api/users/{id}": NOBODY,
    "DELETE /api/users/{id}": NOBODY,
    "POST /api/users/{id}/second_factor/reset": NOBODY,
    "POST /api/events": NOBODY,
    "PATCH /api/events/{id}": RUNS,
    "POST /api/events/{id}/close": RUNS,
    "PUT /api/events/{id}/picture": RUNS,
    "DELETE /api/events/{id}/picture": RUNS,
    "POST /api/events/{id}/showings": RUNS,
    "PATCH /api/events/{id}/showings": RUNS,
    "GET /api/events/{id}/occupancy": ALL,
    "POST /api/events/{id}/recount": DOORS,
    "GET /api/events/{id}/feedback": GUESTS,
    "GET /api/events/{id}/alerts": ALL,
    "GET /api/events/{id}/stats": ALL,
    "GET /api/events/{id}/report": ALL - {DOOR_LEAD},
    "GET /api/events/{id}/report.csv": ALL - {DOOR_LEAD},
    "GET /api/events/{id}/sales": GUESTS,
    "POST /api/events/{id}/sales": GUESTS,
    "GET /api/events/{id}/takings": ALL - {DOOR_LEAD},
    "GET /api/events/{id}/takings.csv": ALL - {DOOR_LEAD},
    "GET /api/events/{id}/closings": GUESTS,
    "GET /api/events/{id}/tills": GUESTS,
    "POST /api/events/{id}/tills/{id}/(open|close)": GUESTS,
    "GET /api/events/{id}/practice": DOORS,
    "GET /api/events/{id}/wallet": RUNS,
    "POST /api/events/{id}/wallet/waves": RUNS,
    "POST /api/events/{id}/wallet/(stop|resume)": RUNS,
    "POST /api/events/{id}/import": RUNS,
    "GET /api/events/{id}/imports": RUNS,
    "GET /api/imports/{id}": RUNS,
    "GET /api/events/{id}/tickets.csv": RUNS,
    "GET /api/events/{id}/scans.csv": RUNS,
    "GET /api/devices": ALL,
    "POST /api/devices": DOORS,
    "GET /api/devices/{id}": DOORS,
    "PATCH /api/devices/{id}": DOORS,
    "POST /api/devices/{id}/pairing": DOORS,
    "POST /api/devices/{id}/archive": DOORS,
    "GET /api/devices/{id}/held": DOORS,
    "POST /api/devices/{id}/held/(accept|drop)": DOORS,
    "GET /tickets/{id}/qr": GUESTS,
    "GET /tickets/{id}/pkpass": GUESTS,
    "GET /tickets/{id}/google": GUESTS,
    "GET /reservations/{id}/pkpasses": GUESTS,
    "POST /t/{id}/name": NOBODY,
    "POST /t/{id}/cancel": NOBODY,
    "POST /t/{id}/transfer": NOBODY,
    "GET /api/events/{id}/live": ALL,
    "GET /events": ALL,
    "GET /relay": NOBODY,
    "GET /design": NOBODY,
    "GET /events/{id}": ALL,
    "GET /events/{id}/report": ALL - {DOOR_LEAD},
    "GET /admin": ALL,
    "GET /admin/{id}": RUNS,
    "GET /admin/{id}/{id}": RUNS,
    "GET /metrics": NOBODY,
    "GET /api/jobs": NOBODY,
    "GET /api/database": NOBODY,
    "GET /api/server": NOBODY,
    "GET /api/checks": NOBODY,
    "GET /api/wallet": NOBODY,
}
"""By method and path, the roles that may, for their event; `/admin/events` stands for the administration's pages."""

FOR_ANYBODY = {
    "GET /api/events",
    "GET /api/events/{id}",
    "GET /api/showings",
    "GET /api/me",
    "GET /api/me/account",
    "POST /api/me/email",
    "POST /api/me/logins/end",
    "POST /api/me/totp",
    "POST /api/me/totp/confirm",
    "POST /api/me/totp/off",
    "POST /api/me/recovery_codes",
    "POST /api/me/passkeys/options",
    "POST /api/me/passkeys",
    "PATCH /api/me/passkeys/{id}",
    "DELETE /api/me/passkeys/{id}",
    "POST /api/me/email/verify",
    "POST /api/me/password",
    "GET /verify",
    "POST /verify",
    "GET /password",
    "POST /password",
    "GET /second-factor",
    "POST /second-factor",
    "GET /",
    "GET /login",
    "POST /logout",
}
"""What looks at credentials and needs no scope; `test_lists_...` asks those that show what depends on who asks."""
PAGES_OF_ALL = {"GET /events", "GET /admin", "GET /admin/{id}", "GET /admin/{id}/{id}"}
"""Pages that no event is named by."""
NOT_SET_UP = {"GET /tickets/{id}/google"}
"""404 by anybody, where nothing is set up for it."""
GONE = {
    "POST /api/events/{id}/close",
    "POST /api/devices/{id}/archive",
    "DELETE /api/waiting/{id}",
    "DELETE /api/tickets/{id}",
}
"""What is asked last: it takes away what others are asked for."""
NOWHERE = "00000000-0000-4000-8000-000000000000"


@dataclass
class Night:
    """An event with one of everything: its things by what paths name."""

    event: Any
    ids: dict[str, str]
    scan: int
    names: tuple[bytes, ...]

    def fill(self, path: str) -> str:
        """Return a path with the night's own ids in it."""
        family = next((name for name in self.ids if name in path.split("/")), "tickets")
        return re.sub(r"\(([^|)]+)[^)]*\)", r"\1", path.replace("{id}", self.ids[family])) or "/"


async def make_night(api: Api, name: str, guest: str) -> Night:
    """Make an event with a ticket, a waiting party, a phone and an import."""
    event = await api.make_event(
        name=name,
        booking="keys",
        waiting=True,
        showings=[
            {"date": "2026-12-24", "time": "20:30", "capacity": 100},
            {"date": "2026-12-24", "time": "22:30", "capacity": 1},
        ],
    )
    people = [{"first_name": guest, "last_name": "Guest", "product": "Standard"}]
    [ticket] = await api.book(event, name=f"{guest} Guest", tickets=people)
    await api.book(event, name=f"{guest} Guest", tickets=people, time="22:30")
    phone = await api.make_device(event, name=f"Phone of {guest}")
    assert (await phone.scan(ticket["code"])).status == 200
    party = {"event": event["uuid"], "date": "2026-12-24", "time": "22:30", "name": guest, "email": "a@example.org"}
    waiting = await api.admin.post("/api/waiting", party)
    assert waiting.status == 201, waiting.raw
    device = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body[0]
    scan = (await api.admin.get(f"/api/scans?event={event['uuid']}")).body[0]["seq"]
    imported = await import_file(api.admin, event, a_file("x,2026-12-24,20:30", head="barcode,date,time"))
    ids = {
        "events": event["uuid"],
        "tickets": ticket["id"],
        "t": ticket["id"],
        "reservations": ticket["reservation"],
        "waiting": waiting.body["id"],
        "devices": device["uuid"],
        "imports": imported["id"],
        "keys": (await api.admin.get("/api/keys")).body[0]["id"],
        "users": (await api.admin.get("/api/users")).body[0]["id"],
        "webhooks": NOWHERE,
        "outbox": NOWHERE,
        "admin": "events",
    }
    return Night(event, ids, scan, (name.encode(), guest.encode(), event["uuid"].encode(), ticket["id"].encode()))


async def staff(api: Api, username: str, **roles: str) -> Api:
    """Make one who has roles by event, and log them in."""
    events = [{"event": event, "role": role} for event, role in roles.items()]
    form = {"username": username, "password": PASSWORD, "role": "staff", "events": events}
    made = await api.admin.post("/api/users", form)
    assert made.status == 201, made.raw
    cookie, csrf = await log_in(api, username)
    return Api(api.url, headers={"Cookie": cookie, "X-CSRF-Token": csrf})


def asked() -> list[tuple[str, str, Rule]]:
    """Return the methods and paths that look at credentials, those that take something away last."""
    ways = [(method, route.name, rule) for route in ROUTES for method, rule in route.rules.items() if rule.is_asked]
    return sorted(ways, key=lambda way: (f"{way[0]} {way[1]}" in GONE, way[0] == "DELETE", way[0] != "GET"))


def test_every_path_that_looks_at_credentials_says_which_roles_for_one_event_may() -> None:
    known = {f"{method} {path or '/'}" for method, path, _ in asked()}
    assert known == MAY.keys() | FOR_ANYBODY


async def ask(who: Api, method: str, path: str, night: Night) -> Answer:
    """Ask for what is of a night."""
    body: Any = None
    address = night.fill(path)
    if method != "GET":
        body = {"event": night.event["uuid"], "ticket_uuid": night.ids["tickets"], "seq": night.scan}
    elif path in ("/api/tickets", "/api/waiting", "/api/scans", "/api/devices"):
        address += f"?event={night.event['uuid']}"
    if path.endswith("/live"):
        return await first_of_stream(who, night)
    return await who.request(method, address, body)


async def first_of_stream(who: Api, night: Night) -> Answer:
    """Return what a stream of events begins with."""
    async with watching(who, night.event["uuid"]) as watcher:
        shown = json.dumps((await watcher.hear("snapshot")).data) if watcher.status == 200 else ""
        return Answer(watcher.status, HTTPHeaders(), shown.encode())


@pytest.mark.gen_test
@pytest.mark.parametrize("role", ROLES)
async def test_role_may_what_the_table_says_in_its_event_and_nothing_in_another(api: Api, hub: Hub, role: str) -> None:
    here, there = await make_night(api, "Our night", "Grace"), await make_night(api, "Their night", "Hedy")
    who = await staff(api, "sam", **{here.event["uuid"]: role})
    before = await everything_of(api, hub, there)
    wrong = []
    for method, path, _ in asked():
        way = f"{method} {path}"
        if way not in MAY:
            continue
        elsewhere = await ask(who, method, path, there)
        if way not in PAGES_OF_ALL:
            wrong += wrong_elsewhere(way, elsewhere, there, is_refused_at_once=not MAY[way])
        own = await ask(who, method, path, here)
        if role in MAY[way]:
            is_right = (own.status not in (401, 403, 404) and own.status < 500) or way in NOT_SET_UP
        else:
            is_right = own.status == 403
        wrong += [] if is_right else [f"{way} in their own event: {own.status} {own.raw[:100]!r}"]
        if role not in GUESTS and b"Grace Guest" in own.raw:
            wrong.append(f"{way} shows a guest's name")
    assert not wrong, "\n".join(wrong)
    assert await everything_of(api, hub, there) == before


def wrong_elsewhere(way: str, answer: Answer, there: Night, *, is_refused_at_once: bool) -> list[str]:
    """Return what is wrong with an answer on what is of another event."""
    if way == "GET /api/devices":
        return [] if (answer.status, answer.raw) == (200, b"[]") else [f"{way} elsewhere: {answer.raw[:100]!r}"]
    said = [f"{way} tells of it: {name!r}" for name in there.names if name in answer.raw]
    is_right = answer.status == 403 if is_refused_at_once else answer.status == 404
    return said if is_right else [*said, f"{way} elsewhere: {answer.status} {answer.raw[:100]!r}"]


async def everything_of(api: Api, hub: Hub, night: Night) -> list[Any]:
    """Return all that could be changed of a night."""
    event = night.event["uuid"]
    stream = await hub.events.stream(event)
    assert stream is not None
    paths = [f"/api/events/{event}", f"/api/tickets?event={event}", f"/api/waiting?event={event}"]
    paths += [f"/api/devices/{night.ids['devices']}", f"/api/events/{event}/imports", f"/api/showings?event={event}"]
    return [stream.seq, *[(await api.admin.get(path)).body for path in paths]]


@pytest.mark.gen_test
async def test_what_is_of_another_event_is_answered_like_what_there_is_not(api: Api) -> None:
    here, there = await make_night(api, "Our night", "Grace"), await make_night(api, "Their night", "Hedy")
    who = await staff(api, "sam", **{here.event["uuid"]: ORGANISER})
    who.headers["X_Request_ID"] = "the-same"
    for family in ("events", "tickets", "reservations", "devices", "imports"):
        path = f"/api/{family}/{{id}}"
        theirs = await who.get(there.fill(path))
        nowhere = await who.get(path.replace("{id}", NOWHERE))
        if family == "events":
            assert (theirs.status, theirs.body["uuid"]) == (200, there.event["uuid"])  # in short, as to strangers
            assert "doors" not in theirs.body
            assert nowhere.status == 404
        else:
            assert (theirs.status, theirs.raw) == (nowhere.status, nowhere.raw) == (404, nowhere.raw)


@pytest.mark.gen_test
@pytest.mark.parametrize("role", ROLES)
async def test_lists_and_pages_show_ones_own_events_alone(api: Api, role: str) -> None:
    here, there = await make_night(api, "Our night", "Grace"), await make_night(api, "Their night", "Hedy")
    await api.admin.post("/api/devices", {"name": "Phone of all events"})
    who = await staff(api, "sam", **{here.event["uuid"]: role})
    assert [event["uuid"] for event in (await who.get("/api/events")).body] == [here.event["uuid"]]
    assert {showing["event"] for showing in (await who.get("/api/showings")).body} == {here.event["uuid"]}
    assert {showing["bookable"] for showing in (await who.get("/api/showings")).body} == {role in GUESTS, False}
    assert [device["uuid"] for device in (await who.get("/api/devices")).body] == [here.ids["devices"]]
    for path in ("/events", f"/events/{here.event['uuid']}", "/admin", "/admin/account"):
        page = await who.get(path)
        assert page.status in (200, 303)
        assert not [name for name in there.names if name in page.raw]
    for path in ("/api/tickets", "/api/waiting", "/api/scans"):
        answer = await who.get(path)
        is_asked_which = role in GUESTS or path == "/api/scans"
        assert answer.status == 422 if is_asked_which else answer.status in (403, 422)
        assert list(answer.body["errors"]) == ["event"]


@pytest.mark.gen_test
async def test_one_with_two_roles_acts_in_each_event_by_its_own(api: Api) -> None:
    here, there = await make_night(api, "Our night", "Grace"), await make_night(api, "Their night", "Hedy")
    third = await make_night(api, "Third night", "Mary")
    who = await staff(api, "sam", **{here.event["uuid"]: BOX_OFFICE, there.event["uuid"]: VIEWER})
    assert (await who.get(f"/api/tickets/{here.ids['tickets']}")).status == 200
    assert (await who.get(f"/api/tickets/{there.ids['tickets']}")).status == 403
    assert (await who.get(f"/api/tickets/{third.ids['tickets']}")).status == 404
    assert {event["uuid"] for event in (await who.get("/api/events")).body} == {
        here.event["uuid"],
        there.event["uuid"],
    }
    me = (await who.get("/api/me")).body
    assert (me["scopes"], {each["role"] for each in me["events"]}) == ([], {BOX_OFFICE, VIEWER})
