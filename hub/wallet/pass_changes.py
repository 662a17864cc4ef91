"""Journal entries that change a wallet pass: the rule that pushes and Google updates share. Pure."""

from collections.abc import Iterable

from hub.model.journal import Entry
from hub.model.kinds import PASS_FIELDS, PASS_KINDS

SUBSCRIBED_KINDS = frozenset({*PASS_KINDS, *PASS_FIELDS, "ticket.deleted"})
"""Kinds that change a pass or end one."""


def tickets_of(entries: Iterable[Entry]) -> set[str]:
    """Return the tickets of `entries`."""
    return {entry.ticket for entry in entries if entry.ticket is not None}


def is_visible(entry: Entry, also: frozenset[str] = frozenset()) -> bool:
    """Return whether a pass looks different after `entry`; of an event's change by the fields in `also`, too."""
    if entry.kind in PASS_KINDS:
        return True
    shown = PASS_FIELDS.get(entry.kind, frozenset())
    if entry.kind == "event.changed":
        shown |= also
    return not shown.isdisjoint(entry.data.get("fields", ()))
