"""The pages as a browser without JavaScript meets them."""

import asyncio
import re
from urllib.parse import urlencode

import msgspec
import pytest
from tornado.httpclient import HTTPRequest
from tornado.web import Application
from tornado.websocket import websocket_connect

from handlers.application import make_application
from handlers.pages.base import STATIC, same_site_path
from hub.app import Hub
from hub.language.catalogue import language, tags
from hub.live.protocol import CloseCode
from hub.reports.report import COUNTED_KINDS
from tests.api import Answer, Api
from tests.eventually import PATIENCE_S

PASSWORD = "correct horse battery"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


async def log_in(api: Api, password: str = PASSWORD, next_path: str = "", **headers: str) -> Answer:
    form = {"username": "organiser", "password": password, "next": next_path}
    return await api.post("/login", urlencode(form).encode(), **FORM, **headers)


def cookie_of(answer: Answer) -> str:
    return str(answer.headers["Set-Cookie"]).partition(";")[0]


async def logged_in(api: Api) -> Api:
    return Api(api.url, headers={"Cookie": cookie_of(await log_in(api))})


async def log_out(api: Api) -> Answer:
    page = (await api.get("/events")).raw.decode()
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    return await api.post("/logout", urlencode({"csrf": csrf[1]}).encode(), **FORM)


# --- getting in ---------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_strangers_are_led_to_the_login_and_back_to_where_they_wanted(api: Api) -> None:
    assert (await api.get("/")).headers["Location"] == "/login"
    answer = await api.get("/events/some-event")
    assert (answer.status, answer.headers["Location"]) == (303, "/login?next=%2Fevents%2Fsome-event")
    assert b'value="/events/some-event"' in (await api.get("/login?next=%2Fevents%2Fsome-event")).raw
    assert (await log_in(api, next_path="/events/some-event")).headers["Location"] == "/events/some-event"


@pytest.mark.gen_test
async def test_login_sets_a_cookie_that_scripts_and_other_sites_do_not_get(api: Api) -> None:
    answer = await log_in(api)
    cookie = answer.headers["Set-Cookie"]
    assert (answer.status, answer.headers["Location"]) == (303, "/events")
    assert cookie.startswith("hub=") and {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    inside = await logged_in(api)
    assert (await inside.get("/")).headers["Location"] == "/events"
    assert (await inside.get("/login")).headers["Location"] == "/events"


class TestOverHttps:
    @pytest.fixture
    def app(self, hub: Hub) -> Application:
        hub.settings = msgspec.structs.replace(hub.settings, base_url="https://hub.example.org")
        return make_application(hub)

    @pytest.mark.gen_test
    async def test_cookie_is_bound_to_the_host_and_to_https(self, api: Api) -> None:
        answer = await log_in(api, Origin="https://hub.example.org")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-hub=") and {"Secure", "HttpOnly"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


@pytest.mark.gen_test
async def test_wrong_password_is_said_in_the_form_which_keeps_the_name(api: Api) -> None:
    answer = await log_in(api, password="wrong")
    assert answer.status == 401 and "Set-Cookie" not in answer.headers
    assert b'role="alert"' in answer.raw and b'value="organiser"' in answer.raw and b"wrong" not in answer.raw


@pytest.mark.gen_test
async def test_guessing_passwords_is_slowed_down_for_the_account(api: Api, hub: Hub) -> None:
    for _ in range(hub.settings.failed_logins_per_account_per_min):
        hub.limits.logins.of_account.count("organiser 127.0.0.1")
    answer = await log_in(api)
    assert answer.status == 429 and int(answer.headers["Retry-After"]) >= 1
    assert b"Wait" in answer.raw


@pytest.mark.gen_test
async def test_failed_login_counts_for_address_and_account_and_a_good_one_for_none(api: Api, hub: Hub) -> None:
    await log_in(api)
    logins = hub.limits.logins
    counted = [(logins.of_address, "127.0.0.1"), (logins.of_account, "organiser 127.0.0.1")]
    counted.append((logins.from_everywhere, "organiser"))
    assert not any(limiter.is_counted(who) for limiter, who in counted)
    await log_in(api, password="wrong")
    assert all(limiter.is_counted(who) for limiter, who in counted)


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}],
    ids=["foreign origin", "hidden origin", "cross-site"],
)
async def test_login_form_of_another_site_is_refused(api: Api, headers: dict[str, str]) -> None:
    answer = await log_in(api, **headers)
    assert answer.status == 403 and "Set-Cookie" not in answer.headers
    assert (await log_in(api, Origin=api.url, Sec_Fetch_Site="same-origin")).status == 303


