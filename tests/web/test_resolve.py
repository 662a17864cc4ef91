"""A phone that is alone tells genuine codes from others as the hub does: by keys, practice ids and salted barcodes."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.door.codes import InvalidCode, barcode_spellings, make_key, parse, sign, trimmed
from hub.door.manifest_tickets import barcode_hash
from hub.door.practice import practice_codes
from hub.model.event import Event, SigningKey
from hub.model.refusals import PRACTICE_LABELS
from hub.vault import Vault
from tests.hub.door.test_rules import EVENT
from tests.rsa_key import RSA_KEY
from tests.web.node import asking, needs_node

pytestmark = needs_node

SIGNER, OTHER = make_key("aaaaaaaa"), make_key("bbbbbbbb")
RSA_PEM = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
TICKET = "6c2e984e-a5f3-48d0-9048-e2b07efac24e"
EVENT_ID = "988ecafc-5888-44b2-9af2-883604b5e909"
SALT = bytes(range(16))
KEYS = [{"kid": SIGNER.kid, "pem": SIGNER.public_pem}, {"kid": None, "pem": RSA_PEM}]
BARCODES = {barcode_hash(SALT, "4006381333931"): "imported", barcode_hash(SALT, "Ü:1"): "strange"}
BARCODES[barcode_hash(SALT, "]C1 as printed")] = "printed"
BARCODES[barcode_hash(SALT, "🎟" * 100)] = "painted"
BARCODES |= {barcode_hash(SALT, "036000291452"): "upc", barcode_hash(SALT, "0012345678905"): "ean"}

Phone = Callable[..., Any]


def base64url(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


@pytest.fixture(scope="module", params=["this browser", "old browser"])
def phone(request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A phone with a manifest, in a browser that knows Ed25519 and in one that does not."""
    manifest = {"event": {"uuid": EVENT_ID}, "salt": SALT.hex(), "keys": KEYS}
    with asking("resolve.mjs", request.param) as ask:
        question = {"manifest": manifest, "barcodes": BARCODES}
        yield lambda text, **more: json.loads(ask({**question, "text": text, **more}))


def code_of_tibillet(salt_length: int) -> str:
    data = base64url(json.dumps({"uuid": TICKET}).encode())
    signature = RSA_KEY.sign(data, PSS(MGF1(SHA256()), salt_length), SHA256())
    return f"{data.decode()}:{base64url(signature).decode()}"


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
    shown = [phone(each.code) for each in practice_codes(event, vault)]
    assert shown == [{"refusal": "practice", "shows": shows} for shows in PRACTICE_LABELS]


def test_imported_barcodes_are_found_by_their_hash(phone: Phone) -> None:
    assert phone("4006381333931") == {"ticket": "imported", "issue": 1}
    assert phone("Ü:1") == {"ticket": "strange", "issue": 1}
    assert phone("🎟" * 100) == {"ticket": "painted", "issue": 1}
    for text in ("4006381333932", "", "x" * 3000, "a:b:c"):
        assert phone(text) == {"refusal": "invalid_code"}


@settings(deadline=None)
@given(
    st.from_regex(r"\A(\]E0)?[01 ]?[0-9x]{11,13}\Z")
    | st.sampled_from(["036000291452", "]E00036000291452", "012345678905"])
)
def test_the_phone_knows_a_barcode_by_the_hubs_spellings(phone: Phone, text: str) -> None:
    known = [BARCODES[hashed] for each in barcode_spellings(text) if (hashed := barcode_hash(SALT, each)) in BARCODES]
    assert phone(text) == ({"ticket": known[0], "issue": 1} if known else NO_CODE)


ADDED = ["{}\r", "{}\n", "{}\r\n", "\t{}", "  {} ", "]Q1{}", "]Q3 {}\r\n", " ]C1{}", "]d2{}\t", "\ufeff{}", "{}\u00a0"]


@pytest.mark.parametrize("added", ADDED)
def test_what_readers_add_is_taken_off(phone: Phone, added: str) -> None:
    genuine = sign(TICKET, 1, SIGNER)
    assert phone(added.format(genuine)) == {"ticket": TICKET, "issue": 1}
    assert parse(trimmed(added.format(genuine))) == parse(genuine)
    assert phone(added.format("4006381333931")) == {"ticket": "imported", "issue": 1}


