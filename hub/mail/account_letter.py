"""Mail messages to users: the link by which a password is set anew or an address proved, notices of changes. Pure."""

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

import msgspec

from hub.access.factor_commands import FactorChange
from hub.language.catalogue import Language
from hub.mail.letter import marked, new_message, one_line, rendered
from hub.model.access import LinkPurpose

NOTICES: Mapping[FactorChange, str] = {
    "app_added": "account-notice-app-added",
    "app_removed": "account-notice-app-removed",
    "passkey_added": "account-notice-passkey-added",
    "passkey_removed": "account-notice-passkey-removed",
    "reset": "account-notice-reset",
}
"""Messages of notices."""


class AccountMail(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a mail about an account: its link with its purpose, and moment and network of the request."""

    sender: str
    organisation: str
    recipient: str
    purpose: LinkPurpose
    username: str
    link: str
    asked: str
    """When it was asked for, in words."""
    asked_from: str
    """Browser and network that asked, roughly; empty where they are not known."""
    lasts: str
    """How long the link is good, in words."""
    language: Language


def write_account_mail(mail: AccountMail, now: datetime) -> EmailMessage:
    """Return the message. Raises `ValueError` for an invalid recipient."""
    message = new_message(mail, make_msgid(domain=Address(addr_spec=mail.sender).domain), now)
    subject = "account-mail-reset-subject" if mail.purpose == "reset" else "account-mail-verify-subject"
    message["Subject"] = one_line(mail.language.say(subject, organisation=mail.organisation))
    fields = msgspec.structs.asdict(mail)
    message.set_content(rendered("account.txt", fields))
    message.add_alternative(rendered("account.html", fields), subtype="html")
    return marked(message, mail.language)


class NoticeMail(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a notice to a user: a change of their second factor or passkeys, and when it was."""

    sender: str
    organisation: str
    recipient: str
    factor: FactorChange
    username: str
    link: str
    """The page of their account."""
    at: str
    """When it was, in words."""
    language: Language


def write_notice_mail(mail: NoticeMail, now: datetime) -> EmailMessage:
    """Return the message. Raises `ValueError` for an invalid recipient."""
    message = new_message(mail, make_msgid(domain=Address(addr_spec=mail.sender).domain), now)
    what = mail.language.say(NOTICES[mail.factor], organisation=mail.organisation)
    message["Subject"] = one_line(mail.language.say("account-notice-subject", organisation=mail.organisation))
    fields = {**msgspec.structs.asdict(mail), "what": what}
    message.set_content(rendered("notice.txt", fields))
    message.add_alternative(rendered("notice.html", fields), subtype="html")
    return marked(message, mail.language)
