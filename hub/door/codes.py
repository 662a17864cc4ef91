"""QR codes of tickets (scan-api.md, "The code in the QR"): written, parsed, and their signatures verified. Pure.

    D:S     D = base64url of {"uuid": ticket, "k": key id, "g": issue}, S = base64url of the signature over D's bytes

Reading is strict: base64 must be as an encoder would write it, since Python's decoder skips strange characters and
ignores spare bits, and then many texts would be the same code. The JSON must be read alike by every decoder: no name
twice in an object, and not nested deep (`web/static/scanner/offline/codes.js` reads it in the scanner).
"""

import base64
import hmac
import json
import re
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
import structlog
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from hub.errors import BadInput
from hub.model.event import Event
from hub.vault import Vault, WrongSecret

log = structlog.get_logger(__name__)

LONGEST_CODE = 2048
"""Characters; a code signed with RSA of 8192 bits has some 1,450."""

UPC_DIGITS = 12
ADDED_SPACE = " \t\r\n\v\f\u00a0\ufeff"
AIM_PREFIX = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)
"""A symbology identifier (ISO/IEC 15424): which kind of code a reader has read."""

MOST_ISSUES = 2**31 - 1
MOST_BRACKETS = 32
"""Objects and lists that a payload may open: how deep a decoder goes depends on who calls it, and on its language."""

SMALLEST_RSA_BITS = 2048

PublicKey = Ed25519PublicKey | RSAPublicKey


class InvalidCode(BadInput):
    """Refusal of a text that is no code at all: 400 `invalid_code` (scan-api.md, every outcome)."""

    def __init__(self) -> None:
        super().__init__("Invalid QR code format", code="invalid_code", status=400)


class InvalidKey(BadInput):
    """Refusal of a public key that codes cannot be verified with: 422 `invalid_key`."""

    def __init__(self) -> None:
        super().__init__(
            f"a public key must be PEM, Ed25519 or RSA of {SMALLEST_RSA_BITS} bits or more", code="invalid_key"
        )


class ParsedCode(msgspec.Struct, frozen=True):
    """Content of a code, not yet verified: see `verify`.

    `uuid` is the ticket's, in lower case with hyphens; `kid` names the signing key (None: a code of another server);
    `issue` counts from 1; `data` is what was signed, the ASCII bytes of `D`; `signature` is `S` decoded.
    """

    uuid: str
    kid: str | None
    issue: int
    data: bytes
    signature: bytes


class _Payload(msgspec.Struct, omit_defaults=True):
    """The JSON inside `D`. Other fields are ignored."""

    uuid: UUID
    k: str | None = None
    g: Annotated[int, msgspec.Meta(ge=1, le=MOST_ISSUES)] = 1


class Signer(msgspec.Struct, frozen=True):
    """An event's private key, loaded, and the id that its codes name it by."""

    kid: str
    private_key: Ed25519PrivateKey

    @classmethod
    def load(cls, kid: str, private_bytes: bytes) -> "Signer":
        """Return the signer that `private_bytes` made (32 bytes); raises ValueError for another length."""
        return cls(kid, Ed25519PrivateKey.from_private_bytes(private_bytes))

    @property
    def private_bytes(self) -> bytes:
        """The private key as 32 raw bytes. Store them only sealed (`hub.vault.Vault`)."""
        return self.private_key.private_bytes_raw()

    @property
    def public_pem(self) -> str:
        """The public key as PEM (SubjectPublicKeyInfo), as `load_public` takes it."""
        pem = self.private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return pem.decode()


def make_key(kid: str) -> Signer:
    """Return a new Ed25519 key that codes will name `kid`.

    Keep `kid` at 8 characters or fewer: such a code fits a QR of version 9, 53 modules wide, until its 100th issue.
    """
    return Signer(kid, Ed25519PrivateKey.generate())


def sign(ticket_id: str, issue: int, signer: Signer) -> str:
    """Return the code `D:S` of a ticket's `issue` (from 1); raises ValueError if `ticket_id` is no uuid."""
    data = _encode(msgspec.json.encode(_Payload(UUID(ticket_id), signer.kid, issue)))
    return f"{data.decode()}:{_encode(signer.private_key.sign(data)).decode()}"


def trimmed(text: str) -> str:
    """Text of a code without the additions of readers: white space around it, and an AIM prefix such as `]Q1`."""
    text = text.strip(ADDED_SPACE)
    return text[3:].strip(ADDED_SPACE) if text.startswith("]") and AIM_PREFIX.match(text) else text


def barcode_spellings(text: str) -> list[str]:
    """Return what a barcode that was read may be known by: without the additions of readers, as it was read, as UPC-A.

    A UPC-A of 12 digits and the EAN-13 of a 0 before them are the same bars: readers differ in which they make of it.
    """
    bare = trimmed(text)
    found = {bare: None, text: None}
    if bare.isascii() and bare.isdecimal():
        if len(bare) == UPC_DIGITS:
            found["0" + bare] = None
        elif len(bare) == UPC_DIGITS + 1 and bare.startswith("0"):
            found[bare[1:]] = None
    return list(found)


def parse(text: object) -> ParsedCode:
    """Return the code in a scanned `text`. Raises `InvalidCode`, and nothing else, where it is none."""
    if not isinstance(text, str) or len(text) > LONGEST_CODE or not text.isascii() or text.count(":") != 1:
        raise InvalidCode
    data, _, signature = text.encode().partition(b":")
    try:
        # Decoded here, since the JSON decoder looks at no byte of fields that it ignores: not UTF-8 is no code.
        json_text = _decode(data).decode()
        payload = msgspec.json.decode(json_text, type=_Payload)
        _check_unambiguous(json_text, payload)
        return ParsedCode(str(payload.uuid), payload.k, payload.g, data, _decode(signature))
    except (ValueError, RecursionError):
        raise InvalidCode from None


