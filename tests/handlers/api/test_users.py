"""Users over REST: who decides on them, what they may, and that a change ends their logins everywhere at once."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from hub.access.login_limits import LoginLimits
from hub.access.logins import IDLE_FOR, LASTS
from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import Conflict
from hub.live.protocol import CloseCode
from hub.model.journal import HUB_STREAM
from hub.vault import TokenPurpose
from tests.api import ADMIN_KEY, Answer, Api
from tests.eventually import PATIENCE_S
from tests.handlers.credentials import FORM, PASSWORD, log_in

NEW = "another long password"
OWN = "correct horse battery"
RESET = "one that an owner chose"


async def make(api: Api, username: str, role: str, **fields: Any) -> Any:
    answer = await api.admin.post("/api/users", {"username": username, "password": PASSWORD, "role": role, **fields})
    assert answer.status == 201, answer.raw
    return answer.body


async def as_user(api: Api, username: str, password: str = PASSWORD) -> Api:
    """Log in; return the client of that login."""
    cookie, csrf = await log_in(api, username, password)
    return Api(api.url, headers={"Cookie": cookie, "X-CSRF-Token": csrf})


async def try_login(api: Api, username: str, password: str, **headers: str) -> Answer:
    form = urlencode({"username": username, "password": password}).encode()
    return await api.post("/login", form, **FORM, **headers)


async def watch(user: Api) -> WebSocketClientConnection:
    """Open a socket with a login."""
    headers = {"Cookie": user.headers["Cookie"], "Origin": user.url}
    socket = await websocket_connect(HTTPRequest(user.url.replace("http", "ws", 1) + "/live", headers=headers))
    assert b"welcome" in str(await socket.read_message()).encode()
    return socket


async def code_of(socket: WebSocketClientConnection) -> int | None:
    async with asyncio.timeout(PATIENCE_S):
        while await socket.read_message() is not None:
            pass
    socket.close()
    return socket.close_code


# --- making them --------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_user_that_an_owner_makes_can_log_in_and_is_told_who_they_are(api: Api) -> None:
    made = await make(api, "Grace.Hopper@example.org", "viewer")
    assert made == {**made, "username": "grace.hopper@example.org", "role": "viewer", "disabled": False}
    assert "password" not in str(made)
    me = (await (await as_user(api, "grace.hopper@EXAMPLE.org")).get("/api/me")).body
    assert (me["kind"], me["name"], me["scopes"]) == ("user", "grace.hopper@example.org", ["tickets:read"])
    assert [user["username"] for user in (await api.admin.get("/api/users")).body] == [
        "organiser",
        "grace.hopper@example.org",
    ]


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("field", "value"),
    [("username", "two words"), ("username", ""), ("password", "short"), ("role", "king"), ("role", None)],
)
async def test_user_form_names_the_field_that_is_wrong(api: Api, field: str, value: Any) -> None:
    form = {"username": "grace", "password": PASSWORD, "role": "viewer", field: value}
    answer = await api.admin.post("/api/users", form)
    assert (answer.status, list(answer.body["errors"])) == (422, [field])
    assert len((await api.admin.get("/api/users")).body) == 1


@pytest.mark.gen_test
async def test_of_two_who_take_the_same_name_at_once_one_gets_it(api: Api) -> None:
    form = {"username": "grace", "password": PASSWORD, "role": "viewer"}
    answers = await asyncio.gather(*[api.admin.post("/api/users", form) for _ in range(3)])
    assert sorted(answer.status for answer in answers) == [201, 409, 409]


# --- what they may ------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_first_user_is_an_owner_and_an_organisers_login_counts_as_admin_but_decides_on_no_user(api: Api) -> None:
    first = await as_user(api, "organiser", "correct horse battery")
    assert (await first.get("/api/users")).body[0]["role"] == "owner"
    await make(api, "olga", "organiser")
    olga = await as_user(api, "olga")
    assert (await olga.get("/api/keys")).status == 200
    assert (await olga.post("/api/events", {"timezone": "UTC"})).status == 422
    assert (await olga.get("/api/users")).status == 403


@pytest.mark.gen_test
async def test_organiser_makes_and_ends_keys_but_none_that_counts_as_an_owner(api: Api) -> None:
    await make(api, "olga", "organiser")
    olga = await as_user(api, "olga")
    assert (await olga.post("/api/keys", {"name": "all", "scopes": ["admin"]})).status == 403
    made = (await olga.post("/api/keys", {"name": "till", "scopes": ["tickets:write"]})).body
    assert (await olga.post(f"/api/keys/{made['id']}/revoke")).body["revoked"] is True
    first = (await api.admin.get("/api/keys")).body[0]
    assert (await olga.post(f"/api/keys/{first['id']}/revoke")).status == 403
    assert (await api.admin.get("/api/keys")).status == 200


@pytest.mark.gen_test
async def test_viewer_sees_events_tickets_and_devices_and_changes_nothing(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    await make(api, "vera", "viewer")
    vera = await as_user(api, "vera")
    assert (await vera.get(f"/api/tickets/{ticket['id']}")).body["name"] == "Ada Lovelace"
    assert event["uuid"] in [each["uuid"] for each in (await vera.get("/api/events")).body]
    assert (await vera.get(f"/events/{event['uuid']}")).status == 200
    assert (await vera.post(f"/api/tickets/{ticket['id']}/cancel")).status == 403
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["status"] == "valid"


# --- changing them ------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
@pytest.mark.parametrize("told", [{"role": "organiser"}, {"password": NEW}, {"disabled": True}], ids=str)
async def test_change_of_a_user_ends_their_logins_and_sockets(api: Api, told: dict[str, Any]) -> None:
    made = await make(api, "vera", "viewer")
    logins = [await as_user(api, "vera") for _ in range(2)]
    socket = await watch(logins[0])
    assert (await api.admin.request("PATCH", f"/api/users/{made['id']}", told)).status == 200
    assert [(await login.get("/api/me")).status for login in logins] == [401, 401]
    assert await code_of(socket) == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_deleted_user_is_out_and_cannot_come_back(api: Api) -> None:
    made = await make(api, "vera", "viewer")
    vera = await as_user(api, "vera")
    socket = await watch(vera)
    assert (await api.admin.request("DELETE", f"/api/users/{made['id']}")).status == 204
    assert (await vera.get("/api/me")).status == 401
    assert await code_of(socket) == CloseCode.NO_LONGER_ALLOWED
    assert (await try_login(api, "vera", PASSWORD)).status == 401
    assert (await api.admin.request("DELETE", f"/api/users/{made['id']}")).status == 404


@pytest.mark.gen_test
async def test_change_that_changes_nothing_ends_no_login(api: Api) -> None:
    made = await make(api, "vera", "viewer")
    vera = await as_user(api, "vera")
    assert (await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "viewer"})).status == 200
    assert (await vera.get("/api/me")).status == 200


@pytest.mark.gen_test
async def test_last_owner_can_be_neither_deleted_nor_demoted_nor_disabled(api: Api) -> None:
    (first,) = (await api.admin.get("/api/users")).body
    path = f"/api/users/{first['id']}"
    asked = [
        await api.admin.request("DELETE", path),
        await api.admin.request("PATCH", path, {"role": "organiser"}),
        await api.admin.request("PATCH", path, {"disabled": True}),
    ]
    assert [(answer.status, answer.body["code"]) for answer in asked] == [(409, "last_owner")] * 3
    second = await make(api, "second", "owner")
    await api.admin.request("PATCH", f"/api/users/{second['id']}", {"disabled": True})
    assert (await api.admin.request("DELETE", path)).status == 409


@pytest.mark.gen_test
async def test_of_two_owners_who_demote_each_other_at_once_one_is_left(api: Api) -> None:
    pair = [await make(api, name, "owner") for name in ("ann", "bob")]
    (first,) = [user for user in (await api.admin.get("/api/users")).body if user["username"] == "organiser"]
    demote = [api.admin.request("PATCH", f"/api/users/{user['id']}", {"role": "viewer"}) for user in [first, *pair]]
    assert sorted(answer.status for answer in await asyncio.gather(*demote)) == [200, 200, 409]
    for user in (await api.admin.get("/api/users")).body:  # as the next test expects it
        await api.admin.request("PATCH", f"/api/users/{user['id']}", {"role": "owner"})


# --- the keys they made -------------------------------------------------------------------------------------------


async def make_key(by: Api, *scopes: str) -> tuple[str, Api]:
    """Make a key; return its id and the client that shows it."""
    made = await by.post("/api/keys", {"name": "till", "scopes": list(scopes)})
    assert made.status == 201, made.raw
    return made.body["id"], Api(by.url, made.body["key"])


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({"role": "organiser"}, ["tickets:read", "tickets:write"]),
        ({"role": "viewer"}, ["tickets:read"]),
        ({"disabled": True}, []),
        ({"password": NEW}, ["admin", "tickets:read", "tickets:write"]),
        (None, []),
    ],
    ids=["made an organiser", "made a viewer", "disabled", "new password", "deleted"],
)
async def test_keys_that_a_user_made_keep_no_right_that_their_maker_loses(
    api: Api, hub: Hub, told: dict[str, Any] | None, left: list[str]
) -> None:
    made = await make(api, "ada", "owner")
    ada = await as_user(api, "ada")
    keys = {scope: await make_key(ada, scope) for scope in ("admin", "tickets:read", "tickets:write")}
    before = (await hub.store.journal.stream(HUB_STREAM)).seq  # type: ignore[union-attr]
    for _, key in keys.values():
        assert (await key.get("/api/me")).status == 200
    changed = await api.admin.request("DELETE" if told is None else "PATCH", f"/api/users/{made['id']}", told)
    assert changed.status == (204 if told is None else 200)
    if told is not None:
        assert (changed.body["keys"], changed.body["keys_revoked"]) == (len(left), 3 - len(left))
    assert [scope for scope, (_, key) in keys.items() if (await key.get("/api/me")).status == 200] == left
    told_of = [entry.data["id"] for entry in await hub.store.journal.read(HUB_STREAM, before) if "key" in entry.kind]
    assert sorted(told_of) == sorted(key_id for scope, (key_id, _) in keys.items() if scope not in left)


@pytest.mark.gen_test
async def test_key_that_a_key_made_ends_with_the_user_behind_both(api: Api) -> None:
    made = await make(api, "ada", "owner")
    first_id, first = await make_key(await as_user(api, "ada"), "admin")
    second_id, second = await make_key(first, "scan")
    assert {key["made_by"] for key in (await api.admin.get("/api/keys")).body[-2:]} == {made["id"]}
    await api.admin.post(f"/api/keys/{first_id}/revoke")
    assert (await second.get("/api/me")).status == 200
    changed = await api.admin.request("PATCH", f"/api/users/{made['id']}", {"disabled": True})
    assert (changed.body["keys"], changed.body["keys_revoked"]) == (0, 1)
    assert (await second.get("/api/me")).status == 403
    again = await api.admin.request("PATCH", f"/api/users/{made['id']}", {"disabled": False})
    assert again.body["keys_revoked"] == 0 and (await second.get("/api/me")).status == 403
    assert (await api.admin.post(f"/api/keys/{second_id}/revoke")).body["revoked"] is True


@pytest.mark.gen_test
async def test_socket_of_a_key_closes_when_its_maker_is_demoted(api: Api) -> None:
    made = await make(api, "olga", "organiser")
    _, key = await make_key(await as_user(api, "olga"), "events:write")
    headers = {"Authorization": f"Api-Key {key.key}"}
    socket = await websocket_connect(HTTPRequest(api.url.replace("http", "ws", 1) + "/live", headers=headers))
    assert "welcome" in str(await socket.read_message())
    await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "viewer"})
    assert await code_of(socket) == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_no_key_slips_through_while_its_maker_is_demoted(api: Api) -> None:
    """Whichever of the two comes first: a key that is good afterwards would have outlived its maker's right."""
    made = await make(api, "olga", "organiser")
    for _ in range(4):
        olga = await as_user(api, "olga")
        demote = api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "viewer"})
        form = {"name": "till", "scopes": ["tickets:write"]}
        *keys, demoted = await asyncio.gather(*(olga.post("/api/keys", form) for _ in range(3)), demote)
        if demoted.status == 409:
            demoted = await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "viewer"})
        assert demoted.status == 200
        shown = [Api(api.url, key.body["key"]) for key in keys if key.status == 201]
        assert all([(await key.get("/api/me")).status == 403 for key in shown])
        await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "organiser"})


