"""The hub's secrets in the database: their state, the processes that hold them, and the documents that they seal.

No secret is ever written here: they are named by their fingerprints.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from hub.model.access import SecretHolder, SecretState
from store.mongo.connection import Database
from store.mongo.documents import from_bson, to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_documents

STATE = "secret"
ALIVE_MS = 15_000
"""How long after its last report a process counts as alive, by the database's clock."""
LONG_GONE_MS = 24 * 3600 * 1000


class Sealed(NamedTuple):
    """Sealed text of a document, which its collection and id name."""

    collection: str
    id: str
    text: bytes


class SealedField(NamedTuple):
    """Field that holds sealed text; `listed` is the list of subdocuments that it is in, if any."""

    collection: str
    field: str
    listed: str | None = None

    @property
    def path(self) -> str:
        """Path of the field in a query."""
        return self.field if self.listed is None else f"{self.listed}.{self.field}"


EVENTS = "events"
SEALED_FIELDS = (
    SealedField(EVENTS, "key.sealed"),
    SealedField("webhooks", "sealed", listed="secrets"),
    SealedField("factors", "secret"),
    SealedField("factors", "pending"),
    SealedField("wallet_registrations", "push_token"),
)


class SecretStore:
    """State of the secrets, changed by compare-and-set, and the reports of the processes that hold them."""

    def __init__(self, database: Database) -> None:
        self._meta = database.meta
        self._users = database.users

    async def begin(self, proof: str, now: datetime) -> None:
        """Keep `proof`, a new database's first secret; in another nothing changes."""
        first = {name: value for name, value in to_bson(SecretState(proof=proof, since=now)).items() if name != "_id"}
        with driver_errors():
            await self._meta.update_one({"_id": STATE}, {"$setOnInsert": first}, upsert=True)

    async def read(self) -> SecretState | None:
        """Return the state; None in a database without a hub."""
        with driver_errors():
            found = await self._meta.find_one({"_id": STATE})
        return None if found is None else from_bson(found, SecretState)

    async def change(self, before: SecretState, after: SecretState) -> bool:
        """Put `after` in the place of `before`; False where another command has changed the state meanwhile."""
        changed = to_bson(msgspec.structs.replace(after, version=before.version + 1))
        as_read = {"_id": STATE, "proof": before.proof, "version": before.version or None}
        with driver_errors():
            done = await self._meta.replace_one(as_read, changed)
        return done.matched_count == 1

    async def age(self, state: SecretState) -> datetime | None:
        """Return since when the current secret is in use: of a database of before, since its first user was made."""
        if state.since is not None:
            return state.since
        with driver_errors():
            first = await self._users.find_one({}, {"created_at": 1}, sort=[("created_at", 1)])
        return None if first is None else first.get("created_at")

    # --- who holds them ----------------------------------------------------------------------------------------------

    async def report(self, holder: SecretHolder) -> None:
        """Write which secrets a process knows, as of now by the database's clock."""
        change = {"$set": to_bson(holder), "$currentDate": {"seen_at": True}}
        with driver_errors():
            await self._meta.update_one({"_id": holder.id}, change, upsert=True)

    async def leave(self, holder_id: str) -> None:
        """Delete the report of a process that ends."""
        with driver_errors():
            await self._meta.delete_one({"_id": holder_id})

    async def holders(self) -> list[SecretHolder]:
        """Return the reports of the processes that are alive."""
        with driver_errors():
            found = await read_documents(self._meta.find({**_HOLDERS, **_seen_within(ALIVE_MS, is_within=True)}))
        return [from_bson(each, SecretHolder) for each in found]

    async def forget_dead(self) -> None:
        """Delete the reports of processes that died long ago."""
        with driver_errors():
            await self._meta.delete_many({**_HOLDERS, **_seen_within(LONG_GONE_MS, is_within=False)})


_HOLDERS: Mapping[str, Any] = {"_id": {"$regex": "^process/"}}


def _seen_within(milliseconds: int, *, is_within: bool) -> dict[str, Any]:
    compare = "$gt" if is_within else "$lte"
    return {"$expr": {compare: ["$seen_at", {"$subtract": ["$$NOW", milliseconds]}]}}


class SealedTexts:
    """Reader of all sealed texts, in the order of the documents' ids, and their writer by compare-and-set."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, field: SealedField, after: str, limit: int) -> tuple[list[Sealed], str | None]:
        """Return the sealed texts of `limit` documents after an id, and the id after which the next page begins."""
        query = {"_id": {"$gt": after}, field.path: {"$exists": True}}
        found = self._database[field.collection].find(query, {field.path: 1}).sort("_id", 1).limit(limit)
        documents = await read_documents(found)
        texts = [Sealed(field.collection, each["_id"], text) for each in documents for text in _in(each, field)]
        return texts, documents[-1]["_id"] if len(documents) == limit else None

    async def replace(self, sealed: Sealed, field: SealedField, text: bytes) -> None:
        """Put another text in the place of a sealed one; where that has changed meanwhile, nothing is written."""
        as_read = {"_id": sealed.id, field.path: sealed.text}
        target = field.field if field.listed is None else f"{field.listed}.$.{field.field}"
        with driver_errors():
            await self._database[field.collection].update_one(as_read, {"$set": {target: text}})


def _in(document: Mapping[str, Any], field: SealedField) -> Iterator[bytes]:
    """Yield the texts of a field of one document."""
    subdocuments: Sequence[Any] = [document] if field.listed is None else document.get(field.listed, [])
    for found in subdocuments:
        for name in field.field.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, bytes):
            yield found
