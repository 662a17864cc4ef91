"""Commands on the second factor of a login: set up, turned on, used by a recovery code, turned off. Pure.

Turning it on or off ends all logins of the user, as every change of them does.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from msgspec.structs import replace
from typing_extensions import override

from hub.access.user_commands import LoginEnded
from hub.errors import Conflict, NotFound
from hub.model.access import Factors, MailedLink, Passkey, Principal, User
from hub.model.command import Change, Key, NewEntry, UnitOfWork

MOST_PASSKEYS = 20

FactorChange = Literal["app_added", "app_removed", "passkey_added", "passkey_removed", "reset"]
"""Changes of factors that their user is notified of; `reset`: an owner removed all of them."""


class FactorCommand:
    """Base of the commands on one user and their factors, by themselves or by an owner."""

    weight = 1

    def __init__(self, user_id: str, by: Principal) -> None:
        self._user_id = user_id
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Documents of the user and their factors."""
        yield User, self._user_id
        yield Factors, self._user_id

    def read(self, unit: UnitOfWork) -> tuple[User, Factors]:
        """Return both as they are now. Raises `NotFound`, `Conflict` where one's own login has ended meanwhile."""
        user = unit.find(User, self._user_id)
        if user is None:
            raise NotFound("User not found")
        if self._by.id == user.id and self._by.generation != user.generation:
            raise LoginEnded
        return user, unit.find(Factors, user.id) or Factors(id=user.id)

    def entry(self, user: User, *changed: str, **more: Any) -> NewEntry:
        """Return the entry of a change, on which every process looks at the user's sockets again."""
        data = {"id": user.id, "by": self._by.id, "changed": [*changed], **more}
        return NewEntry(kind="user.changed", data=data)


class BeginApp(FactorCommand):
    """Command: keep the secret of an app that is being set up, sealed, until a code of it is shown."""

    def __init__(self, by: Principal, sealed: bytes) -> None:
        super().__init__(by.id, by)
        self._sealed = sealed

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the change. Raises `Conflict` where the second factor is on."""
        user, factors = self.read(unit)
        if user.second_factor_at is not None:
            raise Conflict("conflict", "The second factor is on already: turn it off first")
        return Change(answer=user, put=[replace(factors, pending=self._sealed)])


class TurnOn(FactorCommand):
    """Command: turn the second factor on, by the first code of the app (of time step `step`). Answers the user."""

    def __init__(self, by: Principal, sealed: bytes, step: int, recovery: Sequence[bytes]) -> None:
        super().__init__(by.id, by)
        self._sealed = sealed
        self._step = step
        self._recovery = recovery

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the change. Raises `Conflict` where another app is being set up by now, or it is on."""
        user, factors = self.read(unit)
        if user.second_factor_at is not None or factors.pending != self._sealed:
            raise Conflict("conflict", "Set the app up anew: this code is of an older one")
        changed = replace(user, second_factor_at=unit.now, generation=user.generation + 1)
        kept = replace(factors, secret=self._sealed, pending=None, last_step=self._step, recovery=[*self._recovery])
        entry = self.entry(user, "second_factor", factor="app_added")
        return Change(answer=changed, entries=[entry], put=[changed, kept])


