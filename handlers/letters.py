"""Pages of letters: how a list of what was sent is asked for, and told on from its last."""

from datetime import datetime
from typing import cast, get_args
from urllib.parse import urlencode

from handlers.base import BaseHandler
from hub.errors import BadInput
from hub.letters import Letter, LetterPage, LetterState
from hub.times import is_reckonable

LONGEST_PAGE, USUAL_PAGE = 1000, 100


class LettersHandler(BaseHandler):
    """Something that lists letters, newest first; `limit`, `state` and `cursor` in the query."""

    def page(self) -> LetterPage:
        """Return the page that is asked for, one letter longer, which tells whether there is more."""
        state = self.get_query_argument("state", None)
        if state is not None and state not in get_args(LetterState):
            raise BadInput("state", {"state": f"must be one of {', '.join(get_args(LetterState))}"})
        return LetterPage(limit=self._limit() + 1, state=cast(LetterState | None, state), after=self._after())

    def cut(self, letters: list[Letter], page: LetterPage) -> list[Letter]:
        """Return the letters of the page, and link to the next where there is one."""
        shown = letters[: page.limit - 1]
        if len(letters) == page.limit:
            cursor = f"{shown[-1].written_at.isoformat()}~{shown[-1].seq}~{shown[-1].id}"
            state = {} if page.state is None else {"state": page.state}
            query = urlencode({**state, "limit": page.limit - 1, "cursor": cursor})
            self.set_header("Link", f'<{self.request.path}?{query}>; rel="next"')
        return shown

    def _limit(self) -> int:
        text = self.get_query_argument("limit", str(USUAL_PAGE))
        if not (text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= LONGEST_PAGE):
            raise BadInput("limit", {"limit": f"must be 1 to {LONGEST_PAGE}"})
        return int(text)

    def _after(self) -> tuple[datetime, int, str] | None:
        cursor = self.get_query_argument("cursor", None)
        if cursor is None:
            return None
        try:
            written_at, seq, letter = cursor.split("~")
            after = datetime.fromisoformat(written_at), int(seq), letter
        except ValueError as wrong:
            raise BadInput("cursor", {"cursor": "must be taken from a Link header"}) from wrong
        if after[0].tzinfo is None or not is_reckonable(after[0]) or not 0 <= after[1] < 2**63:
            raise BadInput("cursor", {"cursor": "must be taken from a Link header"})
        return after
