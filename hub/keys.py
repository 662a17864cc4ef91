"""API keys of scripts and organisers: made with scopes, shown once, revoked at once (booking-api.md, who may)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import uuid4

import msgspec

from hub.change import Book, Change, Draft, Key
from hub.errors import BadInput, NotAllowed, NotFound
from hub.event_form import Name, field_error
from hub.model import HUB_STREAM, ApiKey, Principal
from hub.secrets import new_api_key
from store.catalog import Catalog
from store.journal import Journal

Scope = Literal["tickets:read", "tickets:write", "events:write", "devices:write", "scan", "admin"]


class KeyForm(msgspec.Struct, kw_only=True):
    """A key as organisers write it: the body of `POST /api/keys`."""

    name: Name
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1)]


class MakeKey:
    """Write a new key down."""

    weight = 1

    def __init__(self, key: ApiKey, by: Principal) -> None:
        self._key = key
        self._by = by

    def wants(self) -> Iterable[Key]:
        """Nothing: it is new."""
        return ()

    def decide(self, book: Book) -> Change:
        """Put it down."""
        check_owner(self._key.scopes, self._by)
        entry = Draft(kind="key.created", data={"id": self._key.id, "by": self._by.id})
        return Change(entries=[entry], put=[self._key])


class RevokeKey:
    """End a key's use. The entry tells every process to close the sockets that it opened."""

    weight = 1

    def __init__(self, key_id: str, by: Principal) -> None:
        self._key_id = key_id
        self._by = by

    def wants(self) -> Iterable[Key]:
        """The key."""
        yield ApiKey, self._key_id

    def decide(self, book: Book) -> Change:
        """Revoke it; one that is revoked already is no news."""
        key = book.find(ApiKey, self._key_id)
        if key is None:
            raise NotFound("Key not found")
        check_owner(key.scopes, self._by)
        if key.revoked_at is not None:
            return Change(answer=key)
        revoked = msgspec.structs.replace(key, revoked_at=book.now)
        entry = Draft(kind="key.revoked", data={"id": key.id, "by": self._by.id})
        return Change(answer=revoked, entries=[entry], put=[revoked])


def check_owner(scopes: Sequence[str], by: Principal) -> None:
    """Raise `NotAllowed` where a key counts as an owner and who makes or ends it does not."""
    if "admin" in scopes and not by.has("owner"):
        raise NotAllowed("not_allowed", "Only an owner makes or ends a key with the scope admin")


class Keys:
    """The API keys of the hub."""

    def __init__(self, journal: Journal, catalog: Catalog) -> None:
        self._journal = journal
        self._catalog = catalog

    async def create(self, raw: object, now: datetime, by: Principal) -> tuple[ApiKey, str]:
        """Make a key; return it with what its holder shows, which is kept nowhere."""
        try:
            form = msgspec.convert(raw, KeyForm)
        except msgspec.ValidationError as wrong:
            raise BadInput("The key cannot be made", field_error(wrong)) from wrong
        new = new_api_key()
        scopes: list[str] = sorted(set(form.scopes))
        key = ApiKey(id=str(uuid4()), name=form.name, prefix=new.prefix, hash=new.hash, scopes=scopes, created_at=now)
        await self._journal.append(HUB_STREAM, MakeKey(key, by))
        return key, new.key

    async def all(self) -> list[ApiKey]:
        """Return all keys, the revoked too."""
        return await self._catalog.keys()

    async def revoke(self, key_id: str, by: Principal) -> ApiKey:
        """End a key's use, and return it."""
        revoked: ApiKey = await self._journal.append(HUB_STREAM, RevokeKey(key_id, by))
        return revoked


def describe_key(key: ApiKey) -> dict[str, Any]:
    """Return a key as organisers see it: never what proves it."""
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": key.scopes,
        "created_at": key.created_at,
        "revoked": key.revoked_at is not None,
        "revoked_at": key.revoked_at,
    }
