"""The command that has a reservation's mail sent again. Pure."""

from collections.abc import Iterable

from hub.errors import BadInput, NotFound
from hub.model.command import Book, Change, Draft, Key
from hub.model.journal import Reservation


class Resend:
    """Journal that the organiser wants it; the outbox reads it there and sends the mail (`hub/mail`)."""

    weight = 1

    def __init__(self, reservation_id: str) -> None:
        self._reservation_id = reservation_id

    def wants(self) -> Iterable[Key]:
        """The reservation, for its address."""
        yield Reservation, self._reservation_id

    def decide(self, book: Book) -> Change:
        """Have it sent. Raises `BadInput` where there is no address to send it to."""
        reservation = book.find(Reservation, self._reservation_id)
        if reservation is None:
            raise NotFound("Reservation not found")
        if reservation.email is None:
            raise BadInput("There is no address to send it to", {"email": "the reservation has none"})
        return Change(entries=[Draft(kind="reservation.resent", data={"reservation": reservation.id})])
