import base64
import json
from collections.abc import Callable
from uuid import UUID, uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st

from hub.door.codes import InvalidCode, InvalidKey, Keyring, Signer, load_public, make_key, parse, sign, verify
from tests.rsa_key import RSA_KEY

TICKET = "2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111"
GALA = Signer.load("gala", bytes(range(32)))
CONCERT = Signer.load("conc", bytes(range(1, 33)))
CODE = sign(TICKET, 1, GALA)
WRITERS: list[Callable[[bytes], bytes]] = [
    lambda raw: base64.urlsafe_b64encode(raw).rstrip(b"="),
    base64.urlsafe_b64encode,
    base64.b64encode,
]


def keyring() -> Keyring:
    ring = Keyring()
    ring.add("gala-event", "gala", GALA.public_pem)
    ring.add("concert-event", "conc", CONCERT.public_pem)
    ring.add("imported-event", "tibi", pem_of(RSA_KEY.public_key()))
    return ring


def pem_of(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def written(payload: object, write: Callable[[bytes], bytes] = WRITERS[0], signer: Signer = GALA) -> str:
    """A code with any payload at all, signed by `signer`."""
    data = write(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
    return f"{data.decode()}:{write(signer.private_key.sign(data)).decode()}"


def rsa_code(salt_length: int, write: Callable[[bytes], bytes] = base64.urlsafe_b64encode) -> str:
    """A code as a TiBillet server makes it: no key id, padded base64, RSASSA-PSS."""
    data = write(json.dumps({"uuid": TICKET}).encode())
    signature = RSA_KEY.sign(data, padding.PSS(padding.MGF1(SHA256()), salt_length), SHA256())
    return f"{data.decode()}:{write(signature).decode()}"


def is_genuine(text: str) -> bool:
    try:
        return keyring().owner(parse(text), ["gala-event", "concert-event", "imported-event"]) is not None
    except InvalidCode:
        return False


@given(ticket=st.uuids(), issue=st.integers(1, 10_000))
def test_a_code_says_what_was_signed(ticket: UUID, issue: int) -> None:
    signer = make_key("k1")
    text = sign(str(ticket), issue, signer)
    code = parse(text)
    assert (code.uuid, code.kid, code.issue) == (str(ticket), "k1", issue)
    assert code.data.decode() == text.partition(":")[0]
    assert verify(code, load_public(signer.public_pem))


def test_a_code_is_compact_and_its_first_issue_goes_without_saying() -> None:
    def payload(text: str) -> str:
        data = text.partition(":")[0]
        return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)).decode()

    assert payload(CODE) == f'{{"uuid":"{TICKET}","k":"gala"}}'
    assert payload(sign(TICKET, 2, GALA)) == f'{{"uuid":"{TICKET}","k":"gala","g":2}}'
    assert len(CODE) == 165
    assert "=" not in CODE


def test_a_key_survives_being_stored() -> None:
    signer = make_key("k1")
    stored = Signer.load("k1", signer.private_bytes)
    assert len(signer.private_bytes) == 32
    assert stored.public_pem == signer.public_pem
    assert verify(parse(sign(TICKET, 1, stored)), load_public(signer.public_pem))


def test_only_a_uuid_is_signed() -> None:
    with pytest.raises(ValueError):
        sign("not-a-uuid", 1, GALA)


@given(at=st.integers(0, len(CODE) - 1), other=st.characters(codec="ascii"))
@example(at=len(CODE) - 1, other="A")
def test_a_code_with_any_one_character_changed_is_refused(at: int, other: str) -> None:
    changed = CODE[:at] + other + CODE[at + 1 :]
    assert is_genuine(changed) == (changed == CODE)


def test_spare_bits_of_the_last_character_cannot_be_changed() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert [last for last in alphabet if is_genuine(CODE[:-1] + last)] == [CODE[-1]]


