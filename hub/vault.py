"""Vault: keyring of the hub's secrets, which seals what the database must not show, and derives the hub's other keys.

Several secrets may be in force: the current one seals and signs, and each of them opens and verifies, so that one takes
another's place while the hub runs (docs/security.md, The hub's secret). Each purpose has a key of its own by HKDF, so
that none reveals another. The table of purposes is the one in this module.
"""

import hmac
import os
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.errors import HubError
from hub.model.access import KeptKey, SecretState

NONCE_BYTES = 12


class WrongSecret(HubError):
    """Error of a sealed text that does not open: another secret sealed it, or it was changed."""

    def __init__(self) -> None:
        super().__init__("wrong_secret", "the hub's secret does not fit this database")


class TokenPurpose(StrEnum):
    """Purposes of keys that sign: what is handed out is made by the current secret, and good under any in force."""

    TICKET = "ticket access token"
    PASS = "wallet pass token"
    WAITING = "waiting entry token"
    BROWSER = "known browser"
    MANUAL = "hand code"
    RECOVERY = "recovery code"


class IndexPurpose(StrEnum):
    """Purposes of keys that make stored hashes: looked up by them, so these keys stay when a secret is replaced."""

    PHONES = "phone limit"
    MAILBOXES = "waiting mailbox"
    IDEMPOTENCY = "idempotency record"


OUTLASTING = frozenset(set(TokenPurpose) - {TokenPurpose.BROWSER})
"""Tokens that stay good when their secret is retired. A browser that is known no longer only waits like any other, and
who has the secret could guess at passwords from as many as they like."""
LINKS = OUTLASTING - {TokenPurpose.RECOVERY}
"""Tokens that can be made with the secret alone; recovery codes are random, so that a stolen secret makes none."""


class _Secret:
    """One secret, with the keys that are derived from it."""

    def __init__(self, text: str | bytes) -> None:
        self._bytes = text.encode() if isinstance(text, str) else text
        if not self._bytes:
            raise ValueError("the hub's secret is empty")
        self.derive = cache(self._derive)
        self.cipher = AESGCM(self.derive("seal"))
        self.fingerprint = self.derive("fingerprint")[:8].hex()

    def _derive(self, purpose: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=b"scan-hub " + purpose.encode()).derive(self._bytes)


def fingerprint_of(secret: str) -> str:
    """Return 16 hex digits by which the database names a secret."""
    return _Secret(secret).fingerprint


