"""The signature of a delivery: HMAC-SHA256 over timestamp and body, once for each secret (docs/webhooks.md)."""

import hashlib
import hmac
from collections.abc import Iterable

HEADER = "X-Hub-Signature"


def sign(secrets: Iterable[bytes], timestamp: int, body: bytes) -> str:
    """Return the header's value: `t=<unix seconds>,v1=<hex>`, with one `v1` for each secret."""
    signatures = [hmac.new(secret, b"%d." % timestamp + body, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={timestamp}", *(f"v1={signature}" for signature in signatures)])
