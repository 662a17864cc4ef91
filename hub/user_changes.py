"""What may become of a user, as commands: made, changed, deleted; an owner is always left. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from hub.change import Book, Change, Draft, Key
from hub.errors import Conflict, NotFound
from hub.model import Principal, User


class LastOwner(Conflict):
    """Nobody would be left to decide on users."""

    def __init__(self) -> None:
        super().__init__("last_owner", "This is the last owner: make somebody else an owner first")


class MakeUser:
    """Write a new user down."""

    weight = 1

    def __init__(self, user: User, by: Principal) -> None:
        self._user = user
        self._by = by

    def wants(self) -> Iterable[Key]:
        """Nothing: they are new; the name's index keeps it unique."""
        return ()

    def decide(self, book: Book) -> Change:
        """Put them down."""
        return Change(answer=self._user, entries=[_entry("user.created", self._user, self._by)], put=[self._user])


class ChangeUser:
    """Change a user's role or password, or whether they are disabled: each ends all their logins.

    `others` are the ids of all other users, among whom an owner must be left.
    """

    weight = 1

    def __init__(self, user_id: str, told: dict[str, Any], others: Sequence[str], by: Principal) -> None:
        self._user_id = user_id
        self._told = told
        self._others = others
        self._by = by

    def wants(self) -> Iterable[Key]:
        """All users."""
        return [(User, user_id) for user_id in (self._user_id, *self._others)]

    def decide(self, book: Book) -> Change:
        """Change them; where nothing changes, nothing ends."""
        user = _found(book, self._user_id)
        if not self._told.items() - asdict(user).items():
            return Change(answer=user)
        changed = replace(user, **self._told, generation=user.generation + 1)
        check_owner_left(book, [changed], self._others)
        return Change(answer=changed, entries=[_entry("user.changed", changed, self._by)], put=[changed])


class DeleteUser:
    """Delete a user, which ends all their logins."""

    weight = 1

    def __init__(self, user_id: str, others: Sequence[str], by: Principal) -> None:
        self._user_id = user_id
        self._others = others
        self._by = by

    def wants(self) -> Iterable[Key]:
        """All users."""
        return [(User, user_id) for user_id in (self._user_id, *self._others)]

    def decide(self, book: Book) -> Change:
        """Drop them."""
        user = _found(book, self._user_id)
        check_owner_left(book, [], self._others)
        return Change(entries=[_entry("user.deleted", user, self._by)], drop=[(User, user.id)])


def check_owner_left(book: Book, changed: Sequence[User], others: Sequence[str]) -> None:
    """Raise `LastOwner` unless there is an owner who can log in among those changed and the others."""
    left = [*changed, *(user for each in others if (user := book.find(User, each)) is not None)]
    if not any(user.role == "owner" and not user.disabled for user in left):
        raise LastOwner


def _found(book: Book, user_id: str) -> User:
    user = book.find(User, user_id)
    if user is None:
        raise NotFound("User not found")
    return user


def _entry(kind: str, user: User, by: Principal) -> Draft:
    """Return the entry that tells every process to look at the user's sockets again: ids, never a password."""
    return Draft(kind=kind, data={"id": user.id, "by": by.id})