# --- oneself ------------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_own_password_is_changed_with_the_old_one_and_ends_all_logins(api: Api) -> None:
    await make(api, "vera", "viewer")
    vera, elsewhere = await as_user(api, "vera"), await as_user(api, "vera")
    wrong = await vera.post("/api/me/password", {"old": "not this one", "new": NEW})
    assert (wrong.status, wrong.body["errors"]) == (422, {"old": "is not your password"})
    assert (await vera.post("/api/me/password", {"old": PASSWORD, "new": "short"})).status == 422
    assert (await vera.post("/api/me/password", {"old": PASSWORD, "new": NEW})).status == 204
    assert [(await each.get("/api/me")).status for each in (vera, elsewhere)] == [401, 401]
    assert (await try_login(api, "vera", PASSWORD)).status == 401
    assert (await (await as_user(api, "vera", NEW)).get("/api/me")).status == 200


@pytest.mark.gen_test
async def test_guessing_the_old_password_with_a_stolen_login_is_slowed_down(api: Api, hub: Hub) -> None:
    made = await make(api, "vera", "viewer")
    vera = await as_user(api, "vera")
    for _ in range(hub.settings.failed_logins_per_account_per_min):
        hub.limits.passwords.count(made["id"])
    assert (await vera.post("/api/me/password", {"old": PASSWORD, "new": NEW})).status == 429


