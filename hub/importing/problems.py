"""Validation errors of a file's rows: the first are listed, all are counted."""

from collections.abc import Sequence

import msgspec

from hub.errors import BadInput
from hub.importing.file.encodings import EncodingQuestion
from hub.importing.file.survey import DateQuestion, SaidState, Survey
from hub.model.imports import Problem

MOST_LISTED = 100
NOTHING = "Nothing was imported. "
CONFLICTS = {"duplicate": "These barcodes are there already", "sold_out": "There are not seats enough"}
TITLES = {
    **CONFLICTS,
    "unknown_state": "States of tickets that are not known: say what they mean",
    "ambiguous_dates": "Dates that can be read in two ways: say which",
    "spreadsheet": "Barcodes that a spreadsheet has ruined",
}


class UnknownColumn(msgspec.Struct, frozen=True, kw_only=True):
    """Column whose head is not known, with the cell under it in the first row."""

    head: str
    example: str


class EncodingUnknown(BadInput):
    """Refusal of a file whose letters were read by the wrong code page: the organiser has to choose one."""

    def __init__(self, question: EncodingQuestion) -> None:
        super().__init__("Letters of this file cannot be read for certain: say which way", code="unknown_encoding")
        self.question = question


class ColumnsUnknown(BadInput):
    """Refusal of a file without a known column of codes: the organiser has to map one."""

    def __init__(self, head: Sequence[str], first: Sequence[str]) -> None:
        text = "is missing: a column barcode, secret, ticket secret, uuid, order code or reservation is needed"
        super().__init__("There is no column barcode in the file's first row", {"barcode": text})
        cells = [*first, *[""] * len(head)]
        self.columns = [UnknownColumn(head=name, example=cell) for name, cell in zip(head, cells, strict=False)]


class RowsRefused(BadInput):
    """Refusal of a file because of some of its rows. 409 where the rows are fine and the event is not."""

    def __init__(self, problems: list[Problem], count: int, survey: Survey | None = None) -> None:
        codes = {problem.code for problem in problems}
        code = codes.pop() if len(codes) == 1 else "invalid"
        what = TITLES.get(code, "These rows cannot be imported")
        message = f"{NOTHING}{what}: 1 mistake" if count == 1 else f"{NOTHING}{what}: {count} mistakes"
        super().__init__(message, code=code, status=409 if code in CONFLICTS else 422)
        self.problems = problems
        self.count = count
        self.states: list[SaidState] = survey.states if survey else []
        self.question: DateQuestion | None = survey.question if survey else None


class Problems:
    """Collector of the rows' errors."""

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._count = 0

    def add(self, problem: Problem) -> None:
        """Add one more."""
        self._count += 1
        if len(self._listed) < MOST_LISTED:
            self._listed.append(problem)

    def refuse(self, survey: Survey | None = None) -> None:
        """Raise `RowsRefused` where there are any, by their rows; with the `survey` of the whole file."""
        if self._count:
            raise RowsRefused(sorted(self._listed, key=lambda each: each.row), self._count, survey)
