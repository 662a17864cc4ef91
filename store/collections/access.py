"""API keys, users and their login sessions: readers, and the writes that go past the journal."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, ReturnDocument
from pymongo.errors import DuplicateKeyError

from hub.model.access import ApiKey, Challenge, Factors, LoginStep, MailedLink, Passkey, Session, User
from store.mongo.connection import Database, atomic
from store.mongo.documents import from_bson, to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_many, read_newest, read_one

BY_CREATION = [("created_at", ASCENDING), ("_id", ASCENDING)]


class KeyReader:
    """Reader of API keys. Writes go through the journal (`hub/access/keys.py`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_prefix(self, prefix: str) -> ApiKey | None:
        """Return the key with this prefix that is not revoked, or None."""
        return await read_one(self._database, ApiKey, {"prefix": prefix, "revoked_at": None})

    async def find(self, key_id: str) -> ApiKey | None:
        """Return a key, revoked or not, or None."""
        return await read_one(self._database, ApiKey, {"_id": key_id})

    async def all(self) -> list[ApiKey]:
        """Return all keys, the revoked too, by creation."""
        return await read_many(self._database, ApiKey, {}, sort=BY_CREATION)

    async def newest_hashes(self, most: int) -> list[bytes]:
        """Return the hashes of the keys that are not revoked, of the newest `most`, by age."""
        return await read_newest(self._database["keys"], "hash", {"revoked_at": None}, most)

    async def are_any(self) -> bool:
        """Return whether there is any key, revoked or not."""
        return await read_one(self._database, ApiKey, {}) is not None


class UserReader:
    """Reader of users. Writes go through the journal (`hub/access/user_commands.py`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_name(self, username: str) -> User | None:
        """Return a user by username, or None."""
        return await read_one(self._database, User, {"username": username})

    async def by_mailbox(self, mailbox: str) -> User | None:
        """Return a user by the normal form of their mail address, or None."""
        return await read_one(self._database, User, {"mailbox": mailbox})

    async def find(self, user_id: str) -> User | None:
        """Return a user, or None."""
        return await read_one(self._database, User, {"_id": user_id})

    async def all(self) -> list[User]:
        """Return all users, by creation."""
        return await read_many(self._database, User, {}, sort=BY_CREATION)

    async def are_any(self) -> bool:
        """Return whether there is any user."""
        return await read_one(self._database, User, {}) is not None


class Sessions:
    """Login sessions, read and written past the journal: they end by themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, session_id: str, now: datetime) -> Session | None:
        """Return a session that has not ended, or None."""
        return await read_one(self._database, Session, {"_id": session_id, "expires_at": {"$gt": now}})

    async def add(self, session: Session) -> None:
        """Keep a new session."""
        with driver_errors():
            await self._database.sessions.insert_one(to_bson(session))

    async def of_user(self, user_id: str, generation: int, now: datetime) -> list[Session]:
        """Return a user's sessions of one generation that have not ended, the newest first."""
        query = {"user": user_id, "generation": generation or None, "expires_at": {"$gt": now}}
        return await read_many(self._database, Session, query, sort=[("began_at", DESCENDING)])

    async def mark_login(self, user_id: str, now: datetime) -> None:
        """Keep when a user logged in last."""
        with driver_errors():
            await self._database.users.update_one({"_id": user_id}, {"$max": {"last_login_at": now}})

    async def renew(self, session: Session) -> None:
        """Move a session's end to its `expires_at`, unless the session has ended meanwhile."""
        change = {"$set": {"expires_at": session.expires_at}}
        with driver_errors():
            await self._database.sessions.update_one({"_id": session.id}, change)


