"""An import of tickets as plain data: what is kept of it, and the rows that were refused. Never a name or a barcode."""

from datetime import datetime
from typing import Literal

import msgspec

from hub.model.base import Count, Document

ImportState = Literal["staging", "completed", "failed"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one row of a file: in which of our columns, as a code and in words."""

    row: int
    column: str
    code: str = "invalid"
    message: str


class Import(Document, kw_only=True):
    """One import. While it is staging, its process moves `alive_until` on; one that does not is dead."""

    id: str
    event: str
    by: str | None = None
    """Whose login or key began it; of those made before this was kept: nobody."""
    state: ImportState
    rows: Count
    staged: Count = 0
    code: str | None = None
    message: str | None = None
    problems: list[Problem] = msgspec.field(default_factory=list)
    problem_count: Count = 0
    alive_until: datetime
    created_at: datetime
    ended_at: datetime | None = None
