"""Outbox over REST: messages of all consumers, dead letters first of all (docs/webhooks.md)."""

import re
from datetime import datetime
from typing import cast, get_args

from handlers.http.base import BaseHandler
from handlers.http.paging import bad_cursor, cursor_of, link_next, read_cursor, read_limit, to_moment
from hub.errors import BadInput
from hub.model.outbox import Message, MessagePage, MessageState
from hub.outbox.views import message_view


class MessagesHandler(BaseHandler):
    """Base of paginated lists of messages, newest first; `limit`, `state` and `cursor` in the query."""

    def page(self) -> MessagePage:
        """Return the requested page, one message longer, which shows whether there is a next page."""
        state = self.get_query_argument("state", None)
        if state is not None and state not in get_args(MessageState):
            raise BadInput("state", {"state": f"must be one of {', '.join(get_args(MessageState))}"})
        return MessagePage(limit=read_limit(self) + 1, state=cast(MessageState | None, state), after=self._after())

    def cut(self, messages: list[Message], page: MessagePage) -> list[Message]:
        """Return the messages of the page, and set `Link` to the next page where there is one."""
        shown = messages[: page.limit - 1]
        if len(messages) == page.limit:
            state = {} if page.state is None else {"state": str(page.state)}
            last = shown[-1]
            link_next(self, state, page.limit - 1, cursor_of(last.written_at, last.seq, last.id))
        return shown

    def _after(self) -> tuple[datetime, int, str] | None:
        parts = read_cursor(self, 3)
        if parts is None:
            return None
        written_at, seq, message_id = parts
        if not re.fullmatch(r"[0-9]{1,18}", seq, re.ASCII):
            raise bad_cursor()
        return to_moment(written_at), int(seq), message_id


class OutboxHandler(MessagesHandler):
    """`/api/outbox`."""

    async def get(self) -> None:
        """List messages of one state, newest first: dead letters (`set_aside`) by default."""
        page = self.page()
        messages = await self.hub.outbox.messages(page)
        self.answer([message_view(message) for message in self.cut(messages, page)])


class SendAgainHandler(BaseHandler):
    """`/api/outbox/{id}/send`."""

    async def post(self, message_id: str) -> None:
        """Send a message again: 202."""
        message = await self.hub.outbox.message(message_id)
        self.answer(message_view(await self.hub.outbox.send_again(message)), 202)
