"""What cells say, in the words of several languages: yes and no, states of orders, dates. Pure."""

from collections.abc import Iterator
from datetime import datetime

from hub.importing.columns import bare

YES = frozenset("yes oui ja true wahr vrai y 1 x paid paye payee bezahlt".split())
NO = frozenset("no non nein false falsch faux n 0 unpaid nonpaye unbezahlt pending enattente ausstehend".split())
GONE = frozenset("canceled cancelled annule annulee storniert expired expire expiree abgelaufen".split())
UNPAID = frozenset("unpaid pending nonpaye enattente impaye ausstehend unbezahlt created cree erstellt".split())
"""States that orders have at pretix, and tickets at TiBillet; any other is that of a good ticket."""

MOMENTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%m/%d/%Y",
)
"""How dates with times are written: ISO 8601, TiBillet and French, German, American."""


def says_yes(text: str) -> bool | None:
    """Tell whether a cell says yes, or no; None where it says neither."""
    word = bare(text)
    return True if word in YES else False if word in NO else None


def is_gone(status: str) -> bool:
    """Tell whether a state is that of a ticket that is good no more."""
    return bare(status) in GONE


def is_unpaid(status: str) -> bool:
    """Tell whether a state is that of a ticket not paid."""
    return bare(status) in UNPAID


def moments(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the dates (and times, where there are) that a cell may mean, as `YYYY-MM-DD` and `HH:MM`."""
    plain = " ".join(text.replace("T", " ").split())
    for form in MOMENTS:
        try:
            moment = datetime.strptime(plain, form)
        except ValueError:
            continue
        yield moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M") if "%M" in form else None
