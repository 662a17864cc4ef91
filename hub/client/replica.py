"""Replica of one event in a client: the three-line rule, and a state kept true by effects. Pure.

same epoch and seq <= have: ignore.   first == have + 1: apply.   Anything else: subscribe again from `have`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hub.model.kinds import SCAN_KINDS

RECENT_ITEMS = 50


class Update(NamedTuple):
    """One entry of the event's journal, as this client may see it."""

    seq: int
    kind: str
    at: str | None
    data: dict[str, Any]
    request_id: str | None = None
    """Id of the request that caused it, for organisers."""


class Snapshot(NamedTuple):
    """Snapshot: the whole state; entries before it that were missed are not recovered."""

    epoch: str
    seq: int
    state: dict[str, Any]


class GapError(Exception):
    """The rule's third line: subscribe again from the position that the replica has."""


class Replica:
    """Replica of one event: `position` to resume from, and `state`, empty until the first snapshot."""

    def __init__(self, epoch: str | None = None, seq: int = 0) -> None:
        self.epoch = epoch
        self.seq = seq
        self.state: dict[str, Any] = {}
        self._counts_seq = seq

    @property
    def position(self) -> dict[str, Any] | None:
        """The `since` of a subscription that resumes; None before the first snapshot."""
        return None if self.epoch is None else {"epoch": self.epoch, "seq": self.seq}

    def take(self, frame: Mapping[str, Any]) -> list[Update | Snapshot]:
        """Apply a frame of this event and return the updates or the snapshot in it. Raises `GapError`."""
        match frame["type"]:
            case "updates":
                return [*self._updates(frame)]
            case "snapshot":
                return [self._snapshot(frame)]
            case "occupancy":
                self._occupancy(frame)
            case "devices" if self.state:
                self.state["devices"] = frame["devices"]
            case "resync":
                self.epoch = None
        return []

    def _updates(self, frame: Mapping[str, Any]) -> list[Update]:
        first, items = frame["first"], frame["items"]
        if frame["epoch"] == self.epoch and first + len(items) - 1 <= self.seq:
            return []
        if frame["epoch"] != self.epoch or first != self.seq + 1:
            raise GapError(f"have {self.epoch} {self.seq}, got {frame['epoch']} {first}")
        updates = [
            Update(seq, item["kind"], item.get("at"), item.get("data", {}), item.get("request_id"))
            for seq, item in enumerate(items, first)
        ]
        for update in updates:
            self._apply(update)
        self.seq = updates[-1].seq
        return updates

    def _snapshot(self, frame: Mapping[str, Any]) -> Snapshot:
        self.epoch, self.seq, self.state = frame["epoch"], frame["seq"], frame["state"]
        self._counts_seq = self.seq
        return Snapshot(frame["epoch"], self.seq, self.state)

    def _occupancy(self, frame: Mapping[str, Any]) -> None:
        if frame["epoch"] == self.epoch and frame["seq"] >= self._counts_seq:
            self.state["occupancy"] = {name: value for name, value in frame.items() if name != "type"}
            self._counts_seq = frame["seq"]

    def _apply(self, update: Update) -> None:
        if update.kind in SCAN_KINDS and "recent" in self.state:
            item = {"kind": update.kind, "at": update.at, "data": update.data}
            if update.request_id is not None:
                item["request_id"] = update.request_id
            self.state["recent"] = [item, *self.state["recent"]][:RECENT_ITEMS]
        # Counts come by their own frames, too, which may be ahead of the updates: never count an entry twice.
        if update.seq > self._counts_seq and "occupancy" in self.state:
            apply_effect(self.state["occupancy"], update.data.get("effect", {}))
            self.state["occupancy"]["seq"] = self._counts_seq = update.seq


def apply_effect(counts: dict[str, Any], effect: Mapping[str, int]) -> None:
    """Change `counts`, as an occupancy frame has them, by the deltas of `effect`."""
    for path, delta in effect.items():
        match path.split("."):
            case ["doors", door, field]:
                for one in counts["doors"]:
                    if one["id"] == door:
                        one[field] += delta
            case ["zones", zone]:
                for one in counts["zones"]:
                    if one["id"] == zone:
                        one["inside"] += delta
            case [field]:
                counts[field] = counts.get(field, 0) + delta
    if counts.get("limit") is not None:
        counts["free"] = max(0, counts["limit"] - counts["inside"])
