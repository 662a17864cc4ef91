"""Correlation ids: taken from a client where they are short and plain, and made where they are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.telemetry.correlation import new_id, shown_id

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize(
    "token",
    [
        "a",
        "7b3f7a52-0f6a-4a3c-9d4a-5a3b5b2c8d10",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "Root=1-67891233-abcdef012345678912345678",
        "proxy.example:4711/3+2",
        "x" * 64,
    ],
)
def test_ids_that_proxies_make_are_taken(token: str) -> None:
    assert shown_id(token, None) == token


@pytest.mark.parametrize(
    "token",
    ["", "x" * 65, "x" * 10_000, "two words", "a\nb", "a\r\nX-Evil: 1", "a\tb", "a\x00b", "\x1b[31m", "-a", "=c()", "é",
     "\uff41", "a,b", 'a"b', "a<b>", "a;b", "{a}", "$a", "a%0ab", "a@example.org"],
)  # fmt: skip
def test_what_is_no_short_and_plain_token_is_not_taken(token: str) -> None:
    assert shown_id(token, None) is None
    assert shown_id(token, f"00-{TRACE}-00f067aa0ba902b7-01") == TRACE, "a good trace id takes its place"


def test_ids_own_header_goes_before_the_trace() -> None:
    assert shown_id("mine", f"00-{TRACE}-00f067aa0ba902b7-01") == "mine"


@pytest.mark.parametrize("rest", ["-01", "-00"])
def test_a_trace_id_is_taken(rest: str) -> None:
    assert shown_id(None, f"00-{TRACE}-00f067aa0ba902b7{rest}") == TRACE


def test_a_trace_id_of_a_newer_version_is_taken() -> None:
    assert shown_id(None, f"cc-{TRACE}-00f067aa0ba902b7-01-what-the-future-will-be-like") == TRACE


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        TRACE,
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-00f067aa0ba902b7-01",
        f"00-{TRACE.upper()}-00f067aa0ba902b7-01",
        f"00-{TRACE}-00f067aa0ba902b7-01-more",
        f"cc-{TRACE}-00f067aa0ba902b7-01more",
        f"00-{TRACE[1:]}-00f067aa0ba902b7-01",
        f"00-{TRACE}-00f067aa0ba902b7",
        f"00-{TRACE}-00f067aa0ba902b7-01\n",
        f"cc-{TRACE}-00f067aa0ba902b7-01-{'x' * 10_000}",
    ],
)
def test_what_is_no_trace_context_is_not_taken(traceparent: str) -> None:
    assert shown_id(None, traceparent) is None


@given(st.text(), st.text() | st.none())
def test_what_is_taken_is_safe_in_headers_logs_and_stored_text(shown: str, traceparent: str | None) -> None:
    taken = shown_id(shown, traceparent)
    assert taken is None or re.fullmatch(r"[!-~]{1,64}", taken)


def test_new_ids_are_trace_ids_and_differ() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    for each in ids:
        assert re.fullmatch("[0-9a-f]{32}", each)
        assert shown_id(each, None) == each
