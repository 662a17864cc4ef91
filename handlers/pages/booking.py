"""Booking pages for guests: the events that are open, and the form that books (booking-api.md, who may)."""

from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from typing_extensions import override

from handlers.pages.base import PageHandler
from handlers.pages.booking_form import BookingForm, order_of, renewed
from handlers.pages.guest_form import GuestFormHandler
from hub.clock import in_zone
from hub.errors import BadInput
from hub.events.answers import picture_of
from hub.formats.dates import clock, day, duration, when
from hub.formats.local_time import to_instant
from hub.formats.money import exponent_of
from hub.formats.phone import country_of
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.tickets.available_times import TimeToBook, nearest, times_of, with_times_around
from hub.tickets.orders import most_by_guest
from hub.tickets.pricing import how_to_pay, kinds_for_guests


class BookIndexHandler(PageHandler):
    """`/book`: the events that guests may book."""

    is_translated = True

    async def get(self) -> None:
        """List them, by time."""
        now = self.hub.clock.now()
        events = [event for event in await self.hub.events.open_to_come(now) if event.booking == "open"]
        rows = [await self._row(event, now) for event in events]
        self.render("book_index.html", rows=[row for row in rows if row is not None])

    async def _row(self, event: Event, now: datetime) -> dict[str, Any] | None:
        """Return an event's row; None for a box office that was never used, which no guest looks for."""
        showings = await self.hub.showings.of_event(event.id)
        if event.default_capacity is not None and not showings:
            return None
        times = times_of(event, showings, self.hub.seats, now)
        return {
            "id": event.id,
            "name": event.name,
            "when": when(event, self.language),
            "venue": event.venue,
            "left": sum(time.left for time in times),
            "has_times": bool(times),
            "is_any_time": event.default_capacity is not None,
            "waits": event.waiting,
            "picture": picture_of(event),
            "alt": event.picture_alt or "",
        }


class BookHandler(GuestFormHandler):
    """`/book/{uuid}`: works without JavaScript, which keeps the seats that are left up to date."""

    async def get(self, event_id: str) -> None:
        """Show the form, or why there is nothing to book."""
        event = await self.hub.events.get(event_id)
        self.event_language = event.language
        await self.show(event, renewed(BookingForm()))

    @override
    async def carry_out(self, event: Event, form: BookingForm) -> str:
        """Book, and return the path of the ticket's page."""
        await self.hub.booking.event_to_book(event.id, with_key=False)
        order = msgspec.structs.replace(order_of(form, event), language=self.language.tag)
        self.hub.limits.anonymous_bookings.take(self.address)
        once = f"idempotency//book/{event.id}/{form.once}"
        booked = await self.hub.booking.book(
            order, country=country_of(event.timezone), idempotency=once, is_anonymous=True
        )
        page = self.hub.booking.page_of(booked.reservation, await self.hub.booking.tickets_of(booked))
        return f"{page}&news=booked"

    @override
    async def show(self, event: Event, form: BookingForm, problems: dict[str, Any] | None = None) -> None:
        """Render the form, or why there is nothing to book."""
        now = self.hub.clock.now()
        showings = await self.hub.showings.of_event(event.id)
        times = times_of(event, showings, self.hub.seats, now)
        others = self._others(event, form, times, now) if problems and "when" in problems else []
        zone = ZoneInfo(event.timezone)
        self.render(
            "book.html",
            event=event,
            picture=picture_of(event),
            when=when(event, self.language),
            state=state_of(event, times, now),
            form=form,
            problems=problems or {},
            days=by_day(times, zone, self.language),
            others=by_day(others, zone, self.language),
            is_any_time=event.default_capacity is not None,
            today=f"{in_zone(now, zone):%Y-%m-%d}",
            kinds=kinds_for_guests(event),
            pay=how_to_pay(event, self.language),
            exponent_of=exponent_of,
            duration=duration,
            most=most_by_guest(event),
            sends_mail=self.hub.sends_mail,
        )

    def _others(self, event: Event, form: BookingForm, times: list[TimeToBook], now: datetime) -> list[TimeToBook]:
        try:
            chosen = to_instant(form.date, form.time, ZoneInfo(event.timezone))
        except BadInput:
            return []
        there = times if event.default_capacity is None else with_times_around(event, chosen, now, times)
        return nearest(chosen, form.wanted, there)


def state_of(event: Event, times: list[TimeToBook], now: datetime) -> str:
    """Return whether an event can be booked here: `open`, or why not."""
    if event.ends_at is not None and event.ends_at <= now and not times:  # a showing may lie beyond its event
        return "over"
    if event.closed:
        return "closed"
    if event.booking != "open":
        return "elsewhere"
    if event.products and not kinds_for_guests(event):
        return "elsewhere"
    if event.default_capacity is not None:
        return "open"
    if not times:
        return "no_times"
    return "open" if any(time.left for time in times) else "sold_out"


def by_day(
    times: list[TimeToBook], zone: ZoneInfo, language: Language
) -> list[tuple[str, list[tuple[str, TimeToBook]]]]:
    """Return times with their time of day, under their days."""
    local = [(in_zone(time.starts_at, zone), time) for time in times]
    days = groupby(local, key=lambda pair: day(pair[0], language))
    return [(name, [(clock(moment, language), time) for moment, time in group]) for name, group in days]
