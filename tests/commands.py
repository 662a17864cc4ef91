"""Commands for tests of the journal: each says a word, so that it is known again in what was written."""

from collections.abc import Iterable
from datetime import UTC, datetime

from hub.model.command import Book, Change, Draft, Key, Remembered
from hub.model.journal import Document

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
        self._drafts = [Draft(kind="said", data={"word": word}, effect=effect or {}) for _ in range(entries)]

    def wants(self) -> Iterable[Key]:
        return self._wants

    def decide(self, book: Book) -> Change:
        return Change(answer=book.next_seq, entries=self._drafts, put=self._put, drop=self._drop, bump=self._bump)


class Break(Say):
    """Raise when asked to decide."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def decide(self, book: Book) -> Change:
        raise self._error


class SayOnce(Say):
    """Say a word unless it was said before; then answer as then."""

    def __init__(self, word: str) -> None:
        super().__init__(word, wants=[(Remembered, word)])
        self._word = word

    def decide(self, book: Book) -> Change:
        remembered = book.find(Remembered, self._word)
        if remembered is not None:
            return Change(answer=int(remembered.answer))
        change = super().decide(book)
        answer = str(change.answer).encode()
        return Change(answer=change.answer, entries=change.entries, put=[remember(self._word, book.stream.id, answer)])


def remember(word: str, event: str = "e1", answer: bytes = b"") -> Remembered:
    """Return something to be kept under `word`."""
    return Remembered(id=word, event=event, hash="", answer=answer)
