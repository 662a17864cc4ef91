"""What could not be told to others: letters of all consumers that were set aside (docs/webhooks.md)."""

from typing import Any

from handlers.api.letters import LettersHandler
from handlers.http.base import BaseHandler
from hub.model.outbox import Letter
from hub.webhooks.webhooks import describe_delivery


class OutboxHandler(LettersHandler):
    """`/api/outbox`."""

    async def get(self) -> None:
        """List letters of one state, newest first: those that were set aside, unless another is asked for."""
        page = self.page()
        letters = await self.hub.outgoing.letters(page)
        self.answer([_describe(letter) for letter in self.cut(letters, page)])


class SendAgainHandler(BaseHandler):
    """`/api/outbox/{id}/send`."""

    async def post(self, letter_id: str) -> None:
        """Send a letter again."""
        letter = await self.hub.outgoing.letter(letter_id)
        self.answer(_describe(await self.hub.outgoing.send_again(letter)), 202)


def _describe(letter: Letter) -> dict[str, Any]:
    return {"consumer": letter.consumer, "target": letter.target, **describe_delivery(letter)}
