"""Logins of users: by name and password, kept as sessions, ended everywhere at once (booking-api.md, who may)."""

import asyncio
import hashlib
import os
import threading
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec.structs import replace

from hub.access.passwords import password_fits
from hub.access.roles import ROLE_SCOPES, event_roles_of
from hub.errors import NotAllowed, SlowDown, Unavailable
from hub.model.access import Principal, Session, User
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.journal import HUB_STREAM
from hub.secrets import new_token
from store.collections.access import Sessions, UserReader
from store.journal.journal import Journal

IDLE_FOR = timedelta(hours=12)
"""Idle time after which a login ends; one that is used goes on, but no longer than `LASTS`."""
LASTS = timedelta(days=7)
RENEWED_AFTER = timedelta(hours=1)
"""Part of the idle time that passes before a login's end is moved on: not every request writes."""
HASHES_AT_ONCE = 2
"""Each holds 64 MiB and a core: logins wait for one another, doors for none of them."""
NICENESS = 10
"""Of the threads that hash: guesses of passwords give way to doors, and a login still ends on a busy machine."""


MOST_HASHES = 20
"""Hashes under way and waiting: more are refused at once, so that a flood of guesses holds up no stop of the hub."""
MOST_HASHES_OF_STRANGERS = 12
"""Of these, for browsers that the account does not know: guesses leave room for those who have logged in before."""
HASHES_AGAIN_S = 2.0
PROCESS_ENDS = "This process of the hub ends: try again"


class EndSession:
    """Command: end a login's session; on the entry every process closes the sockets that it opened."""

    weight = 1

    def __init__(self, session_id: str) -> None:
        self._session_id = session_id

    def reads(self) -> Iterable[Key]:
        """Document of the login."""
        yield Session, self._session_id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change; nothing changes where it has ended already."""
        if unit.find(Session, self._session_id) is None:
            return Change(answer=None)
        entry = NewEntry(kind="session.ended", data={"id": self._session_id})
        return Change(answer=None, entries=[entry], drop=[(Session, self._session_id)])


class Logins:
    """Login service: users by password, sessions, principals by session cookie. Made in the loop that uses it."""

    def __init__(
        self, journal: Journal, users: UserReader, sessions: Sessions, second_factor_roles: Collection[str] = ()
    ) -> None:
        self._journal = journal
        self._users = users
        self._sessions = sessions
        self._second_factor_roles = second_factor_roles
        self._hashing = ThreadPoolExecutor(HASHES_AT_ONCE, "hash", initializer=_give_way)
        self._hashes: set[asyncio.Future[bool]] = set()
        self._is_closed = False

    def close(self) -> None:
        """Begin no more hashes; those that wait end with `Unavailable`."""
        self._is_closed = True
        self._hashing.shutdown(wait=False, cancel_futures=True)

    @property
    def hashes(self) -> int:
        """The number of hashes under way and waiting."""
        return len(self._hashes)

    async def check(self, username: str, password: str, *, is_known: bool = False) -> User:
        """Return the user of a name and password; `is_known`: their browser has logged in as that user before.

        Raises `NotAllowed` alike, and after the same time, for an unknown name, a wrong password, and a user
        who is disabled. Raises `SlowDown` and `Unavailable` as `fits`.
        """
        user = await self._users.by_name(username.casefold())
        fits = await self.fits(user, password, most=MOST_HASHES if is_known else MOST_HASHES_OF_STRANGERS)
        if user is None or not fits or user.disabled:
            raise NotAllowed("bad_login", "Wrong user name or password", status=401)
        return user

    async def of_user(self, user: User, now: datetime) -> list[Session]:
        """Return the logins of a user that are good, the newest first."""
        return await self._sessions.of_user(user.id, user.generation, now)

    async def begin(self, user: User, now: datetime, asked_from: str = "") -> tuple[Session, str]:
        """Return a new session of a user, and the value of its cookie; `asked_from` is browser and network."""
        value = new_token()
        session = Session(
            id=_session_id(value),
            user=user.id,
            generation=user.generation,
            csrf=new_token(),
            asked_from=asked_from,
            began_at=now,
            expires_at=now + IDLE_FOR,
        )
        await self._sessions.add(session)
        await self._sessions.mark_login(user.id, now)
        return session, value

    async def fits(self, user: User | None, password: str, *, most: int = MOST_HASHES) -> bool:
        """Return whether the password is the user's: in a thread, and in the same time for an unknown user (None).

        Raises `SlowDown` where `most` are under way or wait for theirs, `Unavailable` where this process ends.
        """
        if self._is_closed:
            raise Unavailable(PROCESS_ENDS)
        if len(self._hashes) >= most:
            raise SlowDown("Too many requests: try again later", after_s=HASHES_AGAIN_S)
        stored = user.password_hash if user else None
        hashed = asyncio.get_running_loop().run_in_executor(self._hashing, password_fits, password, stored)
        self._hashes.add(hashed)
        # Counted until its thread has ended it, also where its client goes before.
        hashed.add_done_callback(self._hashes.discard)
        try:
            return await asyncio.shield(hashed)
        except asyncio.CancelledError:
            if hashed.cancelled():
                raise Unavailable(PROCESS_ENDS) from None
            raise

    async def by_cookie(self, cookie: str, now: datetime) -> Principal | None:
        """Return the principal of a session cookie with the rights of this moment; None where the login has ended."""
        session = await self._sessions.find(_session_id(cookie), now)
        user = await self._users.find(session.user) if session is not None else None
        if session is None or user is None or user.disabled or user.generation != session.generation:
            return None
        await self._renew(session, now)
        must_set_up = not user.must_change and self._owes_second_factor(user)
        is_restricted = user.must_change or must_set_up
        return Principal(
            kind="user",
            id=user.id,
            name=user.username,
            scopes=frozenset() if is_restricted else ROLE_SCOPES[user.role],
            event_roles={} if is_restricted else event_roles_of(user),
            must_change=user.must_change,
            must_set_up=must_set_up,
            generation=session.generation,
            session=session.id,
            csrf=session.csrf,
        )

    async def log_out(self, session_id: str) -> None:
        """End a login, here and on every socket that it opened."""
        await self._journal.append(HUB_STREAM, EndSession(session_id))

    def _owes_second_factor(self, user: User) -> bool:
        return user.second_factor_at is None and user.role in self._second_factor_roles

    async def _renew(self, session: Session, now: datetime) -> None:
        until = min(now + IDLE_FOR, (session.began_at or now) + LASTS)
        if until - session.expires_at >= RENEWED_AFTER:
            await self._sessions.renew(replace(session, expires_at=until))


def _give_way() -> None:
    """Lower the priority of this thread, and of those that it starts: on Linux each thread has its own."""
    with suppress(OSError):
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(os.getpriority(os.PRIO_PROCESS, thread), NICENESS))


def _session_id(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()
