"""Commands of an import under way: started, its progress recorded, failed; `complete.py` has the one that ends it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from hub.errors import BadInput, NotFound
from hub.importing.problems import NOTHING
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork
from hub.model.imports import Import, Problem

REMEMBERED_FOR = timedelta(hours=24)


class StartImport:
    """Command: begin to stage; the same idempotency key begins it once. Answers with the import's id."""

    weight = 1

    def __init__(self, begun: Import, *, idempotency: str | None, digest: str) -> None:
        self._begun = begun
        self._idempotency = idempotency
        self._digest = digest

    def reads(self) -> Iterable[Key]:
        """The import, and the idempotency key, where there is one."""
        yield Import, self._begun.id
        if self._idempotency is not None:
            yield IdempotencyRecord, self._idempotency

    def decide(self, unit: UnitOfWork) -> Change[str]:
        """Keep the import, which changes nothing yet; the same once it is kept."""
        if unit.find(Import, self._begun.id) is not None:
            return Change(answer=self._begun.id)
        if unit.event.closed:
            raise NotFound("Event not found")
        if self._idempotency and (remembered := unit.find(IdempotencyRecord, self._idempotency)):
            return Change(answer=replayed(remembered, self._digest))
        entry = NewEntry(kind="import.started", data={"id": self._begun.id, "rows": self._begun.rows})
        entries = [entry] if self._begun.state == "staging" else []  # a list that says nothing new is no news
        return Change(answer=self._begun.id, entries=entries, put=[self._begun, *self._remember(unit.now)])

    def _remember(self, now: datetime) -> list[IdempotencyRecord]:
        if self._idempotency is None:
            return []
        answer = msgspec.json.encode(self._begun.id)
        until = now + REMEMBERED_FOR
        event = self._begun.event
        return [
            IdempotencyRecord(id=self._idempotency, event=event, hash=self._digest, answer=answer, expires_at=until)
        ]


def replayed(remembered: IdempotencyRecord, digest: str) -> str:
    """Return the import that a key began. Raises `BadInput` (idempotency_mismatch) where it was another file's."""
    if remembered.hash != digest:
        raise BadInput("Idempotency-Key was used for another request", code="idempotency_mismatch")
    return msgspec.json.decode(remembered.answer, type=str)


class RecordImportProgress:
    """Command: journal the progress of an import for the dashboards of its event: an entry without an effect."""

    weight = 1

    def __init__(self, import_id: str, staged: int, rows: int) -> None:
        self._data = {"id": import_id, "staged": staged, "rows": rows}

    def reads(self) -> Iterable[Key]:
        """Nothing."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the entry."""
        return Change(answer=None, entries=[NewEntry(kind="import.progress", data=self._data)])


class FailImport:
    """Command: give an import up, unless it has ended; with `is_dead` only a dead one. Answers whether it was."""

    weight = 1

    def __init__(
        self,
        import_id: str,
        code: str,
        message: str,
        problems: Sequence[Problem] = (),
        count: int = 0,
        *,
        is_dead: bool = False,
    ) -> None:
        self._id = import_id
        self._is_dead = is_dead
        self._why = {"code": code, "message": message, "problems": list(problems), "problem_count": count}

    def reads(self) -> Iterable[Key]:
        """The import."""
        yield Import, self._id

    def decide(self, unit: UnitOfWork) -> Change[bool]:
        """Return the change that marks it as failed: from now on it cannot be completed."""
        begun = unit.find(Import, self._id)
        if begun is None or begun.state != "staging" or (self._is_dead and begun.alive_until > unit.now):
            return Change(answer=False)
        failed = msgspec.structs.replace(begun, state="failed", ended_at=unit.now, **self._why)
        data: dict[str, Any] = {"id": self._id, "code": failed.code}
        if corrected := begun.changed + begun.canceled:
            why = str(failed.message).removeprefix(NOTHING)
            text = f"{why}. {corrected} tickets were corrected before: the same list again corrects the rest"
            failed = msgspec.structs.replace(failed, message=text)
            data |= {"fields": ["tickets"], "changed": begun.changed, "canceled": begun.canceled}
        return Change(answer=True, entries=[NewEntry(kind="import.failed", data=data)], put=[failed])
