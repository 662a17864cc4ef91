"""An alert that stands, as it is stored. Plain data."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from hub.model.base import Document, EntryData


class AlertData(EntryData, frozen=True, kw_only=True):
    """Numbers of an alert, or at its end: those of its kind. `alert` is its id, in the journal's entries."""

    alert: str | UnsetType = UNSET
    battery: int | float | UnsetType | None = UNSET
    """In percent."""
    queue: int | UnsetType | None = UNSET
    """Scans that wait on the device."""
    zone: str | UnsetType | None = UNSET
    inside: int | UnsetType = UNSET
    limit: int | UnsetType = UNSET
    since: str | UnsetType | None = UNSET
    """Instant of the last sign of life, or of the door's last scan, in ISO 8601."""
    others: int | UnsetType = UNSET
    """Scans of the other doors meanwhile."""
    relay: str | UnsetType = UNSET
    """Of a relay: its id."""
    name: str | UnsetType = UNSET
    waiting: int | UnsetType = UNSET
    """Scans that it had to send up when it was last heard."""
    reason: str | UnsetType = UNSET
    """`gone`: it ended since its subject is no longer there."""

    @property
    def stored(self) -> dict[str, Any]:
        """The fields that are set, as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Alert(Document, kw_only=True):
    """Alert that was raised and still stands, so that it is raised once (`hub/alerts/commands.py`)."""

    id: str
    kind: str
    event: str | None = None
    device: str | None = None
    door: str | None = None
    at: datetime
    data: dict[str, Any] = {}
    """Why, in numbers: `AlertData` as plain values."""

    @staticmethod
    def name(subject: str, kind: str) -> str:
        """Return the id of the alert of `kind` about `subject`: a device, an event, or one of its doors or zones.

        It ends with the kind, by which pages know the entry that begins an alert from the one that ends it.
        """
        return f"{subject}/{kind}"


def unreadable_alert(document: Mapping[str, Any]) -> Alert:
    """Return a placeholder for a stored alert that cannot be read: its id, its time if it has one, and a mark."""
    at = document.get("at")
    known = at if isinstance(at, datetime) else datetime.fromtimestamp(0, UTC)
    return Alert(id=str(document.get("_id")), kind="unknown", at=known, data=AlertData(unreadable=True).stored)
