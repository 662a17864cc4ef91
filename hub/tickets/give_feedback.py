"""The command that keeps a guest's answer. Pure."""

from collections.abc import Iterable

from hub.errors import NotFound
from hub.model.command import Book, Change, Key
from hub.model.feedback import Feedback
from hub.model.journal import Ticket


class GiveFeedback:
    """Keep the answer of a ticket's holder, in place of the one before.

    It goes by the event's truth, so that no text comes to be kept of a ticket that is deleted at that moment. It
    changes nothing that anybody follows, and leaves no journal entry.
    """

    weight = 1

    def __init__(self, ticket_id: str, *, worked: bool, text: str | None) -> None:
        self._ticket_id = ticket_id
        self._worked = worked
        self._text = text

    def wants(self) -> Iterable[Key]:
        """The ticket, and what was answered before."""
        yield Ticket, self._ticket_id
        yield Feedback, self._ticket_id

    def decide(self, book: Book) -> Change:
        """Keep it, if the ticket is still there."""
        if book.find(Ticket, self._ticket_id) is None:
            raise NotFound("Ticket not found")
        answer = Feedback(
            id=self._ticket_id, event=book.event.id, worked=self._worked, text=self._text, answered_at=book.now
        )
        return Change(answer=answer, put=[answer])
