"""Scans as organisers read them: ids and verdicts, never a name."""

from datetime import datetime

import msgspec

from hub.model.base import By, Direction
from hub.model.journal import Entry


class ScanView(msgspec.Struct, frozen=True, kw_only=True):
    """Scan in answers and exports: its fields in the journal."""

    kind: str
    seq: int
    at: datetime
    received_at: datetime
    ticket: str | None
    code: str | None
    direction: Direction | None
    device: str | None
    door: str | None
    nonce: str | None
    by: By | None
    request_id: str | None


def scan_view(entry: Entry) -> ScanView:
    """Return an entry of the journal as a scan."""
    fields = {name: getattr(entry, name) for name in ScanView.__struct_fields__}
    return ScanView(**fields | {"received_at": entry.received_at or entry.at})
