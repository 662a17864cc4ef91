"""Outbox over REST: messages of all consumers, dead letters first of all (docs/webhooks.md)."""

from collections.abc import Sequence
from datetime import datetime

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import PageQuery, count_first, cursor_of, cursor_parts, cut, read_page, to_moment, to_number
from hub.model.outbox import Message, MessagePage, MessageState
from hub.outbox.views import MessageView, message_view


class MessagesQuery(PageQuery, kw_only=True):
    """The query of a list of messages."""

    state: MessageState | None = None


class MessagesHandler(BaseHandler):
    """Base of paginated lists of messages, newest first; `limit`, `state` and `cursor` in the query."""

    def read(self) -> tuple[MessagesQuery, MessagePage]:
        """Return the query, and the page that it asks for, one message longer."""
        query, after = read_page(self, MessagesQuery, read_position)
        return query, MessagePage(limit=query.limit + 1, state=query.state, after=after)

    def cut(self, messages: list[Message], query: MessagesQuery) -> Sequence[Message]:
        """Return the messages of the page, and set `Link` to the next page where there is one."""
        return cut(self, query, messages, lambda last: cursor_of(last.written_at, last.seq, last.id))


def read_position(cursor: str) -> tuple[datetime, int, str]:
    """Return `written_at`, `seq` and `id` of the last message of the page before. Raises `BadInput`."""
    written_at, seq, message_id = cursor_parts(cursor, 3)
    return to_moment(written_at), to_number(seq), message_id


class OutboxHandler(MessagesHandler):
    """`/api/outbox`."""

    @operation("list_messages", query=MessagesQuery, answer=list[MessageView])
    async def get(self) -> None:
        """List messages of one state, newest first: dead letters (`set_aside`) by default."""
        query, page = self.read()
        messages = await self.hub.outbox.messages(page)
        await count_first(self, query, messages, lambda: self.hub.outbox.count(query.state))
        self.answer([message_view(message, self.problem_language) for message in self.cut(messages, query)])


class SendAgainHandler(BaseHandler):
    """`/api/outbox/{id}/send`."""

    @operation("send_message_again", answer=MessageView, status=202, refuses=("waiting",))
    async def post(self, message_id: str) -> None:
        """Send a message again: 202."""
        message = await self.hub.outbox.message(message_id)
        self.answer(message_view(await self.hub.outbox.send_again(message), self.problem_language), 202)
