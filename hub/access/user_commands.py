"""Commands on users: create, change, delete; an owner is always left. Pure.

Whoever loses rights loses the keys that came from them, in the same change.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from hub.access.roles import may_hand_out
from hub.errors import BadInput, Conflict, NotAllowed, NotFound
from hub.model.access import ApiKey, Factors, Principal, User
from hub.model.base import Document
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.kinds import Kind

API_NAMES = {"password_hash": "password", "mailbox": "email", "email_verified_at": "email"}
"""Names in the API of fields that have another."""


class LastOwner(Conflict):
    """Refusal of a change that would leave no owner, and so no one to decide on users."""

    def __init__(self) -> None:
        super().__init__("last_owner", "This is the last owner: make another user an owner first")


class LoginEnded(Conflict):
    """Refusal of a change of oneself by a login that has ended meanwhile."""

    def __init__(self) -> None:
        super().__init__("conflict", "Your login has ended meanwhile: log in again")


class AddressTaken(BadInput):
    """Refusal of a mail address that another user has."""

    def __init__(self) -> None:
        super().__init__(
            "The user cannot be kept so", {"email": "is another user's address"}, code="duplicate", status=409
        )


class OwnAccount(NotAllowed):
    """Refusal of a change of one's own credentials as if they were another user's: a login alone must not do it."""

    def __init__(self) -> None:
        super().__init__(
            "not_allowed", "This is your own account: change its password, address and second factor under My account"
        )


class MakeUser:
    """Command: create a user."""

    weight = 1

    def __init__(self, user: User, by: Principal) -> None:
        self._user = user
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Return nothing: the user is new; the name's index keeps it unique."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the new user, with the entry of it."""
        return Change(answer=self._user, entries=[_entry("user.created", self._user, self._by)], put=[self._user])


class ChangeUser:
    """Command: change a user's role or password, or whether they are disabled: each ends all their logins.

    `user` is them as they were read, `others` the ids of all other users, among whom an owner must be left. Answers
    the user and how many of their keys were revoked, those that hold more than they still may.

    `generation` is that of the login by which they change themselves: a `Conflict` where it has ended meanwhile.
    """

    def __init__(
        self,
        user: User,
        changes: dict[str, Any],
        others: Sequence[str],
        by: Principal,
        generation: int | None = None,
    ) -> None:
        self._user = user
        self._generation = generation
        self._changes = changes
        self._others = others
        self._by = by
        self.weight = 1 + len(user.keys)

    def reads(self) -> Iterable[Key]:
        """All users, and the user's keys."""
        return _wanted(self._user, self._others)

    def decide(self, unit: UnitOfWork) -> Change[tuple[User, int]]:
        """Return the change; where nothing changes, no login ends."""
        user = _found(unit, self._user)
        if self._generation not in (None, user.generation):
            raise LoginEnded
        changes = _with_proof(user, self._changes)
        if all(getattr(user, name) == value for name, value in changes.items()):
            return Change(answer=(user, 0))
        check_address_free(unit, changes.get("mailbox"), self._others)
        changed = replace(user, **changes, generation=user.generation + 1)
        ended = [key for key in _keys(unit, user) if not may_hand_out(changed, key.scopes)]
        gone = {key.id for key in ended}
        changed = replace(changed, keys=[key for key in user.keys if key not in gone])
        check_owner_left(unit, [changed], self._others)
        entry = _entry("user.changed", changed, self._by, changed=_names_of(user, changes))
        entries = [entry, *_revocations(ended, self._by)]
        return Change(answer=(changed, len(ended)), entries=entries, put=[changed, *_revoked(ended, unit)])


