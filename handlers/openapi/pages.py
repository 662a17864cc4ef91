"""Pages for programmers: the API's reference, and the codes of problems, each with what to do."""

import asyncio
from threading import Lock
from typing import ClassVar

from typing_extensions import override

from handlers.http.base import BaseHandler
from handlers.openapi.document import VERSION, make_document
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

    _bodies: ClassVar[dict[str, bytes]] = {}
    _making: ClassVar[Lock] = Lock()

    async def get(self) -> None:
        """Show it."""
        base_url = self.hub.settings.base_url
        if base_url not in self._bodies:
            # In a thread, and this once: hundreds of operations and types take some tenths of a second.
            await asyncio.to_thread(self._body, base_url)
        self.render("reference/reference.html", body=self._bodies[base_url], version=VERSION)

    def _body(self, base_url: str) -> bytes:
        with self._making:
            if base_url not in self._bodies:
                document = make_document(self.settings["routes"], base_url)
                body = self.render_string("reference/body.html", reference=make_reference(document))
                self._bodies[base_url] = body
            return self._bodies[base_url]


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
