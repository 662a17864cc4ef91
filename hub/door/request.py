"""Request bodies of scans and checks, typed (scan-api.md)."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from hub.door.codes import trimmed
from hub.door.payment import DoorPayment, check_may_sell
from hub.errors import BadInput, NotAllowed
from hub.formats.money import CURRENCIES, WRONG_CURRENCY
from hub.model.access import Principal
from hub.validation import MISSING, PROSE, Problems, read_message


class ScanBody(msgspec.Struct, kw_only=True):
    """Body of a scan or a check; unknown fields are ignored."""

    qrcode_data: str = ""
    ticket_uuid: str | None = None
    issue: Annotated[int, msgspec.Meta(ge=1, le=2**53)] | None = None
    """Issue of the chosen ticket as the list showed it: the choice is of no use once the ticket is reissued."""
    event_uuid: str | None = None
    direction: Literal["in", "out"] = "in"
    nonce: str | None = None
    force: bool = False
    reason: Annotated[str, msgspec.Meta(max_length=500), PROSE] | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    confirmed: bool = False
    """Whether the door has answered the question of the event or product (`confirm`)."""
    payment: DoorPayment | None = None
    """What is taken for unpaid tickets with the scan that lets them in; for a device that may sell."""


def parse_body(raw: object) -> ScanBody:
    """Return a scan's fields, typed. Raises `BadInput` (bad_request) that names each field that is wrong."""
    try:
        return read_message(raw, ScanBody, check_body)
    except BadInput:
        if isinstance(raw, dict) and _is_blank(raw.get("qrcode_data")) and raw.get("ticket_uuid") is None:
            missing = {"qrcode_data": MISSING}
            raise BadInput("QR code data is required", missing, code="bad_request", status=400) from None
        raise


def check_body(body: ScanBody, problems: Problems) -> None:
    """Add the problems unless the body names one ticket, and its nonce can be kept."""
    if body.ticket_uuid is not None and body.qrcode_data:
        problems.add("ticket_uuid", "stands in place of qrcode_data, not beside it")
    elif body.ticket_uuid is not None and not is_uuid(body.ticket_uuid):
        problems.add("ticket_uuid", "is not a uuid")
    elif body.ticket_uuid is None and _is_blank(body.qrcode_data):
        problems.add("qrcode_data", MISSING)
    if body.payment is not None and body.payment.currency not in CURRENCIES:
        problems.update({"currency": WRONG_CURRENCY}, "payment")
    if body.nonce is not None and not 1 <= len(body.nonce) <= 100:
        problems.add("nonce", "must be 1 to 100 characters")


def _is_blank(text: object) -> bool:
    return not text or (isinstance(text, str) and not trimmed(text))


def is_uuid(text: str) -> bool:
    """Return whether `text` is a uuid in its canonical form."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def wrong_field(field: str, text: str) -> BadInput:
    """Error that names a field and its fault."""
    return BadInput(f"{field}: {text}", {field: text}, code="bad_request", status=400)


def check_force(principal: Principal, body: ScanBody) -> None:
    """Raise unless a forced scan comes from a device that may, with a reason."""
    if not body.force:
        return
    if "force" not in principal.may:
        raise NotAllowed("not_allowed", "This device may not force an admission")
    if not body.reason:
        raise BadInput("reason: a forced scan needs one", {"reason": "required"}, code="bad_request", status=400)


def check_payment(principal: Principal, body: ScanBody) -> None:
    """Raise unless a scan that takes money comes in, from a device that may sell."""
    if body.payment is None:
        return
    check_may_sell(principal)
    if body.direction == "out":
        raise wrong_field("payment", "is taken from those who come in")