@pytest.mark.gen_test
async def test_a_key_has_no_password_to_change(api: Api) -> None:
    assert (await api.admin.post("/api/me/password", {"old": PASSWORD, "new": NEW})).status == 403


# --- logging in ---------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_login_answers_alike_for_nobody_a_wrong_password_and_somebody_disabled(api: Api) -> None:
    made = await make(api, "vera", "viewer")
    await make(api, "vero", "viewer")
    await api.admin.request("PATCH", f"/api/users/{made['id']}", {"disabled": True})
    tries = [("vera", PASSWORD), ("vero", NEW), ("veri", PASSWORD)]
    answers = [await try_login(api, *each) for each in tries]
    assert {answer.status for answer in answers} == {401}
    told = {answer.raw.replace(name.encode(), b"") for (name, _), answer in zip(tries, answers, strict=True)}
    assert len(told) == 1


@pytest.mark.gen_test
async def test_many_wrong_passwords_at_once_are_as_limited_as_one_by_one(api: Api, hub: Hub) -> None:
    limit = hub.settings.failed_logins_per_account_per_min
    answers = await asyncio.gather(*[try_login(api, "organiser", "wrong") for _ in range(limit + 5)])
    assert sorted(answer.status for answer in answers).count(401) <= limit + 1


@pytest.mark.gen_test
async def test_login_lasts_as_long_as_it_is_used_but_no_longer_than_a_week(api: Api, clock: SettableClock) -> None:
    await make(api, "vera", "viewer")
    vera, idle, began = await as_user(api, "vera"), await as_user(api, "vera"), clock.now()
    step = IDLE_FOR - timedelta(minutes=1)
    while clock.now() + step < began + LASTS:
        clock.set(clock.now() + step)
        assert (await vera.get("/api/me")).status == 200, clock.now() - began
    assert (await idle.get("/api/me")).status == 401
    clock.set(began + LASTS)
    assert (await vera.get("/api/me")).status == 401


