"""Base of all stored documents, and the small types that several of them use."""

from typing import Annotated, Literal

import msgspec

Direction = Literal["in", "out"]
TicketStatus = Literal["valid", "unpaid", "canceled", "blocked"]
By = Literal["scan", "manual", "batch", "force"]
Count = Annotated[int, msgspec.Meta(ge=0)]
"""A number of people or things: the database refuses to keep one below zero."""


class Document(msgspec.Struct, rename={"id": "_id"}, omit_defaults=True, kw_only=True):
    """Base of documents that are stored under an id of their own."""