@given(at=st.integers(0, len(CODE)), more=st.text(st.characters(codec="ascii"), min_size=1, max_size=3))
def test_a_code_with_something_put_in_or_cut_off_is_refused(at: int, more: str) -> None:
    padded = f"{CODE}=="
    longer = CODE[:at] + more + CODE[at:]
    assert is_genuine(longer) == (longer == padded)
    assert not (at and is_genuine(CODE[at:]))
    assert not (at < len(CODE) and is_genuine(CODE[:at]))


@given(text=st.one_of(st.text(), st.from_regex(r"[A-Za-z0-9_\-=+/]*:[A-Za-z0-9_\-=+/]*"), st.none(), st.integers()))
def test_text_that_is_no_code_is_invalid_and_nothing_else(text: object) -> None:
    with pytest.raises(InvalidCode):
        parse(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["uuid", "k", "g", "x"]), inner),
    max_leaves=5,
)


@given(payload=st.one_of(json_values, st.binary()))
def test_a_signed_payload_of_any_shape_is_read_or_invalid(payload: object) -> None:
    try:
        assert UUID(parse(written(payload)).uuid)
    except InvalidCode as refusal:
        assert (refusal.status, refusal.code, refusal.message) == (400, "invalid_code", "Invalid QR code format")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"\xff",
        b'{"uuid":"\xff"}',
        b'{"x":' + b"[" * 1400,
        [],
        TICKET,
        {},
        {"uuid": None},
        {"uuid": ""},
        {"uuid": 7},
        {"uuid": TICKET[:-1]},
        {"uuid": f"{{{TICKET}}}"},
        {"uuid": TICKET, "k": 1},
        {"uuid": TICKET, "g": 0},
        {"uuid": TICKET, "g": "2"},
        {"uuid": TICKET, "g": True},
    ],
)
def test_a_payload_that_is_wrong_is_invalid_though_it_is_signed(payload: object) -> None:
    with pytest.raises(InvalidCode):
        parse(written(payload))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "::",
        CODE.replace(":", ""),
        f"{CODE}:",
        f" {CODE}",
        f"{CODE}\n",
        f"{CODE}=",
        f"{CODE}===",
        CODE.replace(":", "=:"),
        CODE[:-1] + "é",
        CODE[:-1] + "\ud800",
        "a" * 10_000_000,
        CODE.encode(),
    ],
)
def test_a_text_of_the_wrong_form_is_invalid(text: object) -> None:
    with pytest.raises(InvalidCode):
        parse(text)


def test_a_uuid_is_read_in_either_case_and_given_in_lower() -> None:
    assert parse(written({"uuid": TICKET.upper()})).uuid == TICKET


@pytest.mark.parametrize("write", WRITERS)
def test_padded_base64_is_accepted_in_either_alphabet(write: Callable[[bytes], bytes]) -> None:
    texts = [written({"uuid": str(uuid4()), "k": "gala", "note": "?>~"}, write) for _ in range(50)]
    assert all(is_genuine(text) for text in texts)


def test_mixed_alphabets_are_refused() -> None:
    with pytest.raises(InvalidCode):
        parse(written({"uuid": TICKET}) + "-+==")


@pytest.mark.parametrize("salt_length", [0, 20, 32, padding.PSS.MAX_LENGTH])
@pytest.mark.parametrize("write", [base64.urlsafe_b64encode, base64.b64encode])
def test_an_rsa_code_is_genuine_whatever_its_salt(salt_length: int, write: Callable[[bytes], bytes]) -> None:
    code = parse(rsa_code(salt_length, write))
    assert (code.kid, code.issue) == (None, 1)
    assert keyring().owner(code, ["gala-event", "imported-event"]) == "imported-event"


def test_an_rsa_code_of_another_key_or_padding_is_not_genuine() -> None:
    stranger = rsa.generate_private_key(65537, 2048).public_key()
    assert not verify(parse(rsa_code(32)), load_public(pem_of(stranger)))
    data = base64.urlsafe_b64encode(json.dumps({"uuid": TICKET}).encode())
    signature = RSA_KEY.sign(data, padding.PKCS1v15(), SHA256())
    assert not is_genuine(f"{data.decode()}:{base64.urlsafe_b64encode(signature).decode()}")