@pytest.fixture
def few_tries(hub: Hub) -> int:
    """How often a password may be tried while no time passes: the hub is behind a proxy that tells addresses."""
    few = 3
    told = {"trusted_proxies": ("127.0.0.1",), "failed_logins_per_account_per_min": few}
    hub.settings = msgspec.structs.replace(hub.settings, **told)
    hub.limits.logins = LoginLimits(hub.settings, hub.vault.token_key(TokenPurpose.BROWSER), lambda: 0.0)
    return few


async def lock_out(api: Api, tries: int, **headers: str) -> None:
    """Try wrong passwords until no more are taken."""
    for _ in range(tries):
        assert (await try_login(api, "organiser", "wrong", **headers)).status == 401
    assert (await try_login(api, "organiser", OWN, **headers)).status == 429


@pytest.mark.gen_test
async def test_stranger_who_guesses_locks_out_nobody_but_their_own_address(api: Api, few_tries: int) -> None:
    await lock_out(api, few_tries, X_Forwarded_For="192.0.2.66")
    assert (await try_login(api, "organiser", OWN, X_Forwarded_For="192.0.2.1")).status == 303


@pytest.mark.gen_test
async def test_browser_that_has_logged_in_before_gets_in_from_the_address_of_one_who_guesses(
    api: Api, hub: Hub, few_tries: int
) -> None:
    before = await try_login(api, "organiser", OWN)
    cookies = [cookie.partition(";")[0] for cookie in before.headers.get_list("Set-Cookie")]
    (known,) = [cookie for cookie in cookies if cookie.startswith("hub-known=")]
    assert (await api.get("/api/me", Cookie=known)).status == 401  # it is no login
    await lock_out(api, few_tries)
    assert (await try_login(api, "organiser", OWN, Cookie=known)).status == 303
    # A proof of somebody else's, or a made-up one, counts for nothing.
    await make(api, "vera", "viewer")
    for _ in range(few_tries):
        hub.limits.logins.of_account.count("vera 127.0.0.1")
    for cookie in (known, "hub-known=x.y", "hub-known=", "hub-known=%C3%A9.\xe9"):
        assert (await try_login(api, "vera", PASSWORD, Cookie=cookie)).status == 429