class ChangeOwnAddress:
    """Command: change one's own mail address, which ends no login. Answers the user.

    `generation` is that of the login by which they do it: a `Conflict` where it has ended meanwhile.
    """

    weight = 1

    def __init__(self, user: User, address: Mapping[str, str | None], others: Sequence[str], by: Principal) -> None:
        self._user = user
        self._address = address
        self._others = others
        self._by = by

    def reads(self) -> Iterable[Key]:
        """All users, and the user's keys."""
        return _wanted(self._user, self._others)

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the change."""
        user = _found(unit, self._user)
        if self._by.generation != user.generation:
            raise LoginEnded
        changes = _with_proof(user, self._address)
        if all(getattr(user, name) == value for name, value in changes.items()):
            return Change(answer=user)
        check_address_free(unit, changes.get("mailbox"), self._others)
        changed = replace(user, **changes)
        entry = _entry("user.changed", changed, self._by, changed=_names_of(user, changes))
        return Change(answer=changed, entries=[entry], put=[changed])


class DeleteUser:
    """Command: delete a user, which ends all their logins and keys."""

    def __init__(self, user: User, others: Sequence[str], by: Principal) -> None:
        self._user = user
        self._others = others
        self._by = by
        self.weight = 1 + len(user.keys)

    def reads(self) -> Iterable[Key]:
        """All users, the user's keys and factors."""
        return [*_wanted(self._user, self._others), (Factors, self._user.id)]

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change."""
        user = _found(unit, self._user)
        check_owner_left(unit, [], self._others)
        ended = _keys(unit, user)
        entries = [_entry("user.deleted", user, self._by), *_revocations(ended, self._by)]
        drop: list[Key] = [(User, user.id), *([(Factors, user.id)] if unit.holds(Factors, user.id) else [])]
        return Change(answer=None, entries=entries, put=_revoked(ended, unit), drop=drop)


def is_own(user_id: str, by: Principal) -> bool:
    """Whether a user's login acts on that same user; a key has no account of its own."""
    return by.kind == "user" and by.id == user_id


def check_owner_left(unit: UnitOfWork, changed: Sequence[User], others: Sequence[str]) -> None:
    """Raise `LastOwner` unless there is an owner who can log in among those changed and the others."""
    left = [*changed, *(user for each in others if (user := unit.find(User, each)) is not None)]
    if not any(user.role == "owner" and not user.disabled for user in left):
        raise LastOwner


def check_address_free(unit: UnitOfWork, mailbox: str | None, others: Sequence[str]) -> None:
    """Raise `AddressTaken` where another user has the address."""
    found = (unit.find(User, each) for each in others)
    if mailbox is not None and any(user is not None and user.mailbox == mailbox for user in found):
        raise AddressTaken


def _with_proof(user: User, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes of a user: another mail address than before has yet to be proved."""
    is_another = "mailbox" in changes and changes["mailbox"] != user.mailbox
    return {**changes, "email_verified_at": None} if is_another else {**changes}


def _wanted(user: User, others: Sequence[str]) -> list[Key]:
    return [*((User, user_id) for user_id in (user.id, *others)), *((ApiKey, key_id) for key_id in user.keys)]


def _found(unit: UnitOfWork, read: User) -> User:
    """Return the user as they are now. Raises `Conflict` where they made a key since they were read: it is not here."""
    user = unit.find(User, read.id)
    if user is None:
        raise NotFound("User not found")
    if not set(user.keys) <= set(read.keys):
        raise Conflict("conflict", "This user has just made a key: try again")
    return user


def _keys(unit: UnitOfWork, user: User) -> list[ApiKey]:
    """Return the user's keys that are good."""
    found = [key for key_id in user.keys if (key := unit.find(ApiKey, key_id)) is not None]
    return [key for key in found if key.revoked_at is None]


def _revoked(keys: Iterable[ApiKey], unit: UnitOfWork) -> list[Document]:
    return [replace(key, revoked_at=unit.now) for key in keys]


def _revocations(keys: Iterable[ApiKey], by: Principal) -> list[NewEntry]:
    """Return the entries that end the keys' sockets on every process."""
    return [NewEntry(kind="key.revoked", data={"id": key.id, "by": by.id, "user": key.made_by}) for key in keys]


def _names_of(user: User, changes: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that a change makes others, as the API has them: never a value."""
    changed = (name for name, value in changes.items() if getattr(user, name) != value)
    return sorted({API_NAMES.get(name, name) for name in changed})


def _entry(kind: Kind, user: User, by: Principal, **more: Any) -> NewEntry:
    """Return the entry on which every process looks at the user's sockets again: ids, never a password."""
    return NewEntry(kind=kind, data={"id": user.id, "by": by.id, **more})
