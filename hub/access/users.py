"""User service: owners, organisers and viewers of all events, and staff of single ones (booking-api.md, who may)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import uuid4

import msgspec
import structlog

from hub.access.logins import Logins
from hub.access.mailed_links import AccountLinks
from hub.access.passwords import LONGEST, SHORTEST, check_length, hash_password
from hub.access.user_commands import (
    AddressTaken,
    ChangeOwnAddress,
    ChangeUser,
    DeleteUser,
    MakeUser,
    OwnAccount,
    is_own,
)
from hub.errors import BadInput, Duplicate, NotAllowed, NotFound, Unavailable
from hub.formats.contact import clean, is_address, normal_address
from hub.model.access import EventRole, Principal, User
from hub.model.journal import HUB_STREAM
from hub.secrets import new_token
from hub.validation import read_form
from store.collections.access import UserReader
from store.collections.events import EventReader
from store.journal.journal import Journal

Role = Literal["owner", "organiser", "viewer", "staff"]
EventRoles = Annotated[list[EventRole], msgspec.Meta(max_length=200)]
USERNAME_WORDS = "must be 1 to 64 letters, digits or . @ + - _"
Username = Annotated[str, msgspec.Meta(pattern=r"^[\w.@+-]{1,64}\Z", extra={"error": USERNAME_WORDS})]
Password = Annotated[str, msgspec.Meta(min_length=SHORTEST, max_length=LONGEST)]
UNKEEPABLE = "The user cannot be kept so"

log = structlog.get_logger(__name__)


class UserForm(msgspec.Struct, kw_only=True):
    """Form of a new user: the body of `POST /api/users`."""

    username: Username
    password: Password | msgspec.UnsetType = msgspec.UNSET
    """Without one the hub makes it, and answers it this once."""
    role: Role
    events: EventRoles = []
    """Roles for single events, of one with the role `staff`."""
    must_change: bool | msgspec.UnsetType = msgspec.UNSET
    """Whether the password has to be changed at the first login; one that the hub made has to be."""
    email: str | None = None


class UserPatch(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Form of a change of a user: the body of `PATCH /api/users/{id}`; an absent field stays."""

    role: Role | msgspec.UnsetType = msgspec.UNSET
    events: EventRoles | msgspec.UnsetType = msgspec.UNSET
    password: Password | msgspec.UnsetType = msgspec.UNSET
    disabled: bool | msgspec.UnsetType = msgspec.UNSET
    must_change: bool | msgspec.UnsetType = msgspec.UNSET
    email: str | msgspec.UnsetType | None = msgspec.UNSET


class PasswordForm(msgspec.Struct, kw_only=True):
    """Form of one's new password: the body of `POST /api/me/password`."""

    old: str
    new: Password


class AddressForm(msgspec.Struct, kw_only=True):
    """Form of one's own mail address: the body of `POST /api/me/email`. Null removes it."""

    email: str | None
    password: str