@pytest.mark.gen_test
async def test_known_browser_guesses_no_faster_than_anybody_else(api: Api, few_tries: int) -> None:
    before = await try_login(api, "organiser", OWN)
    known = before.headers.get_list("Set-Cookie")[-1].partition(";")[0]
    await lock_out(api, few_tries, Cookie=known)


@pytest.mark.gen_test
async def test_proof_of_our_own_pages_is_checked_whatever_characters_are_sent(api: Api) -> None:
    await make(api, "vera", "viewer")
    vera = await as_user(api, "vera")
    cookie = {"Cookie": vera.headers["Cookie"], **FORM}
    right = vera.headers["X-CSRF-Token"]
    for wrong in ("", right[:-1], right + "x", "é" * 24, "\U0001f511"):
        sent = urlencode({"csrf": wrong}).encode()
        assert (await api.post("/logout", sent, **cookie)).status == 403, wrong
    assert (await api.post("/logout", b"csrf=%ff%fe", **cookie)).status == 400  # no text at all
    assert (await api.post("/logout", b"", X_CSRF_Token="\xe9\xff", **cookie)).status == 403
    assert (await api.post("/logout", urlencode({"csrf": right}).encode(), **cookie)).status == 303


@pytest.mark.gen_test
async def test_socket_with_a_bad_key_counts_as_a_request_with_one_and_is_refused_alike(api: Api, hub: Hub) -> None:
    async def first_frame(key: str) -> dict[str, Any]:
        headers = {"Authorization": f"Api-Key {key}"}
        socket = await websocket_connect(HTTPRequest(api.url.replace("http", "ws", 1) + "/live", headers=headers))
        frame: dict[str, Any] = msgspec.json.decode(str(await socket.read_message()))
        socket.close()
        return frame

    for _ in range(hub.settings.bad_keys_per_min - 1):
        hub.limits.bad_keys.take("127.0.0.1")
    bad = "0123456789ab." + "x" * 40
    assert (await first_frame(bad))["code"] == "bad_key"
    assert (await first_frame(bad))["code"] == "slow_down"
    assert (await api.with_key(bad).get("/api/me")).status == 429
    assert (await first_frame(ADMIN_KEY))["type"] == "welcome"


