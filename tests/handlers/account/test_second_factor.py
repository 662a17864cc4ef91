"""Second factor by an app: set up, asked for at each login, each code used once, and a half-done login may nothing."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from handlers.routes.table import ROUTES
from hub.access.totp import STEP_S, code_at
from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import NotAllowed
from hub.live.ports import CookieCredential
from hub.model.access import Principal, User
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.account.people import as_user, log_in_status, make_proved, make_user, post, token_of
from tests.handlers.credentials import FORM, PASSWORD
from tests.hub.mail.inbox import Inbox
from tests.jobs.second_hub import another_hub, entries, everything_kept

OWNER_KEY = Principal(kind="key", id="owner-key", name="Owner", scopes=frozenset({"admin", "owner"}))


class Person:
    """A user with an app."""

    def __init__(self, api: Api, clock: SettableClock, name: str) -> None:
        self.api, self.clock, self.name = api, clock, name
        self.who = api
        self.secret = b""
        self.recovery: list[str] = []
        self.id = ""

    def code(self, away: int = 0) -> str:
        """Return the app's code, `away` steps from now."""
        return code_at(self.secret, int(self.clock.now().timestamp()) // STEP_S + away)

    def next_code(self) -> str:
        """Return a code of a later time."""
        self.clock.advance(timedelta(seconds=STEP_S))
        return self.code()

    async def set_up(self) -> None:
        """Make the user and turn the second factor on."""
        self.id = (await make_user(self.api, self.name))["id"]
        self.who = await as_user(self.api, self.name)
        await self.turn_on()

    async def turn_on(self) -> None:
        """Turn the second factor on."""
        begun = await self.who.post("/api/me/totp", {"password": PASSWORD})
        assert begun.status == 200, begun.raw
        self.secret = base64.b32decode(begun.body["secret"].replace(" ", ""))
        confirmed = await self.who.post("/api/me/totp/confirm", {"code": self.code()})
        assert confirmed.status == 200, confirmed.raw
        self.recovery = confirmed.body["recovery_codes"]
        self.who = await client_of(self.api, confirmed)

    async def half(self) -> str:
        """Log in by password alone; return the cookie of the half-done login."""
        answer = await post(self.api, "/login", username=self.name, password=PASSWORD)
        assert (answer.status, answer.headers["Location"]) == (303, "/login/code?next=%2Fevents")
        cookies = answer.headers.get_list("Set-Cookie")
        assert [each.partition("=")[0] for each in cookies] == ["__Host-hub-step"]
        return cookies[0].partition(";")[0]

    async def finish(self, cookie: str, code: str, **more: str) -> Answer:
        """Send a code to a half-done login."""
        return await post(self.api, "/login/code", {"Cookie": cookie}, code=code, **more)


async def client_of(api: Api, answer: Answer) -> Api:
    """Return the client of the login that an answer began."""
    cookies = [each.partition(";")[0] for each in answer.headers.get_list("Set-Cookie")]
    cookie = next(each for each in cookies if each.startswith("__Host-hub="))
    me = await api.get("/api/me", Cookie=cookie)
    return Api(api.url, headers={"Cookie": cookie, "X-CSRF-Token": me.body["csrf"]})


@asynccontextmanager
async def person(api: Api, clock: SettableClock, name: str = "ada") -> AsyncIterator[Person]:
    made = Person(api, clock, name)
    await made.set_up()
    yield made


@pytest.mark.gen_test
async def test_login_needs_the_code_after_the_password(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        cookie = await ada.half()
        assert b"authenticator app" in (await api.get("/login/code", Cookie=cookie)).raw
        wrong = await ada.finish(cookie, "000000")
        assert wrong.status == 401 and b"That code is wrong" in wrong.raw
        done = await ada.finish(cookie, ada.next_code(), next="/admin/users")
        assert (done.status, done.headers["Location"]) == (303, "/admin/users")
        who = await client_of(api, done)
        assert (await who.get("/api/me")).body["name"] == "ada"
        assert (await api.get("/login/code", Cookie=cookie)).status == 303, "the step is over"
        assert [each.data["changed"] for each in await entries(hub, "hub", "user.changed")] == [["second_factor"]]


@pytest.mark.gen_test
async def test_turning_it_on_ends_every_other_login_and_rotates_this_one(api: Api, clock: SettableClock) -> None:
    user = await make_user(api, "ada")
    first, second = await as_user(api, "ada"), await as_user(api, "ada")
    secret = (await first.post("/api/me/totp", {"password": PASSWORD})).body["secret"].replace(" ", "")
    code = code_at(base64.b32decode(secret), int(clock.now().timestamp()) // STEP_S)
    confirmed = await first.post("/api/me/totp/confirm", {"code": code})
    assert len(confirmed.body["recovery_codes"]) == 10
    assert [(await each.get("/api/me")).status for each in (first, second)] == [401, 401]
    assert (await (await client_of(api, confirmed)).get("/api/me")).body["id"] == user["id"]


@pytest.mark.gen_test
async def test_code_is_used_once_also_where_two_processes_get_it_at_once(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    async with person(api, clock) as ada, another_hub(hub) as other:
        used = ada.code()
        assert (await ada.finish(await ada.half(), used)).status == 401, "the code that turned it on"
        code = ada.next_code()
        done = await asyncio.gather(*(each.second_factors.use(ada.id, code) for each in (hub, other) * 5))
        assert sorted(done) == [False] * 9 + [True]
        for away in (-1, 0):
            assert not await hub.second_factors.use(ada.id, ada.code(away)), "nor one of before"
        assert await hub.second_factors.use(ada.id, ada.code(1)), "a clock that is ahead"


@pytest.mark.gen_test
async def test_recovery_code_is_used_once_also_where_two_processes_get_it_at_once(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    async with person(api, clock) as ada, another_hub(hub) as other:
        code = ada.recovery[3]
        done = await asyncio.gather(*(each.second_factors.use(ada.id, code) for each in (hub, other) * 5))
        assert sorted(done) == [False] * 9 + [True]
        finished = await ada.finish(await ada.half(), ada.recovery[4].upper().replace("-", " "))
        assert finished.status == 303
        account = (await (await client_of(api, finished)).get("/api/me/account")).body
        assert (account["second_factor"], account["recovery_codes_left"]) == (True, 8)
        assert [each.data.get("left") for each in await entries(hub, "hub", "user.changed")] == [None, 9, 8]


@pytest.mark.gen_test
async def test_half_done_login_may_nothing_on_any_path_and_on_no_socket(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    async with person(api, clock) as ada:
        step = (await ada.half()).partition("=")[2]
        event = await api.make_event(booking="keys")
        api.headers["X_Request_ID"] = "the-same"
        for name in ("__Host-hub", "__Host-hub-step", "hub"):
            wrong = []
            for route in ROUTES:
                path = re.sub(r"\(([^|)]+)[^)]*\)", r"\1", route.path.replace("([^/]+)", event["uuid"])) or "/"
                for method, rule in route.rules.items():
                    if not rule.is_asked:
                        continue
                    body = None if method == "GET" else b"{}"
                    mine = await api.request(method, path, body, Cookie=f"{name}={step}")
                    strangers = await api.request(method, path, body)
                    if (mine.status, mine.raw) != (strangers.status, strangers.raw):
                        wrong.append(f"{method} {path}: {mine.status}")
            assert wrong == []
        with pytest.raises(NotAllowed):
            await hub.wiring.identify(CookieCredential(step))
        whole = ada.who.headers["Cookie"]
        half = f"__Host-hub={step}; __Host-hub-step={step}; hub={step}"
        assert "welcome" in await first_frame(api, whole)
        assert "welcome" not in await first_frame(api, half)


async def first_frame(api: Api, cookie: str) -> str:
    """Return what a socket with a cookie hears first, and after a hello without a key: nothing where it is closed."""
    headers = {"Cookie": cookie, "Origin": "https://hub.example.org"}
    socket = await websocket_connect(HTTPRequest(f"{api.url.replace('http', 'ws', 1)}/live", headers=headers))
    hello = asyncio.ensure_future(socket.write_message('{"type": "hello", "id": 1}'))
    heard = await socket.read_message()
    await asyncio.wait([hello])
    socket.close()
    return str(heard)


@pytest.mark.gen_test
async def test_five_wrong_codes_end_the_login_however_many_come_at_once(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    async with person(api, clock) as ada:
        cookie = await ada.half()
        answers = await asyncio.gather(*(ada.finish(cookie, f"00000{n}") for n in range(9)))
        assert {answer.status for answer in answers} <= {401, 303}
        late = await ada.finish(cookie, ada.next_code())
        assert (late.status, late.headers["Location"]) == (303, "/login?next=%2Fevents")
        assert (await ada.finish(await ada.half(), ada.next_code())).status == 303


@pytest.mark.gen_test
async def test_codes_are_limited_for_a_user_over_many_logins(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        most = hub.settings.failed_codes_per_account_per_h
        statuses: list[int] = []
        while len(statuses) <= most:
            cookie = await ada.half()
            statuses += [(await ada.finish(cookie, f"{n:06}")).status for n in range(5)]
        assert statuses[:most] == [401] * most and 429 in statuses[most:]
        clock.advance(timedelta(hours=1))
        assert (await ada.finish(await ada.half(), ada.code())).status == 303


@pytest.mark.gen_test
async def test_half_done_login_ends_after_ten_minutes_and_with_a_change_of_the_user(
    api: Api, clock: SettableClock
) -> None:
    async with person(api, clock) as ada:
        old = await ada.half()
        clock.advance(timedelta(minutes=10))
        assert (await ada.finish(old, ada.code())).headers["Location"].startswith("/login?")
        open_step = await ada.half()
        await api.admin.request("PATCH", f"/api/users/{ada.id}", {"disabled": True})
        assert (await ada.finish(open_step, ada.next_code())).headers["Location"].startswith("/login?")


@pytest.mark.gen_test
async def test_turning_it_off_needs_password_and_code(api: Api, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        for body, field in (
            ({"password": "wrong", "code": ada.next_code()}, "password"),
            ({"password": PASSWORD, "code": "000000"}, "code"),
        ):
            refused = await ada.who.post("/api/me/totp/off", body)
            assert (refused.status, set(refused.body["errors"])) == (422, {field})
        done = await ada.who.post("/api/me/totp/off", {"password": PASSWORD, "code": ada.next_code()})
        assert done.status == 204
        assert (await ada.who.get("/api/me")).status == 401
        assert not (await (await client_of(api, done)).get("/api/me/account")).body["second_factor"]
        assert await log_in_status(api, "ada", PASSWORD) == 303
        await as_user(api, "ada")


@pytest.mark.gen_test
async def test_new_recovery_codes_replace_the_old_ones(api: Api, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        made = await ada.who.post("/api/me/recovery_codes", {"password": PASSWORD, "code": ada.next_code()})
        assert made.status == 200 and not set(made.body["recovery_codes"]) & set(ada.recovery)
        assert (await ada.finish(await ada.half(), ada.recovery[0])).status == 401
        assert (await ada.finish(await ada.half(), made.body["recovery_codes"][0])).status == 303


@pytest.mark.gen_test
async def test_owner_turns_it_off_for_a_user_and_it_is_on_record(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        assert [user["second_factor"] for user in (await api.admin.get("/api/users")).body] == [False, True]
        assert (await ada.who.post(f"/api/users/{ada.id}/second_factor/reset")).status == 403, "an organiser may not"
        reset = await api.admin.post(f"/api/users/{ada.id}/second_factor/reset")
        assert (reset.status, reset.body["second_factor"]) == (200, False)
        assert (await ada.who.get("/api/me")).status == 401
        await as_user(api, "ada")
        last = (await entries(hub, "hub", "user.changed"))[-1]
        assert (last.data["id"], last.data["changed"]) == (ada.id, ["second_factor"]) and last.data["by"] != ada.id
        assert (await api.admin.post("/api/users/nobody/second_factor/reset")).status == 404


@pytest.mark.gen_test
async def test_set_up_needs_the_password_and_counts_only_once_a_code_was_shown(api: Api, clock: SettableClock) -> None:
    await make_user(api, "ada")
    who = await as_user(api, "ada")
    assert (await who.post("/api/me/totp", {"password": "wrong"})).status == 422
    assert (await who.post("/api/me/totp/confirm", {"code": "123456"})).status == 409
    older = (await who.post("/api/me/totp", {"password": PASSWORD})).body["secret"].replace(" ", "")
    await who.post("/api/me/totp", {"password": PASSWORD})
    code = code_at(base64.b32decode(older), int(clock.now().timestamp()) // STEP_S)
    assert (await who.post("/api/me/totp/confirm", {"code": code})).status == 422
    await as_user(api, "ada")


@pytest.mark.gen_test
async def test_it_cannot_be_set_up_over_one_that_is_on(api: Api, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        assert (await ada.who.post("/api/me/totp", {"password": PASSWORD})).status == 409
        assert (await ada.finish(await ada.half(), ada.next_code())).status == 303


@pytest.mark.gen_test
async def test_secret_and_recovery_codes_are_not_kept_as_they_are_nor_logged(
    api: Api, hub: Hub, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with person(api, clock) as ada:
        await ada.finish(await ada.half(), ada.recovery[0])
        kept = everything_kept(hub)
        for secret in (base64.b32encode(ada.secret).decode(), repr(ada.secret)[2:-1], *ada.recovery):
            assert secret not in kept and secret not in caplog.text


@pytest.mark.gen_test
async def test_user_with_a_second_factor_still_needs_it_after_a_mailed_reset(
    api: Api, inbox: Inbox, clock: SettableClock
) -> None:
    await make_proved(api, inbox)
    who = await as_user(api, "ada")
    secret = base64.b32decode((await who.post("/api/me/totp", {"password": PASSWORD})).body["secret"].replace(" ", ""))
    code = code_at(secret, int(clock.now().timestamp()) // STEP_S)
    assert (await who.post("/api/me/totp/confirm", {"code": code})).status == 200
    await eventually(lambda: inbox.mails)
    await post(api, "/forgot", email="ada@example.org")
    await eventually(lambda: len(inbox.mails) == 2)
    done = await post(api, "/reset", token=token_of(inbox.mails[1]), new="quite another long password")
    assert done.headers["Location"] == "/login?reset=done"
    answer = await post(api, "/login", username="ada", password="quite another long password")
    assert answer.headers["Location"].startswith("/login/code")


@pytest.mark.gen_test
async def test_forms_of_other_sites_are_refused_and_nothing_leads_away(api: Api, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        cookie = await ada.half()
        form = urlencode({"code": ada.next_code()}).encode()
        assert (await api.post("/login/code", form, Cookie=cookie, Origin="https://evil.example", **FORM)).status == 403
        for away in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
            led = await post(api, "/login", username="ada", password=PASSWORD, next=away)
            assert led.headers["Location"] == "/login/code?next=%2Fevents"
        done = await ada.finish(cookie, ada.next_code(), next="//evil.example")
        assert done.headers["Location"] == "/events"
        bare = Api(api.url, headers={"Cookie": ada.who.headers["Cookie"]})
        for path in ("totp", "totp/confirm", "totp/off", "recovery_codes", "logins/end", "email"):
            assert (await bare.post(f"/api/me/{path}", {})).body["code"] == "csrf"


@pytest.mark.gen_test
async def test_logins_are_listed_and_all_others_ended_at_once(api: Api, clock: SettableClock) -> None:
    await make_user(api, "ada")
    first, second = await as_user(api, "ada"), await as_user(api, "ada")
    logins = (await first.get("/api/me/account")).body["logins"]
    assert sorted(login["is_this"] for login in logins) == [False, True]
    assert {login["asked_from"] for login in logins} == {"127.0.0.x"}
    ended = await first.post("/api/me/logins/end")
    assert ended.status == 204
    assert [(await each.get("/api/me")).status for each in (first, second)] == [401, 401]
    renewed = await client_of(api, ended)
    assert len((await renewed.get("/api/me/account")).body["logins"]) == 1


@pytest.mark.gen_test
async def test_user_who_is_deleted_leaves_no_factor(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        assert (await api.admin.request("DELETE", f"/api/users/{ada.id}")).status == 204
        assert await hub.store.factors.find(ada.id) is None


@pytest.mark.gen_test
async def test_login_begun_by_ones_own_change_has_ended_where_the_password_was_changed_meanwhile(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await make_user(api, "ada")
    thief = await as_user(api, "ada")
    end_logins = hub.second_factors.end_logins

    async def end_before_the_change(by: Principal) -> User:
        changed = await end_logins(by)
        await hub.users.change(user["id"], {"password": "one that an owner chose"}, OWNER_KEY)
        return changed

    monkeypatch.setattr(hub.second_factors, "end_logins", end_before_the_change)
    ended = await thief.post("/api/me/logins/end")
    assert ended.status == 204
    cookie = str(ended.headers["Set-Cookie"]).partition(";")[0]
    assert (await api.get("/api/me", Cookie=cookie)).status == 401


@pytest.mark.gen_test
async def test_ending_ones_logins_over_and_over_is_limited(api: Api, hub: Hub, clock: SettableClock) -> None:
    await make_user(api, "ada")
    who = await as_user(api, "ada")
    for _ in range(hub.settings.failed_logins_per_account_per_min):
        who = await client_of(api, await who.post("/api/me/logins/end"))
    assert (await who.post("/api/me/logins/end")).status == 429
    clock.advance(timedelta(minutes=1))
    assert (await who.post("/api/me/logins/end")).status == 204


@pytest.mark.gen_test
async def test_owner_resets_no_second_factor_of_their_own_by_a_login_alone(api: Api, clock: SettableClock) -> None:
    async with person(api, clock) as ada:
        assert (await api.admin.request("PATCH", f"/api/users/{ada.id}", {"role": "owner"})).status == 200
        owner = await client_of(api, await ada.finish(await ada.half(), ada.next_code()))
        refused = await owner.post(f"/api/users/{ada.id}/second_factor/reset")
        assert refused.status == 403 and "My account" in refused.body["detail"]
        assert (await owner.get("/api/me/account")).body["second_factor"]
        assert (await api.admin.post(f"/api/users/{ada.id}/second_factor/reset")).status == 200
