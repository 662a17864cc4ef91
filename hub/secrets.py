"""Tokens, API keys, and the vault that keeps private keys encrypted under the hub's secret.

Tokens and keys are random, so a plain SHA-256 keeps them: nobody can guess what was hashed. What people
choose themselves goes through `hub.access.passwords`.
"""

import hashlib
import hmac
import os
import re
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.errors import HubError

SHORTEST_KEY = 32
LONGEST_KEY = 256
NONCE_BYTES = 12


class WrongSecret(HubError):
    """Error of a sealed text that does not open: another secret sealed it, or it was changed."""

    def __init__(self) -> None:
        super().__init__("wrong_secret", "the hub's secret does not fit this database")


class NewApiKey(NamedTuple):
    """New API key: `key` is shown once, `prefix` and `hash` are stored."""

    key: str
    prefix: str
    hash: bytes


def new_token() -> str:
    """Return a fresh token of 24 characters that stand in a URL as they are: 144 random bits."""
    return secrets.token_urlsafe(18)


def token_hash(token: str) -> bytes:
    """Return the stored form of a token or a whole API key: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def is_same(shown: str, token: str) -> bool:
    """Return whether a credential is `token`, whatever characters it has; compared in constant time."""
    return hmac.compare_digest(token.encode(), shown.encode("utf-8", "surrogatepass"))


def token_fits(token: str, stored: bytes) -> bool:
    """Return whether `token` is the one whose hash is `stored`; compared in constant time."""
    return hmac.compare_digest(token_hash(token), stored)


def new_api_key() -> NewApiKey:
    """Return a fresh key `<prefix>.<secret>`: 12 characters to find it by, 256 random bits to prove it."""
    prefix = secrets.token_hex(6)
    key = f"{prefix}.{secrets.token_urlsafe(32)}"
    return NewApiKey(key, prefix, token_hash(key))


def key_prefix(key: str) -> str | None:
    """Return the prefix that an API key is looked up by; None if it has not the form `<prefix>.<secret>`.

    32 to 256 visible ASCII characters, since it must fit a header; the prefix of letters, digits, `_` and `-`.
    """
    form = re.fullmatch(r"([A-Za-z0-9_-]+)\.[!-~]+", key)
    return form[1] if form and SHORTEST_KEY <= len(key) <= LONGEST_KEY else None


class Vault:
    """Vault: encrypts private keys for the database, under the hub's secret (AES-256-GCM).

    One secret serves many purposes: each gets a key of its own by HKDF, so none reveals another.
    """

    def __init__(self, secret: str | bytes) -> None:
        self._secret = secret.encode() if isinstance(secret, str) else secret
        if not self._secret:
            raise ValueError("the hub's secret is empty")
        self._cipher = AESGCM(self.derive("seal"))

    def derive(self, purpose: str) -> bytes:
        """Return the key of `purpose`, 32 bytes: always the same for one secret."""
        return HKDF(SHA256(), length=32, salt=None, info=b"scan-hub " + purpose.encode()).derive(self._secret)

    def seal(self, plain: bytes) -> bytes:
        """Return `plain` encrypted, 28 bytes longer, and different each time."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Return the plain text. Raises `WrongSecret` where another secret sealed it or it was changed."""
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, text, None)
        except (InvalidTag, ValueError):  # ValueError: cut so short that not even the nonce is whole
            raise WrongSecret from None

    def fingerprint(self) -> str:
        """Return 16 hex digits to keep in the database, by which the next start checks that the secret is the same."""
        return self.derive("fingerprint")[:8].hex()
