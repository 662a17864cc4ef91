"""Page of a place on the waiting list: how it stands, and forms to accept an offer and to leave (docs/guests.md)."""

from zoneinfo import ZoneInfo

from handlers.pages.guest_base import GuestPageHandler
from handlers.pages.guest_form import refuse_other_sites
from hub.clock import in_zone
from hub.errors import BadInput, Conflict, HubError, NotFound, Unavailable
from hub.formats.contact import clean
from hub.formats.dates import day_and_time, duration, moment
from hub.formats.local_time import to_instant
from hub.formats.organiser_contact import contact_links
from hub.language.problems import problem_text
from hub.model.waiting import WaitingEntry
from hub.tickets.pricing import MUST_BE_CHOSEN, is_sold, kind_of_an_offer, kinds_for_guests


class WaitingPageHandler(GuestPageHandler):
    """`/w/{id}?token=...`: works without JavaScript."""

    async def get(self, entry_id: str) -> None:
        """Show how the entry stands."""
        await self.show(await self.opened_entry(entry_id))

    async def opened_entry(self, entry_id: str) -> WaitingEntry:
        """Return the entry that the address opens. Raises `NotFound`, whatever is wrong with it."""
        if not self.hub.waiting.opens(entry_id, self.token):
            raise NotFound("There is no such place on the waiting list")
        return await self.hub.waiting.entry(entry_id)

    async def show(self, entry: WaitingEntry, problem: str = "", chosen: str = "") -> None:
        """Render the page; `problem` says why nothing was booked, `chosen` is the kind that the form had."""
        event = await self.hub.events.get(entry.event)
        self.event_language = event.language
        standing = await self.hub.waiting.standing(entry)
        zone = ZoneInfo(event.timezone)
        starts = in_zone(to_instant(entry.date, entry.time, zone), zone)
        until = in_zone(standing.offered_until, zone) if standing.offered_until else None
        self.render(
            "waiting/place.html",
            event=event,
            entry=entry,
            standing=standing,
            when=day_and_time(starts, self.language),
            until=moment(until, self.language) if until else "",
            held=duration(event.offer_minutes, self.language),
            token=self.token,
            page=await self.tickets_page(entry.reservation) if entry.reservation else None,
            kind=kind_of_an_offer(event, entry.product, entry.price),
            kinds=None if is_sold(event, entry.product) else kinds_for_guests(event),
            chosen=chosen,
            contact=contact_links(event.contact, self.language),
            problem=problem,
            sends_mail=self.hub.sends_mail,
        )

    async def tickets_page(self, reservation_id: str) -> str | None:
        """Return the path of the page with the tickets that were booked; None where they are deleted."""
        try:
            _, tickets = await self.hub.tickets.reservation(reservation_id)
        except NotFound:
            return None
        return self.hub.booking.page_of(reservation_id, tickets) if tickets else None

    def shape(self, error: HubError) -> None:
        """Write an error; a link that opens nothing is explained."""
        if isinstance(error, NotFound):
            self.set_status(404)
            self.render("waiting/left.html")
        else:
            super().shape(error)


class WaitingActionHandler(WaitingPageHandler):
    """`/w/{id}/accept|leave?token=...`: forms."""

    async def get(self, entry_id: str, action: str) -> None:  # type: ignore[override]
        """Lead back to the page, where the forms are."""
        await self.opened_entry(entry_id)
        self.redirect(self.hub.waiting.page_of(entry_id), status=303)

    async def post(self, entry_id: str, action: str) -> None:
        """Book the seats that are offered and lead to the tickets, or give the place up."""
        refuse_other_sites(self.request)
        entry = await self.opened_entry(entry_id)
        try:
            await (self._accept(entry) if action == "accept" else self._leave(entry))
        except (BadInput, Conflict, Unavailable) as wrong:
            self.set_status(wrong.status)
            texts = wrong.errors.values() if isinstance(wrong, BadInput) and wrong.errors else [wrong.message]
            problem = "; ".join(self._said(text) for text in texts)
            await self.show(await self.hub.waiting.entry(entry_id), problem, self.get_body_argument("product", ""))

    async def _accept(self, entry: WaitingEntry) -> None:
        event = await self.hub.events.get(entry.event)
        phone = clean(self.get_body_argument("phone_number", "")[:100])
        label = self.get_body_argument("product", "")
        chosen = next((kind for kind in kinds_for_guests(event) if kind.label == label), None)
        reservation = await self.hub.waiting.accept(entry, event, phone, chosen)
        page = await self.tickets_page(reservation)
        self.redirect(f"{page}&news=booked" if page else self.hub.waiting.page_of(entry.id), status=303)

    def _said(self, text: str) -> str:
        return self.language.say("wrong-kind") if text == MUST_BE_CHOSEN else problem_text(text, self.language)

    async def _leave(self, entry: WaitingEntry) -> None:
        await self.hub.waiting.leave(entry)
        self.render("waiting/left.html")
