"""Mail consumer of the waiting list: sends a party the link to its place when it joins, and each offer of seats.

At least once. A message holds the entry's id alone; what it says is how the entry stands when it is sent, so that an
offer that lapsed meanwhile is not mailed, and deleting the entry deletes the address.
"""

from collections.abc import Collection
from zoneinfo import ZoneInfo

import structlog
from typing_extensions import override

from hub.clock import Clock, in_zone
from hub.formats.dates import day_and_time, duration, moment
from hub.formats.local_time import to_instant
from hub.formats.organiser_contact import contact_links
from hub.language.catalogue import first_known
from hub.mail.letter import WaitingMail, write_waiting_mail
from hub.mail.mailer import Mailer
from hub.mail.recipients import Recipients
from hub.model.event import Event
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.model.waiting import WaitingEntry
from hub.outbox.consumer import OutgoingMessage, Page
from hub.settings import Settings
from hub.tickets.waiting_service import Standing, WaitingList
from store.collections.events import EventReader
from store.collections.showings import WaitingReader

log = structlog.get_logger(__name__)

JOINED, REPEATED, OFFERED = "waiting.joined", "waiting.repeated", "waiting.offered"
STATES: dict[str, Collection[str]] = {
    JOINED: {"waiting"},
    REPEATED: {"waiting", "offered"},
    OFFERED: {"offered"},
}
"""How an entry must stand for a message to be sent: one that joined and is offered seats has another message."""


class WaitingMailer(Mailer):
    """Consumer that mails those who wait. `stop` after use."""

    name = "waiting-mail"

    def __init__(
        self,
        settings: Settings,
        events: EventReader,
        reader: WaitingReader,
        waiting: WaitingList,
        recipients: Recipients,
        clock: Clock,
    ) -> None:
        super().__init__(settings, recipients, clock)
        self._events = events
        self._reader = reader
        self._waiting = waiting

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return joining, joining again, and offers."""
        return STATES.keys()

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return one message for the entry; a newer one replaces it. None for an entry that cannot be read."""
        target = entry.data.get("waiting")
        if not isinstance(target, str):
            log.warning("an entry that names no place is not mailed", event_id=entry.event, seq=entry.seq)
            return Page()
        return Page([OutgoingMessage(target=target, partition=target, content={"waiting": target}, replaces=True)])

    @override
    async def send(self, message: Message) -> None:
        """Send a mail, unless the entry stands otherwise by now."""
        entry = await self._reader.entry(message.content["waiting"])
        if entry is None or entry.email is None:
            return
        standing = await self._waiting.standing(entry)
        event = await self._events.find(entry.event)
        if event is None or not self._is_due(message, standing):
            return
        content = self._content(message, entry, entry.email, standing, event)
        is_asked_for = message.kind == OFFERED or message.partition == message.resend_partition
        is_by_guest = entry.by_guest or message.kind == REPEATED  # a guest alone repeats, whoever made the entry
        await self.deliver(content, write_waiting_mail, is_limited=is_by_guest and not is_asked_for)

    def _is_due(self, message: Message, standing: Standing) -> bool:
        is_over = standing.offered_until is not None and standing.offered_until <= self._clock.now()
        return standing.state in STATES.get(message.kind, ()) and not is_over

    def _content(
        self, message: Message, entry: WaitingEntry, recipient: str, standing: Standing, event: Event
    ) -> WaitingMail:
        language = first_known(entry.language, event.language, self._settings.language)
        zone = ZoneInfo(event.timezone)
        starts = in_zone(to_instant(entry.date, entry.time, zone), zone)
        until = in_zone(standing.offered_until, zone) if standing.offered_until else None
        return WaitingMail(
            sender=self._settings.smtp_from or "",
            organisation=self._settings.organisation,
            recipient=recipient,
            number=f"{entry.id}.{message.seq}",
            event=event.name,
            when=day_and_time(starts, language),
            venue=event.venue or "",
            link=self._settings.base_url + self._waiting.page_of(entry.id),
            count=entry.tickets,
            until=moment(until, language) if until else None,
            held=duration(event.offer_minutes, language),
            contact=contact_links(event.contact, language),
            language=language,
        )
