"""What a door sends: the body of a scan or a check, typed (scan-api.md)."""

from typing import Literal

import msgspec

from hub.errors import BadInput, NotAllowed
from hub.model import Principal


class ScanBody(msgspec.Struct, kw_only=True):
    """What a scan or a check may carry; unknown fields are ignored."""

    qrcode_data: str = ""
    event_uuid: str | None = None
    direction: Literal["in", "out"] = "in"
    nonce: str | None = None
    force: bool = False
    reason: str | None = None


def parse_body(raw: object) -> ScanBody:
    """Return a scan's fields, typed. Raises `BadInput` (bad_request) that names the field that is wrong."""
    if not isinstance(raw, dict):
        raise BadInput("The body must be a JSON object", code="bad_request", status=400)
    try:
        body = msgspec.convert(raw, ScanBody)
    except msgspec.ValidationError as wrong:
        raise BadInput(str(wrong), code="bad_request", status=400) from wrong
    if not body.qrcode_data:
        raise BadInput("QR code data is required", {"qrcode_data": "required"}, code="bad_request", status=400)
    if body.nonce is not None and not 1 <= len(body.nonce) <= 100:
        raise BadInput("nonce: 1 to 100 characters", {"nonce": "1 to 100"}, code="bad_request", status=400)
    return body


def check_force(principal: Principal, body: ScanBody) -> None:
    """Raise unless a forced scan comes from a device that may, with a reason."""
    if not body.force:
        return
    if "force" not in principal.may:
        raise NotAllowed("not_allowed", "This device may not force an admission")
    if not body.reason:
        raise BadInput("reason: a forced scan needs one", {"reason": "required"}, code="bad_request", status=400)
