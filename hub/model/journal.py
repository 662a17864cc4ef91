"""Journal entries, and the stream that numbers them and holds an event's counts. Plain data.

Instants are aware datetimes in UTC, cut to milliseconds.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from hub.model.base import By, Count, Direction, Document

T = TypeVar("T")

HUB_STREAM = "hub"
"""The stream of what belongs to no event: devices, keys, users, jobs."""

_NO_INSTANT = datetime.fromtimestamp(0, UTC)
"""Stands for the time of an entry whose own cannot be read."""


# --- the journal -------------------------------------------------------------------------------------------------


class Entry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Journal entry: numbered, with ids and verdicts, never a name.

    `effect` is what it changed in the stream's counters, as dotted paths with their deltas
    (`{"admitted": 1, "inside": 1, "doors.d3.admitted": 1}`); the counters are the sum of all effects.
    """

    event: str
    seq: int
    kind: str
    """One of `hub.model.kinds.Kind`, or a kind that a newer version wrote."""
    at: datetime
    batch: str
    received_at: datetime | None = None
    ticket: str | None = None
    device: str | None = None
    door: str | None = None
    direction: Direction | None = None
    code: str | None = None
    nonce: str | None = None
    by: By | None = None
    request_id: str | None = None
    """Id of the request that caused it, as its answer and the log have it; None: no request's, or an older one's."""
    effect: dict[str, int] = {}
    data: dict[str, Any] = {}


def unreadable(document: Mapping[str, Any]) -> Entry:
    """Placeholder for a stored entry that cannot be read or shown: its fields that are good, and no data but a mark.

    What is good of its effect stays, since the counts are the sum of all effects.
    """
    fields: dict[str, Any] = {"event": "", "kind": "unknown", "at": _NO_INSTANT, "batch": ""}
    for field in msgspec.structs.fields(Entry):
        with suppress(KeyError, msgspec.ValidationError, UnicodeEncodeError):
            fields[field.name] = _shown(msgspec.convert(document[field.name], field.type, strict=False))
    effect = document.get("effect")
    fields["effect"] = _good_effect(effect) if isinstance(effect, Mapping) else {}
    return Entry(**fields | {"data": {"unreadable": True}})


def _good_effect(effect: Mapping[Any, Any]) -> dict[str, int]:
    good: dict[str, int] = {}
    for path, delta in effect.items():
        with suppress(UnicodeEncodeError):
            if type(delta) is int:
                good[_shown(str(path))] = delta
    return good


def _shown(value: T) -> T:
    """Return `value`. Raises `UnicodeEncodeError` for text that cannot be sent: half a surrogate pair."""
    if isinstance(value, str):
        value.encode()
    return value


class DoorCount(msgspec.Struct, kw_only=True):
    """Counts of one door."""

    admitted: Count = 0
    exited: Count = 0
    denied: Count = 0


class Stream(Document, kw_only=True):
    """Stream of an event: the journal's number and the exact counts as of it.

    `epoch` changes when a backup is restored; `first` is the oldest sequence kept; `revision` is bumped by
    every change of the event, its doors or its devices, so that processes know when to read them anew.
    `inside` is people: tickets inside, headcount, forced and conflicting entries.
    """

    id: str
    epoch: str
    seq: Count = 0
    first: int = 1
    revision: Count = 0
    touch: Count = 0
    booked: Count = 0
    capacity: Count = 0
    admitted: Count = 0
    inside: int = 0
    headcount: int = 0
    denied: Count = 0
    doors: dict[str, DoorCount] = {}
    zones: dict[str, Count] = {}
