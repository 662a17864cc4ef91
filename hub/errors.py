"""Errors of the hub: types with a code. `handlers` maps them to HTTP and to frames, in one place each.

HubError
├── BadInput        400 or 422, invalid input, with an error for each field
├── NotAllowed      401 or 403
├── NotFound        404
├── PairingFailed   400, a pairing code that is not good
├── Gone            410, the ticket is another person's now
├── Conflict        409 (sold out, already scanned ...)
│   └── Duplicate   409, a value that must be unique exists
├── SlowDown        429, retry later
├── Unreadable      503, a stored record cannot be read: nothing was decided, retry once it is mended
└── Unavailable     503, the database is away: not confirmed, retry
"""

from collections.abc import Awaitable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
import structlog
from msgspec import UNSET, UnsetType

log = structlog.get_logger(__name__)


class HubError(Exception):
    """Base of all errors: `code` for machines, `message` for people, `status` the HTTP status it stands for."""

    status = 500

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class BadInput(HubError):
    """Error of invalid input. `errors` has a text for each field that is wrong."""

    status = 422

    def __init__(
        self, message: str, errors: dict[str, str] | None = None, *, code: str = "invalid", status: int = 422
    ) -> None:
        super().__init__(code, message)
        self.errors = errors or {}
        self.status = status


class NotAllowed(HubError):
    """Error of a caller who is unknown (401) or may not do this (403)."""

    status = 403

    def __init__(self, code: str, message: str, *, status: int = 403) -> None:
        super().__init__(code, message)
        self.status = status


class NotFound(HubError):
    """Error of a missing thing, or of one that the caller may not know of."""

    status = 404

    def __init__(self, message: str, *, code: str = "not_found") -> None:
        super().__init__(code, message)


class Gone(HubError):
    """Error of a credential whose ticket is another person's by now."""

    status = 410


class Conflict(HubError):
    """Error of a valid request that the present state of things does not allow."""

    status = 409


class Duplicate(Conflict):
    """Conflict of a unique value with a stored one: `names` holds the values, as far as they are known."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = list(dict.fromkeys(names))
        super().__init__("duplicate", f"Taken already: {', '.join(self.names)}" if self.names else "Taken already")


class SlowDown(HubError):
    """Error of a rate limit: too much at once; try again after `after_s` seconds."""

    status = 429

    def __init__(self, message: str, *, after_s: float) -> None:
        super().__init__("slow_down", message)
        self.after_s = after_s


class Unavailable(HubError):
    """Error of an unconfirmed operation: whether it happened is unknown until the same request is made again."""

    status = 503

    def __init__(self, message: str = "could not be confirmed: scan again", *, after_s: float = 1.0) -> None:
        super().__init__("unavailable", message)
        self.after_s = after_s


class Unreadable(HubError):
    """Error of a stored record that cannot be read, so nothing was decided. Not final: phones keep the scan.

    `what` is the record's kind: `event`, `showing`, `ticket`, ...
    """

    status = 503

    def __init__(self, what: str, *, after_s: float = 60.0) -> None:
        super().__init__("unavailable", f"The record of this {what} cannot be read: ask the organiser")
        self.what = what
        self.after_s = after_s


class PairingFailed(HubError):
    """Refusal of a pairing token that is unknown or expired: one message, which reveals no token that exists.

    One that is used up says so, to a phone that shows it whole: `uses`, for how many phones it was.
    """

    status = 400

    def __init__(self, why: str = "is not valid", *, uses: int | None = None) -> None:
        super().__init__("pairing_failed", f"This pairing code {why}: ask the organiser for a new one")
        self.uses = uses


class RefusalAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of the scan API to a request that is refused (scan-api.md); `error` is the message once more."""

    success: bool = False
    code: str
    message: str
    error: str
    uses: int | UnsetType = UNSET
    """Of a pairing code that is used up: for how many phones it was."""


def refusal_answer(error: HubError) -> RefusalAnswer:
    """Return an error as an answer of the scan API."""
    uses = (isinstance(error, PairingFailed) and error.uses) or UNSET
    return RefusalAnswer(code=error.code, message=error.message, error=error.message, uses=uses)


Answer = TypeVar("Answer")


@contextmanager
def error_boundary(what: str) -> Iterator[None]:
    """Error boundary: any exception but a `HubError` is logged, with its `what`, and becomes one (`internal`)."""
    try:
        yield
    except HubError:
        raise
    except Exception as wrong:
        log.exception("unexpected error", what=what)
        raise HubError("internal", "something went wrong here: try again") from wrong


async def guard(question: Awaitable[Answer]) -> Answer:
    """Await `question` within an error boundary. Raises `HubError` and nothing else."""
    with error_boundary("a port"):
        return await question