class TurnOff(FactorCommand):
    """Command: turn a user's second factor off; recovery codes go with it, and passkeys where an owner resets it."""

    def __init__(self, user_id: str, by: Principal, *, and_passkeys: bool = False) -> None:
        super().__init__(user_id, by)
        self._and_passkeys = and_passkeys

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the change; nothing changes where it is off. Answers the user."""
        user, factors = self.read(unit)
        if user.second_factor_at is None and not (self._and_passkeys and factors.passkeys):
            return Change(answer=user)
        changed = replace(user, second_factor_at=None, generation=user.generation + 1)
        kept = replace(factors, secret=None, pending=None, last_step=0, recovery=[])
        if self._and_passkeys:
            changed, kept = replace(changed, passkeys=0), replace(kept, passkeys=[])
        entry = self.entry(user, "second_factor", factor="reset" if self._and_passkeys else "app_removed")
        return Change(answer=changed, entries=[entry], put=[changed, kept])


class RenewRecovery(FactorCommand):
    """Command: replace one's recovery codes."""

    def __init__(self, by: Principal, recovery: Sequence[bytes]) -> None:
        super().__init__(by.id, by)
        self._recovery = recovery

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `Conflict` where the second factor is off."""
        user, factors = self.read(unit)
        if user.second_factor_at is None:
            raise Conflict("conflict", "The second factor is off")
        kept = replace(factors, recovery=[*self._recovery])
        return Change(answer=None, entries=[self.entry(user, "recovery_codes")], put=[kept])


class AddPasskey(FactorCommand):
    """Command: keep a passkey of one's own, which voids a mailed link to a new password."""

    def __init__(self, by: Principal, passkey: Passkey) -> None:
        super().__init__(by.id, by)
        self._passkey = passkey

    @override
    def reads(self) -> Iterable[Key]:
        """The user, their factors, and the link to a new password."""
        yield from super().reads()
        yield MailedLink, MailedLink.name("reset", self._user_id)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `Conflict` for one too many, or one that is kept already."""
        user, factors = self.read(unit)
        if len(factors.passkeys) >= MOST_PASSKEYS:
            raise Conflict("conflict", "There are too many passkeys: remove one first")
        if any(each.id == self._passkey.id for each in factors.passkeys):
            raise Conflict("duplicate", "This passkey is kept already")
        kept = replace(factors, passkeys=[*factors.passkeys, self._passkey])
        counted = replace(user, passkeys=len(kept.passkeys))
        link: Key = (MailedLink, MailedLink.name("reset", user.id))
        entry = self.entry(user, "passkeys", factor="passkey_added")
        return Change(answer=None, entries=[entry], put=[kept, counted], drop=[link] if unit.holds(*link) else [])


class RenamePasskey(FactorCommand):
    """Command: give a passkey of one's own another name."""

    def __init__(self, by: Principal, passkey_id: str, name: str) -> None:
        super().__init__(by.id, by)
        self._passkey_id = passkey_id
        self._name = name

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `NotFound`."""
        user, factors = self.read(unit)
        check_passkey(factors, self._passkey_id)
        named = [replace(each, name=self._name) if each.id == self._passkey_id else each for each in factors.passkeys]
        kept = replace(factors, passkeys=named)
        return Change(answer=None, entries=[self.entry(user, "passkeys")], put=[kept])


class RemovePasskey(FactorCommand):
    """Command: remove a passkey of one's own, which ends all logins. Answers the user."""

    def __init__(self, by: Principal, passkey_id: str) -> None:
        super().__init__(by.id, by)
        self._passkey_id = passkey_id

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the change. Raises `NotFound`."""
        user, factors = self.read(unit)
        check_passkey(factors, self._passkey_id)
        left = [each for each in factors.passkeys if each.id != self._passkey_id]
        changed = replace(user, passkeys=len(left), generation=user.generation + 1)
        kept = replace(factors, passkeys=left)
        entry = self.entry(user, "passkeys", factor="passkey_removed")
        return Change(answer=changed, entries=[entry], put=[changed, kept])


def check_passkey(factors: Factors, passkey_id: str) -> None:
    """Raise `NotFound` unless there is such a passkey."""
    if all(each.id != passkey_id for each in factors.passkeys):
        raise NotFound("Passkey not found")


class UseRecoveryCode:
    """Command: use a recovery code up, by its hashes under the secrets in force. Answers whether there was one."""

    weight = 1

    def __init__(self, user_id: str, hashes: Collection[bytes]) -> None:
        self._user_id = user_id
        self._hashes = hashes

    def reads(self) -> Iterable[Key]:
        """Document of the user's factors."""
        yield Factors, self._user_id

    def decide(self, unit: UnitOfWork) -> Change[bool]:
        """Return the change; nothing changes where there is none."""
        factors = unit.find(Factors, self._user_id)
        left = [] if factors is None else [each for each in factors.recovery if each not in self._hashes]
        if factors is None or len(left) == len(factors.recovery):
            return Change(answer=False)
        data = {"id": self._user_id, "by": self._user_id, "changed": ["recovery_codes"], "left": len(left)}
        entry = NewEntry(kind="user.changed", data=data)
        return Change(answer=True, entries=[entry], put=[replace(factors, recovery=left)])


class EndLogins(FactorCommand):
    """Command: end all one's logins, on every process. Answers the user; a mailed link to a new password stays good."""

    def __init__(self, by: Principal) -> None:
        super().__init__(by.id, by)

    @override
    def reads(self) -> Iterable[Key]:
        """Documents of the user, their factors, and the link to a new password."""
        yield from super().reads()
        yield MailedLink, MailedLink.name("reset", self._user_id)

    def decide(self, unit: UnitOfWork) -> Change[User]:
        """Return the change."""
        user, _ = self.read(unit)
        changed = replace(user, generation=user.generation + 1)
        link = unit.find(MailedLink, MailedLink.name("reset", user.id))
        kept = [] if link is None or link.generation != user.generation else [link]
        moved = [replace(each, generation=changed.generation) for each in kept]
        return Change(answer=changed, entries=[self.entry(user, "logins")], put=[changed, *moved])