class Vault:
    """Keyring of the secrets in force. The first is the current one, until `adopt` says otherwise."""

    def __init__(self, *secrets: str | bytes) -> None:
        made = [_Secret(each) for each in secrets]
        if not made:
            raise ValueError("the hub's secret is empty")
        self._current = made[0]
        self._in_force: Mapping[str, _Secret] = {each.fingerprint: each for each in made}
        self._kept: Mapping[tuple[str, str], bytes] = {}

    # --- which secrets are in force ----------------------------------------------------------------------------------

    def fingerprint(self) -> str:
        """Return 16 hex digits by which the database names the current secret."""
        return self._current.fingerprint

    def fingerprints(self) -> list[str]:
        """Return the fingerprints of the secrets in force, the current one first."""
        return [each.fingerprint for each in self._newest_first()]

    def adopt(self, secrets: Iterable[str | bytes], state: SecretState) -> None:
        """Take up `secrets` and what the database says of them: which is current, which are retired, and kept keys.

        A current secret that is not known here leaves the one before in its place.
        """
        known = {each.fingerprint: each for each in map(_Secret, secrets)}
        in_force = {name: each for name, each in ({**known, **self._in_force}).items() if name not in state.retired}
        self._current = in_force.get(state.proof, self._current)
        self._in_force = in_force or {self._current.fingerprint: self._current}
        self._kept = dict(self._opened(state.kept))

    def seal_by(self, fingerprint: str) -> None:
        """Make one of the secrets in force the current one. Raises `KeyError`."""
        self._current = self._in_force[fingerprint]

    def _opened(self, kept: Iterable[KeptKey]) -> Iterator[tuple[tuple[str, str], bytes]]:
        """Yield the kept keys that open; one that opened before stays, though it is sealed by a secret not known."""
        for each in kept:
            name = (each.purpose, each.origin)
            try:
                yield name, self.open(each.sealed)
            except WrongSecret:
                if name in self._kept:
                    yield name, self._kept[name]

    def _newest_first(self) -> list[_Secret]:
        current = self._current
        return [current, *(each for each in self._in_force.values() if each.fingerprint != current.fingerprint)]

    # --- sealing -----------------------------------------------------------------------------------------------------

    def seal(self, plain: bytes) -> bytes:
        """Return `plain` encrypted (AES-256-GCM) by the current secret, 28 bytes longer, and different each time."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._current.cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Return the plain text. Raises `WrongSecret` where no secret in force sealed it, or it was changed."""
        return self._open(sealed)[1]

    def sealer(self, sealed: bytes) -> str:
        """Return the fingerprint of the secret that sealed it. Raises `WrongSecret` as `open` does."""
        return self._open(sealed)[0].fingerprint

    def _open(self, sealed: bytes) -> tuple[_Secret, bytes]:
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        for secret in self._newest_first():
            try:
                return secret, secret.cipher.decrypt(nonce, text, None)
            except (InvalidTag, ValueError):  # ValueError: cut so short that not even the nonce is whole
                continue
        raise WrongSecret

    # --- derived keys ------------------------------------------------------------------------------------------------

    def derive(self, purpose: str, *, sealer_of: bytes | None = None) -> bytes:
        """Return the key of `purpose`, 32 bytes: always the same for one secret.

        The secret is the current one, or the one that sealed `sealer_of`. Raises `WrongSecret` as `open` does.
        """
        secret = self._current if sealer_of is None else self._open(sealer_of)[0]
        return secret.derive(purpose)

    def token_key(self, purpose: TokenPurpose) -> "TokenKey":
        """Return the signer and verifier of a purpose; it goes with the secrets in force."""
        return TokenKey(self, purpose)

    def index_key(self, purpose: IndexPurpose) -> bytes:
        """Return the key of stored hashes, 32 bytes: the one of the database's first secret, for ever."""
        kept = self._kept_of(purpose)
        return kept[0] if kept else self._current.derive(purpose)

    def token_keys(self, purpose: TokenPurpose) -> list[bytes]:
        """Return the keys that verify: of the current secret, of the others in force, and kept ones of retired ones."""
        return [*(each.derive(purpose) for each in self._newest_first()), *self._kept_of(purpose)]

    def _kept_of(self, purpose: str) -> list[bytes]:
        return [key for (kept_for, _), key in self._kept.items() if kept_for == purpose]

    def keep(self, purpose: TokenPurpose | IndexPurpose, origin: str) -> KeptKey:
        """Return the key that the secret `origin` has for a purpose, sealed by the current secret: to outlast it."""
        key = self._in_force[origin].derive(purpose)
        return KeptKey(purpose=purpose, origin=origin, sealed=self.seal(key))


class TokenKey:
    """Signer and verifier of one purpose by HMAC-SHA256: signs by the current secret, verifies by any in force."""

    def __init__(self, vault: Vault, purpose: TokenPurpose) -> None:
        self._vault = vault
        self._purpose = purpose

    def sign(self, data: bytes) -> bytes:
        """Return the signature, 32 bytes."""
        return hmac.digest(self._vault.derive(self._purpose), data, "sha256")

    def signatures(self, data: bytes) -> list[bytes]:
        """Return all signatures of `data` that are good now, the current one first."""
        return [hmac.digest(key, data, "sha256") for key in self._vault.token_keys(self._purpose)]
