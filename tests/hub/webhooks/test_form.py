"""Webhook form: its fields, and every kind of entry that a webhook may ask for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import BadInput
from hub.model.kinds import KINDS, WEBHOOK_KINDS
from hub.webhooks.addresses import is_public
from hub.webhooks.form import read_webhook
from hub.webhooks.kinds import matching, unknown

GOOD = {"url": "https://hooks.example.org/scan?key=1", "kinds": ["ticket.scanned"], "secret": "0123456789abcdef"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def wrong(**fields: Any) -> dict[str, str]:
    with pytest.raises(BadInput) as caught:
        read_webhook(GOOD | fields, is_public, is_new=True)
    return caught.value.errors


def test_a_good_form_is_read() -> None:
    form = read_webhook(GOOD, is_public, is_new=True)
    assert (form.url, form.kinds, form.secret) == (GOOD["url"], GOOD["kinds"], GOOD["secret"])


def test_a_name_in_any_script_is_written_as_dns_knows_it() -> None:
    form = read_webhook(GOOD | {"url": "https://Müller.example/"}, is_public, is_new=True)
    assert form.url == "https://xn--mller-kva.example/"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "hooks.example.org",
            "ftp://hooks.example.org/",
            "file:///etc/passwd",
            "http://",
            "https://:443/",
            7,
            None,
        ),
        *("http://user:secret@hooks.example.org/", "http://hooks.example.org/#part", "http://[::1", "http://a b/"),
        *("http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1:8888/", "x" * 3000),
        *("http://hooks.example.org:99999/", "http://hooks.example.org:x/", "gopher://x", "http://[::ffff:8.8.8.8]/"),
    ],
)
def test_an_address_that_cannot_be_is_refused(url: Any) -> None:
    assert set(wrong(url=url)) == {"url"}


@pytest.mark.parametrize(
    "kinds", [[], "ticket.scanned", ["ticket.scaned"], [7], ["ticket.[s]canned"], ["?*"], ["x"] * 51]
)
def test_kinds_that_there_are_not_are_refused(kinds: Any) -> None:
    assert {path.partition("[")[0] for path in wrong(kinds=kinds)} == {"kinds"}


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert set(wrong(url="x", kinds=[], secret="short", paused="yes")) == {"url", "kinds", "secret", "paused"}
    with pytest.raises(BadInput) as caught:
        read_webhook({}, is_public, is_new=True)
    assert set(caught.value.errors) == {"url", "kinds"}


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("url", "kinds", "secret", "paused"), JSON)), st.booleans())
def test_whatever_is_sent_is_read_or_refused(raw: Any, is_new: bool) -> None:
    try:
        read_webhook(raw, is_public, is_new=is_new)
    except BadInput as refused:
        assert refused.errors


@given(st.text(max_size=80))
def test_whatever_address_is_sent_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://x.example/{text}"):
        try:
            form = read_webhook({"url": url}, is_public, is_new=False)
        except BadInput as refused:
            assert set(refused.errors) == {"url"}
        else:
            assert form.url is not None and form.url.isascii()


def test_a_pattern_stands_for_what_it_matches() -> None:
    assert matching(["*"]) == WEBHOOK_KINDS == KINDS
    assert matching(["device.*"]) >= {"device.silent", "device.back", "device.paired"}
    assert matching(["ticket.scanned", "ticket.*"]) == {kind for kind in KINDS if kind.startswith("ticket.")}
    assert unknown(["ticket.scanned", "tickets.*"]) == ["tickets.*"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_that_the_hub_writes_can_be_asked_for(kind: str) -> None:
    assert read_webhook(GOOD | {"kinds": [kind]}, is_public, is_new=True).kinds == [kind]
    assert matching([kind]) == {kind}