# --- on record ----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_changes_of_users_and_keys_are_journaled_by_id_without_names_or_secrets(api: Api, hub: Hub) -> None:
    stream = await hub.store.journal.stream(HUB_STREAM)
    before = stream.seq if stream is not None else 0
    made = await make(api, "vera", "viewer")
    await api.admin.request("PATCH", f"/api/users/{made['id']}", {"password": NEW})
    await api.admin.request("DELETE", f"/api/users/{made['id']}")
    key = (await api.admin.post("/api/keys", {"name": "till", "scopes": ["scan"]})).body
    await api.admin.post(f"/api/keys/{key['id']}/revoke")
    by = (await api.admin.get("/api/me")).body["id"]
    entries = await hub.store.journal.read(HUB_STREAM, before)
    assert [(entry.kind, entry.data) for entry in entries] == [
        ("user.created", {"id": made["id"], "by": by}),
        ("user.changed", {"id": made["id"], "by": by, "changed": ["password"]}),
        ("user.deleted", {"id": made["id"], "by": by}),
        ("key.created", {"id": key["id"], "by": by}),
        ("key.revoked", {"id": key["id"], "by": by}),
    ]


# --- a first password ---------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_password_that_the_hub_made_lets_in_to_choose_another_and_to_nothing_else(api: Api) -> None:
    event = await api.make_event()
    made = (await api.admin.post("/api/users", {"username": "vera", "role": "organiser"})).body
    assert (made["must_change"], made["last_login_at"], len(made["password"]) > 20) == (True, None, True)
    answer = await try_login(api, "vera", made["password"])
    cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
    first = Api(api.url, headers={"Cookie": cookie})
    for path in ("/events", "/admin", "/admin/users", f"/events/{event['uuid']}", "/design"):
        page = await first.get(path)
        assert (page.status, page.headers["Location"]) == (303, f"/password?next={quote(path, safe='')}")
    for path in ("/api/tickets", "/api/devices", f"/api/events/{event['uuid']}/stats", "/api/keys", "/metrics"):
        assert ((refused := await first.get(path)).status, refused.body["code"]) == (403, "password_change")
    assert "doors" not in (await first.get(f"/api/events/{event['uuid']}")).body
    socket = await watch(first)
    await socket.write_message(f'{{"type": "subscribe", "id": 1, "event": "{event["uuid"]}"}}')
    assert "not_allowed" in str(await socket.read_message())
    socket.close()
    csrf = (await first.get("/api/me")).body["csrf"]
    for wrong in ("short", made["password"], "x" * 1001):
        assert (await choose(first, csrf, wrong)).status == 422
    assert (await choose(first, "", NEW)).status == 403
    chosen = await choose(first, csrf, NEW, next="/admin/users")
    assert (chosen.status, chosen.headers["Location"]) == (303, "/admin/users")
    assert (await first.get("/api/me")).status == 401
    own = Api(api.url, headers={"Cookie": chosen.headers.get_list("Set-Cookie")[0].partition(";")[0]})
    assert (await own.get("/api/keys")).status == 200
    assert (await try_login(api, "vera", made["password"])).status == 401
    assert (await own.get("/password")).status == 303


async def first_cookie(api: Api, username: str) -> str:
    """Log in with a password that has to be changed; return the cookie."""
    return str((await try_login(api, username, PASSWORD)).headers["Set-Cookie"]).partition(";")[0]


async def choose(user: Api, csrf: str, password: str, **fields: str) -> Answer:
    return await user.post("/password", urlencode({"new": password, "csrf": csrf, **fields}).encode(), **FORM)


