"""Pages of letters: how a list of what was sent is asked for, and told on from its last."""

import re
from datetime import datetime
from typing import cast, get_args

from handlers.http.base import BaseHandler
from handlers.http.paging import bad_cursor, cursor_of, link_next, read_cursor, read_limit, to_moment
from hub.errors import BadInput
from hub.model.outbox import Letter, LetterPage, LetterState


class LettersHandler(BaseHandler):
    """Something that lists letters, newest first; `limit`, `state` and `cursor` in the query."""

    def page(self) -> LetterPage:
        """Return the page that is asked for, one letter longer, which tells whether there is more."""
        state = self.get_query_argument("state", None)
        if state is not None and state not in get_args(LetterState):
            raise BadInput("state", {"state": f"must be one of {', '.join(get_args(LetterState))}"})
        return LetterPage(limit=read_limit(self) + 1, state=cast(LetterState | None, state), after=self._after())

    def cut(self, letters: list[Letter], page: LetterPage) -> list[Letter]:
        """Return the letters of the page, and link to the next where there is one."""
        shown = letters[: page.limit - 1]
        if len(letters) == page.limit:
            state = {} if page.state is None else {"state": str(page.state)}
            last = shown[-1]
            link_next(self, state, page.limit - 1, cursor_of(last.written_at, last.seq, last.id))
        return shown

    def _after(self) -> tuple[datetime, int, str] | None:
        parts = read_cursor(self, 3)
        if parts is None:
            return None
        written_at, seq, letter = parts
        if not re.fullmatch(r"[0-9]{1,18}", seq, re.ASCII):
            raise bad_cursor()
        return to_moment(written_at), int(seq), letter
