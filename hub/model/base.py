"""Base of all stored documents, and the small types that several of them use."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

S = TypeVar("S", bound=msgspec.Struct)

Direction = Literal["in", "out"]
TicketStatus = Literal["valid", "unpaid", "canceled", "blocked"]
By = Literal["scan", "manual", "batch", "force"]
Count = Annotated[int, msgspec.Meta(ge=0)]
"""A number of people or things: the database refuses to keep one below zero."""


class Document(msgspec.Struct, rename={"id": "_id"}, omit_defaults=True, kw_only=True):
    """Base of documents that are stored under an id of their own."""


class EntryData(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the data of journal entries, and of answers that show it: a field that is absent is UNSET."""

    unreadable: bool | UnsetType = UNSET
    """Mark of an entry whose own data cannot be read."""


def shaped(kind: type[S], values: Mapping[str, Any]) -> S:
    """Struct made of stored plain values by their names on the wire; absent ones keep their default.

    Never raises: a value of another type than its field's (of a version to come, or damaged) is passed on as it is.
    """
    fields = _fields(kind)
    return kind(**{fields[name][0]: _typed(value, fields[name][1]) for name, value in values.items() if name in fields})


@cache
def _fields(kind: type[msgspec.Struct]) -> Mapping[str, tuple[str, Any]]:
    """Name and type of each field, by its name on the wire."""
    return {field.encode_name: (field.name, field.type) for field in msgspec.structs.fields(kind)}


def _typed(value: Any, of: Any) -> Any:
    if not isinstance(value, dict | list):
        return value
    with suppress(msgspec.ValidationError):
        return msgspec.convert(value, of)
    return value
