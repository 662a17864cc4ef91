"""Device info: a scanner's report on itself, in a header or in its hello. Plain data."""

import base64
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

LONGEST_HEADER = 1024

MOST_AHEAD_MS = 365 * 24 * 3600 * 1000
"""A clock that is off by a year or more, either way, is no clock: its offset is kept as this."""

Text = Annotated[str, msgspec.Meta(max_length=100)]


Millis = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]


def bounded_ahead_ms(ahead_ms: int) -> int:
    """Offset of a clock within `MOST_AHEAD_MS` either way, when it is kept and when it is read back."""
    return max(-MOST_AHEAD_MS, min(int(ahead_ms), MOST_AHEAD_MS))


class KeptInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Kept part of a phone's report on itself, as organisers see it: fields that it did not name are UNSET."""

    app: str | UnsetType = UNSET
    version: str | UnsetType = UNSET
    battery: int | float | UnsetType = UNSET
    """In percent."""
    queue: int | UnsetType = UNSET
    training: bool | UnsetType = UNSET


class DeviceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Report of a phone on itself: its battery in percent, its offline scans that wait, its clock."""

    app: Text | None = None
    version: Text | None = None
    battery: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None
    queue: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    training: bool | None = None
    """Whether it is in training, where nothing counts."""
    time: datetime | Millis | None = None
    """Its own time as ISO 8601 with an offset, or in milliseconds since 1970."""

    def ahead_ms(self, now: datetime) -> int | None:
        """Return how far the phone's clock is ahead of `now`, bounded; None where it did not say."""
        match self.time:
            case None:
                return None
            case int(millis):
                return bounded_ahead_ms(millis - int(now.timestamp() * 1000))
            case moment:
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return bounded_ahead_ms(int((moment - now).total_seconds() * 1000))

    def stored(self) -> dict[str, Any]:
        """Plain values of the part that is kept (`KeptInfo`): all fields but the time."""
        said = {name: getattr(self, name) for name in KeptInfo.__struct_fields__}
        return {name: value for name, value in said.items() if value is not None}


def info_from_header(header: str | None) -> DeviceInfo | None:
    """Return the info in the header `X-Device-Info`; None for an unreadable one."""
    if header is None or len(header) > LONGEST_HEADER:
        return None
    try:
        raw = base64.urlsafe_b64decode(header.strip().encode("ascii") + b"=" * (-len(header.strip()) % 4))
        return msgspec.json.decode(raw, type=DeviceInfo)
    except (ValueError, RecursionError):
        return None


def info_from_hello(info: object) -> DeviceInfo | None:
    """Return the info of a hello; None for an unreadable one."""
    try:
        return None if info is None else msgspec.convert(info, DeviceInfo)
    except msgspec.ValidationError:
        return None
