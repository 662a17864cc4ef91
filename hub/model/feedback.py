"""Feedback: guests' answers to the question of the ticket page: did your ticket work (wallet.md, the ticket page)."""

from datetime import datetime

from hub.model.base import Document

LONGEST_TEXT = 500


class Feedback(Document, kw_only=True):
    """Feedback of one ticket's holder; `id` is the ticket's. It has no name; its text is deleted with the ticket."""

    id: str
    event: str
    worked: bool
    text: str | None = None
    answered_at: datetime
