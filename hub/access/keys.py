"""API keys of scripts and organisers: made with scopes, shown once, revoked at once (booking-api.md, who may)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from hub.access.roles import may_hand_out
from hub.errors import BadInput, NotAllowed, NotFound
from hub.model.access import ApiKey, Principal, User
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.journal import HUB_STREAM
from hub.secrets import new_api_key
from hub.validation import Name, Problems, read_form
from store.collections.access import KeyReader
from store.collections.events import EventReader
from store.journal.journal import Journal

Scope = Literal[
    "tickets:read", "tickets:write", "events:write", "devices:write", "scan", "metrics:read", "relay", "admin"
]


UNUSABLE = "The key cannot be made"


class KeyForm(msgspec.Struct, kw_only=True):
    """Form of a key: the body of `POST /api/keys`."""

    name: Name
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1)]
    event: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    """The one event of a relay's key."""


def check_key(form: KeyForm, problems: Problems) -> None:
    """Add the problems of a relay's key: it is for one event, and for nothing else."""
    if "relay" in form.scopes and len(form.scopes) > 1:
        problems.add("scopes", "relay stands alone: its key is for a relay and nothing else")
    if "relay" in form.scopes and form.event is None:
        problems.add("event", "is needed: the key of a relay is for one event")
    if "relay" not in form.scopes and form.event is not None:
        problems.add("event", "is of a key with the scope relay alone")


class MakeKey:
    """Command: create an API key."""

    weight = 1

    def __init__(self, key: ApiKey, by: Principal) -> None:
        self._key = key
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Documents of the user whose rights it comes from, and of the key that asks."""
        yield ApiKey, self._by.id
        yield from _maker_of(self._key)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `NotAllowed` where its maker may not make it any more."""
        check_owner(self._key.scopes, self._by)
        asking = unit.find(ApiKey, self._by.id)
        if asking is not None and asking.revoked_at is not None:
            raise NotAllowed("not_allowed", "This key was revoked meanwhile")
        entry = NewEntry(kind="key.created", data={"id": self._key.id, "by": self._by.id})
        return Change(answer=None, entries=[entry], put=[self._key, *self._maker(unit)])

    def _maker(self, unit: UnitOfWork) -> list[User]:
        if self._key.made_by is None:
            return []
        maker = unit.find(User, self._key.made_by)
        if maker is None or not may_hand_out(maker, self._key.scopes):
            raise NotAllowed("not_allowed", "The user whose rights this key would have may not make it any more")
        return [replace(maker, keys=[*maker.keys, self._key.id])]


class RevokeKey:
    """Command: revoke an API key; on the entry every process closes the sockets that the key opened."""

    weight = 1

    def __init__(self, key: ApiKey, by: Principal) -> None:
        self._key = key
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Documents of the key, and of the user whose rights it has."""
        yield ApiKey, self._key.id
        yield from _maker_of(self._key)

    def decide(self, unit: UnitOfWork) -> Change[ApiKey]:
        """Return the change; nothing changes where it is revoked already. Raises `NotFound`, `NotAllowed`."""
        key = unit.find(ApiKey, self._key.id)
        if key is None:
            raise NotFound("Key not found")
        check_owner(key.scopes, self._by)
        if key.revoked_at is not None:
            return Change(answer=key)
        revoked = replace(key, revoked_at=unit.now)
        entry = NewEntry(kind="key.revoked", data={"id": key.id, "by": self._by.id})
        maker = unit.find(User, key.made_by) if key.made_by is not None else None
        left = [] if maker is None else [replace(maker, keys=[each for each in maker.keys if each != key.id])]
        return Change(answer=revoked, entries=[entry], put=[revoked, *left])


def _maker_of(key: ApiKey) -> Iterable[Key]:
    if key.made_by is not None:
        yield User, key.made_by


def check_owner(scopes: Sequence[str], by: Principal) -> None:
    """Raise `NotAllowed` where a key counts as an owner and the principal who makes or ends it does not."""
    if "admin" in scopes and not by.has("owner"):
        raise NotAllowed("not_allowed", "Only an owner makes or ends a key with the scope admin")


class Keys:
    """API key service: create, list, revoke."""

    def __init__(self, journal: Journal, keys: KeyReader, events: EventReader) -> None:
        self._journal = journal
        self._keys = keys
        self._events = events

    async def create(self, raw: object, now: datetime, by: Principal) -> tuple[ApiKey, str]:
        """Make a key; return it with the text that its holder shows, which is kept nowhere.

        It lasts no longer than the rights it came from (`hub/access/user_commands.py`), made by a login or a key.
        """
        form = read_form(raw, KeyForm, UNUSABLE, check_key)
        if form.event is not None and await self._events.find(form.event) is None:
            raise BadInput(UNUSABLE, {"event": "there is no such event"})
        new = new_api_key()
        scopes: list[str] = sorted(set(form.scopes))
        key = ApiKey(
            id=str(uuid4()),
            name=form.name,
            prefix=new.prefix,
            hash=new.hash,
            scopes=scopes,
            made_by=await self._rights_of(by),
            event=form.event,
            created_at=now,
        )
        await self._journal.append(HUB_STREAM, MakeKey(key, by))
        return key, new.key

    async def all(self) -> list[ApiKey]:
        """Return all keys, the revoked too."""
        return await self._keys.all()

    async def revoke(self, key_id: str, by: Principal) -> ApiKey:
        """Revoke a key, and return it. Raises `NotFound`."""
        key = await self._keys.find(key_id)
        if key is None:
            raise NotFound("Key not found")
        return await self._journal.append(HUB_STREAM, RevokeKey(key, by))

    async def _rights_of(self, by: Principal) -> str | None:
        """Return the user from whose rights a key comes that `by` makes."""
        if by.kind == "user":
            return by.id
        asking = await self._keys.find(by.id)
        return None if asking is None else asking.made_by
