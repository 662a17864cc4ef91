"""Everybody who may come to the hub: one of each kind of credential, good and bad, with what it stands for."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from hub.access.passwords import hash_password
from hub.app import Hub
from hub.clock import SettableClock
from hub.model.access import User
from tests.api import Answer, Api
from tests.handlers.importing import a_file, import_file

PASSWORD = "a long enough password"
RIGHTS = ("force", "over_limit", "undo", "search", "names", "headcount", "sell", "door")
SCOPES = ("tickets:read", "tickets:write", "events:write", "devices:write", "scan", "metrics:read", "relay", "admin")
ALL = frozenset({*SCOPES, "owner"})
ROLES = {"owner": ALL, "organiser": ALL - {"owner"}, "viewer": frozenset({"tickets:read"})}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@dataclass
class Who:
    """Principal of the tests: its credential, and its rights as the tables of booking-api.md have them."""

    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "nobody"
    """nobody, key, user, device, ticket, bad (any request that looks at it is refused), archived, no csrf."""
    scopes: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    event: str | None = None
    ticket: str | None = None


@dataclass
class Scene:
    """Two events, each with a ticket of a guest's; `people` by name."""

    here: Any
    there: Any
    ticket: Any
    other: Any
    reservation: str
    device: str
    key: str
    webhook: str
    imported: str
    people: dict[str, Who]

    @property
    def names(self) -> tuple[bytes, ...]:
        """Names and phone numbers, which may reach only those who may see them."""
        return b"Lovelace", b"+33 1 23 45 67"


