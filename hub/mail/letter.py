"""Mail messages (MIME): a guest's tickets with inline QR pictures, a wave's letter, an offer of seats. Pure.

They name no guest: whoever books writes the names, and a mail must not carry a stranger's words to somebody else.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any, Protocol

import msgspec
from tornado.template import Loader

from hub.formats.contact import is_address
from hub.formats.organiser_contact import ContactLink
from hub.language.catalogue import Language

TEMPLATES = Path(__file__).parents[2] / "web" / "mail"
LINE_ENDS = re.compile(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What a header holds one space for. Narrow and no-break spaces stay: French has them before a colon."""
MOST_PICTURES = 10
"""QRs in one mail; the page that it links to holds all."""


class Letter(Protocol):
    """Content of any mail: who sends it to whom."""

    @property
    def sender(self) -> str:
        """The address that it is from."""

    @property
    def organisation(self) -> str:
        """The name that it is from."""

    @property
    def recipient(self) -> str:
        """The recipient's address."""


class TicketsMail(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a mail: event, time, place, the page's address, and a QR (PNG) for each ticket."""

    sender: str
    organisation: str
    recipient: str
    event: str
    when: str
    venue: str
    link: str
    count: int
    doors_open: str = ""
    """When doors open, as text; empty where the event does not say."""
    terms: str = ""
    """The terms that the booking accepted, in the organiser's words."""
    pay: str = ""
    """What is to be paid for tickets of it, where, and until when, in words; empty where all are paid."""
    is_handed_on: bool = False
    """Whether another ticket of the reservation was just handed on: its buyer is sent those that are left."""
    pictures: Sequence[bytes]
    seats: Sequence[str] = ()
    """The seat of each ticket with a picture, in words; empty for a ticket without one."""
    contact: Sequence[ContactLink] = ()
    """Ways to reach the organiser."""
    language: Language


class WaveMail(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a wave's letter: the organiser's words, the page's address and the contact."""

    sender: str
    organisation: str
    recipient: str
    number: str
    """Id of the letter, always the same: a mailbox that gets it again may know it by its Message-ID."""
    event: str
    subject: str | None
    text: str
    link: str
    count: int
    contact: Sequence[ContactLink] = ()
    language: Language


class WaitingMail(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a mail to a party on the waiting list: the offer and until when it stands, or the place itself."""

    sender: str
    organisation: str
    recipient: str
    number: str
    """Id of the mail, the same however often it is tried."""
    event: str
    when: str
    venue: str
    link: str
    count: int
    until: str | None
    """Until when seats are offered, in words; None while the party waits."""
    held: str
    """How long an offer stands, in words."""
    contact: Sequence[ContactLink] = ()
    language: Language


def write_waiting_mail(mail: WaitingMail, now: datetime) -> EmailMessage:
    """Return the message of a mail to a party that waits. Raises `ValueError` for an invalid recipient."""
    domain = Address(addr_spec=mail.sender).domain
    message = new_message(mail, f"<{mail.number}@{domain}>", now)
    fields = msgspec.structs.asdict(mail)
    message["Subject"] = one_line(_waiting_subject(mail))
    message.set_content(rendered("waiting_list.txt", fields))
    message.add_alternative(rendered("waiting_list.html", fields), subtype="html")
    return marked(message, mail.language)


def _waiting_subject(mail: WaitingMail) -> str:
    if mail.until is None:
        return mail.language.say("mail-waiting-subject", event=mail.event)
    return mail.language.say("mail-offer-subject", count=mail.count, until=mail.until, event=mail.event)


def write_wave_mail(mail: WaveMail, now: datetime) -> EmailMessage:
    """Return the message of a wave's letter. Raises `ValueError` for an invalid recipient."""
    domain = Address(addr_spec=mail.sender).domain
    message = new_message(mail, f"<{mail.number}@{domain}>", now)
    message["Subject"] = one_line(mail.subject or mail.language.say("mail-wave-subject", event=mail.event))
    fields = msgspec.structs.asdict(mail)
    message.set_content(rendered("wave.txt", fields))
    message.add_alternative(rendered("wave.html", fields), subtype="html")
    return marked(message, mail.language)


def write_mail(mail: TicketsMail, now: datetime) -> EmailMessage:
    """Return the message. Raises `ValueError` for an invalid recipient."""
    address = Address(addr_spec=mail.sender)
    message = new_message(mail, make_msgid(domain=address.domain), now)
    ids = [make_msgid(domain=address.domain) for _ in mail.pictures[:MOST_PICTURES]]
    fields = {name: getattr(mail, name) for name in TicketsMail.__struct_fields__}
    fields["pictures"] = [cid.strip("<>") for cid in ids]
    fields["seats"] = [*mail.seats, *[""] * (len(ids) - len(mail.seats))]
    message["Subject"] = one_line(_tickets_subject(mail))
    message.set_content(rendered("tickets.txt", fields))
    message.add_alternative(rendered("tickets.html", fields), subtype="html")
    html = message.get_payload()[1]  # type: ignore[index]
    for n, (cid, picture) in enumerate(zip(ids, mail.pictures, strict=False), 1):
        html.add_related(picture, "image", "png", cid=cid, filename=f"ticket-{n}.png")  # type: ignore[union-attr]
    return marked(message, mail.language)


def _tickets_subject(mail: TicketsMail) -> str:
    if mail.is_handed_on:
        return mail.language.say("mail-handed-on-subject", event=mail.event)
    if mail.pay and not mail.pictures:
        return mail.language.say("mail-unpaid-subject", event=mail.event)
    return mail.language.say("mail-tickets-subject", count=mail.count, event=mail.event)


def new_message(mail: Letter, message_id: str, now: datetime) -> EmailMessage:
    """Return a message with its headers but the subject. Raises `ValueError` for an invalid recipient."""
    if not is_address(mail.recipient):
        raise ValueError("not an address")
    message = EmailMessage()
    message["From"] = Address(display_name=one_line(mail.organisation), addr_spec=mail.sender)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    return message


def marked(message: EmailMessage, language: Language) -> EmailMessage:
    """Return a message with the language of its content, which a header of it before its parts would be moved from."""
    message["Content-Language"] = language.tag
    return message


def rendered(name: str, fields: dict[str, Any]) -> str:
    """Return a mail's template with its fields, the language among them."""
    language: Language = fields["language"]
    said = {"say": language.say, "rich": language.rich}
    return Loader(str(TEMPLATES)).load(name).generate(**fields, **said).decode()


def one_line(text: str) -> str:
    """Return a text as a header holds it."""
    return LINE_ENDS.sub(" ", text).strip()
