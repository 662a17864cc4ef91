"""Signatures of a delivery: HMAC-SHA256 for each secret, of Standard Webhooks and of our own (docs/webhooks.md)."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Sequence

HEADER = "X-Hub-Signature"
PREFIX = b"whsec_"
"""Beginning of a secret whose rest is the key in base64, as Standard Webhooks has it."""


def sign(secrets: Iterable[bytes], timestamp: int, body: bytes) -> str:
    """Return the header's value: `t=<unix seconds>,v1=<hex>`, with one `v1` for each secret."""
    signatures = [hmac.new(secret, b"%d." % timestamp + body, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={timestamp}", *(f"v1={signature}" for signature in signatures)])


def standard_headers(secrets: Sequence[bytes], delivery: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of Standard Webhooks: id, timestamp, and one `v1` signature for each secret."""
    signed = f"{delivery}.{timestamp}.".encode() + body
    digests = [hmac.new(key_of(secret), signed, hashlib.sha256).digest() for secret in secrets]
    return {
        "webhook-id": delivery,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests),
    }


def key_of(secret: bytes) -> bytes:
    """Return the key of a secret: what follows `whsec_`, decoded; of any other secret its text."""
    if not secret.startswith(PREFIX):
        return secret
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True) or secret
    except binascii.Error:
        return secret


def new_secret(random: bytes) -> str:
    """Return a secret in the form of Standard Webhooks, with `random` as its key."""
    return (PREFIX + base64.b64encode(random)).decode()
