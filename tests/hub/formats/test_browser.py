"""Browser and network of a request, as its own user knows them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.browser import asked_from, browser_of, rough_network

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "browser"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        (f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        (f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} SamsungBrowser/26 Chrome/122", "Samsung Internet, Android"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.0 Safari/605.1.15", "Safari, macOS"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_browser_and_system_are_named(user_agent: str, browser: str) -> None:
    assert browser_of(user_agent) == browser


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.x"),
        ("2001:db8:0:1::/64", "2001:db8:0:x"),
        ("::1", "0:0:0:x"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_network_is_named_without_the_machine(address: str, network: str) -> None:
    assert rough_network(address) == network


@given(st.text(max_size=800), st.one_of(st.ip_addresses().map(str), st.text()))
def test_any_request_has_an_origin_that_repeats_no_word_of_it(user_agent: str, address: str) -> None:
    assert len(asked_from(user_agent, address)) < 60