def test_a_barcode_that_was_imported_with_such_a_prefix_is_found_as_it_is(phone: Phone) -> None:
    assert phone("]C1 as printed") == {"ticket": "printed", "issue": 1}


@settings(deadline=None)
@given(st.text("]QqC1\u00e4 \t\r\n\v\f\u00a0\ufeff\u2028\x1dx-:=", max_size=12))
def test_the_phone_and_the_hub_take_off_the_same(phone: Phone, text: str) -> None:
    assert phone(text, isTrimmedOnly=True) == trimmed(text)


BITS = st.sampled_from(["A", "-", "_", "+", "/", "=", ":", "Q", "é", " "])


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 140), bit=BITS, drop=st.integers(0, 2), padding=st.sampled_from(["", "=", "=="]))
def test_whatever_is_no_code_for_the_hub_is_none_for_the_phone(
    phone: Phone, at: int, bit: str, drop: int, padding: str
) -> None:
    genuine = sign(TICKET, 1, SIGNER)
    text = genuine[:at] + bit + genuine[at + drop :] + padding
    assert (phone(text) != NO_CODE) == is_code(text)


NO_CODE = {"refusal": "invalid_code"}
NOT_UTF8 = "eyJ1dWlkIjoiNmMyZTk4NGUtYTVmMy00OGQwLTkwNDgtZTJiMDdlZmFjMjRlIiwi-yI6ImFhYWFhYWFhIn0"


def is_code(text: str) -> bool:
    """Return whether the hub takes the text for a code."""
    try:
        parse(trimmed(text))
    except InvalidCode:
        return False
    return True


def signed(payload: bytes) -> str:
    data = base64url(payload)
    return f"{data.decode()}:{base64url(SIGNER.private_key.sign(data)).decode()}"


def test_a_payload_that_is_not_utf8_is_no_code_for_either(phone: Phone) -> None:
    text = f"{NOT_UTF8}:{sign(TICKET, 1, SIGNER).partition(':')[2]}"
    assert not is_code(text)
    assert phone(text) == NO_CODE


