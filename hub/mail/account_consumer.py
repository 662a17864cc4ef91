"""Mail consumer of accounts: sends users links to a new password or a proved address, and notices of changed factors.

At least once. The link's token is made here, and stands in the mail alone: a mail that is tried again has another.
(Source of the notices: OWASP, Multifactor Authentication Cheat Sheet.)
"""

from collections.abc import Collection
from datetime import datetime

import structlog
from msgspec.structs import replace
from typing_extensions import override

from hub.access.mailed_links import LASTS
from hub.clock import Clock
from hub.formats.dates import date_and_time, duration
from hub.language.catalogue import first_known
from hub.mail.account_letter import NOTICES, AccountMail, NoticeMail, write_account_mail, write_notice_mail
from hub.mail.mailer import Mailer
from hub.mail.recipients import Recipients
from hub.model.access import MailedLink, User
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.outbox.consumer import OutgoingMessage, Page
from hub.secrets import new_token, token_hash
from hub.settings import Settings
from store.collections.access import MailedLinks, UserReader

log = structlog.get_logger(__name__)

ASKED = "user.link"
CHANGED = "user.changed"
PATHS = {"reset": "/reset", "verify": "/verify"}


class AccountMailer(Mailer):
    """Consumer that mails links and notices to users. `stop` after use."""

    name = "account-mail"

    def __init__(
        self, settings: Settings, users: UserReader, links: MailedLinks, recipients: Recipients, clock: Clock
    ) -> None:
        super().__init__(settings, recipients, clock)
        self._users = users
        self._links = links

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return the request of a link, and changes of users."""
        return [ASKED, CHANGED]

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return one message for the entry; a newer one of the same link replaces it. None where it cannot be read."""
        if entry.kind == CHANGED:
            return _notices_of(entry)
        user, purpose = entry.data.get("id"), entry.data.get("purpose")
        if not isinstance(user, str) or purpose not in PATHS:
            log.warning("an entry that names no link is not mailed", event_id=entry.event, seq=entry.seq)
            return Page()
        link = MailedLink.name(purpose, user)
        return Page([OutgoingMessage(target=user, partition=link, content={"link": link}, replaces=True)])

    @override
    async def send(self, message: Message) -> None:
        """Mail the notice of a change, or a link."""
        if "factor" in message.content:
            await self._send_notice(message)
        else:
            await self._send_link(message)

    async def _send_notice(self, message: Message) -> None:
        """Mail a notice to the user's address, if it is proved: one that was mistyped is a stranger's.

        It is not limited: mails that somebody else asked for must not keep it back.
        """
        user = await self._users.find(message.target)
        if user is None or user.email is None or user.email_verified_at is None:
            return
        language = first_known(self._settings.language)
        at = datetime.fromisoformat(message.content["at"])
        content = NoticeMail(
            sender=self._settings.smtp_from or "",
            organisation=self._settings.organisation,
            recipient=user.email,
            factor=message.content["factor"],
            username=user.username,
            link=f"{self._settings.base_url}/admin/account",
            at=f"{date_and_time(at, language)} UTC",
            language=language,
        )
        await self.deliver(content, write_notice_mail, is_limited=False)

    async def _send_link(self, message: Message) -> None:
        """Make the link's token and mail it, unless the link is used, too old, or for an address that is none now."""
        link = await self._links.find(message.content["link"])
        user = await self._users.find(link.user) if link is not None else None
        if link is None or user is None or user.email is None or not self._is_due(link, user):
            return
        token = new_token()
        until = self._clock.now() + LASTS[link.purpose]
        if await self._links.issue(replace(link, hash=token_hash(token), expires_at=until)):
            content = self._content(link, user.username, user.email, token)
            await self.deliver(content, write_account_mail, is_limited=link.purpose == "reset")

    def _is_due(self, link: MailedLink, user: User) -> bool:
        is_as_asked = user.mailbox == link.mailbox and not user.disabled
        return is_as_asked and link.expires_at > self._clock.now()

    def _content(self, link: MailedLink, username: str, recipient: str, token: str) -> AccountMail:
        language = first_known(link.language, self._settings.language)
        return AccountMail(
            sender=self._settings.smtp_from or "",
            organisation=self._settings.organisation,
            recipient=recipient,
            purpose=link.purpose,
            username=username,
            link=f"{self._settings.base_url}{PATHS[link.purpose]}?token={token}",
            asked=f"{date_and_time(link.asked_at, language)} UTC",
            asked_from=link.asked_from,
            lasts=duration(int(LASTS[link.purpose].total_seconds()) // 60, language),
            language=language,
        )


def _notices_of(entry: Entry) -> Page:
    """Return the notice of a change of a user's factors; none of any other change."""
    user, factor = entry.data.get("id"), entry.data.get("factor")
    if not isinstance(user, str) or factor not in NOTICES:
        return Page()
    content = {"factor": factor, "at": entry.at.isoformat()}
    return Page([OutgoingMessage(target=user, partition=f"notice.{user}", content=content)])
