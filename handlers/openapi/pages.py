"""Pages for programmers: the codes of problems, each with what to do."""

from typing_extensions import override

from handlers.http.base import BaseHandler
from handlers.pages.base import PageHandler
from hub.errors import HubError, NotFound
from hub.problem_codes import FAMILIES, PROBLEM_CODES


class ReferencePage(PageHandler):
    """Base of pages for programmers, whose errors are problem+json for programs."""

    @override
    def shape(self, error: HubError) -> None:
        self.add_header("Vary", "Accept")
        if self.is_browser:
            super().shape(error)
        else:
            BaseHandler.shape(self, error)


class ProblemsHandler(ReferencePage):
    """`/problems`: all codes of problems; as JSON for programs."""

    def get(self) -> None:
        """Show them."""
        self.add_header("Vary", "Accept")
        if self.is_browser:
            self.render("reference/problems.html", families=FAMILIES)
        else:
            self.answer([*PROBLEM_CODES.values()])


class ProblemHandler(ReferencePage):
    """`/problems/{code}`: one code, to which the `type` of its problems leads."""

    def get(self, code: str) -> None:
        """Show what it means and what to do. Raises `NotFound`."""
        found = PROBLEM_CODES.get(code)
        if found is None:
            raise NotFound("Not found")
        self.add_header("Vary", "Accept")
        if self.is_browser:
            self.render("reference/problem.html", problem=found)
        else:
            self.answer(found)
