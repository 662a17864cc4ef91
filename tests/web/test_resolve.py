"""A phone that is alone tells genuine codes from others as the hub does: by keys, practice ids and salted barcodes."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.door.codes import InvalidCode, _encode, make_key, parse, sign
from hub.door.manifest import barcode_hash
from hub.door.practice import practice_codes
from hub.model.event import Event, SigningKey
from hub.model.refusals import PRACTICE_LABELS
from hub.secrets import Vault
from tests.hub.door.test_rules import EVENT
from tests.web.node import asking, needs_node

pytestmark = needs_node

SIGNER, OTHER = make_key("aaaaaaaa"), make_key("bbbbbbbb")
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
RSA_PEM = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
TICKET = "6c2e984e-a5f3-48d0-9048-e2b07efac24e"
EVENT_ID = "988ecafc-5888-44b2-9af2-883604b5e909"
SALT = bytes(range(16))
KEYS = [{"kid": SIGNER.kid, "pem": SIGNER.public_pem}, {"kid": None, "pem": RSA_PEM}]
BARCODES = {barcode_hash(SALT, "4006381333931"): "imported", barcode_hash(SALT, "Ü:1"): "strange"}

Phone = Callable[[str], Any]


@pytest.fixture(scope="module", params=["this browser", "old browser"])
def phone(request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A phone with a manifest, in a browser that knows Ed25519 and in one that does not."""
    manifest = {"event": {"uuid": EVENT_ID}, "salt": SALT.hex(), "keys": KEYS}
    with asking("resolve.mjs", request.param) as ask:
        yield lambda text: json.loads(ask({"manifest": manifest, "barcodes": BARCODES, "text": text}))


def code_of_tibillet(salt_length: int) -> str:
    data = _encode(json.dumps({"uuid": TICKET}).encode())
    signature = RSA.sign(data, PSS(MGF1(SHA256()), salt_length), SHA256())
    return f"{data.decode()}:{_encode(signature).decode()}"


def test_genuine_codes_name_their_ticket_and_issue(phone: Phone) -> None:
    assert phone(sign(TICKET, 1, SIGNER)) == {"ticket": TICKET, "issue": 1}
    assert phone(sign(TICKET, 12, SIGNER)) == {"ticket": TICKET, "issue": 12}


@pytest.mark.parametrize("salt_length", [PSS.MAX_LENGTH, 32, 20, 0])
def test_codes_of_an_imported_key_are_genuine_with_any_salt_length(phone: Phone, salt_length: Any) -> None:
    assert phone(code_of_tibillet(222 if salt_length is PSS.MAX_LENGTH else salt_length))["ticket"] == TICKET


def test_forged_and_foreign_codes_are_refused(phone: Phone) -> None:
    genuine, foreign = sign(TICKET, 1, SIGNER), sign(TICKET, 1, OTHER)
    other_ticket = sign(str(UUID(int=1)), 1, SIGNER)
    assert phone(f"{genuine.partition(':')[0]}:{other_ticket.partition(':')[2]}") == {"refusal": "bad_signature"}
    assert phone(f"{code_of_tibillet(32)[:-8]}AAAAAAAA") == {"refusal": "bad_signature"}
    assert phone(foreign) == {"refusal": "wrong_event"}


def test_practice_codes_stand_for_their_verdict(phone: Phone) -> None:
    vault = Vault("a secret of thirty-two characters")
    key = SigningKey(kid=SIGNER.kid, public_pem=SIGNER.public_pem, sealed=vault.seal(SIGNER.private_bytes))
    event: Event = msgspec.structs.replace(EVENT, id=EVENT_ID, key=key)
    shown = [phone(each["code"]) for each in practice_codes(event, vault)]
    assert shown == [{"refusal": "practice", "shows": shows} for shows in PRACTICE_LABELS]


def test_imported_barcodes_are_found_by_their_hash(phone: Phone) -> None:
    assert phone("4006381333931") == {"ticket": "imported", "issue": None}
    assert phone("Ü:1") == {"ticket": "strange", "issue": None}
    for text in ("4006381333932", "", "x" * 3000, "a:b:c"):
        assert phone(text) == {"refusal": "invalid_code"}


BITS = st.sampled_from(["A", "-", "_", "+", "/", "=", ":", "Q", "é", " "])


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 140), bit=BITS, drop=st.integers(0, 2), padding=st.sampled_from(["", "=", "=="]))
def test_whatever_is_no_code_for_the_hub_is_none_for_the_phone(
    phone: Phone, at: int, bit: str, drop: int, padding: str
) -> None:
    genuine = sign(TICKET, 1, SIGNER)
    text = genuine[:at] + bit + genuine[at + drop :] + padding
    try:
        parse(text)
        is_code = True
    except InvalidCode:
        is_code = False
    assert (phone(text) != {"refusal": "invalid_code"}) == is_code
