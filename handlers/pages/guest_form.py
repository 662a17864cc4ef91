"""Base of the forms by which a guest books or joins a waiting list: sent once, shown again where they have errors.

A login or key that a browser happens to send counts for nothing: whoever books here is a guest, with a guest's limits.
So no other site can book in an organiser's name, and the form needs no token against that.
"""

from abc import ABC, abstractmethod
from typing import Any

from tornado.httputil import HTTPServerRequest

from handlers.http.base import ask_to_wait
from handlers.pages.base import PageHandler
from handlers.pages.booking_form import BookingForm, problems_of, read_form, renewed
from hub.errors import BadInput, Conflict, HubError, NotAllowed, NotFound, SlowDown, Unavailable
from hub.model.event import Event

LONGEST_FIELD = 4000
"""Characters of a field that are read; what is longer is refused as a field anyway."""


class GuestFormHandler(PageHandler, ABC):
    """Base of the pages with a guest's form for an event."""

    is_translated = True

    async def post(self, event_id: str) -> None:
        """Carry the form out once, however often it is sent, and redirect to its outcome."""
        refuse_other_sites(self.request)
        event = await self.hub.events.get(event_id)
        self.event_language = event.language
        form = read_form({name: self.get_body_argument(name)[:LONGEST_FIELD] for name in self.request.body_arguments})
        try:
            page = await self.carry_out(event, form)
        except (BadInput, Conflict, SlowDown, Unavailable) as wrong:
            await self._refuse(event, form, wrong)
        except NotFound:
            self.set_status(409)
            await self.show(await self.hub.events.get(event_id), form)
        else:
            self.redirect(page, status=303)

    @abstractmethod
    async def carry_out(self, event: Event, form: BookingForm) -> str:
        """Carry the form out, and return the path of its outcome. Raises `HubError`."""

    @abstractmethod
    async def show(self, event: Event, form: BookingForm, problems: dict[str, Any] | None = None) -> None:
        """Render the form; `problems` are codes by field."""

    async def _refuse(self, event: Event, form: BookingForm, wrong: HubError) -> None:
        """Show the form again as it was, with its errors beside the fields."""
        self.set_status(wrong.status)
        if isinstance(wrong, SlowDown | Unavailable):
            ask_to_wait(self, wrong)
        sent = renewed(form) if wrong.code == "idempotency_mismatch" else form
        await self.show(event, sent, problems_of(wrong))


def refuse_other_sites(request: HTTPServerRequest) -> None:
    """Refuse a form that another site sent: it may lead here, but not have its visitors book unasked."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotAllowed("foreign_origin", "This form was sent from another site: open the page here")
