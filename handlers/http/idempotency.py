"""Idempotency keys of requests (booking-api.md): the same `Idempotency-Key` gets the first answer."""

from handlers.http.base import BaseHandler
from hub.errors import BadInput
from hub.model.access import Principal

GUESSABLE_BELOW = 22
"""Characters of a base64 text that holds 128 bits: a shorter anonymous Idempotency-Key could be guessed."""


def idempotency_of(handler: BaseHandler, principal: Principal | None) -> str | None:
    """Return the scope and key of an idempotent request, or None. Raises `BadInput`."""
    key = handler.request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not key:
        raise BadInput("Idempotency-Key", {"Idempotency-Key": "must not be empty"})
    if principal is None and len(key) < GUESSABLE_BELOW:
        raise BadInput("Idempotency-Key", {"Idempotency-Key": "must hold 128 random bits without a credential"})
    if len(key) > 200:
        raise BadInput("Idempotency-Key", {"Idempotency-Key": "200 characters at most"})
    return f"idempotency/{principal.id if principal else ''}/{handler.request.path.rstrip('/')}/{key}"
