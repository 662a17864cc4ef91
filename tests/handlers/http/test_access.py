"""Access rules: every path, with every kind of credential, over real HTTP, against the table (booking-api.md, who may).

A path and its rules are one entry of `handlers/routes/`. What its rule says in words
(`but`) is told to this test in `NARROWED`.

What is walked: each path and method of the table, where there is nothing by that id and where there is something, by
everybody of `credentials.py` whom something tells apart on that path: each scope and each role; at the door, and where
`NARROWED` looks at them, each device with its rights and its event; where a ticket opens the path, each ticket's
holder, one of a replaced and one of an expired ticket, and no token at all. Those whom nothing tells apart there (keys
that are no good; who shows nothing that we know; logins without the page's proof; devices outside the door) take turns,
so that each of them comes by on every few paths. That a refusal does not tell what is there is asked of the first of
each kind (keys, users, devices, tickets).
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from urllib.parse import urlencode

import pytest

from handlers.api.operations import HealthHandler
from handlers.http.access import Rule, anybody
from handlers.pages.admin import SECTIONS
from handlers.routes.route import Route, has_method
from handlers.routes.table import ROUTES
from hub.app import Hub
from hub.rate_limit import RateLimiter
from tests.api import Answer, Api
from tests.docs.access_page import PAGE, page
from tests.handlers.credentials import PASSWORD, Scene, Who, set_scene
from tests.handlers.http_client import Wire

NOWHERE = "00000000-0000-4000-8000-000000000000"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

ENDS = ("/api/me/logins/end", "/logout")
"""What ends logins, in an order in which each of them is asked by logins that are good, or need not be."""
LOGINS = ("user", "no csrf")
"""Logins of people; one without the page's proof reads alike."""
NARROWED: dict[str, Callable[[Who, str | None], bool]] = {
    "/scan/undo": lambda who, _: who.kind != "device" or "undo" in who.may,
    "/scan/headcount": lambda who, _: who.kind != "device" or "headcount" in who.may,
    "/scan/door": lambda who, _: "door" in who.may,
    "/scan/sales": lambda who, _: "sell" in who.may,
    "/scan/manifest": lambda who, _: who.event is not None,
    "/scan/search_ticket": lambda who, _: "search" in who.may or bool({"tickets:read", "admin"} & who.scopes),
    "/scan/list_tickets": lambda who, _: "search" in who.may or bool({"tickets:read", "admin"} & who.scopes),
    "/scan/batch": lambda who, _: True,
    "/api/relay/tickets": lambda who, _: True,
    "/api/relay/journal": lambda who, _: True,
    "/api/relay/status": lambda who, _: True,
    "/relay": lambda who, _: True,
    "/api/me/password": lambda who, _: who.kind == "user",
    "/api/me/account": lambda who, _: who.kind in LOGINS,
    "/api/me/email": lambda who, _: who.kind in LOGINS,
    "/api/me/email/verify": lambda who, _: who.kind in LOGINS,
    **{
        f"/api/me/{path}": lambda who, _: who.kind in LOGINS
        for path in ("logins/end", "totp", "totp/confirm", "totp/off", "recovery_codes", "passkeys/options", "passkeys")
    },
    "/api/me/passkeys/([^/]+)": lambda who, _: who.kind in LOGINS,
    "/second-factor": lambda who, _: who.kind in LOGINS,
    "/verify": lambda who, _: who.kind in LOGINS,
    "/password": lambda who, _: who.kind == "user",
    "/tickets/([^/]+)/google": lambda who, _: True,  # where an account is configured
    "/admin": lambda who, _: who.kind == "user" or "events:write" in who.scopes,
    "/admin/([^/]+)": lambda who, event: event is None or "events:write" in who.scopes,  # the first page
    "/admin/([^/]+)/([^/]+)": lambda who, _: True,  # where there is such a page
    "/api/events/([^/]+)/live": lambda who, event: who.event in (None, event),
}
"""Of whom the table admits, whom the rules behind it let through, by the event that the path names."""


def test_every_path_and_method_has_its_rule_and_no_rule_is_left_over() -> None:
    for route in ROUTES:
        assert route.rules.keys() == {method for method in METHODS if has_method(route.handler, method)}, route.path
    assert len({route.path for route in ROUTES}) == len(ROUTES)


def test_a_path_without_a_rule_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="/healthz"):
        Route("/healthz", HealthHandler)
    with pytest.raises(ValueError, match="/healthz"):
        Route("/healthz", HealthHandler, GET=anybody(), POST=anybody())


