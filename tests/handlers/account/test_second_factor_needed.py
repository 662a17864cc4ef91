"""Second factor that a role needs: a login without one is led to set it up, and may nothing else on path and socket."""

import base64
import html
import re
from urllib.parse import quote

import msgspec
import pytest

from handlers.routes.table import ROUTES
from hub.access.totp import STEP_S, code_at
from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import NotAllowed
from hub.live.ports import CookieCredential
from hub.settings import Settings
from tests.api import Answer, Api
from tests.handlers.account.people import make_user, post
from tests.handlers.account.test_second_factor import client_of, first_frame
from tests.handlers.credentials import PASSWORD

MAY = {"GET /api/me", "POST /api/me/totp", "POST /api/me/totp/confirm", "GET /second-factor", "POST /second-factor"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of a hub whose owners and organisers need a second factor."""
    return msgspec.structs.replace(settings, second_factor_roles=("owner", "organiser"))


async def as_user(api: Api, username: str) -> Api:
    """Log in by password; return the client of that login, which may not see a page yet."""
    return await client_of(api, await post(api, "/login", username=username, password=PASSWORD))


async def step(who: Api, **fields: str) -> Answer:
    """Send a step of the page."""
    return await post(who, "/second-factor", None, csrf=who.headers["X-CSRF-Token"], next="/admin/users", **fields)


def app_of(page: Answer, clock: SettableClock) -> str:
    """Return the code of the app whose secret stands on a page."""
    secret = re.search(r'class="setup-secret">([^<]+)<', page.raw.decode())
    assert secret is not None, page.raw
    return code_at(base64.b32decode(secret[1].replace(" ", "")), int(clock.now().timestamp()) // STEP_S)


@pytest.mark.gen_test
async def test_login_without_one_is_led_through_setting_it_up(api: Api, clock: SettableClock) -> None:
    await make_user(api, "ada", "owner")
    ada = await as_user(api, "ada")
    led = await ada.get("/admin/users?q=x")
    assert (led.status, led.headers["Location"]) == (303, f"/second-factor?next={quote('/admin/users?q=x', safe='')}")
    assert b"Your role needs one, ada" in (await ada.get("/second-factor?next=/admin/users")).raw
    wrong = await step(ada, password="wrong")
    assert (wrong.status, b"setup-qr" in wrong.raw) == (422, False) and "not your password" in html.unescape(
        str(wrong.raw)
    )
    shown = await step(ada, password=PASSWORD)
    assert shown.status == 200 and b"setup-qr" in shown.raw
    late = await step(ada, code="000000")
    assert late.status == 422 and "Begin again" in str(late.raw)
    assert (await ada.get("/api/users")).body["code"] == "second_factor_needed", "before a code is shown it is not on"
    done = await step(ada, code=app_of(shown, clock))
    assert done.status == 200 and len(re.findall(r"<li><code>", str(done.raw))) == 10
    assert 'href="/admin/users"' in str(done.raw)
    assert (await ada.get("/api/me")).status == 401, "the login of before has ended"
    own = await client_of(api, done)
    assert (await own.get("/api/users")).status == 200
    assert (await own.get("/second-factor")).headers["Location"] == "/events"
    assert (await own.post("/api/me/totp/off", {"password": PASSWORD, "code": "000000"})).status == 422


@pytest.mark.gen_test
async def test_login_without_one_may_nothing_else_on_any_path_and_on_no_socket(api: Api, hub: Hub) -> None:
    await make_user(api, "ada", "owner")
    ada = await as_user(api, "ada")
    event = await api.make_event(booking="keys")
    may = set()
    for route in ROUTES:
        path = re.sub(r"\(([^|)]+)[^)]*\)", r"\1", route.path.replace("([^/]+)", event["uuid"])) or "/"
        for method, rule in route.rules.items():
            if not rule.is_asked or rule.is_open:
                continue
            answer = await ada.request(method, path, None if method in ("GET", "HEAD", "DELETE") else b"{}")
            is_led = answer.status == 303 and answer.headers["Location"].startswith("/second-factor?next=")
            if not is_led and answer.status not in (401, 403):
                may.add(f"{method} {path}")
    assert may == MAY
    cookie = ada.headers["Cookie"]
    with pytest.raises(NotAllowed):
        await hub.wiring.identify(CookieCredential(cookie.partition("=")[2]))
    assert "welcome" not in await first_frame(api, cookie)


@pytest.mark.gen_test
async def test_other_roles_keys_and_those_who_have_one_go_on(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    assert (await api.admin.get("/api/users")).status == 200, "a program has no second factor"
    await make_user(api, "vera", "viewer")
    vera = await as_user(api, "vera")
    assert (await vera.get(f"/api/events/{event['uuid']}/stats")).status == 200
    assert (await vera.get("/second-factor?next=/events")).headers["Location"] == "/events"
    made = await make_user(api, "otto", "viewer")
    otto = await as_user(api, "otto")
    secret = (await otto.post("/api/me/totp", {"password": PASSWORD})).body["secret"].replace(" ", "")
    code = code_at(base64.b32decode(secret), int(clock.now().timestamp()) // STEP_S)
    otto = await client_of(api, await otto.post("/api/me/totp/confirm", {"code": code}))
    assert (await otto.get("/api/me")).status == 200
    await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "organiser"})
    answer = await post(api, "/login", username="otto", password=PASSWORD)
    assert answer.headers["Location"].startswith("/login/code"), "they have one, and are asked for it"


@pytest.mark.gen_test
async def test_password_that_was_made_is_changed_first_and_the_role_counts_at_once(api: Api) -> None:
    made = await make_user(api, "nina", "viewer", must_change=True)
    nina = await as_user(api, "nina")
    assert (await nina.get("/events")).headers["Location"].startswith("/password?")
    await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "organiser"})
    nina = await as_user(api, "nina")
    assert (await nina.get("/second-factor?next=/events")).headers["Location"] == "/events", "one after the other"
    own = await post(nina, "/password", new="quite another long password", csrf=nina.headers["X-CSRF-Token"])
    nina = await client_of(api, own)
    assert (await nina.get("/events")).headers["Location"].startswith("/second-factor?")
    assert (await nina.get("/api/keys")).body["code"] == "second_factor_needed"


@pytest.mark.gen_test
async def test_tries_of_password_and_code_are_limited(api: Api, hub: Hub) -> None:
    user = await make_user(api, "ada")
    ada = await as_user(api, "ada")
    for _ in range(hub.settings.failed_logins_per_account_per_min):
        hub.limits.passwords.count(user["id"])
    slowed = await step(ada, password=PASSWORD)
    assert (slowed.status, b"setup-qr" in slowed.raw, int(slowed.headers["Retry-After"]) > 0) == (429, False, True)
    for _ in range(hub.settings.failed_codes_per_account_per_h):
        hub.limits.codes_of_user.count(user["id"])
    assert (await step(ada, code="123456")).status == 429
    bare = Api(api.url, headers={"Cookie": ada.headers["Cookie"]})
    assert (await post(bare, "/second-factor", password=PASSWORD)).status == 403, "without the page's proof"
