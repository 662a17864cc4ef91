"""Mail consumer for waves of a rollout: sends a wave's letter to each reservation that the wave newly offers passes.

At most once for each reservation: a letter is claimed durably before it is handed to the mail server. One that a crash
cut short in between becomes a dead letter, since it is not known whether it arrived; it may be sent again by hand.
"""

from collections.abc import Collection, Sequence

from typing_extensions import override

from hub.clock import Clock
from hub.formats.organiser_contact import contact_links
from hub.language.catalogue import first_known
from hub.mail.letter import WaveMail, write_wave_mail
from hub.mail.mailer import Mailer
from hub.mail.recipients import Recipients
from hub.model.event import Event
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.model.ticket import Reservation, Ticket
from hub.model.wallet import WalletWave, WaveLetter
from hub.outbox.consumer import DeliveryFailed, OutgoingMessage, Page
from hub.settings import Settings
from hub.tickets.booking import Booking
from hub.tickets.wallet_offer import gets_letter, side_of
from store.collections.events import EventReader
from store.collections.tickets import TicketReader
from store.collections.wallet_rollout import RolloutReader, WaveLetters

WAVE = "wallet.wave"
PAGE = 500
CUT_SHORT = "cut short: whether it arrived is not known"


class WaveMailer(Mailer):
    """Consumer that mails the letters of waves. `stop` after use."""

    name = "wallet-letters"

    def __init__(
        self,
        settings: Settings,
        tickets: TicketReader,
        events: EventReader,
        rollout: RolloutReader,
        letters: WaveLetters,
        booking: Booking,
        recipients: Recipients,
        clock: Clock,
    ) -> None:
        super().__init__(settings, recipients, clock)
        self._tickets = tickets
        self._events = events
        self._rollout = rollout
        self._letters = letters
        self._booking = booking

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return starts of waves; a stop that is taken back starts them again."""
        return (WAVE,)

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return a message for each reservation with an address that the wave is of, unless its letter was begun."""
        if not entry.data.get("letter"):
            return Page()
        ids = await self._rollout.with_address(entry.event, after=after or "", limit=PAGE)
        wave, above, percent = (entry.data[name] for name in ("wave", "above", "percent"))
        invited = await self._rollout.invited_of(ids)
        chosen = [each for each in ids if _is_in(entry.event, each, above, percent, invited=each in invited)]
        names = {each: WaveLetter.name(entry.event, wave, each) for each in chosen}
        begun = await self._letters.begun(names.values())
        messages = [_message(each, wave) for each, name in names.items() if name not in begun]
        return Page(messages, ids[-1] if len(ids) == PAGE else None)

    @override
    async def send(self, message: Message) -> None:
        """Send a letter, unless passes are not offered to the reservation any more, or the letter was sent."""
        wave = await self._rollout.wave(message.stream, message.content["wave"])
        reservation = await self._tickets.reservation(message.content["reservation"])
        if wave is None or reservation is None or reservation.email is None:
            return
        event = await self._events.find(message.stream)
        tickets = await self._tickets.of_reservation(reservation.id)
        now = self._clock.now()
        good = [] if event is None else [ticket for ticket in tickets if gets_letter(event, ticket, now)]
        if event is None or not good:
            return
        letter = WaveLetter(
            id=WaveLetter.name(event.id, wave.number, reservation.id),
            event=event.id,
            wave=wave.number,
            claimed_at=self._clock.now(),
        )
        mail = self._content(letter, wave, reservation, event, tickets, len(good))
        if mail is not None and await self._is_to_send(letter, message):
            await self._send(mail, letter, reservation)

    async def _is_to_send(self, letter: WaveLetter, message: Message) -> bool:
        """Claim a letter. Raises a permanent `DeliveryFailed` where it was claimed before and not sent."""
        was_sent = await self._letters.claim(letter)
        if was_sent is None or message.partition == message.resend_partition:
            return True
        if not was_sent:
            raise DeliveryFailed(CUT_SHORT, permanent=True)
        return False

    async def _send(self, mail: WaveMail, letter: WaveLetter, reservation: Reservation) -> None:
        """Hand a letter to the mail server; where that took it not, it may be tried again."""
        try:
            await self.deliver(mail, write_wave_mail, is_limited=reservation.by_guest)
        except DeliveryFailed:
            await self._letters.release(letter)
            raise
        await self._letters.mark_sent(letter)

    def _content(
        self,
        letter: WaveLetter,
        wave: WalletWave,
        reservation: Reservation,
        event: Event,
        tickets: Sequence[Ticket],
        count: int,
    ) -> WaveMail | None:
        if wave.letter is None or reservation.email is None:
            return None
        language = first_known(reservation.language, event.language, self._settings.language)
        return WaveMail(
            sender=self._settings.smtp_from or "",
            organisation=self._settings.organisation,
            recipient=reservation.email,
            number=letter.id.replace("/", "."),
            event=event.name,
            subject=wave.letter.subject,
            text=wave.letter.text,
            link=self._settings.base_url + self._booking.page_of(reservation.id, tickets),
            count=count,
            contact=contact_links(event.contact, language),
            language=language,
        )


def _is_in(event: str, reservation: str, above: int, percent: int, *, invited: bool) -> bool:
    """Return whether a wave newly offers passes to a reservation: testers were invited before, the others were not."""
    if percent == 0:
        return invited
    return not invited and above <= side_of(event, reservation) < percent


def _message(reservation: str, wave: int) -> OutgoingMessage:
    target = f"{reservation}/{wave}"
    return OutgoingMessage(target=target, partition=target, content={"reservation": reservation, "wave": wave})