def test_a_code_signed_by_a_stranger_under_a_known_key_id_has_no_owner() -> None:
    forged = sign(TICKET, 1, make_key("gala"))
    assert keyring().owner(parse(forged), ["gala-event"]) is None


def test_a_code_that_names_another_events_key_is_of_neither_event() -> None:
    relabelled = written({"uuid": TICKET, "k": "conc"}, signer=GALA)
    assert keyring().owner(parse(relabelled), ["gala-event", "concert-event"]) is None


def test_a_genuine_code_of_another_event_is_told_from_a_forgery() -> None:
    assert keyring().owner(parse(sign(TICKET, 1, CONCERT)), ["gala-event"]) == "concert-event"


def test_a_code_that_names_an_unknown_key_has_no_owner_though_a_known_key_signed_it() -> None:
    assert keyring().owner(parse(written({"uuid": TICKET, "k": "who"})), ["gala-event"]) is None


def test_a_code_without_a_key_id_is_held_against_the_events_tried_only() -> None:
    code = parse(written({"uuid": TICKET}))
    ring = keyring()
    assert ring.owner(code, ["concert-event", "gone", "gala-event", "gala-event"]) == "gala-event"
    assert ring.owner(code, ["concert-event"]) is None
    assert ring.owner(code, []) is None


def test_of_events_tried_the_first_that_fits_is_the_owner() -> None:
    ring = Keyring()
    ring.add("one", "k1", GALA.public_pem)
    ring.add("two", "k2", GALA.public_pem)
    code = parse(written({"uuid": TICKET}))
    assert [ring.owner(code, order) for order in (["one", "two"], ["two", "one"])] == ["one", "two"]


def test_a_removed_event_owns_nothing() -> None:
    ring = keyring()
    ring.remove("gala-event")
    ring.remove("never-added")
    assert ring.owner(parse(CODE), ["gala-event"]) is None
    assert ring.owner(parse(written({"uuid": TICKET})), ["gala-event"]) is None


def test_an_event_added_again_has_its_new_key_only() -> None:
    ring = keyring()
    ring.add("gala-event", "new", make_key("new").public_pem)
    assert ring.owner(parse(CODE), ["gala-event"]) is None
    ring.add("gala-event", "gala", GALA.public_pem)
    assert ring.owner(parse(CODE), []) == "gala-event"


def test_a_key_that_cannot_be_used_leaves_the_old_one_in_place() -> None:
    ring = keyring()
    with pytest.raises(InvalidKey):
        ring.add("gala-event", "gala", "no key")
    with pytest.raises(ValueError, match="taken"):
        ring.add("gala-event", "conc", GALA.public_pem)
    assert ring.owner(parse(CODE), []) == "gala-event"


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "\ud800",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        pem_of(rsa.generate_private_key(65537, 1024).public_key()),
        pem_of(ec.generate_private_key(ec.SECP256R1()).public_key()),
    ],
)
def test_other_keys_than_ed25519_and_decent_rsa_are_refused(pem: str) -> None:
    with pytest.raises(InvalidKey):
        load_public(pem)


@given(data=st.data())
def test_who_signs_again_and_who_verifies_agree(data: st.DataObject) -> None:
    signer, other = make_key("k1"), make_key("k1")
    code = sign(str(uuid4()), data.draw(st.integers(1, 99)), data.draw(st.sampled_from([signer, other])))
    flipped = data.draw(st.integers(-1, 63))
    parsed = parse(code)
    if flipped >= 0:
        bent = bytes(b ^ (1 if n == flipped else 0) for n, b in enumerate(parsed.signature))
        parsed = msgspec.structs.replace(parsed, signature=bent)
    assert verify(parsed, signer) == verify(parsed, load_public(signer.public_pem))
