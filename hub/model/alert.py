"""An alert that stands, as it is stored. Plain data."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hub.model.base import Document


class Alert(Document, kw_only=True):
    """Alert that was raised and still stands, so that it is raised once (`hub/alerts/commands.py`)."""

    id: str
    kind: str
    event: str | None = None
    device: str | None = None
    door: str | None = None
    at: datetime
    data: dict[str, Any] = {}
    """Why, in numbers, as its entry in the journal tells."""

    @staticmethod
    def name(subject: str, kind: str) -> str:
        """Return the id of the alert of `kind` about `subject`: a device, an event, or one of its doors or zones."""
        return f"{subject}/{kind}"


def unreadable_alert(document: Mapping[str, Any]) -> Alert:
    """Return a placeholder for a stored alert that cannot be read: its id, its time if it has one, and a mark."""
    at = document.get("at")
    known = at if isinstance(at, datetime) else datetime.fromtimestamp(0, UTC)
    return Alert(id=str(document.get("_id")), kind="unknown", at=known, data={"unreadable": True})
