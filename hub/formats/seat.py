"""Seat of a ticket in a line, as guests read it in their language. Pure."""

from hub.language.catalogue import Language
from hub.model.ticket import Seat


def seat_text(seat: Seat | None, language: Language) -> str:
    """Return a numbered place in one line: `Block A, row 3, seat 12`; empty for none."""
    if seat is None:
        return ""
    parts = (("seat-block", seat.block), ("seat-row", seat.row), ("seat-seat", seat.seat))
    text = ", ".join(language.say(message, value=value) for message, value in parts if value is not None)
    return text[:1].upper() + text[1:]
