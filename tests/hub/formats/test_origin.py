"""Origins as browsers send them: by which a page, a passkey and a socket are known as the hub's own."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.origin import browser_origin


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://hub.example.org/", "https://hub.example.org"),
        ("HTTPS://Hub.Example.ORG:443", "https://hub.example.org"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://hub.example.org:443", "http://hub.example.org:443"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("https://büro.example", "https://xn--bro-hoa.example"),
        ("https://BÜRO.example:8443", "https://xn--bro-hoa.example:8443"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://票.例え。jp", "https://xn--mjz.xn--r8jz45g.jp"),
        ("https://my_hub.local", "https://my_hub.local"),
    ],
)
def test_an_origin_is_written_as_browsers_do(url: str, origin: str) -> None:
    assert browser_origin(url) == origin
    assert browser_origin(origin) == origin


@pytest.mark.parametrize("url", ["https://", "https://a b.example", "https://h%C3%BCb.example", "https://☃-.example"])
def test_what_no_browser_can_open_is_none(url: str) -> None:
    with pytest.raises(ValueError):
        browser_origin(url)


@given(st.text(max_size=30))
def test_whatever_name_is_set_is_written_in_ascii_once_or_refused(name: str) -> None:
    with contextlib.suppress(ValueError):
        once = browser_origin(f"https://{name}")
        assert once.isascii() and browser_origin(once) == once
