"""Contact of an organiser: checked as it is written, and as links that a page, a mail or a pass shows. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from hub.formats.contact import ADDRESS, LONGEST_ADDRESS
from hub.language.catalogue import Language
from hub.model.event import Contact

LONGEST_PHONE = 40
LONGEST_URL = 300
PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,}", re.ASCII)
"""A phone number that a phone dials: digits, with a plus in front and what people write between them."""
URL = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f]+", re.IGNORECASE)


class ContactLink(NamedTuple):
    """One way to reach the organiser: its kind, its label, the text that is read, and the address of the link."""

    kind: str
    label: str
    text: str
    href: str

    def line(self, language: Language) -> str:
        """Return label and text as a line in `language`."""
        return language.say("label-value", label=self.label, value=self.text)


def contact_problems(contact: Contact) -> Iterator[tuple[str, str]]:
    """Errors of a contact as (field, text); an empty text counts as none."""
    if contact.email and (len(contact.email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(contact.email)):
        yield "email", "must be a mail address"
    if contact.phone and (len(contact.phone) > LONGEST_PHONE or not PHONE.fullmatch(contact.phone)):
        yield "phone", "must be a phone number, like +33 1 23 45 67 89"
    if contact.url and not _is_url(contact.url):
        yield "url", f"must be a web address, like https://example.org/help, of {LONGEST_URL} characters at most"


def kept_contact(contact: Contact | None) -> Contact | None:
    """Return a contact as it is kept: without empty texts; None where nothing is left."""
    if contact is None:
        return None
    kept = Contact(email=contact.email or None, phone=contact.phone or None, url=contact.url or None)
    return None if kept == Contact() else kept


def contact_links(contact: Contact | None, language: Language) -> list[ContactLink]:
    """Return the ways to reach an organiser, in the order they are shown."""
    if contact is None:
        return []
    ways = [
        ("e-mail", "contact-email", contact.email, f"mailto:{contact.email}"),
        ("phone", "contact-phone", contact.phone, f"tel:{re.sub('[^0-9+]', '', contact.phone or '')}"),
        ("web", "contact-web", contact.url, contact.url or ""),
    ]
    return [ContactLink(kind, language.say(label), text, href) for kind, label, text, href in ways if text]


def _is_url(text: str) -> bool:
    if len(text) > LONGEST_URL or not URL.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and parts.username is None