@pytest.mark.parametrize(
    "path",
    [
        "",
        "events",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "/a\r\nX: y",
        "/ä b",
    ],
)
def test_next_never_leads_to_another_site(path: str) -> None:
    assert same_site_path(path, otherwise="/events") == "/events"


@pytest.mark.parametrize("path", ["/", "/events/5d?wall=1", "/events?x=//evil.example"])
def test_next_leads_to_pages_of_ours(path: str) -> None:
    assert same_site_path(path, otherwise="/events") == path


# --- getting out --------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_logout_ends_the_login_and_its_sockets(api: Api) -> None:
    inside = await logged_in(api)
    socket = await websocket_connect(_live(api, inside.headers["Cookie"]))
    assert b"welcome" in str(await socket.read_message()).encode()
    answer = await log_out(inside)
    assert (answer.status, answer.headers["Location"]) == (303, "/login")
    async with asyncio.timeout(PATIENCE_S):
        while await socket.read_message() is not None:
            pass
    socket.close()
    assert socket.close_code == CloseCode.NO_LONGER_ALLOWED
    assert (await inside.get("/events")).headers["Location"].startswith("/login")


@pytest.mark.gen_test
async def test_logout_needs_the_token_of_the_page(api: Api) -> None:
    inside = await logged_in(api)
    assert (await inside.post("/logout", b"csrf=guess", **FORM)).status == 403
    assert (await inside.get("/events")).status == 200


def _live(api: Api, cookie: str) -> HTTPRequest:
    return HTTPRequest(api.url.replace("http:", "ws:") + "/live", headers={"Cookie": cookie, "Origin": api.url})


# --- the pages ----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_events_are_listed_with_what_is_on_first(api: Api) -> None:
    event = await api.make_event(name="Jazz & <Blues>")
    await api.book(event, 3)
    organiser = await logged_in(api)
    assert "Always open" not in (await organiser.get("/events")).raw.decode(), "the box office, before it is used"
    order = {"name": "Ada", "phone_number": "12345", "date": "2026-12-24", "time": "20:30"}
    assert (await api.admin.post("/api/tickets", order)).status == 201
    page = (await organiser.get("/events")).raw.decode()
    assert "Jazz &amp; &lt;Blues&gt;" in page and f'href="/events/{event["uuid"]}"' in page
    assert page.index("On now") < page.index("Always open")
    assert "<b>3</b> of 100 booked" in page
    assert "Thursday 24 December 2026, 20:30 to 02:00" in page


@pytest.mark.gen_test
async def test_dashboard_holds_the_figures_before_any_script_runs(api: Api) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    for ticket in await api.book(event, 2):
        await device.scan(ticket["code"])
    page = (await (await logged_in(api)).get(f"/events/{event['uuid']}")).raw.decode()
    for figure, count in {"inside": 2, "admitted": 2, "booked": 2, "denied": 0}.items():
        assert f'data-figure="{figure}">{count}<' in page
    assert "North door" in page and "South door" in page