@pytest.mark.gen_test
async def test_owner_may_ask_that_a_password_is_changed_and_the_api_changes_it_too(api: Api) -> None:
    made = await make(api, "vera", "viewer", must_change=True)
    vera = Api(api.url, headers={"Cookie": str((await try_login(api, "vera", PASSWORD)).headers["Set-Cookie"])})
    vera.headers["X-CSRF-Token"] = (await vera.get("/api/me")).body["csrf"]
    same = await vera.post("/api/me/password", {"old": PASSWORD, "new": PASSWORD})
    assert (same.status, list(same.body["errors"])) == (422, ["new"])
    assert (await vera.post("/api/me/password", {"old": PASSWORD, "new": NEW})).status == 204
    (now,) = [user for user in (await api.admin.get("/api/users")).body if user["id"] == made["id"]]
    assert now["must_change"] is False
    again = await api.admin.request("PATCH", f"/api/users/{made['id']}", {"password": PASSWORD, "must_change": True})
    assert again.body["must_change"] is True
    plain = await api.admin.request("PATCH", f"/api/users/{made['id']}", {"password": NEW})
    assert plain.body["must_change"] is False


@pytest.mark.gen_test
async def test_guessing_the_made_password_at_the_form_for_another_is_slowed_down(api: Api, hub: Hub) -> None:
    made = await make(api, "vera", "viewer", must_change=True)
    vera = Api(api.url, headers={"Cookie": await first_cookie(api, "vera")})
    csrf = (await vera.get("/api/me")).body["csrf"]
    assert (await choose(vera, csrf, "short")).status == 422
    for _ in range(hub.settings.failed_logins_per_account_per_min):
        hub.limits.passwords.count(made["id"])
    slowed = await choose(vera, csrf, NEW)
    assert (slowed.status, int(slowed.headers["Retry-After"]) > 0) == (429, True)
    assert (await try_login(api, "vera", NEW)).status == 401


@pytest.mark.gen_test
@pytest.mark.parametrize("is_chosen", [True, False])
async def test_login_that_ends_while_its_password_is_checked_changes_no_password(
    api: Api, hub: Hub, is_chosen: bool
) -> None:
    made = await make(api, "vera", "viewer", must_change=True)
    cookie = await first_cookie(api, "vera")
    checked = await hub.logins.by_cookie(cookie.partition("=")[2], hub.clock.now())
    assert checked is not None
    await api.admin.request("PATCH", f"/api/users/{made['id']}", {"password": RESET, "must_change": True})
    with pytest.raises(Conflict):
        if is_chosen:
            await hub.users.choose_password(NEW, checked)
        else:
            await hub.users.change_password({"old": RESET, "new": NEW}, checked)
    assert [(await try_login(api, "vera", each)).status for each in (NEW, RESET)] == [401, 303]


@pytest.mark.gen_test
async def test_last_login_is_shown_and_a_failed_one_is_none(api: Api, clock: SettableClock) -> None:
    await make(api, "vera", "viewer")
    await try_login(api, "vera", NEW)
    assert (await api.admin.get("/api/users")).body[-1]["last_login_at"] is None
    await as_user(api, "vera")
    shown = (await api.admin.get("/api/users")).body[-1]["last_login_at"]
    assert msgspec.convert(shown, datetime) == clock.now()


@pytest.mark.gen_test
async def test_key_has_no_password_to_choose(api: Api) -> None:
    assert (await api.admin.get("/password")).status == 403
    assert (await api.admin.post("/password", b"new=another+long+password", **FORM)).status == 403


@pytest.mark.gen_test
async def test_change_of_a_user_is_in_the_journal_with_who_made_it_and_what_it_changed_and_no_secret(
    api: Api, hub: Hub
) -> None:
    made = await make(api, "vera", "viewer")
    before = (await hub.store.journal.stream(HUB_STREAM)).seq  # type: ignore[union-attr]
    change = {"password": NEW, "role": "organiser"}
    await api.admin.request("PATCH", f"/api/users/{made['id']}", change)
    (entry,) = await hub.store.journal.read(HUB_STREAM, before)
    by = (await api.admin.get("/api/me")).body["id"]
    assert entry.data == {"id": made["id"], "by": by, "changed": ["password", "role"]}
