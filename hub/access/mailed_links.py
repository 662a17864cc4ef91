"""Mailed links: a forgotten password is reset, and a mail address proved, by a token that stands in a mail alone.

A link is asked for in the journal (`user.link`), and `hub/mail/account_consumer.py` makes its token when it mails it:
random, kept as a hash. It is good once, for a while, for the address it was mailed to; a newer one takes its place. One
that resets a password is void after any change of the user. (Source: OWASP, Forgot Password Cheat Sheet.)
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from hub.access.passwords import check_length, hash_password
from hub.errors import NotAllowed, Unavailable
from hub.formats.contact import is_address, normal_address
from hub.model.access import LinkPurpose, MailedLink, Principal, User
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.journal import HUB_STREAM
from hub.secrets import token_fits, token_hash
from hub.tasks import Tasks, retry
from store.collections.access import MailedLinks, UserReader
from store.journal.journal import Journal

LASTS: dict[LinkPurpose, timedelta] = {"reset": timedelta(minutes=60), "verify": timedelta(hours=24)}
"""How long a link is good after its mail was sent, and how long it may take to be sent."""
MOST_WAITING = 100
"""Requests for a new password that are looked at in the background at once; further ones are dropped."""
ASKED_WITHIN_S = 30.0

log = structlog.get_logger(__name__)


class LinkInvalid(NotAllowed):
    """Refusal of a link that is unknown, used, replaced or too old: always the same."""

    def __init__(self) -> None:
        super().__init__("bad_link", "This link is not valid any more", status=410)


class AskForLink:
    """Command: ask for a link to be mailed to a user, in place of an earlier one.

    Nothing changes for a user without an address, or, where it is to reset their password, without a proved one.
    """

    weight = 1

    def __init__(
        self, user_id: str, purpose: LinkPurpose, *, asked_from: str = "", language: str | None = None, by: str | None
    ) -> None:
        self._user_id = user_id
        self._purpose = purpose
        self._asked_from = asked_from
        self._language = language
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Documents of the user, and of the link that this one takes the place of."""
        yield User, self._user_id
        yield MailedLink, MailedLink.name(self._purpose, self._user_id)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change."""
        user = unit.find(User, self._user_id)
        if user is None or user.mailbox is None or not self._is_due(user):
            return Change(answer=None)
        link = MailedLink(
            id=MailedLink.name(self._purpose, user.id),
            user=user.id,
            purpose=self._purpose,
            mailbox=user.mailbox,
            generation=user.generation,
            asked_at=unit.now,
            asked_from=self._asked_from,
            language=self._language,
            expires_at=unit.now + LASTS[self._purpose],
        )
        entry = NewEntry(kind="user.link", data={"id": user.id, "purpose": self._purpose, "by": self._by})
        return Change(answer=None, entries=[entry], put=[link])

    def _is_due(self, user: User) -> bool:
        is_proved = user.email_verified_at is not None
        return not user.disabled and is_proved == (self._purpose == "reset")


class ResetPassword:
    """Command: set a user's password by a mailed link, which uses it up and ends all their logins."""

    weight = 1

    def __init__(self, link: MailedLink, token: str, password_hash: str) -> None:
        self._link = link
        self._token = token
        self._password_hash = password_hash

    def reads(self) -> Iterable[Key]:
        """Documents of the link and its user."""
        return _wanted(self._link)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `LinkInvalid`."""
        link, user = _good(unit, self._link, self._token)
        if user.disabled or user.generation != link.generation:
            raise LinkInvalid
        changed = replace(user, password_hash=self._password_hash, must_change=False, generation=user.generation + 1)
        data = {"id": user.id, "by": user.id, "changed": ["password"], "way": "mail"}
        entry = NewEntry(kind="user.changed", data=data)
        return Change(answer=None, entries=[entry], put=[changed], drop=[(MailedLink, link.id)])


class ProveAddress:
    """Command: keep that a mail address is a user's, by a link mailed to it, which uses it up. No login ends."""

    weight = 1

    def __init__(self, link: MailedLink, token: str, by: Principal) -> None:
        self._link = link
        self._token = token
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Documents of the link and its user."""
        return _wanted(self._link)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `LinkInvalid`; `NotAllowed` for the login of another user."""
        link, user = _good(unit, self._link, self._token)
        check_own(link, self._by)
        entry = NewEntry(kind="user.changed", data={"id": user.id, "by": self._by.id, "changed": ["email_verified"]})
        proved = replace(user, email_verified_at=unit.now)
        return Change(answer=None, entries=[entry], put=[proved], drop=[(MailedLink, link.id)])


