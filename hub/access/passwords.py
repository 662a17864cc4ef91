"""Passwords, kept as Argon2id hashes. Each call takes tens of milliseconds and 64 MiB: run it in a thread."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from hub.errors import BadInput

SHORTEST, LONGEST = 10, 1000
"""Characters of a password."""


def check_length(password: str) -> None:
    """Raise `BadInput` with the field `new` for a new password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput("The password cannot be used", {"new": f"must have {SHORTEST} characters or more"})


def hash_password(password: str) -> str:
    """Return the hash to store: salted, so two of one password differ, and naming its own parameters."""
    return PasswordHasher().hash(_to_bytes(password))


def password_fits(password: str, stored: str | None) -> bool:
    """Return whether `password` is the one that `stored` was made of; never raises.

    `stored` is None for a user that does not exist: the answer is then False after the usual time, so that a login's
    duration does not reveal which users exist.
    """
    if stored is None:
        hash_password(password)
        return False
    try:
        return PasswordHasher().verify(stored, _to_bytes(password))
    except (VerificationError, ValueError):  # ValueError: what is stored is no hash
        return False


def _to_bytes(password: str) -> bytes:
    """Encode any string at all: JSON can carry half a surrogate pair, which plain UTF-8 refuses."""
    return password.encode("utf-8", "surrogatepass")
