"""One-time passwords of authenticator apps (TOTP, RFC 6238), and recovery codes in their place. Pure but for chance.

SHA-1, six digits, 30 seconds: what every app reads. A code of the step before or after is good, too: clocks differ.
"""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECRET_BYTES = 20
DIGITS = 6
STEP_S = 30
STEPS_AROUND = 1
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for another."""
GROUPS, GROUP = 3, 4


def new_secret() -> bytes:
    """Return a fresh secret of an app."""
    return secrets.token_bytes(SECRET_BYTES)


def shown_secret(secret: bytes) -> str:
    """Return a secret as people type it into an app that reads no QR: base32, in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def provisioning_uri(secret: bytes, username: str, issuer: str) -> str:
    """Return what the QR for an app holds."""
    return _totp(secret).get_provisioning_uri(username, issuer.replace(":", " "))


def code_at(secret: bytes, step: int) -> str:
    """Return the code of a time step."""
    return _totp(secret).generate(step * STEP_S).decode()


def step_of(secret: bytes, code: str, unix_s: float) -> int | None:
    """Return the time step that a code is of, the present one or one beside it; None where it is of none.

    All of them are compared, each in constant time. The earliest counts where two have the same code.
    """
    now = int(unix_s) // STEP_S
    steps = [step for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1) if step >= 0]
    fitting = [step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode())]
    return fitting[0] if fitting else None


def new_recovery_codes() -> list[str]:
    """Return ten fresh recovery codes of 59 random bits each: `abcd-efgh-jkmn`."""
    return ["-".join(_group() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]


def plain_code(typed: str) -> str:
    """Return a code as it is compared: small letters and digits, whatever stands between them."""
    return "".join(each for each in typed.lower() if each.isascii() and each.isalnum())


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_S)


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))
