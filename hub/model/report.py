"""What happened in a night, as the journal is asked for it: lonely devices, busy doors, who worked. Plain data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec


class OfflineSpell(msgspec.Struct, kw_only=True):
    """A time in which a device was alone: from the first scan that it made so until the hub had them all."""

    device: str
    begun_at: datetime
    ended_at: datetime
    scans: int


class DoorScans(NamedTuple):
    """What a door did of late: its last scan, and how many there were since a moment that was asked for."""

    last: datetime
    recent: int


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here: a device, an organiser's login, or a script's key. Never a guest."""

    id: str
    kind: Literal["device", "user", "key"]
    name: str


def named(known_by: str | None, who: Mapping[str, Who]) -> dict[str, Any] | None:
    """Return who it was as clients see it; of one who is gone only the id."""
    if known_by is None:
        return None
    found = who.get(known_by)
    return {"id": known_by, "kind": found.kind if found else None, "name": found.name if found else None}


def joined(parts: list[OfflineSpell]) -> list[OfflineSpell]:
    """Return the spells that `parts` make up, in order: those of one device that touch are one."""
    spells: list[OfflineSpell] = []
    last: dict[str, OfflineSpell] = {}
    for part in sorted(parts, key=lambda each: (each.begun_at, each.device)):
        before = last.get(part.device)
        if before is not None and part.begun_at <= before.ended_at:
            before.ended_at = max(before.ended_at, part.ended_at)
            before.scans += part.scans
        else:
            last[part.device] = part
            spells.append(part)
    return spells
