"""Problem details of refused requests (RFC 9457)."""

import msgspec
from msgspec import UNSET, UnsetType


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Problem details of a refused request (RFC 9457).

    `errors` has a text for each field that is wrong, `field_codes` a code of those texts that are the same in all
    languages.
    """

    type: str
    """Address of the page of its code."""
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, str] | UnsetType = UNSET
    field_codes: dict[str, str] | UnsetType = UNSET
    request_id: str
    """Id of the request, by which the hub's operator finds it in the log."""
