"""Version of the database server, and until when MongoDB mends its security holes (its lifecycle schedule)."""

from datetime import date

import msgspec

SUPPORTED_UNTIL = {
    (4, 4): date(2024, 2, 29),
    (5, 0): date(2024, 10, 31),
    (6, 0): date(2025, 7, 31),
    (7, 0): date(2027, 8, 31),
    (8, 0): date(2029, 10, 31),
}
"""Last day of support of each release series."""


class DatabaseVersion(msgspec.Struct, frozen=True, kw_only=True):
    """Version of the database server; `supported_until` is None for a series that is not known."""

    version: str
    supported_until: date | None
    is_supported: bool


def database_version(version: str, today: date) -> DatabaseVersion:
    """Return the support period of a version as `buildInfo` has it; series older than all known ones have ended."""
    series = _series(version)
    until = SUPPORTED_UNTIL.get(series)
    is_supported = series > min(SUPPORTED_UNTIL) if until is None else today <= until
    return DatabaseVersion(version=version, supported_until=until, is_supported=is_supported)


def _series(version: str) -> tuple[int, int]:
    major, _, rest = version.partition(".")
    minor = rest.partition(".")[0]
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else (0, 0)