def _check_unambiguous(json_text: str, payload: _Payload) -> None:
    """Raise ValueError for a payload that decoders may read differently: nested deep, or with a name twice."""
    if msgspec.json.encode(payload) == json_text.encode():
        return  # as this hub writes it
    if json_text.count("{") + json_text.count("[") > MOST_BRACKETS:
        raise ValueError("nested too deep")
    json.loads(json_text, object_pairs_hook=_check_names)


def _check_names(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")


def load_public(pem: str) -> PublicKey:
    """Return the key in `pem`, ready to verify with; raises InvalidKey unless it is Ed25519 or RSA of decent size."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise InvalidKey from None
    if isinstance(key, Ed25519PublicKey) or (isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST_RSA_BITS):
        return key
    raise InvalidKey


def verify(code: ParsedCode, key: PublicKey | Signer) -> bool:
    """Return whether `key` signed `code`: Ed25519, or RSASSA-PSS with SHA-256 and any salt length.

    Who has the private key signs again and compares: Ed25519 always gives the same signature (RFC 8032, 5.1.6), and
    signing takes less than half the time of verifying, which a scan would spend most of its own time on.
    """
    if isinstance(key, Signer):
        return hmac.compare_digest(key.private_key.sign(code.data), code.signature)
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(code.signature, code.data)
        else:
            key.verify(code.signature, code.data, PSS(MGF1(SHA256()), PSS.AUTO), SHA256())
    except InvalidSignature:
        return False
    return True


class _EventKeys(msgspec.Struct, frozen=True):
    """Verification keys of one event: its own, and the one of another server that sold some tickets."""

    kid: str
    own: PublicKey | Signer
    imported: PublicKey | None
    pems: tuple[str, str | None]


class Keyring:
    """Keyring: the verification keys of all events, in memory: for each its own, and perhaps an imported public one.

    With a vault it opens the private keys of the events that it learns, for a quicker check of their codes.
    """

    def __init__(self, vault: Vault | None = None) -> None:
        self._vault = vault
        self._keys: dict[str, _EventKeys] = {}
        self._events: dict[str, str] = {}

    def learn(self, event: Event) -> None:
        """Take in the keys of an event; see `add`. A relay has no private one."""
        self.add(event.id, event.key.kid, event.key.public_pem, event.imported_pem, sealed=event.key.sealed or None)

    def add(
        self, event_id: str, kid: str, pem: str, imported_pem: str | None = None, *, sealed: bytes | None = None
    ) -> None:
        """Take in an event's keys, in place of those it had; `sealed` is its private one, as the vault closed it.

        Raises InvalidKey if one cannot be used, and ValueError if `kid` is another event's: a code that names it
        could then belong to either.
        """
        if self._events.get(kid, event_id) != event_id:
            raise ValueError(f"key id {kid!r} of event {event_id} is taken by event {self._events[kid]}")
        pems = pem, imported_pem
        known = self._keys.get(event_id)
        if known is not None and (known.kid, known.pems) == (kid, pems):
            return
        own, imported = self._own_key(kid, pem, sealed), None if imported_pem is None else load_public(imported_pem)
        keys = _EventKeys(kid, own, imported, pems)
        self.remove(event_id)
        self._keys[event_id] = keys
        self._events[kid] = event_id

    def _own_key(self, kid: str, pem: str, sealed: bytes | None) -> PublicKey | Signer:
        """Return the private key, or the public one where there is none that opens: doors go on all the same."""
        if self._vault is None or sealed is None:
            return load_public(pem)
        try:
            return Signer.load(kid, self._vault.open(sealed))
        except WrongSecret:
            log.error("an event's private key does not open: its codes are verified by the public one", kid=kid)
            return load_public(pem)

    def remove(self, event_id: str) -> None:
        """Forget the keys of an event, if it has any."""
        if event_id in self._keys:
            del self._events[self._keys.pop(event_id).kid]

    def knows(self, kid: str) -> bool:
        """Return whether a key with this id is in the ring."""
        return kid in self._events

    def owner(self, code: ParsedCode, tried: Sequence[str]) -> str | None:
        """Return the id of the event whose key signed `code`; None if there is none, so the code is not genuine."""
        return next(iter(self.owners(code, tried)), None)

    def owners(self, code: ParsedCode, tried: Sequence[str]) -> list[str]:
        """Return the ids of the events whose key signed `code`: several where they imported the same one.

        A code that names its key is held against that one alone. For one that does not, the keys of the events
        `tried` are, in this order: the one asked for, the device's, then all that are open.
        """
        if code.kid is not None:
            owner = self._events.get(code.kid)
            return [owner] if owner is not None and verify(code, self._keys[owner].own) else []
        return [event_id for event_id in dict.fromkeys(tried) if self._vouches(event_id, code)]

    def _vouches(self, event_id: str, code: ParsedCode) -> bool:
        keys = self._keys.get(event_id)
        return keys is not None and any(verify(code, key) for key in (keys.own, keys.imported) if key is not None)


def _encode(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """Decode base64url without padding, or padded base64 of either alphabet; ValueError for any other writing."""
    raw = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    padded = base64.urlsafe_b64encode(raw)
    if text not in (padded.rstrip(b"="), padded, base64.b64encode(raw)):
        raise ValueError("not as an encoder writes it")
    return raw
