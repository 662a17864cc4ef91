"""Own origins: the base URL's, and those of a name that cannot be made to lead here for a moment (DNS rebinding)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from handlers.http.own_origin import is_own_origin
from hub.app import Hub
from hub.settings import Settings
from tests.api import Api
from tests.handlers.credentials import FORM, PASSWORD

BASE = Settings(base_url="https://hub.example.org")


def is_own(origin: str, host: str) -> bool:
    return is_own_origin(origin, host, BASE)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://hub.example.org", "anything"),
        ("https://hub.example.org:8443", "hub.example.org:8443"),
        ("http://127.0.0.1:8888", "127.0.0.1:8888"),
        ("http://[::1]:8888", "[::1]:8888"),
        ("https://192.0.2.7", "192.0.2.7"),
        ("http://localhost:8888", "localhost:8888"),
        ("http://hub.localhost", "hub.localhost"),
    ],
)
def test_own_names_and_plain_addresses_are_own_origins(origin: str, host: str) -> None:
    assert is_own(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "evil.example"),
        ("http://rebound.evil.example:8888", "rebound.evil.example:8888"),
        ("https://evil.example", "hub.example.org"),
        ("https://hub.example.org.evil.example", "hub.example.org.evil.example"),
        ("https://localhost.evil.example", "localhost.evil.example"),
        ("https://127.0.0.1.evil.example", "127.0.0.1.evil.example"),
        ("http://127.0.0.1:8888", "127.0.0.1:9999"),
        ("http://hub.example.org", "hub.example.org"),
        ("http://hub.example.org:8443", "hub.example.org:8443"),
        ("null", "null"),
        ("", ""),
        ("file://127.0.0.1", "127.0.0.1"),
        ("http://[::1", "[::1"),
    ],
)
def test_other_names_are_none_also_where_they_lead_here(origin: str, host: str) -> None:
    assert not is_own(origin, host)


@given(st.text(max_size=30))
def test_whatever_is_sent_as_an_origin_is_decided(origin: str) -> None:
    assert is_own(origin, "hub.example.org") in (True, False)


@pytest.mark.gen_test
async def test_a_page_whose_name_was_made_to_lead_here_logs_nobody_in_and_opens_no_socket_with_a_cookie(
    api: Api, hub: Hub
) -> None:
    hub.settings = replace(hub.settings, base_url="https://hub.example.org")
    form = f"username=nobody&password={PASSWORD}".encode()
    rebound = {"Host": "evil.example", "Origin": "http://evil.example"}
    assert (await api.post("/login", form, **FORM, **rebound)).status == 403
    assert (await api.post("/login", form, **FORM, **rebound, Sec_Fetch_Site="same-origin")).status == 403
    assert (await api.post("/login", form, **FORM, Origin=api.url)).status == 401
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    handshake = upgrade | {"Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==", "Cookie": "__Host-hub=any"}
    assert (await api.get("/live", **handshake, **rebound)).status == 403


SECOND_NAME = {"Host": "tickets.example.org", "Origin": "https://tickets.example.org"}
OTHER_ADDRESS = [
    SECOND_NAME,
    {**SECOND_NAME, "Host": "127.0.0.1:8888", "Sec_Fetch_Site": "same-origin"},
    {"Host": "hub.example.org", "Origin": "http://hub.example.org"},
]
ANOTHER_SITE = [
    {"Host": "hub.example.org", "Origin": "https://evil.example"},
    {**SECOND_NAME, "Sec_Fetch_Site": "cross-site"},
    {"Host": "hub.example.org", "Origin": "null"},
]


@pytest.mark.parametrize(
    ("headers", "has_address"), [(h, True) for h in OTHER_ADDRESS] + [(h, False) for h in ANOTHER_SITE]
)
@pytest.mark.gen_test
async def test_a_login_at_another_address_of_the_hub_is_refused_with_its_own(
    api: Api, hub: Hub, headers: dict[str, str], has_address: bool
) -> None:
    hub.settings = replace(hub.settings, base_url="https://hub.example.org")
    refused = await api.post(
        "/login", b"username=a&password=b", **FORM, **headers, Accept="text/html", Accept_Language="fr"
    )
    assert refused.status == 403
    assert ("connectez-vous sur https://hub.example.org/login" in refused.raw.decode()) == has_address
