"""Words of CSV cells: names of figures and codes as people read them, in files whose heads are in their language.

In English, which programs read, a cell holds the name or code itself.
"""

from collections.abc import Mapping

from hub.language.catalogue import SOURCE, Language

FIGURES: Mapping[str, str] = {
    "event": "report-cell-event",
    "showings": "report-times",
    "products": "report-products",
    "doors": "report-doors",
    "refusals": "report-refusals",
    "headcount": "report-headcount",
    "offline": "report-offline",
    "booked": "report-booked",
    "came": "report-came",
    "no_show": "report-no-show",
    "expected": "report-expected",
    "denied": "report-refused",
    "peak_inside": "report-cell-peak-inside",
    "peak_at": "report-cell-peak-at",
    "starts_at": "report-cell-starts-at",
    "admitted": "report-admitted",
    "exited": "report-left",
    "count": "report-count",
    "in": "report-in",
    "out": "report-out",
    "overrides": "report-forced",
    "conflicts": "report-conflicts",
    "undos": "report-cell-undos",
    "recounts": "report-recounts",
    "from": "report-from",
    "until": "report-until",
    "scans": "report-scans",
}
"""Messages of the parts of a report and of its figures."""
OTHERS: Mapping[str, str] = {
    "device": "report-device",
    "user": "report-cell-user",
    "key": "report-cell-key",
}
"""Messages of the kinds of those who took money."""
CODED = ("reason-", "report-row-")
"""Beginnings of the messages of codes: reasons to refuse, kinds of people without tickets, methods of payments."""


def figure_word(name: str, language: Language) -> str:
    """Return the name of a part of a report, or of a figure."""
    return _said(FIGURES.get(name), language) or name


def code_word(code: str, language: Language) -> str:
    """Return a code as words, what has none as it is."""
    coded = (f"{prefix}{code}" for prefix in CODED)
    known = OTHERS.get(code) or next((message for message in coded if language.knows(message)), None)
    return _said(known, language) or code


def _said(message: str | None, language: Language) -> str:
    return language.say(message) if message is not None and language.tag != SOURCE else ""
