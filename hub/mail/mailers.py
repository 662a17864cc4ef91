"""Mailers: the outbox consumers that send mail, put together."""

import secrets
import time

from hub.clock import Clock
from hub.formats.qr_images import QrImages
from hub.mail.account_consumer import AccountMailer
from hub.mail.consumer import TicketMail
from hub.mail.mailer import Mailer
from hub.mail.recipients import Recipients
from hub.mail.waiting_consumer import WaitingMailer
from hub.mail.wave_consumer import WaveMailer
from hub.settings import Settings
from hub.tickets.booking import Booking
from hub.tickets.waiting_service import WaitingList
from store.store import Store


def make_mailers(
    settings: Settings, store: Store, booking: Booking, waiting: WaitingList, qr_images: QrImages, clock: Clock
) -> tuple[Mailer, ...]:
    """Return the mailers, which are to be added to the outbox and stopped; none without a mail server."""
    if settings.smtp_host is None:
        return ()
    per_hour, key = settings.mails_per_recipient_per_h, secrets.token_bytes(32)
    recipients = Recipients(per_hour, key, time.monotonic)
    # Of their own: bookings with a user's address, which strangers make, must not use up that user's mails.
    accounts = Recipients(per_hour, key, time.monotonic)
    readers = store.tickets, store.events
    waves = store.rollout, store.wave_letters
    return (
        TicketMail(settings, *readers, booking, qr_images, recipients, clock),
        WaveMailer(settings, *readers, *waves, booking, recipients, clock),
        WaitingMailer(settings, store.events, store.waiting, waiting, recipients, clock),
        AccountMailer(settings, store.users, store.mailed_links, accounts, clock),
    )
