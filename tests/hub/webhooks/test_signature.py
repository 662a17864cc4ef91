"""Signatures of deliveries, verified by the library of Standard Webhooks itself."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from hub.webhooks.signature import key_of, new_secret, standard_headers
from tests.npm import FOLDER, needs_packages
from tests.web.node import asking

DELIVERY = "0c1f6f2b-7d0f-5d6b-9a35-3f1d8a0f4f0e"


def now() -> int:
    return int(datetime.now(UTC).timestamp())


@given(random=st.binary(min_size=24, max_size=64), body=st.text(st.characters(codec="utf-8")))
def test_the_library_verifies_a_delivery_by_a_secret_that_the_hub_made(random: bytes, body: str) -> None:
    secret = new_secret(random)
    headers = standard_headers([secret.encode()], DELIVERY, now(), body.encode())
    Webhook(secret).verify(body, headers, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + "x", headers, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers | {"webhook-id": "another"}, json_parse=False)


@needs_packages
@pytest.mark.parametrize(
    "body", ["{}", '{"kind":"ticket.scanned","name":"Zoé \\u0041 山田"}', '{"a":"' + "x" * 5000 + '"}']
)
def test_the_library_for_node_verifies_a_delivery_and_refuses_another(body: str) -> None:
    secret, old = new_secret(b"n" * 32), new_secret(b"o" * 32)
    headers = standard_headers([secret.encode(), old.encode()], DELIVERY, now(), body.encode())
    sent = {"secret": secret, "body": body, "headers": headers}
    questions = {
        "verified": [sent, sent | {"secret": old}],
        "refused: No matching signature found": [
            sent | {"body": body + " "},
            sent | {"secret": new_secret(b"x" * 32)},
            sent | {"headers": headers | {"webhook-id": "another"}},
            sent | {"headers": headers | {"webhook-timestamp": str(now() + 1)}},
        ],
        "refused: Message timestamp too old": [sent | {"headers": headers | {"webhook-timestamp": "1700000000"}}],
    }
    with asking(FOLDER / "webhooks.mjs") as ask:
        for said, asked in questions.items():
            assert [ask(each) for each in asked] == [said] * len(asked)


def test_a_secret_of_any_text_is_given_to_the_library_in_base64() -> None:
    secret = b"0123456789abcdef0123456789abcdef"
    headers = standard_headers([secret], DELIVERY, now(), b"{}")
    assert Webhook("whsec_" + base64.b64encode(secret).decode()).verify("{}", headers) == {}


def test_while_a_secret_is_rotated_both_verify() -> None:
    old, new = new_secret(b"o" * 32), new_secret(b"n" * 32)
    headers = standard_headers([new.encode(), old.encode()], DELIVERY, now(), b"{}")
    for secret in (old, new):
        Webhook(secret).verify("{}", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret(b"x" * 32)).verify("{}", headers)


@pytest.mark.parametrize("secret", [b"whsec_", b"whsec_not base64!", "whsec_é".encode()])
def test_a_text_that_only_looks_like_such_a_secret_is_the_key_itself(secret: bytes) -> None:
    assert key_of(secret) == secret
