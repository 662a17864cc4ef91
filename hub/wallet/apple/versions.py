"""Versions of passes, derived from the journal: `Last-Modified` and the update tag (`passesUpdatedSince`). Pure.

HTTP and Wallet know seconds only, and two changes may come in one second. So each visible change gets a second of its
own: its own second, or the next after the change before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from hub.clock import in_zone
from hub.model.wallet import Moment, Registration

SECOND = timedelta(seconds=1)


def last_modified(created_at: datetime, changes: Iterable[Moment]) -> datetime:
    """Return the second that a pass bears which was changed by `changes`, in their order."""
    second = created_at.replace(microsecond=0)
    for change in changes:
        second = max(change.at.replace(microsecond=0), second + SECOND)
    return in_zone(second, UTC)


class Mark(NamedTuple):
    """A phone's known version of one event: epoch and number of the journal, and a digest of its passes."""

    epoch: str
    seq: int
    passes: str


Tag = dict[str, Mark]
"""Update tag: a phone's known version by event."""


def to_text(tag: Tag) -> str:
    """Return a tag as the text that a phone keeps and sends back; it fits an address as it is."""
    return "_".join(f"{event}.{mark.epoch}.{mark.seq}.{mark.passes}" for event, mark in sorted(tag.items()))


def from_text(text: str) -> Tag:
    """Return the tag that `to_text` gave; empty for any other text, so that all counts as changed."""
    tag: Tag = {}
    for part in text.split("_"):
        match part.split("."):
            case [event, epoch, seq, passes] if seq.isascii() and seq.isdigit() and len(seq) < 16:
                tag[event] = Mark(epoch, int(seq), passes)
            case _:
                return {}
    return tag


def by_event(registrations: Sequence[Registration]) -> Mapping[str, list[Registration]]:
    """Return a device's registrations by the event of their tickets."""
    sorted_ones: dict[str, list[Registration]] = {}
    for each in registrations:
        sorted_ones.setdefault(each.event, []).append(each)
    return sorted_ones


def digest_of(registrations: Iterable[Registration]) -> str:
    """Return a digest of a device's passes of one event, which changes with them.

    A pass that was added after the phone last asked may have changed between its download and its registration: the
    number in the journal alone would miss that.
    """
    names = sorted(f"{each.ticket}/{each.issue}" for each in registrations)
    return sha256(" ".join(names).encode()).hexdigest()[:10]
