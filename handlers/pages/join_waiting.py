"""Page on which a guest joins the waiting list of a sold out time (docs/guests.md); works without JavaScript."""

from typing import Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from handlers.api.waiting import JoinForm, JoiningHandler, party_of
from handlers.pages.booking import by_day
from handlers.pages.booking_form import BookingForm, kind_of, read_form, renewed
from handlers.pages.guest_form import LONGEST_FIELD, GuestFormHandler
from hub.formats.contact import clean
from hub.formats.dates import duration, when
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.tickets.available_times import times_of
from hub.tickets.orders import most_by_guest
from hub.tickets.pricing import kinds_for_guests
from hub.validation import Problems


class JoinWaitingHandler(GuestFormHandler, JoiningHandler):
    """`/book/{uuid}/wait?when=&count=`."""

    async def get(self, event_id: str) -> None:
        """Show the form, or after it was sent that the link comes by mail."""
        event = await self.hub.events.get(event_id)
        self.event_language = event.language
        if "sent" in self.request.query_arguments:
            self.render("waiting/mailed.html", event=event, held=duration(event.offer_minutes, self.language))
            return
        asked = {name: self.get_query_argument(name)[:LONGEST_FIELD] for name in self.request.query_arguments}
        await self.show(event, renewed(read_form(asked)))

    @override
    async def carry_out(self, event: Event, form: BookingForm) -> str:
        """Join, and return the path of the place in the queue, or of the notice that its link is mailed."""
        await self.hub.booking.event_to_book(event.id, with_key=False)
        party = party_of(_join_form(form, event, self.language), event, Problems(), by_guest=True)
        self.hub.limits.anonymous_bookings.take(self.address)
        entry = await self.join(party, f"idempotency//book/{event.id}/wait/{form.once}", by_guest=True)
        return f"/book/{event.id}/wait?sent" if self.hub.sends_mail else self.hub.waiting.page_of(entry.id)

    @override
    async def show(self, event: Event, form: BookingForm, problems: dict[str, Any] | None = None) -> None:
        """Render the form, or that the list is not open."""
        now = self.hub.clock.now()
        times = times_of(event, await self.hub.showings.of_event(event.id), self.hub.seats, now)
        kinds = kinds_for_guests(event)
        is_kept = event.waiting and not event.closed and event.booking == "open"
        is_open = is_kept and bool(times) and bool(kinds or not event.products)
        if not is_open and self.is_read:
            self.set_status(404)
        self.render(
            "waiting/join.html",
            event=event,
            when=when(event, self.language),
            held=duration(event.offer_minutes, self.language),
            is_open=is_open,
            form=form,
            problems=problems or {},
            others=[],
            days=by_day(times, ZoneInfo(event.timezone), self.language),
            kinds=kinds,
            most=most_by_guest(event),
            sends_mail=self.hub.sends_mail,
        )


def _join_form(form: BookingForm, event: Event, language: Language) -> JoinForm:
    """Return the form as `POST /api/waiting` has it."""
    kind = kind_of(form, event)
    return JoinForm(
        event=event.id,
        date=form.date,
        time=form.time,
        name=clean(form.name),
        email=clean(form.email),
        phone_number=clean(form.phone_number) or None,
        tickets=form.wanted,
        product=kind.product if kind else (form.product or None) if event.products else None,
        price=kind.price if kind else None,
        language=language.tag,
    )
