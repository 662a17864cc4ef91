"""Outcomes of a scan: one table of every verdict and refusal at the door (scan-api.md, every outcome). Plain data.

A new reason to refuse is a row here, a check in `hub/door/rules.py`, its twin in `web/static/scanner/offline/rules.js`,
and its text in `verdicts.ftl` of each language; tests hold them to each other.
"""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

Force = Literal["never", "force", "over_limit"]
"""The right with which a device may admit all the same; `over_limit` is asked for in addition to `force`."""


class Outcome(msgspec.Struct, frozen=True):
    """One outcome of a scan: a row of scan-api.md's table.

    `code` is for machines; `message` is the answer's text (or its beginning, where a time or a door follows); `reason`
    is how reports and dashboards name it, None where there is nothing to name; `status` is the HTTP status;
    `practice` is what a door says of the practice code for it, None where there is no such code; `label` is the state
    of a ticket that is refused so, in the TiBillet API; `is_void` says that its wallet passes are void.
    """

    code: str
    message: str
    reason: str | None = None
    status: int = 200
    is_passed: bool = False
    force: Force = "never"
    practice: str | None = None
    label: str | None = None
    is_void: bool = False


def _trained(code: str, message: str, reason: str | None = None, **fields: Any) -> Outcome:
    """Return an outcome that has a practice code, labelled with its message unless `practice` says otherwise."""
    return Outcome(code, message, reason, **{"practice": message, **fields})


VERDICTS: tuple[Outcome, ...] = (
    _trained("admitted", "Ticket successfully scanned", is_passed=True),
    _trained("exited", "Exit recorded", is_passed=True),
    _trained("already_scanned", "Ticket already scanned", "Already scanned", force="force"),
    _trained("canceled", "Ticket canceled", "Cancelled", label="Canceled", is_void=True),
    _trained("unpaid", "Ticket not paid", "Not paid", force="force", label="Not paid"),
    _trained("blocked", "Ticket blocked", "Blocked by the organiser", label="Blocked", is_void=True),
    _trained("replaced", "Ticket reissued", "Old code, ticket was reissued"),
    _trained("expired", "Ticket expired", "Expired", label="Expired", is_void=True),
    _trained("too_early", "Ticket is for", "Too early", practice="Too early for this ticket", force="force"),
    _trained("too_late", "Ticket is for", "Too late", practice="Too late for this ticket", force="force"),
    _trained("wrong_door", "Wrong door", "Wrong door", force="force"),
    _trained("full", "Capacity reached", "Full", force="over_limit"),
    _trained("not_inside", "Ticket is not inside", "Not inside"),
    _trained("wrong_event", "Event error", "Other event", status=406),
    _trained("invalid_code", "Invalid QR code format", "Not a ticket code", status=400),
    _trained("bad_signature", "Invalid ticket signature", "Not a ticket of ours", status=400),
    _trained("unknown_ticket", "Ticket not found", "Ticket was deleted", status=404),
    Outcome("practice", "Practice", "Practice code"),
    Outcome("offline", "Refused offline", "Offline: this event lets nobody in without the hub"),
)
"""What leaves a journal entry, in the order in which practice codes are listed."""

ERRORS: tuple[Outcome, ...] = (
    Outcome("confirm", "To be confirmed at the door"),
    Outcome("bad_request", "The body must be a JSON object", status=400),
    Outcome("nonce_reused", "nonce used before for another scan: nobody was admitted: scan again", status=422),
    Outcome("bad_key", "Invalid or missing API key", status=403),
    Outcome("device_archived", "App is archived.", status=403),
    Outcome("not_allowed", "This device may not do that", status=403),
    Outcome("bad_method", "Method not allowed", status=405),
    Outcome("too_large", "The body is too large", status=413),
    Outcome("slow_down", "Too many requests: try again later", status=429),
    Outcome("unavailable", "could not be confirmed: scan again", status=503),
    Outcome(
        "not_last", "Somebody scanned this ticket since: only its last scan can be undone", "Scanned again since", 409
    ),
    Outcome("unknown_scan", "That scan is not one of this ticket's", status=404),
)
"""What leaves none: a question to confirm; requests that are wrong, not allowed, too many or not confirmed, and
refusals of an undo."""


def _by_code(outcomes: Iterable[Outcome]) -> dict[str, Outcome]:
    return {outcome.code: outcome for outcome in outcomes}


OUTCOMES = _by_code((*VERDICTS, *ERRORS))
PASSED = frozenset(outcome.code for outcome in VERDICTS if outcome.is_passed)
REFUSED = _by_code(outcome for outcome in VERDICTS if not outcome.is_passed)
FORCEABLE = frozenset(outcome.code for outcome in VERDICTS if outcome.force == "force")
PRACTICE_LABELS = {outcome.code: outcome.practice for outcome in VERDICTS if outcome.practice is not None}
"""The verdicts that there are practice codes for, each with what a door says."""
STATUS_LABELS = {outcome.code: outcome.label for outcome in VERDICTS if outcome.label is not None}
"""By the refusal that a ticket's state leads to: the state in the TiBillet API (scan-api.md, status labels)."""
VOID = frozenset(outcome.code for outcome in VERDICTS if outcome.is_void)
"""Refusals of tickets whose wallet passes are void."""
REASONS = {outcome.code: outcome.reason for outcome in OUTCOMES.values() if outcome.reason is not None}
"""Refusals as people read them: on dashboards, scanners and the report."""


def may_force(code: str, *, over_limit: bool) -> bool:
    """Return whether a forced scan overrides the refusal `code`; `full` only with the right `over_limit`."""
    outcome = REFUSED.get(code)
    return outcome is not None and (outcome.force == "force" or (outcome.force == "over_limit" and over_limit))
