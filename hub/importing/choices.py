"""Query parser for choices: `state=Refunded:cancelled`, `column=Ticket no:barcode`, `dates=dmy`. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import cast, get_args

from hub.errors import BadInput
from hub.importing.file.columns import ANSWER, NAMES
from hub.importing.file.encodings import CODE_PAGES
from hub.model.imports import Choices, DateOrder, Meaning

MOST = 200
LONGEST = 200
SPELLINGS: dict[str, Meaning] = {"valid": "good", "paid": "good", "canceled": "cancelled", "not paid": "unpaid"}


def read_choices(values: Callable[[str], Sequence[str]], products: Iterable[str]) -> Choices:
    """Return the choices in a query; `values` gives those of a parameter, `products` are the event's.

    Raises `BadInput` naming each parameter that cannot be used.
    """
    known = set(products)
    errors: dict[str, str] = {}
    states = _pairs("state", values("state"), errors)
    columns = _pairs("column", values("column"), errors)
    named = _pairs("product", values("product"), errors)
    meanings = {label: SPELLINGS.get(means.lower(), means.lower()) for label, means in states.items()}
    if not set(meanings.values()) <= set(get_args(Meaning)):
        errors["state"] = "must be a word of the file, a colon, and good, unpaid, cancelled or blocked"
    if not set(columns.values()) <= {*NAMES, ANSWER, ""}:
        errors["column"] = f"must be a head of the file, a colon, and one of {', '.join(NAMES)}, {ANSWER}; or nothing"
    if known and not set(named.values()) <= known:
        errors["product"] = "must be a name in the file, a colon, and a product of the event"
    dates = next(iter(values("dates")), "")
    if dates not in ("", *get_args(DateOrder)):
        errors["dates"] = "must be dmy, mdy or ymd"
    encoding = next(iter(values("encoding")), "").lower()
    if encoding not in ("", *CODE_PAGES):
        errors["encoding"] = f"must be one of {', '.join(CODE_PAGES)}"
    if errors:
        raise BadInput("These choices cannot be used", errors)
    return Choices(
        states=cast(dict[str, Meaning], meanings),
        columns=columns,
        products=named,
        dates=cast(DateOrder, dates) if dates else None,
        encoding=encoding or None,
    )


def _pairs(name: str, texts: Sequence[str], errors: dict[str, str]) -> dict[str, str]:
    """Return the parts before and after the last colon of each text."""
    if len(texts) > MOST:
        errors[name] = f"{MOST} at most"
        return {}
    pairs = {}
    for text in texts:
        said, colon, means = text.rpartition(":")
        if not colon or len(text) > LONGEST:
            errors[name] = f"must be two texts with a colon between, {LONGEST} characters at most"
            return {}
        pairs[said.strip()] = means.strip()
    return pairs
