"""Which scans somebody asks for: plain data between the edge and the database."""

from datetime import datetime

import msgspec


class ScanQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which scans are wanted. None: any."""

    event: str | None = None
    code: str | None = None
    device: str | None = None
    door: str | None = None
    ticket: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after_seq: int | None = None
    limit: int = 100
