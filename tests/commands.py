"""Commands for tests of the journal: each writes a word, to be found again in the journal."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from hub.model.base import Document
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Say:
    """Write entries that carry a word; answer with the number of the first. Has no nonce: twice would be seen."""

    def __init__(
        self,
        word: str = "",
        *,
        entries: int = 1,
        effect: dict[str, int] | None = None,
        put: Iterable[Document] = (),
        drop: Iterable[Key] = (),
        wants: Iterable[Key] = (),
        bump: Iterable[str] = (),
    ) -> None:
        self.weight = entries
        self._put = list(put)
        self._drop = list(drop)
        self._wants = list(wants)
        self._bump = set(bump)
        self.new_entries = [NewEntry(kind="job.ran", data={"word": word}, effect=effect or {}) for _ in range(entries)]

    def reads(self) -> Iterable[Key]:
        return self._wants

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        return Change(answer=unit.next_seq, entries=self.new_entries, put=self._put, drop=self._drop, bump=self._bump)


class Break(Say):
    """Raise when asked to decide."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        raise self._error


class SayOnce(Say):
    """Idempotent command: says a word unless it was said before; then answers as then."""

    def __init__(self, word: str) -> None:
        super().__init__(word, wants=[(IdempotencyRecord, word)])
        self._word = word

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        used = unit.find(IdempotencyRecord, self._word)
        if used is not None:
            return Change(answer=int(used.answer))
        change = super().decide(unit)
        answer = str(change.answer).encode()
        return Change(answer=change.answer, entries=change.entries, put=[remember(self._word, unit.stream.id, answer)])


def remember(word: str, event: str = "e1", answer: bytes = b"") -> IdempotencyRecord:
    """Return something to be kept under `word`."""
    return IdempotencyRecord(id=word, event=event, hash="", answer=answer)
