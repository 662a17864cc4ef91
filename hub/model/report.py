"""Parts of the report of a night: offline spells, activity of doors, actors. Plain data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec


class OfflineSpell(msgspec.Struct, kw_only=True):
    """Offline spell of a device: from the first scan that it made so until the hub had them all."""

    device: str
    begun_at: datetime
    ended_at: datetime
    scans: int


class DoorScans(NamedTuple):
    """Recent activity of a door: its last scan, and how many there were since a given moment."""

    last: datetime
    recent: int


class ConflictSide(msgspec.Struct, frozen=True, kw_only=True):
    """Entry of a ticket that takes part in a conflict; `at` is in ISO 8601."""

    seq: int | None = None
    at: str | None = None
    device: str | None = None
    door: str | None = None


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Actor: a device, an organiser's login, or a script's key, never a guest; of one that is gone only the id."""

    id: str
    kind: Literal["device", "user", "key"] | None
    name: str | None


def named(known_by: str | None, who: Mapping[str, Who]) -> Who | None:
    """Return the actor with this id, None for no id."""
    if known_by is None:
        return None
    return who.get(known_by) or Who(id=known_by, kind=None, name=None)


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