class Users:
    """User service: list, create, change, delete."""

    def __init__(
        self, journal: Journal, users: UserReader, logins: Logins, events: EventReader, links: AccountLinks
    ) -> None:
        self._journal = journal
        self._users = users
        self._events = events
        self._logins = logins
        self._links = links

    async def all(self) -> list[User]:
        """Return all users, by the time they were made."""
        return await self._users.all()

    async def get(self, user_id: str) -> User:
        """Return a user. Raises `NotFound`."""
        user = await self._users.find(user_id)
        if user is None:
            raise NotFound("User not found")
        return user

    async def create(self, raw: object, now: datetime, by: Principal) -> tuple[User, str | None]:
        """Make a user; return them with the password where the form holds none.

        Raises `BadInput` naming the field that is wrong, `Duplicate` for a name that is taken.
        """
        form = read_form(raw, UserForm, UNKEEPABLE)
        await self._check_events(form.role, form.events)
        username = form.username.casefold()
        if await self._users.by_name(username) is not None:
            raise Duplicate([username])
        address = _address(form.email)
        await self._check_free(address["mailbox"])
        made, password = None, form.password
        if password is msgspec.UNSET:
            made = password = new_token()
        hashed = await asyncio.to_thread(hash_password, password)
        user = User(
            id=str(uuid4()),
            username=username,
            password_hash=hashed,
            role=form.role,
            events=form.events,
            must_change=made is not None or form.must_change is True,
            email=address["email"],
            mailbox=address["mailbox"],
            created_at=now,
        )
        user = await self._journal.append(HUB_STREAM, MakeUser(user, by))
        await self._mail_proof(user, by)
        return user, made

    async def change(self, user_id: str, raw: object, by: Principal) -> tuple[User, int]:
        """Change a user, which ends all their logins, and the keys of theirs that hold more than they still may.

        Returns the user, and how many keys were revoked.

        Raises `BadInput`, `NotFound`, `Conflict` (last_owner), or `NotAllowed` for a user's login that changes its own
        password or address: both need the old password (`change_password`, `change_address`).
        """
        changes = _sent(read_form(raw, UserPatch, UNKEEPABLE))
        if "password" in changes:
            changes.setdefault("must_change", False)
        user, others = await self._all_of(user_id)
        if "role" in changes or "events" in changes:
            role = changes.get("role", user.role)
            changes.setdefault("events", user.events if role == "staff" else [])
            await self._check_events(role, changes["events"])
        if "email" in changes:
            changes |= _address(changes["email"])
        if is_own(user_id, by) and ("password" in changes or changes.get("email", user.email) != user.email):
            raise OwnAccount
        change = ChangeUser(user, await _hashed(changes), others, by)
        changed, keys_revoked = await self._journal.append(HUB_STREAM, change)
        if changed.mailbox != user.mailbox:
            await self._mail_proof(changed, by)
        return changed, keys_revoked

    async def change_password(self, raw: object, by: Principal) -> None:
        """Change one's own password, which ends all one's logins.

        Raises `BadInput`, `NotAllowed` for a principal without one, or `Conflict` where its login has ended meanwhile.
        """
        if by.kind != "user":
            raise NotAllowed("not_allowed", "This needs a login: a key has no password")
        form = read_form(raw, PasswordForm, UNKEEPABLE)
        if not await self._logins.fits(await self._users.find(by.id), form.old):
            raise BadInput("The password cannot be changed", {"old": "is not your password"})
        if form.new == form.old:
            raise BadInput("The password cannot be changed", {"new": "is the one you have: choose another"})
        await self._change_own(form.new, by)

    async def choose_password(self, password: str, by: Principal) -> User:
        """Replace the password that was made for a user who has just logged in with it, which ends their logins.

        Returns the user as they are then.

        Raises `BadInput` with the field `new`, or `Conflict` where the login has ended meanwhile.
        """
        check_length(password)
        if await self._logins.fits(await self._users.find(by.id), password):
            raise BadInput("The password cannot be used", {"new": "is the one that was made for you: choose another"})
        return await self._change_own(password, by)

    async def check_password(self, password: str, by: Principal) -> None:
        """Raise `BadInput` with the field `password` unless it is one's own."""
        if not await self._logins.fits(await self._users.find(by.id), password):
            raise BadInput("Wrong password", {"password": "is not your password"})

    async def change_address(self, email: str | None, by: Principal, language: str | None) -> None:
        """Change one's own mail address, which is then to be proved by a mailed link.

        Raises `BadInput`, or `Conflict` where one's login has ended meanwhile.
        """
        address = _address(email)
        user, others = await self._all_of(by.id)
        changed = await self._journal.append(HUB_STREAM, ChangeOwnAddress(user, address, others, by))
        if changed.mailbox != user.mailbox:
            await self._mail_proof(changed, by, language)

    async def prove_address(self, by: Principal, language: str | None) -> None:
        """Have a link mailed once more by which one proves one's address, unless that is done."""
        await self._links.ask_to_prove(await self.get(by.id), by, language)

    async def delete(self, user_id: str, by: Principal) -> None:
        """Delete a user, which ends all their logins and keys. Raises `NotFound`, or `Conflict` (last_owner)."""
        user, others = await self._all_of(user_id)
        await self._journal.append(HUB_STREAM, DeleteUser(user, others, by))

    async def _check_events(self, role: Role, events: Sequence[EventRole]) -> None:
        """Raise `BadInput` unless the roles for single events are those that one with `role` may have."""
        if wrong := wrong_events(role, events) or await self._unknown_event(events):
            raise BadInput(UNKEEPABLE, wrong)

    async def _unknown_event(self, events: Sequence[EventRole]) -> dict[str, str]:
        found = [await self._events.find(each.event) is not None for each in events]
        return {f"events[{n}].event": "there is no such event" for n, is_there in enumerate(found) if not is_there}

    async def _check_free(self, mailbox: str | None) -> None:
        if mailbox is not None and await self._users.by_mailbox(mailbox) is not None:
            raise AddressTaken

    async def _mail_proof(self, user: User, by: Principal, language: str | None = None) -> None:
        """Have the link mailed that proves a user's address, after a change that is made: a failure is logged alone."""
        if user.mailbox is None:
            return
        try:
            await self._links.ask_to_prove(user, by, language)
        except Unavailable:
            log.warning("a link to prove an address was not asked for: the database does not answer", user=user.id)

    async def _change_own(self, password: str, by: Principal) -> User:
        user, others = await self._all_of(by.id)
        changes = await _hashed({"password": password, "must_change": False})
        changed, _ = await self._journal.append(HUB_STREAM, ChangeUser(user, changes, others, by, by.generation))
        return changed

    async def _all_of(self, user_id: str) -> tuple[User, list[str]]:
        """Return a user, and the ids of all others."""
        users = {user.id: user for user in await self._users.all()}
        if user_id not in users:
            raise NotFound("User not found")
        return users.pop(user_id), list(users)


def _address(typed: str | None) -> dict[str, str | None]:
    """Return a user's fields of a mail address: none for an empty one. Raises `BadInput`."""
    email = clean(typed or "")
    if email and not is_address(email):
        raise BadInput(UNKEEPABLE, {"email": "must be a mail address"})
    return {"email": email or None, "mailbox": normal_address(email) or None}


def wrong_events(role: Role, events: Sequence[EventRole]) -> dict[str, str]:
    """Errors of the roles for single events of a user whose role for the hub is `role`."""
    if role != "staff":
        return {"events": "are for the role staff alone"} if events else {}
    if not events:
        return {"events": "needs a role for an event"}
    named = [each.event for each in events]
    return {f"events[{n}].event": "stands here twice" for n, event in enumerate(named) if event in named[:n]}


def _sent(patch: UserPatch) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(patch).items() if value is not msgspec.UNSET}


async def _hashed(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes with a hash of the password in its place."""
    changes = dict(changes)
    if (password := changes.pop("password", None)) is not None:
        changes["password_hash"] = await asyncio.to_thread(hash_password, password)
    return changes