@pytest.mark.gen_test
async def test_a_path_that_there_is_not_is_a_page_for_browsers_and_json_for_programs(api: Api) -> None:
    page = await api.get("/evnets", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert page.status == 404 and page.headers["Content-Type"].startswith("text/html")
    assert b'href="/"' in page.raw and "default-src 'none'" in page.headers["Content-Security-Policy"]
    told = await api.get("/api/evnets", Accept="*/*")
    assert told.status == 404 and told.headers["Content-Type"].startswith("application/problem+json")
    assert told.body["code"] == "not_found"


@pytest.mark.gen_test
async def test_dashboard_offers_the_evenings_before_it_to_be_held_against_the_last_first(api: Api) -> None:
    nights = {
        f"Night {day}": {"starts_at": f"2090-12-{day}T20:30:00+01:00", "ends_at": f"2090-12-{day}T23:00:00+01:00"}
        for day in (20, 22, 24)
    }
    made = {name: await api.make_event(name=name, showings=[], **times) for name, times in nights.items()}
    page = (await (await logged_in(api)).get(f"/events/{made['Night 22']['uuid']}")).raw.decode()
    offered = re.findall(r'<option value="([^"]+)" data-starts="(\d+)">([^<]+)<', page)
    assert offered == [(made["Night 20"]["uuid"], "3817481400", "Night 20, Wednesday 20 December 2090")]


@pytest.mark.gen_test
async def test_report_of_the_night_is_a_page_to_print(api: Api) -> None:
    event = await api.make_event(name="Jazz & <Blues>")
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    for code in (first["code"], first["code"], "no ticket"):
        await gate.scan(code)
    recount = {"zone": None, "inside": 7, "reason": "counted at the <interval>"}
    await api.admin.post(f"/api/events/{event['uuid']}/recount", recount)
    inside = await logged_in(api)
    page = re.sub(r"\s+", " ", (await inside.get(f"/events/{event['uuid']}/report")).raw.decode())
    for told in (
        "<dt>Booked</dt><dd>2<",
        "<dt>Did not come</dt><dd>0<",
        "<dt>Still expected</dt><dd>1<",
        "<dt>Refused</dt><dd>2<",
        "Already scanned",
    ):
        assert told in page
    assert "Jazz &amp; &lt;Blues&gt;: report" in page and "counted at the &lt;interval&gt;" in page
    assert "The venue" in page and second["id"] not in page
    assert (await inside.get("/events/nope/report")).status == 404


@pytest.mark.gen_test
@pytest.mark.parametrize("event_id", ["hub", "nope", "00000000-0000-4000-8000-000000000000"])
async def test_unknown_event_is_a_page_that_says_so(api: Api, event_id: str) -> None:
    answer = await (await logged_in(api)).get(f"/events/{event_id}")
    assert answer.status == 404 and answer.headers["Content-Type"].startswith("text/html")
    assert b"Event not found" in answer.raw


@pytest.mark.gen_test
async def test_key_of_a_door_opens_no_dashboard(api: Api) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    assert (await device.get(f"/events/{event['uuid']}")).status == 403


@pytest.mark.gen_test
@pytest.mark.parametrize("path", ["/login", "/scanner", "/events", "/events/nope"])
async def test_pages_let_nothing_foreign_in_and_hold_nothing_inline(api: Api, path: str) -> None:
    answer = await (await logged_in(api) if path.startswith("/events") else api).get(path)
    policy = answer.headers["Content-Security-Policy"]
    wasm = " 'wasm-unsafe-eval'" if path == "/scanner" else ""
    assert f"default-src 'none'; script-src 'self'{wasm}; style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    page = answer.raw.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|(src|href)=.(https?:)?//", page)
    scripts = re.findall(r"<script[^>]*>", page)
    assert all('src="/static/' in script for script in scripts)
    assert bool(scripts) == (path in ("/scanner", "/login")), "the others do without"


@pytest.mark.gen_test
async def test_phone_that_opens_its_pairing_link_gets_the_scanner_and_spends_nothing(api: Api) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "Gate 1", "event": event["uuid"]})
    path = f"/scan/{created.body['pairing']['token']}/pair"
    answer = await api.get(path, Accept="text/html,*/*")
    assert answer.headers["Location"] == f"/scanner#pair={created.body['pairing']['token']}"
    assert (await api.get("/scanner")).status == 200
    assert (await api.get(path)).status == 200


# --- the files ----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_files_have_their_types_and_are_not_sent_twice(api: Api) -> None:
    kinds = {"live/client.js": "text/javascript", "css/base.css": "text/css", "icon.svg": "image/svg+xml"}
    for name, kind in kinds.items():
        answer = await api.get(f"/static/{name}")
        assert answer.status == 200 and answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "no-cache" and answer.raw == (STATIC / name).read_bytes()
        again = await api.get(f"/static/{name}", If_None_Match=answer.headers["Etag"])
        assert (again.status, again.raw) == (304, b"")


@pytest.mark.gen_test
async def test_files_are_sent_compressed_to_browsers_that_take_that_and_ask_for_the_whole(api: Api) -> None:
    whole = (STATIC / "css/base.css").read_bytes()
    packed = await api.get("/static/css/base.css")  # this client takes gzip, and unpacks it
    assert packed.headers["X-Consumed-Content-Encoding"] == "gzip" and packed.raw == whole
    assert packed.headers["Vary"] == "Accept-Encoding"
    part = await api.get("/static/css/base.css", Range="bytes=0-9")
    assert (part.status, part.raw) == (206, whole[:10]) and "X-Consumed-Content-Encoding" not in part.headers


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "path",
    [
        "../templates/base.html",
        "%2e%2e/templates/base.html",
        "..%2ftemplates%2fbase.html",
        "css",
        "css/",
        "%00",
        ".",
        "/etc/passwd",
    ],
)
async def test_nothing_but_the_files_is_served(api: Api, path: str) -> None:
    answer = await api.get(f"/static/{path}")
    assert answer.status == 404 and b"<html" not in answer.raw


def test_report_says_each_kind_of_people_without_tickets_as_the_doors_do() -> None:
    for tag in tags():
        say = language(tag).say
        assert all(say(f"report-row-{kind}") == say(f"scan-heads-{kind}") for kind in COUNTED_KINDS), tag