async def set_scene(hub: Hub, api: Api) -> Scene:
    """Make two events, and one of everybody."""
    here, there = await api.make_event(booking="keys"), await api.make_event(name="Another night", booking="keys")
    [ticket], [other] = await api.book(here), await api.book(there)
    reissued = [each["access_token"] for each in (ticket, other)]
    renewed = (await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")).body
    people = {"nobody": Who(), **_bad(), **_tickets(renewed, other, reissued[0], await _expired(hub, api))}
    people |= await _keys(api, here) | await _devices(api, here, there) | await _users(hub, api)
    key = (await api.admin.get("/api/keys")).body[-1]["id"]
    webhook = await api.admin.post(
        "/api/webhooks", {"url": "https://hooks.example.test/", "kinds": ["webhook.deleted"]}
    )
    return Scene(
        here=here,
        there=there,
        ticket=renewed,
        other=other,
        reservation=ticket["reservation"],
        device=(await api.admin.get("/api/devices")).body[0]["uuid"],
        key=key,
        webhook=webhook.body["id"],
        imported=(await import_file(api.admin, here, a_file("x,,")))["id"],
        people=people,
    )


def by_key(key: str) -> dict[str, str]:
    """Return the headers that show a key."""
    return {"Authorization": f"Api-Key {key}"}


def _bad() -> dict[str, Who]:
    return {
        "an unknown key": Who(by_key("0123456789ab.nobody"), "bad"),
        "no key at all": Who(by_key("x"), "bad"),
        "an unknown scheme": Who({"Authorization": "Basic eDp5"}),
        "an unknown cookie": Who({"Cookie": "hub=nobody"}),
    }


async def _expired(hub: Hub, api: Api) -> Any:
    """Return a ticket of a night long past, which its holder may still look at."""
    clock = hub.clock
    assert isinstance(clock, SettableClock)
    now, day = clock.now(), "2026-12-22"
    clock.set(now - timedelta(days=3))
    event = await api.make_event(
        showings=[{"date": day, "time": "20:30", "ends_at": f"{day}T23:00:00+01:00", "capacity": 1}]
    )
    [ticket] = await api.book(event, date=day)
    clock.set(now)
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["expired"]
    return ticket


def _tickets(ticket: Any, other: Any, replaced: str, expired: Any) -> dict[str, Who]:
    def holder(token: str, of: str | None) -> Who:
        return Who({"Authorization": f"Bearer {token}"}, "ticket", ticket=of)

    return {
        "the ticket's holder": holder(ticket["access_token"], ticket["id"]),
        "another ticket's holder": holder(other["access_token"], other["id"]),
        "the holder of a replaced ticket": holder(replaced, None),
        "the holder of an expired ticket": holder(expired["access_token"], expired["id"]),
        "an empty token": holder("", None),
    }


async def _keys(api: Api, here: Any) -> dict[str, Who]:
    people = {}
    for scope in SCOPES:
        of_event = {"event": here["uuid"]} if scope == "relay" else {}
        made = (await api.admin.post("/api/keys", {"name": scope, "scopes": [scope], **of_event})).body
        scopes = ALL if scope == "admin" else frozenset({scope})
        people[f"a key with {scope}"] = Who(by_key(made["key"]), "key", scopes)
    ended = (await api.admin.post("/api/keys", {"name": "ended", "scopes": ["admin"]})).body
    await api.admin.post(f"/api/keys/{ended['id']}/revoke")
    return people | {"a revoked key": Who(by_key(ended["key"]), "bad")}


async def _devices(api: Api, here: Any, there: Any) -> dict[str, Who]:
    async def device(event: Any, *may: str, kind: str = "device") -> Who:
        phone = await (api.make_device(event, may=list(may)) if event else _roaming(api))
        assert phone.key is not None
        return Who(by_key(phone.key), kind, frozenset({"scan"}), frozenset(may), event and event["uuid"])

    past = await api.make_event(starts_at="2026-12-22T20:00:00Z", ends_at="2026-12-23T02:00:00Z", showings=[])
    people = {
        "a device": await device(here),
        **{f"a device that may {right}": await device(here, right) for right in RIGHTS},
        "a device that may all": await device(here, *RIGHTS),
        "a device of another event": await device(there, *RIGHTS),
        "a device of all events": await device(None),
        "a device of an event long past": await device(past, *RIGHTS, kind="bad"),
        "an archived device": await device(here, *RIGHTS, kind="archived"),
    }
    told = await api.get("/scan/test_api", **people["an archived device"].headers)
    await api.admin.post(f"/api/devices/{told.body['device_info']['uuid']}/archive")
    return people


async def _roaming(api: Api) -> Api:
    made = (await api.admin.post("/api/devices", {"name": "Roaming"})).body
    paired = (await api.get(f"/scan/{made['pairing']['token']}/pair")).body
    return api.with_key(paired["api_key"])


async def _users(hub: Hub, api: Api) -> dict[str, Who]:
    people = {}
    for role, scopes in ROLES.items():
        await keep_user(hub, f"the {role}", role)
        cookie, csrf = await log_in(api, f"the {role}")
        people[f"the {role}"] = Who({"Cookie": cookie, "X-CSRF-Token": csrf}, "user", scopes)
        cookie, _ = await log_in(api, f"the {role}")
        people[f"the {role} without the page's proof"] = Who({"Cookie": cookie}, "no csrf", scopes)
    cookie, csrf = await log_in(api, "the owner")
    await api.post("/logout", urlencode({"csrf": csrf}).encode(), Cookie=cookie, **FORM)
    return people | {"a login that has ended": Who({"Cookie": cookie, "X-CSRF-Token": csrf})}


async def keep_user(hub: Hub, username: str, role: Any) -> None:
    """Keep a user straight in the database."""
    now = hub.clock.now()
    user = User(id=f"u-{username}", username=username, password_hash=hash_password(PASSWORD), role=role, created_at=now)
    await hub.store.first_credentials.add_user(user)


async def log_in(api: Api, username: str, password: str = PASSWORD) -> tuple[str, str]:
    """Log in; return the cookie and the token that proves our own pages."""
    form = urlencode({"username": username, "password": password}).encode()
    answer: Answer = await api.post("/login", form, **FORM)
    assert answer.status == 303, answer.raw
    cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
    page = (await api.get("/events", Cookie=cookie)).raw.decode()
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    return cookie, csrf[1]