WRITTEN: dict[str, list[Any]] = {
    "uuid": ["TICKET", "HEX", "6c2e984ea5f3-48d0-9048-e2b07efac24e", "urn:uuid:TICKET", "{TICKET}", "", None, 5, []],
    "k": ["aaaaaaaa", "", None, 5, ["a"], True],
    "g": [1, 12, 0, -1, 1.0, 1.5, 1e3, 2**31 - 1, 2**31, 2**53 + 1, 10**30, True, None, "1"],
    "other": ["x", "é", {"a": [1.5, None]}, "", "tab", "half"],
}
PARTS = st.fixed_dictionaries(
    {"uuid": st.sampled_from(["TICKET", "HEX"]) | st.sampled_from(WRITTEN["uuid"])},
    optional={name: st.sampled_from(values) for name, values in WRITTEN.items() if name != "uuid"},
)
BROKEN = [b"", b"\xef\xbb\xbf", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x00", b" ", b"\x0b", b"\\", b'"', b",", b"\n"]


def payload_of(parts: dict[str, Any], at: int, broken: bytes) -> bytes:
    text = json.dumps(parts).replace("TICKET", TICKET).replace("HEX", TICKET.replace("-", ""))
    raw = text.replace("half", "\\ud83c").replace('"tab"', '"\\t"').encode()
    at %= len(raw) + 1
    return raw[:at] + broken + raw[at:]


@settings(max_examples=300, deadline=None)
@given(PARTS, st.integers(0, 200), st.just(b"") | st.sampled_from(BROKEN))
def test_whatever_the_payload_says_the_phone_and_the_hub_agree_whether_it_is_a_code(
    phone: Phone, parts: dict[str, Any], at: int, broken: bytes
) -> None:
    text = signed(payload_of(parts, at, broken))
    assert (phone(text) != NO_CODE) == is_code(text)
    if is_code(text) and parse(text).kid in (None, SIGNER.kid):
        assert phone(text) in ({"refusal": "bad_signature"}, {"ticket": TICKET, "issue": parse(text).issue})


AMBIGUOUS = {
    "a name twice": b'{"uuid":"TICKET","k":"aaaaaaaa","uuid":"TICKET"}',
    "the first of two is wrong": b'{"uuid":5,"uuid":"TICKET"}',
    "the second of two is wrong": b'{"uuid":"TICKET","uuid":5}',
    "a name twice, one written with an escape": b'{"uuid":"TICKET","g":1,"\\u0067":2}',
    "an ignored name twice": b'{"uuid":"TICKET","x":1,"x":1}',
    "a name twice further in": b'{"uuid":"TICKET","x":[{"y":1,"y":2}]}',
    "an issue with a fraction, its name escaped": b'{"uuid":"TICKET","\\u0067":1.0}',
    "lists nested deep": b'{"uuid":"TICKET","x":' + b"[" * 600 + b"]" * 600 + b"}",
    "objects nested deep": b'{"uuid":"TICKET","x":' + b'{"x":' * 200 + b"1" + b"}" * 200 + b"}",
    "a thousand brackets that nothing closes": b'{"uuid":"TICKET","x":' + b"[" * 1000,
    "a bad escape in an ignored text": b'{"uuid":"TICKET","x":"\\q"}',
    "a number that is none": b'{"uuid":"TICKET","x":01}',
    "no number": b'{"uuid":"TICKET","x":NaN}',
}


@pytest.mark.parametrize("payload", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_payload_that_decoders_read_differently_is_no_code_for_either(phone: Phone, payload: bytes) -> None:
    text = signed(payload.replace(b"TICKET", TICKET.encode()))
    assert not is_code(text)
    assert phone(text) == NO_CODE


PLAIN = {
    "a number too large for a float": b'{"uuid":"TICKET","k":"aaaaaaaa","x":1e999}',
    "a fraction in another field": b'{"uuid":"TICKET","x":{"g":1.5},"k":"aaaaaaaa"}',
    "an issue in a text": b'{"uuid":"TICKET","x":"\\"g\\": 1.5","k":"aaaaaaaa"}',
    "the same name in two objects": b'{"uuid":"TICKET","x":{"y":1},"z":{"y":1},"k":"aaaaaaaa"}',
    "a text twice in a list": b'{"uuid":"TICKET","x":["y","y"],"k":"aaaaaaaa"}',
    "a name that is a text elsewhere": b'{"uuid":"TICKET","x":"x","k" : "aaaaaaaa"}',
    "brackets up to the bound": b'{"uuid":"TICKET","k":"aaaaaaaa","x":' + b"[" * 31 + b"]" * 31 + b"}",
}


@pytest.mark.parametrize("payload", PLAIN.values(), ids=PLAIN)
def test_a_payload_with_fields_to_ignore_is_a_code_for_both(phone: Phone, payload: bytes) -> None:
    text = signed(payload.replace(b"TICKET", TICKET.encode()))
    assert is_code(text)
    assert phone(text) == {"ticket": TICKET, "issue": 1}


NAMES = st.sampled_from(['"uuid"', '"k"', '"g"', '"\\u0067"', '"x"', '"__proto__"', '""'])
SCALARS = st.sampled_from(
    ["1", "1.0", "1e0", "-0", "null", "true", '"y"', '"\\"g\\":1.5"', f'"{TICKET}"', '"aaaaaaaa"']
)


def objects(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return JSON objects that may name the same twice."""
    members = st.lists(st.tuples(NAMES, values), max_size=3)
    return members.map(lambda pairs: "{" + " , ".join(f"{name} :{value}" for name, value in pairs) + "}")


VALUES = st.recursive(
    SCALARS, lambda inner: objects(inner) | st.lists(inner, max_size=3).map(lambda x: f"[{','.join(x)}]")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=3))
def test_whatever_an_object_names_the_phone_and_the_hub_agree_whether_it_is_a_code(
    phone: Phone, pairs: list[tuple[str, str]]
) -> None:
    members = [f'"uuid": "{TICKET}"', *(f"{name}: {value}" for name, value in pairs)]
    text = signed(("{" + ", ".join(members) + "}").encode())
    assert (phone(text) != NO_CODE) == is_code(text)