class LoginSteps:
    """Logins that are half done, read and written past the journal: they end by themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, step_id: str, now: datetime) -> LoginStep | None:
        """Return a step that has not ended, or None."""
        return await read_one(self._database, LoginStep, {"_id": step_id, "expires_at": {"$gt": now}})

    async def add(self, step: LoginStep) -> None:
        """Keep a new step."""
        with driver_errors():
            await self._database.login_steps.insert_one(to_bson(step))

    async def count_try(self, step_id: str, now: datetime) -> LoginStep | None:
        """Count one more try, before it is looked at; return the step with it, None where it has ended."""
        with driver_errors():
            found = await atomic(self._database.login_steps).find_one_and_update(
                {"_id": step_id, "expires_at": {"$gt": now}},
                {"$inc": {"tries": 1}},
                return_document=ReturnDocument.AFTER,
            )
        return None if found is None else from_bson(found, LoginStep)

    async def end(self, step_id: str) -> bool:
        """End a step; False where it has ended already."""
        with driver_errors():
            done = await self._database.login_steps.delete_one({"_id": step_id})
        return done.deleted_count == 1


class FactorStore:
    """Factors of users' logins: changed through the journal (`hub/access/factor_commands.py`), codes used up here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, user_id: str) -> Factors | None:
        """Return a user's factors, or None."""
        return await read_one(self._database, Factors, {"_id": user_id})

    async def by_passkey(self, passkey_id: str) -> Factors | None:
        """Return the factors that hold a passkey, or None."""
        return await read_one(self._database, Factors, {"passkeys.id": passkey_id})

    async def use_passkey(self, user_id: str, passkey: Passkey, sign_count: int, now: datetime) -> bool:
        """Move a passkey's counter on, by compare-and-set; False where it moved, or the passkey went, meanwhile."""
        as_read = {"$elemMatch": {"id": passkey.id, "sign_count": passkey.sign_count}}
        change = {"$set": {"passkeys.$.sign_count": sign_count, "passkeys.$.last_used_at": now}}
        with driver_errors():
            done = await self._database.factors.update_one({"_id": user_id, "passkeys": as_read}, change)
        return done.matched_count == 1

    async def use_step(self, user_id: str, step: int) -> bool:
        """Use up the code of a time step, by compare-and-set; False where it, or a later one, is used up already."""
        earlier = {"_id": user_id, "$or": [{"last_step": {"$lt": step}}, {"last_step": None}]}
        with driver_errors():
            done = await self._database.factors.update_one(earlier, {"$set": {"last_step": step}})
        return done.matched_count == 1


class Challenges:
    """Challenges for passkeys, past the journal: they end by themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, challenge: Challenge) -> None:
        """Keep a challenge, in place of an earlier one by its id."""
        with driver_errors():
            await self._database.challenges.replace_one({"_id": challenge.id}, to_bson(challenge), upsert=True)

    async def take(self, challenge_id: str, now: datetime) -> Challenge | None:
        """Return a challenge and delete it, so that it is good once; None where it has ended."""
        with driver_errors():
            found = await atomic(self._database.challenges).find_one_and_delete({"_id": challenge_id})
        challenge = None if found is None else from_bson(found, Challenge)
        return challenge if challenge is not None and challenge.expires_at > now else None


class MailedLinks:
    """Mailed links: asked for and used through the journal (`hub/access/mailed_links.py`), their tokens set here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, link_id: str) -> MailedLink | None:
        """Return a link, or None."""
        return await read_one(self._database, MailedLink, {"_id": link_id})

    async def by_hash(self, token_hash: bytes) -> MailedLink | None:
        """Return the link of a token, or None."""
        return await read_one(self._database, MailedLink, {"hash": token_hash})

    async def issue(self, link: MailedLink) -> bool:
        """Keep the token's hash and end of a link; False where it was asked for anew or used meanwhile."""
        change = {"$set": {"hash": link.hash, "expires_at": link.expires_at}}
        with driver_errors():
            done = await self._database.mailed_links.update_one({"_id": link.id, "asked_at": link.asked_at}, change)
        return done.matched_count == 1


class FirstCredentials:
    """Writer of the credentials of a first start, before there is an actor for the journal to name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_user(self, user: User) -> bool:
        """Keep the first user, by compare-and-set on its name; return whether that name is this user's.

        One that an unconfirmed try before wrote is the same: it has the same id.
        """
        try:
            with driver_errors():
                await self._database.users.insert_one(to_bson(user))
        except DuplicateKeyError:
            holder = await read_one(self._database, User, {"username": user.username})
            return holder is not None and holder.id == user.id
        return True

    async def keep_key(self, key: ApiKey) -> None:
        """Keep an API key in place of the one with its prefix, whose id and age stay.

        In one step, since other hubs on this database serve those who show it.
        """
        wanted = to_bson(key)
        first = {field: wanted.pop(field) for field in ("_id", "created_at")}
        change = {"$set": wanted, "$setOnInsert": first, "$unset": {"revoked_at": "", "made_by": ""}}
        with driver_errors():
            await self._database["keys"].update_one({"prefix": wanted["prefix"]}, change, upsert=True)

    async def end_former_keys(self, key: ApiKey) -> None:
        """Revoke the keys of the same setting before: of its name and scopes, made by no user, of another prefix.

        A key of the same prefix is `key` itself, perhaps as another host has just replaced it.
        """
        same = {"name": key.name, "scopes": key.scopes, "made_by": None}
        former = {**same, "revoked_at": None, "prefix": {"$ne": key.prefix}}
        with driver_errors():
            await self._database["keys"].update_many(former, {"$set": {"revoked_at": key.created_at}})
