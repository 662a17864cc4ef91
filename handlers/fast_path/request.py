"""Plain scan request: the head of a `POST /scan/ticket/` that can be read in one way only.

Whatever is out of the ordinary about a head is left to Tornado's parser and the ordinary handler.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from handlers.http.base import key_in
from hub.settings import Settings
from hub.telemetry.correlation import shown_id

ROUTE = "/scan/ticket"

STARTS = frozenset({f"POST {ROUTE}/ HTTP/1.1".encode(), f"POST {ROUTE} HTTP/1.1".encode()})
FIELD = re.compile(rb"([!#-'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x1f\x7f]*)")
"""A line of a head that needs no second look (RFC 9112, 5)."""
HOST = re.compile(rb"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
"""Names and addresses with or without a port; Tornado decides on others."""
LENGTH = re.compile(rb"[1-9][0-9]{0,8}")
OUT_OF_THE_ORDINARY = frozenset({b"expect", b"transfer-encoding", b"upgrade"})


class ScanHead(NamedTuple):
    """Content of the head of a plain scan; `length` is in bytes."""

    length: int
    key: str
    nonce: str
    info: str | None
    request_id: str | None
    """Correlation id that it shows; None where one is to be made."""
    traceparent: str | None
    is_last: bool
    """Whether the connection ends with it."""


def plain_scan(head: bytes, settings: Settings) -> ScanHead | None:
    """Return the content of a head, or None where it is not that of a plain scan."""
    fields = plain_fields(head)
    if fields is None or not HOST.fullmatch(fields.get(b"host", b"")) or not OUT_OF_THE_ORDINARY.isdisjoint(fields):
        return None
    connection = fields.get(b"connection", b"keep-alive").lower()
    if connection not in (b"keep-alive", b"close"):
        return None
    length, origin = fields.get(b"content-length", b""), fields.get(b"origin", b"")
    if not LENGTH.fullmatch(length) or int(length) > settings.body_limit_bytes:
        return None
    if origin.decode("latin1") in settings.allowed_origins:
        return None
    traceparent = _text(fields, b"traceparent")
    return ScanHead(
        length=int(length),
        key=key_in(fields.get(b"authorization", b"").decode("latin1")),
        nonce=fields.get(b"idempotency-key", b"").decode("latin1"),
        info=_text(fields, b"x-device-info"),
        request_id=shown_id(_text(fields, b"x-request-id"), traceparent),
        traceparent=traceparent,
        is_last=connection == b"close",
    )


def _text(fields: Mapping[bytes, bytes], name: bytes) -> str | None:
    value = fields.get(name)
    return None if value is None else value.decode("latin1")


def plain_fields(head: bytes) -> dict[bytes, bytes] | None:
    """Return the fields of a scan's head by their names in lower case; None where it may say something else."""
    start, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if start not in STARTS:
        return None
    found = [FIELD.fullmatch(line) for line in lines]
    fields = {field[1].lower(): field[2].rstrip(b" \t") for field in found if field}
    return fields if len(fields) == len(lines) else None
