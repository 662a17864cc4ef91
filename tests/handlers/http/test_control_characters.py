"""Characters that steer a page, a printer or a terminal: refused in every text of every body, and nothing is kept."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from hub.app import Hub
from tests.api import Api
from tests.jobs.second_hub import everything_kept

STEERING = {"NUL": "\0", "escape": "\x1b[2J", "next line": "\x85", "line separator": "\u2028", "delete": "\x7f"}
BEGINNING = "Qx7 was here"
"""With spaces: no token, and nothing in base64, has it by chance."""
MARK = BEGINNING + "{}Zk9"
"""What a text is replaced by: a steering character between letters that are found again wherever they are kept."""


def event_body() -> dict[str, Any]:
    return {
        "name": "Late show",
        "venue": "Mill",
        "timezone": "Europe/Paris",
        "starts_at": "2026-12-24T20:00:00Z",
        "ends_at": "2026-12-25T02:00:00Z",
        "reentry": "single",
        "booking": "open",
        "confirm": "ID seen?",
        "exit_all_at": "05:00",
        "contact": {"email": "ada@example.org", "phone": "+33 1 23 45", "url": "https://example.org/"},
        "zones": [{"name": "Balcony"}],
        "doors": [{"name": "North", "into": "Balcony", "products": ["VIP"], "opens_at": "2026-12-24T20:00:00Z"}],
        "products": [
            {"name": "VIP", "notice": "Band", "confirm": "Ok?", "prices": [{"name": "Full", "currency": "EUR"}]}
        ],
        "showings": [{"date": "2026-12-24", "time": "21:00", "capacity": 5}],
    }


def bodies(event: Any) -> dict[str, tuple[str, Any]]:
    """One body for each way in: its path, and the body with all its texts."""
    when = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30"}
    buyer = {"name": "Ada Lovelace", "phone_number": "0123456"}
    details = {"notice": "Wheelchair", "fields": {"Diet": "none"}}
    seat = {"seat": {"block": "A", "row": "1", "seat": "2"}}
    guest = {"first_name": "Ada", "last_name": "L", "product": "VIP", "price": "Full", **details, **seat}
    return {
        "event": ("/api/events", event_body()),
        "showing": (f"/api/events/{event['uuid']}/showings", {"date": "2026-12-24", "time": "22:00", "capacity": 5}),
        "ticket": ("/api/tickets", {**when, **buyer, **details, **seat, "product": "VIP", "price": "Full"}),
        "reservation": ("/api/reservations", {**when, **buyer, **details, "email": "a@b.org", "tickets": [guest]}),
        "device": (
            "/api/devices",
            {"name": "Gate", "event": event["uuid"], "door": event["doors"][0]["id"], "app": "scanner"},
        ),
        "user": ("/api/users", {"username": "ada", "password": "long enough indeed", "role": "viewer"}),
        "key": ("/api/keys", {"name": "Script", "scopes": ["scan"]}),
        "webhook": ("/api/webhooks", {"url": "https://example.org/", "kinds": ["ticket.booked"], "secret": "s" * 20}),
        "wave": (
            f"/api/events/{event['uuid']}/wallet/waves",
            {"percent": 5, "letter": {"text": "Hi", "subject": "Hi"}},
        ),
        "recount": (f"/api/events/{event['uuid']}/recount", {"inside": 5, "reason": "by hand", "zone": None}),
    }


def places(body: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every text in a body, of names of free fields too."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from places(value, (*at, name))
    elif isinstance(body, list):
        for n, value in enumerate(body):
            yield from places(value, (*at, n))
    elif isinstance(body, str):
        yield at


def replaced(body: Any, place: tuple[Any, ...], text: str) -> Any:
    """Return the body with another text at that place."""
    changed = inner = deepcopy(body)
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = text
    return changed


NOT_SHOWN = {"secret", "password"}
"""Texts that are kept as hashes or sealed and shown to no one: all characters are good."""


@pytest.mark.parametrize("steering", STEERING.values(), ids=STEERING)
@pytest.mark.gen_test
async def test_no_text_of_any_body_keeps_a_steering_character(api: Api, hub: Hub, steering: str) -> None:
    event = await api.make_event()
    text = MARK.format(steering)
    tried = 0
    for name, (path, body) in bodies(event).items():
        good = await api.admin.post(path, body)
        if name == "wave":  # without a mail server only its letter is refused
            assert list(good.body["errors"]) == ["letter"]
        else:
            assert good.status < 300, (name, good.raw)
        for place in places(body):
            if place[-1] in NOT_SHOWN:
                continue
            answer = await api.admin.post(path, replaced(body, place, text))
            assert 400 <= answer.status < 500, (name, place, answer.status, answer.raw)
            tried += 1
        if "fields" in body:
            answer = await api.admin.post(path, {**body, "fields": {text: "none"}})
            assert answer.status == 422, (name, answer.raw)
    assert tried > 50
    assert BEGINNING not in everything_kept(hub)


@pytest.mark.gen_test
async def test_what_changes_a_thing_keeps_no_steering_character_either(api: Api, hub: Hub) -> None:
    event = await api.make_event(zones=[{"name": "Balcony"}])
    gate = await api.make_device(event, may=["force", "undo", "headcount", "search"])
    device = (await gate.get("/api/me")).body["id"]
    (ticket,) = await api.book(event)
    text = MARK.format("\0")
    changes: list[tuple[str, dict[str, Any]]] = [
        *[(f"/api/events/{event['uuid']}", {name: text}) for name in ("name", "venue", "timezone", "confirm")],
        (f"/api/events/{event['uuid']}", {"doors": [{"name": text}]}),
        (f"/api/events/{event['uuid']}", {"zones": [{"name": "Balcony", "id": text}]}),
        (f"/api/events/{event['uuid']}", {"doors": [{"name": "North", "id": text}]}),
        *[(f"/api/devices/{device}", {name: text}) for name in ("name", "door")],
        *[(f"/api/tickets/{ticket['id']}", {name: text}) for name in ("name", "phone_number", "date", "notice")],
        (f"/api/tickets/{ticket['id']}", {"seat": {"row": text}}),
        (f"/api/tickets/{ticket['id']}", {"fields": {"Diet": text}}),
    ]
    for path, body in changes:
        answer = await api.admin.request("PATCH", path, body)
        assert 400 <= answer.status < 500, (path, body, answer.status, answer.raw)
    forced = await gate.scan(ticket["code"], force=True, reason=text)
    assert (forced.status, forced.body["code"]) == (400, "bad_request")
    assert BEGINNING not in everything_kept(hub)


@pytest.mark.parametrize("steering", STEERING.values(), ids=STEERING)
@pytest.mark.gen_test
async def test_questions_and_codes_with_steering_characters_are_answered(api: Api, steering: str) -> None:
    """Queries, searches and codes may hold anything: they are looked for, not kept."""
    event = await api.make_event()
    gate = await api.make_device(event, may=["search"])
    text = MARK.format(steering)
    for answer in (
        await gate.scan(text),
        await gate.post("/scan/check_ticket/", {"qrcode_data": text}),
        await gate.post("/scan/search_ticket/", {"search": text}),
        await gate.post("/scan/batch/", {"scans": [{"qrcode_data": text, "nonce": text, "verdict": text}]}),
        await gate.scan("x", nonce=text),
    ):
        assert answer.status < 500, answer.raw
    quoted = "".join(f"%{byte:02x}" for byte in text.encode())
    for path in (
        *(f"/api/tickets?{name}={quoted}" for name in ("search", "date", "time", "event", "status", "cursor")),
        *(f"/api/scans?{name}={quoted}" for name in ("event", "code", "device", "door", "ticket", "since")),
        f"/api/tickets/{quoted}",
        f"/api/events/{quoted}",
        f"/api/events/{quoted}/report",
        f"/api/devices?event={quoted}",
        f"/scan/{quoted}/pair",
        f"/t/{quoted}",
        f"/book/{quoted}",
    ):
        assert (await api.admin.get(path)).status < 500, path


@pytest.mark.gen_test
async def test_texts_in_any_script_lines_and_emoji_are_kept_as_written(api: Api) -> None:
    name, notice = "夜の部\u3000第一回 🎭", "Bracelet bleu\n👨‍👩‍👧 with\ta child"
    event = await api.make_event(name=name, products=[{"name": "Standard", "notice": notice}])
    assert (event["name"], event["products"][0]["notice"]) == (name, notice)
    (ticket,) = await api.book(event, notice="Familie 👨‍👩‍👧\nمی‌آید", fields={"Menü\u00a0": "végé\u202ftarien"})
    got = (await api.admin.get(f"/api/tickets/{ticket['id']}")).body
    assert got["status"] == "valid"


UNSEEN = ["", " ", "\u200b", "\u3000\u00a0", "\t", "\n", "\u2800", "\u200f\u2060", "\ufe0f", "\U000e0041", "\u3164"]


@pytest.mark.parametrize("name", [*UNSEEN, "Gate \u202e1", "\u2067Gate", "Gate \ufff9 1", "Ga\ufffate\ufffb"])
@pytest.mark.gen_test
async def test_a_thing_has_a_name_that_can_be_seen(api: Api, name: str) -> None:
    event = await api.make_event()
    for path, body in (("/api/events", event_body()), ("/api/devices", {"event": event["uuid"]})):
        refused = await api.admin.post(path, {**body, "name": name})
        assert (refused.status, "name" in refused.body["errors"]) == (422, True)


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory", "posix/Europe/Paris", "right/Europe/Paris"])
@pytest.mark.gen_test
async def test_a_file_beside_the_zones_is_no_time_zone(api: Api, zone: str) -> None:
    refused = await api.admin.post("/api/events", {**event_body(), "timezone": zone})
    assert (refused.status, refused.body["errors"]) == (422, {"timezone": "an IANA name like Europe/Paris"})