class AccountLinks:
    """Service of mailed links: ask for one, look at one, use one. `stop` after use.

    `sends_mail` says whether a mail server is set up: without one no link is asked for.
    """

    def __init__(
        self,
        journal: Journal,
        users: UserReader,
        links: MailedLinks,
        now: Callable[[], datetime],
        *,
        sends_mail: bool,
    ) -> None:
        self._journal = journal
        self._users = users
        self._links = links
        self._now = now
        self._asked = Tasks()
        self.sends_mail = sends_mail

    async def stop(self) -> None:
        """Wait for the look-ups of requested resets to end."""
        await self._asked.join()

    def ask_for_reset(self, address: str, asked_from: str, language: str) -> None:
        """Begin to look for the user of an address, and have a link mailed where there is one.

        In the background: how long an answer takes, and what it says, must not depend on whether there is.
        """
        if self.sends_mail and len(self._asked) < MOST_WAITING:
            self._asked.spawn(self._ask_for_reset(address, asked_from, language), "reset of a password")

    async def _ask_for_reset(self, address: str, asked_from: str, language: str) -> None:
        async def ask() -> None:
            user = await self._users.by_mailbox(normal_address(address)) if is_address(address) else None
            if user is not None:
                link = AskForLink(user.id, "reset", asked_from=asked_from, language=language, by=None)
                await self._journal.append(HUB_STREAM, link)

        try:
            await retry(ask, within_s=ASKED_WITHIN_S, what="ask for a mailed link")
        except Unavailable:
            log.warning("a link was not asked for: the database does not answer")

    async def ask_to_prove(self, user: User, by: Principal, language: str | None = None) -> None:
        """Have a link mailed by which a user proves their address, unless they have none, or have done so."""
        if self.sends_mail:
            await self._journal.append(HUB_STREAM, AskForLink(user.id, "verify", language=language, by=by.id))

    async def check(self, token: str, purpose: LinkPurpose) -> MailedLink:
        """Return the link of a token, which stays as it is: mail scanners open it. Raises `LinkInvalid`."""
        link = await self._links.by_hash(token_hash(token)) if token else None
        user = await self._users.find(link.user) if link is not None else None
        if link is None or link.purpose != purpose or link.expires_at <= self._now() or user is None:
            raise LinkInvalid
        if user.mailbox != link.mailbox or user.disabled:
            raise LinkInvalid
        if purpose == "reset" and user.generation != link.generation:
            raise LinkInvalid
        return link

    async def reset(self, token: str, password: str) -> None:
        """Set a password by a link. Raises `LinkInvalid`, or `BadInput` with the field `new`, which leaves the link."""
        link = await self.check(token, "reset")
        check_length(password)
        hashed = await asyncio.to_thread(hash_password, password)
        await self._journal.append(HUB_STREAM, ResetPassword(link, token, hashed))

    async def prove(self, token: str, by: Principal) -> None:
        """Keep that an address is that of the user who is logged in. Raises `LinkInvalid`, `NotAllowed`."""
        link = await self.check(token, "verify")
        check_own(link, by)
        await self._journal.append(HUB_STREAM, ProveAddress(link, token, by))


def check_own(link: MailedLink, by: Principal) -> None:
    """Raise `NotAllowed` for a login of another user than the link's.

    An address that was mistyped is a stranger's, whose click alone must not open the account.
    """
    if by.kind != "user" or by.id != link.user:
        raise NotAllowed("not_allowed", "This link is for another user: log in as the one whose address it is")


def _wanted(link: MailedLink) -> list[Key]:
    return [(MailedLink, link.id), (User, link.user)]


def _good(unit: UnitOfWork, read: MailedLink, token: str) -> tuple[MailedLink, User]:
    """Return a link and its user as they are now. Raises `LinkInvalid`."""
    link, user = unit.find(MailedLink, read.id), unit.find(User, read.user)
    if link is None or user is None or link.hash is None or not token_fits(token, link.hash):
        raise LinkInvalid
    if link.expires_at <= unit.now or user.mailbox != link.mailbox:
        raise LinkInvalid
    return link, user
