"""Calendar entry of a ticket: when and where its holder is expected. Pure."""

from datetime import datetime

from hub.formats.calendar import CalendarEntry
from hub.formats.organiser_contact import contact_links
from hub.formats.place import place_of
from hub.formats.seat import seat_text
from hub.language.catalogue import Language
from hub.model.event import Event, Showing
from hub.model.ticket import Ticket


def calendar_entry(
    ticket: Ticket, event: Event, showing: Showing | None, now: datetime, language: Language
) -> CalendarEntry:
    """Return the entry, under the same id whenever it is asked for, so that a ticket that moved moves in calendars."""
    contact = [link.line(language) for link in contact_links(event.contact, language)]
    about = [ticket.name, ticket.product, seat_text(ticket.seat, language)]
    number = language.say("calendar-number", number=ticket.id[:8])
    return CalendarEntry(
        uid=f"{ticket.id}@scan-hub",
        written_at=now,
        starts_at=ticket.starts_at,
        ends_at=(showing.over_at or showing.ends_at) if showing else None,
        title=event.name,
        place=place_of(event),
        notes="\n".join([", ".join(part for part in about if part), number, *contact]),
        is_canceled=ticket.status == "canceled",
    )
