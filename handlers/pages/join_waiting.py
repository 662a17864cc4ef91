"""Page on which a guest joins the waiting list of a time that is sold out (docs/guests.md). Works without JavaScript.

As in booking, a login or key that a browser happens to send counts for nothing here.
"""

from zoneinfo import ZoneInfo

from handlers.api.waiting import JoinForm, JoiningHandler, party_of
from handlers.pages.base import PageHandler
from handlers.pages.booking import LONGEST_FIELD, by_day, refuse_other_sites
from handlers.pages.booking_form import BookingForm, kind_of, read_form, renewed
from hub.errors import BadInput, Conflict, HubError, NotFound, SlowDown, Unavailable
from hub.formats.contact import clean
from hub.formats.dates import when
from hub.model.event import Event
from hub.tickets.available_times import times_of
from hub.tickets.orders import most_by_guest
from hub.tickets.pricing import kinds_for_guests
from hub.validation import Problems

FIELDS_OF_CODES = {
    "seats_left": "when",
    "time_over": "when",
    "no_showing": "when",
    "waiting_full": "when",
}
"""Beside which field a refusal is said."""
FIELDS = {"date": "when", "time": "when", "tickets": "count", "price": "product"}


class JoinWaitingHandler(PageHandler, JoiningHandler):
    """`/book/{uuid}/wait?when=&count=`."""

    async def get(self, event_id: str) -> None:
        """Show the form, or after it was sent that the link comes by mail."""
        event = await self.hub.events.get(event_id)
        if "sent" in self.request.query_arguments:
            self.render("waiting/mailed.html", event=event)
            return
        asked = {name: self.get_query_argument(name)[:LONGEST_FIELD] for name in self.request.query_arguments}
        await self._show(event, renewed(read_form(asked)))

    async def post(self, event_id: str) -> None:
        """Join once, however often the form is sent; lead to the place in the queue, or say that its link is mailed."""
        refuse_other_sites(self.request)
        event = await self.hub.events.get(event_id)
        form = read_form({name: self.get_body_argument(name)[:LONGEST_FIELD] for name in self.request.body_arguments})
        try:
            page = await self._join(event, form)
        except (BadInput, Conflict, SlowDown, Unavailable) as wrong:
            await self._refuse(event, form, wrong)
        except NotFound:
            self.set_status(409)
            await self._show(await self.hub.events.get(event_id), form)
        else:
            self.redirect(page, status=303)

    async def _join(self, event: Event, form: BookingForm) -> str:
        await self.hub.booking.event_to_book(event.id, with_key=False)
        party = party_of(_join_form(form, event), event, Problems(), by_guest=True)
        self.hub.limits.anonymous_bookings.take(self.address)
        entry = await self.join(party, f"idempotency//book/{event.id}/wait/{form.once}", by_guest=True)
        return f"/book/{event.id}/wait?sent" if self.hub.sends_mail else self.hub.waiting.page_of(entry.id)

    async def _refuse(self, event: Event, form: BookingForm, wrong: HubError) -> None:
        """Show the form again as it was, with what is wrong beside the fields."""
        self.set_status(wrong.status)
        if isinstance(wrong, SlowDown | Unavailable):
            self.set_header("Retry-After", str(max(1, round(wrong.after_s))))
        sent = renewed(form) if wrong.code == "idempotency_mismatch" else form
        await self._show(event, sent, problems_of(wrong))

    async def _show(self, event: Event, form: BookingForm, problems: dict[str, str] | None = None) -> None:
        now = self.hub.clock.now()
        times = times_of(event, await self.hub.showings.of_event(event.id), self.hub.seats, now)
        kinds = kinds_for_guests(event)
        is_kept = event.waiting and not event.closed and event.booking == "open"
        is_open = is_kept and bool(times) and bool(kinds or not event.products)
        if not is_open and self.request.method == "GET":
            self.set_status(404)
        self.render(
            "waiting/join.html",
            event=event,
            when=when(event),
            is_open=is_open,
            form=form,
            problems=problems or {},
            others=[],
            days=by_day(times, ZoneInfo(event.timezone)),
            kinds=kinds,
            most=most_by_guest(event),
            sends_mail=self.hub.sends_mail,
        )


def _join_form(form: BookingForm, event: Event) -> JoinForm:
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
    )


def problems_of(wrong: HubError) -> dict[str, str]:
    """Return a refusal as the page shows it: a code for each field, and for the whole form under `form`."""
    if field := FIELDS_OF_CODES.get(wrong.code):
        return {field: wrong.code}
    if isinstance(wrong, BadInput) and wrong.errors:
        return {FIELDS.get(field, field): "wrong" for field in wrong.errors}
    return {"form": wrong.code}
