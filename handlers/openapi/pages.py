"""Pages for programmers: the API's reference, and the codes of problems, each with what to do."""

from typing_extensions import override

from handlers.http.base import BaseHandler
from handlers.openapi.document import VERSION, make_document
from handlers.openapi.document_cache import DocumentCache
from handlers.openapi.reference import make_reference
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


class ReferenceHandler(ReferencePage):
    """`/docs`: the reference of the API, made from its OpenAPI document; it loads nothing from elsewhere."""

    async def get(self) -> None:
        """Show it."""
        documents: DocumentCache = self.settings["documents"]
        kept = await documents.get("reference", self._make_body)
        self.render("reference/reference.html", body=kept.body, version=VERSION)

    def _make_body(self) -> bytes:
        document = make_document(self.settings["routes"], self.hub.settings.base_url)
        return self.render_string("reference/body.html", reference=make_reference(document))


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
        """Show the code's meaning, and its remedy. Raises `NotFound`."""
        found = PROBLEM_CODES.get(code)
        if found is None:
            raise NotFound("Not found")
        self.add_header("Vary", "Accept")
        if self.is_browser:
            self.render("reference/problem.html", problem=found)
        else:
            self.answer(found)