def test_the_page_of_who_may_what_says_what_the_table_says() -> None:
    assert PAGE.read_text() == page(), "write it anew: python -m tests.docs.access_page"


@pytest.mark.gen_test
async def test_event_that_is_closed_is_to_strangers_like_one_that_there_is_not(api: Api) -> None:
    event = await api.make_event()
    gate, other = await api.make_device(event), await api.make_device(await api.make_event())
    path = f"/api/events/{event['uuid']}"
    assert (await api.get(path)).body["name"] == "Winter concert"
    await api.admin.post(f"{path}/close")
    api.headers["X_Request_ID"] = "the-same"
    nowhere = await api.get(f"/api/events/{NOWHERE}")
    assert (nowhere.status, nowhere.raw) == (401, (await api.get(path)).raw)
    assert [(await who.get(path)).status for who in (gate, other, api.admin)] == [200, 404, 200]


@pytest.mark.gen_test
async def test_device_that_checks_in_by_hand_learns_no_name_of_another_event(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    other = await api.make_device(await api.make_event(), may=["search"])
    for path in ("/scan/check_ticket/", "/scan/ticket/"):
        answer = await other.post(path, {"ticket_uuid": ticket["id"]})
        assert (answer.status, answer.body["code"]) == (406, "wrong_event")
        assert b"Lovelace" not in answer.raw


@pytest.mark.gen_test
async def test_every_path_lets_in_whom_the_table_names_and_nobody_else(hub: Hub, api: Api) -> None:
    hub.limits.bad_keys = RateLimiter(1_000_000, time.monotonic)
    scene = await set_scene(hub, api)
    wire = Wire(api.url)
    try:
        asked = list(walk(wire, scene))
        assert {each.name for each in asked} == scene.people.keys()
        ends = sorted((each for each in asked if each.path in ENDS), key=lambda each: ENDS.index(each.path))
        assert await wrong_of([each for each in asked if each not in ends]) == []
        for each in ends:
            assert await each.wrong() == []
    finally:
        await wire.close()


def walk(wire: Wire, scene: Scene) -> Iterator["Asked"]:
    """Yield what is asked: of those alike on a path one, by turns."""
    turns: Counter[Hashable] = Counter()
    for path in paths():
        alike: dict[Hashable, list[Asked]] = {}
        for person in scene.people.items():
            each = Asked(wire, scene, path, person)
            alike.setdefault(each.alike, []).append(each)
        kinds = set[str]()
        for like, members in alike.items():
            each = members[turns[like] % len(members)]
            turns[like] += 1
            each.is_first = each.who.kind not in kinds
            kinds.add(each.who.kind)
            yield each


async def wrong_of(asked: Iterable["Asked"]) -> list[str]:
    return [text for texts in await asyncio.gather(*[each.wrong() for each in asked]) for text in texts]


def paths() -> Iterator[tuple[str, str, Rule]]:
    for route in ROUTES:
        for method, rule in route.rules.items():
            yield route.path, method, rule


class Asked:
    """One path and method, asked by one credential: what should come of it, and what comes."""

    def __init__(self, wire: Wire, scene: Scene, path: tuple[str, str, Rule], person: tuple[str, Who]) -> None:
        self.wire, self.scene = wire, scene
        self.path, self.method, self.rule = path
        self.name, self.who = person
        self.is_first = True

    @property
    def alike(self) -> Hashable:
        """Key of the principals that this path treats alike."""
        rule, who = self.rule, self.who
        if who.kind == "no csrf" and self.method == "GET":
            return "user", who.scopes
        if who.kind == "ticket" and rule.holder:
            return self.name
        if who.kind == "device" and (self.path.startswith("/scan") or self.path in NARROWED):
            return self.name
        if who.kind == "device" and admits_devices(rule):
            return who.kind, who.event
        return (who.kind, who.scopes) if who.kind in ("key", "user") else who.kind

    async def wrong(self) -> list[str]:
        """Return what is not as the table has it, in words."""
        if not self.is_first and self.expected(is_there=True) == self.expected(is_there=False) == "refused":
            there = await self.ask(self.fill(self.real()))
            return [] if there.status in REFUSALS else [self.say(there, "where it is")]
        nowhere = await self.ask(self.fill(dict.fromkeys(REAL, NOWHERE)))
        wrong = [] if self.is_right(nowhere.status) else [self.say(nowhere, "where nothing is")]
        if self.rule.holder and self.who.ticket is not None:
            own = await self.ask(self.fill(self.real() | {"tickets": self.who.ticket}))
            wrong += [] if own.status < 500 and own.status not in REFUSALS else [self.say(own, "for their own ticket")]
        if self.expected(is_there=True) == "refused":
            there = await self.ask(self.fill(self.real())) if "[" in self.path else nowhere
            if self.expected(is_there=False) == "refused" and told(there, nowhere) != told(nowhere, nowhere):
                wrong.append(self.say(there, "tells that it is there"))
            wrong += [] if there.status in REFUSALS else [self.say(there, "where it is")]
        elif self.method == "GET" and not self.path.endswith("/live"):
            there = await self.ask(self.fill(self.real())) if "[" in self.path else nowhere
            wrong += [] if there.status < 400 or not self.is_plain else [self.say(there, "where it is")]
            if any(name in there.raw for name in self.scene.names) and not self.may_see_names:
                wrong.append(self.say(there, "tells a guest's name"))
        return wrong

    def say(self, answer: Answer, where: str) -> str:
        return f"{self.method} {self.path} by {self.name} {where}: {answer.status} {answer.raw[:120]!r}"

    # --- what should come of it ----------------------------------------------------------------------------------

    def is_right(self, status: int) -> bool:
        match self.expected(is_there=False):
            case "any":
                return status < 500
            case "refused":
                return status in REFUSALS
            case _:
                return status not in (401, 403) and status < 500

    def expected(self, *, is_there: bool) -> str:
        rule, who = self.rule, self.who
        if not rule.is_asked:
            return "any" if rule.but else "allowed"
        if who.kind == "bad" or (who.kind == "archived" and self.path != "/scan/batch"):
            return "refused"
        if who.kind == "no csrf" and self.method != "GET":
            return "refused"
        if who.kind == "ticket" and rule.holder:
            return "allowed" if is_there and who.ticket == self.scene.ticket["id"] else "refused"
        if who.kind in ("nobody", "ticket"):
            return "allowed" if rule.is_open and (is_there or self.path != "/api/events/([^/]+)") else "refused"
        event = self.scene.here["uuid"] if is_there else None
        admitted = rule.is_keyed and (not rule.scopes or bool(who.scopes & {*rule.scopes}))
        return "allowed" if admitted and is_let_through(self.path, who, event) else "refused"

    @property
    def is_plain(self) -> bool:
        """Whether the handler narrows nothing by what is asked for."""
        return self.rule.is_asked and self.path not in NARROWED and self.path not in ("/login", "/logout")

    @property
    def may_see_names(self) -> bool:
        who = self.who
        return (
            bool({"tickets:read", "relay"} & who.scopes)
            or who.ticket == self.scene.ticket["id"]
            or (self.path == "/scan/manifest" and "names" in who.may)
        )

    # --- asking --------------------------------------------------------------------------------------------------

    def real(self) -> dict[str, str]:
        scene = self.scene
        guest = (scene.ticket["id"], scene.reservation)
        ids = (*guest, scene.key, scene.here["uuid"], scene.device, scene.webhook, scene.imported, next(iter(SECTIONS)))
        return dict(zip(REAL, ids, strict=True))

    def fill(self, ids: dict[str, str]) -> str:
        family = next((name for name in REAL if name in self.path.split("/")), "tickets")
        path = self.path.replace("([^/]+)", ids[family]).replace("(.+)", "css/tokens.css")
        return re.sub(r"\(([^|)]+)[^)]*\)", r"\1", path) or "/"

    async def ask(self, path: str) -> Answer:
        body = None if self.method in ("GET", "HEAD") else b"{}"
        headers = self.who.headers | {"X-Request-ID": "the-same"}
        if self.path == "/login" and self.method == "POST":
            body, headers = (
                urlencode({"username": "the owner", "password": PASSWORD}).encode(),
                headers | {"Content-Type": "application/x-www-form-urlencoded"},
            )
        return await self.wire.ask(self.method, path, body, headers)


REAL = ("tickets", "reservations", "keys", "events", "devices", "webhooks", "imports", "admin")
"""What paths name by an id; the administration its pages."""
REFUSALS = (401, 403, 303)


def admits_devices(rule: Rule) -> bool:
    """Whether a device's own scope will do."""
    return not rule.scopes or "scan" in rule.scopes


def is_let_through(path: str, who: Who, event: str | None) -> bool:
    """Whether the rules behind the table let through an admitted principal."""
    return path not in NARROWED or NARROWED[path](who, event)


def told(answer: Answer, like: Answer) -> tuple[int, bytes]:
    """Return what an answer tells; where a login would lead back to names the path that was asked for."""
    return answer.status, b"" if like.status == 303 else answer.raw
