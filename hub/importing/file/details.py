"""Details for the door in a row: a notice, a seat, and answers given at booking, cut to length. Pure."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from hub.formats.contact import clean, printable
from hub.importing.file.columns import Columns, cell_at
from hub.model.ticket import (
    LONGEST_ANSWER,
    LONGEST_NOTICE,
    LONGEST_PLACE,
    LONGEST_QUESTION,
    MOST_ANSWERS,
    Details,
    Field,
    Seat,
)

PLACES = ("block", "row", "seat")


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Details of a row, and the changes made to keep them, by column."""

    details: Details
    changed: Mapping[str, str]


class DetailsReader:
    """Reader of the details in one file's rows."""

    def __init__(self, columns: Columns) -> None:
        self._is_own = columns.is_own
        self._columns = columns

    def read(self, said: Mapping[str, str], cells: Sequence[str]) -> Read:
        """Return a row's details for the door; `said` are its cells by our names."""
        changed: dict[str, str] = {}
        notice = self._text("notice", said.get("notice", ""), LONGEST_NOTICE, changed)
        seat = Seat(**{part: self._text(part, said.get(part, ""), LONGEST_PLACE, changed) or None for part in PLACES})
        answers = self._answers(said, cells, changed)
        details = Details(notice=notice or None, seat=None if seat == Seat() else seat, fields=answers)
        return Read(details=details, changed=changed)

    def _answers(self, said: Mapping[str, str], cells: Sequence[str], changed: dict[str, str]) -> list[Field]:
        given = [(each.question, cell_at(cells, each.place)) for each in self._columns.answers]
        given += self._more(said.get("answers", ""), changed)
        read = {self._text("answers", question, LONGEST_QUESTION, changed): text for question, text in given if text}
        fields = [
            Field(question, kept)
            for question, text in read.items()
            if question and (kept := self._text(question, text, LONGEST_ANSWER, changed))
        ]
        if len(fields) > MOST_ANSWERS:
            changed["answers"] = f"are more than {MOST_ANSWERS}: the first are kept"
        return fields[:MOST_ANSWERS]

    def _more(self, text: str, changed: dict[str, str]) -> Iterable[tuple[str, str]]:
        """Return the answers of a hub's export to questions that have no column of their own."""
        if not text:
            return ()
        try:
            return msgspec.json.decode(text, type=dict[str, str]).items()
        except msgspec.DecodeError:
            changed["answers"] = "cannot be read: left out"
            return ()

    def _text(self, column: str, text: str, longest: int, changed: dict[str, str]) -> str:
        """Text as it can be kept; one that a hub exported stays as it was kept there."""
        plain = text if self._is_own else "\n".join(clean(line) for line in clean(text).splitlines())
        kept = "\n".join(printable(line) for line in plain.split("\n"))[:longest]
        kept = kept if self._is_own else kept.strip()
        if len(plain) > longest:
            changed[column] = f"is longer than {longest} characters: the first are kept"
        elif kept != plain:
            changed[column] = "holds characters that cannot be printed: read without them"
        return kept
