"""What could not be told to others: letters of all consumers that were set aside (docs/webhooks.md)."""

import re
from datetime import datetime
from typing import Any, cast, get_args

from handlers.http.base import BaseHandler
from handlers.http.paging import bad_cursor, cursor_of, link_next, read_cursor, read_limit, to_moment
from hub.errors import BadInput
from hub.model.outbox import Message, MessagePage, MessageState
from hub.webhooks.webhooks import describe_delivery


class MessagesHandler(BaseHandler):
    """Something that lists letters, newest first; `limit`, `state` and `cursor` in the query."""

    def page(self) -> MessagePage:
        """Return the page that is asked for, one letter longer, which tells whether there is more."""
        state = self.get_query_argument("state", None)
        if state is not None and state not in get_args(MessageState):
            raise BadInput("state", {"state": f"must be one of {', '.join(get_args(MessageState))}"})
        return MessagePage(limit=read_limit(self) + 1, state=cast(MessageState | None, state), after=self._after())

    def cut(self, letters: list[Message], page: MessagePage) -> list[Message]:
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


class OutboxHandler(MessagesHandler):
    """`/api/outbox`."""

    async def get(self) -> None:
        """List letters of one state, newest first: those that were set aside, unless another is asked for."""
        page = self.page()
        letters = await self.hub.outbox.letters(page)
        self.answer([_describe(letter) for letter in self.cut(letters, page)])


class SendAgainHandler(BaseHandler):
    """`/api/outbox/{id}/send`."""

    async def post(self, letter_id: str) -> None:
        """Send a letter again."""
        letter = await self.hub.outbox.letter(letter_id)
        self.answer(_describe(await self.hub.outbox.send_again(letter)), 202)


def _describe(letter: Message) -> dict[str, Any]:
    return {"consumer": letter.consumer, "target": letter.target, **describe_delivery(letter)}
