"""Tokens and API keys: made, hashed and compared.

Tokens and keys are random, so a plain SHA-256 keeps them: nobody can guess what was hashed. What people
choose themselves goes through `hub.access.passwords`.
"""

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

SHORTEST_KEY = 32
LONGEST_KEY = 256


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
    return is_same_hash(token_hash(token), stored)


def is_same_hash(shown: bytes, stored: bytes | None) -> bool:
    """Return whether the hash of what was shown is the one `stored`, if any; compared in constant time."""
    return stored is not None and hmac.compare_digest(shown, stored)


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
