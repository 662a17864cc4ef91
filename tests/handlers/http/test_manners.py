"""Manners of HTTP (RFC 9110, 9457): HEAD, challenges, origins of app shells, files that browsers fetch unasked."""

import pytest

from handlers.http.access import ID
from handlers.routes.table import ROUTES
from hub.app import Hub
from tests.api import Api

NOWHERE = "00000000-0000-4000-8000-000000000000"
STREAMS = ("/live", f"/api/events/{ID}/live", f"/scan/{ID}/pair")
"""Streams without an end; and a pairing, whose GET spends the code."""
READ = [route for route in ROUTES if "GET" in route.rules and route.path not in STREAMS]


@pytest.mark.gen_test
async def test_head_is_answered_as_get_without_a_body(api: Api) -> None:
    event = await api.make_event()
    for route in READ:
        path = route.path.replace(ID, event["uuid"]).replace("(.+)", "icon.svg") or "/"
        if "(" in path:
            continue
        asked = api.admin if route.rules["GET"].is_asked else api
        got, head = await asked.get(path), await asked.request("HEAD", path)
        assert (head.status, head.raw) == (got.status, b""), route.name
        assert head.headers.get("Content-Type") == got.headers.get("Content-Type"), route.name


@pytest.mark.gen_test
async def test_a_head_of_a_pairing_code_spends_nothing(api: Api) -> None:
    event = await api.make_event()
    made = (await api.admin.post("/api/devices", {"name": "Gate 1", "event": event["uuid"]})).body
    path = f"/scan/{made['pairing']['token']}/pair"
    assert (await api.request("HEAD", path)).status == 200
    assert (await api.get(path)).status == 200


@pytest.mark.gen_test
async def test_head_of_a_path_without_get_is_refused_with_the_methods_that_there_are(api: Api) -> None:
    refused = await api.admin.request("HEAD", "/api/tickets/batch")
    assert (refused.status, refused.headers["Allow"]) == (405, "POST, OPTIONS")
    preflight = await api.request("OPTIONS", "/api/jobs")
    assert preflight.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.gen_test
async def test_a_401_names_the_scheme_and_says_how_one_gets_a_key(api: Api) -> None:
    refused = await api.get("/api/devices")
    assert refused.status == 401
    assert refused.headers["WWW-Authenticate"].startswith("Api-Key ")
    assert "Administration, Keys" in refused.body["detail"]
    ticket = await api.get(f"/api/tickets/{NOWHERE}?token=wrong")
    assert ticket.status == 401 and "WWW-Authenticate" in ticket.headers


@pytest.mark.gen_test
@pytest.mark.parametrize("origin", ["http://localhost", "https://localhost", "capacitor://localhost"])
async def test_an_app_shell_may_call_with_a_key_and_never_with_a_cookie(api: Api, origin: str) -> None:
    asked = await api.request("OPTIONS", "/api/showings", Origin=origin, Access_Control_Request_Method="GET")
    assert asked.headers["Access-Control-Allow-Origin"] == origin
    assert "authorization" in asked.headers["Access-Control-Allow-Headers"]
    answered = await api.admin.get("/api/showings", Origin=origin)
    assert answered.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in answered.headers


@pytest.mark.gen_test
async def test_another_origin_may_not_read_answers(api: Api) -> None:
    assert (
        "Access-Control-Allow-Origin" not in (await api.admin.get("/api/me", Origin="https://localhost.evil")).headers
    )


@pytest.mark.gen_test
async def test_browsers_find_an_icon_and_search_engines_the_pages_to_book(hub: Hub, api: Api) -> None:
    icon = await api.get("/favicon.ico")
    assert (icon.status, icon.headers["Content-Type"], icon.raw[:4]) == (200, "image/png", b"\x89PNG")
    robots = await api.get("/robots.txt")
    assert (robots.status, robots.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert b"Allow: /book\n" in robots.raw and robots.raw.endswith(b"Disallow: /\n")
