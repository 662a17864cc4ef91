"""What is wrong with a file's rows, gathered: the first are listed, all are counted."""

from hub.errors import BadInput
from hub.model.imports import Problem

MOST_LISTED = 100
CONFLICTS = {"duplicate": "These barcodes are there already", "sold_out": "There are not seats enough"}


class RowsRefused(BadInput):
    """Nothing of a file is imported, because of some of its rows. 409 where the rows are fine and the event is not."""

    def __init__(self, problems: list[Problem], count: int) -> None:
        codes = {problem.code for problem in problems}
        code = codes.pop() if len(codes) == 1 else "invalid"
        what = CONFLICTS.get(code, "These rows cannot be imported")
        mistakes = f"{count} mistake{'s' if count > 1 else ''}"
        super().__init__(
            f"Nothing was imported. {what}: {mistakes}", code=code, status=409 if code in CONFLICTS else 422
        )
        self.problems = problems
        self.count = count


class Problems:
    """Gathers what is wrong."""

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._count = 0

    def add(self, problem: Problem) -> None:
        """Take one more."""
        self._count += 1
        if len(self._listed) < MOST_LISTED:
            self._listed.append(problem)

    def refuse(self) -> None:
        """Raise `RowsRefused` where there are any, by their rows."""
        if self._count:
            raise RowsRefused(sorted(self._listed, key=lambda each: each.row), self._count)
