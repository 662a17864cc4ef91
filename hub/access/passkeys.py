"""Passkeys (WebAuthn): registered with a login, and used to log in alone or as the second factor.

A challenge is random, kept here, good once and for a few minutes, and bound to the login or the browser that asked for
it. The relying party is the host of the hub's base URL. A passkey that logs in alone has verified its user (by PIN,
finger or face): it is both factors in one.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from hub.access.factor_commands import AddPasskey, RemovePasskey, RenamePasskey
from hub.access.passkey_options import CreationOptions, RequestOptions
from hub.access.relying_party import RelyingParty
from hub.errors import BadInput, Conflict, NotAllowed
from hub.loading import load
from hub.model.access import Challenge, Passkey, Principal, User
from hub.model.journal import HUB_STREAM
from store.collections.access import Challenges, FactorStore, UserReader
from store.journal.journal import Journal

CHALLENGE_LASTS = timedelta(minutes=5)
CHALLENGE_BYTES = 32
CEREMONIES = "hub.access.ceremonies"
"""The module with the library of WebAuthn, which is loaded when a passkey is first used."""

log = structlog.get_logger(__name__)


class PasskeyRefused(NotAllowed):
    """Refusal of a passkey at a login: always the same, whatever was wrong."""

    def __init__(self) -> None:
        super().__init__("bad_passkey", "This passkey does not log in here", status=401)


class Passkeys:
    """Service of passkeys: register, rename, remove, and check one that is shown."""

    def __init__(
        self,
        journal: Journal,
        users: UserReader,
        factors: FactorStore,
        challenges: Challenges,
        now: Callable[[], datetime],
        *,
        base_url: str,
        organisation: str,
    ) -> None:
        self._journal = journal
        self._users = users
        self._factors = factors
        self._challenges = challenges
        self._now = now
        self._party = RelyingParty.at(base_url, organisation)

    @property
    def are_possible(self) -> bool:
        """Whether browsers do passkeys at the hub's address."""
        return self._party.has_passkeys

    async def registration(self, user: User, session: str) -> CreationOptions:
        """Return what a browser needs to make a passkey for a user; `session` is the login that asks."""
        self._check_possible()
        await load(CEREMONIES)
        from hub.access import ceremonies

        factors = await self._factors.find(user.id)
        known = [] if factors is None else factors.passkeys
        challenge = await self._new_challenge(f"register.{session}")
        return ceremonies.registration_options(self._party, user, known, challenge)

    async def register(self, name: str, credential: Mapping[str, Any], by: Principal) -> Passkey:
        """Keep a passkey that a browser made. Raises `BadInput` for one that does not fit the challenge."""
        await load(CEREMONIES)
        from hub.access import ceremonies

        challenge = await self._take_challenge(f"register.{by.session}")
        try:
            made = ceremonies.made_passkey(self._party, credential, challenge)
        except Exception as error:  # the library's boundary: it parses what strangers send, and raises much
            log.info("a passkey was not registered", reason=type(error).__name__)
            raise BadInput("The passkey cannot be used", {"credential": "is not the answer to this request"}) from None
        passkey = Passkey(
            id=made.id,
            name=name,
            public_key=made.public_key,
            sign_count=made.sign_count,
            created_at=self._now(),
        )
        await self._journal.append(HUB_STREAM, AddPasskey(by, passkey))
        return passkey

    async def rename(self, passkey_id: str, name: str, by: Principal) -> None:
        """Give one's passkey another name. Raises `NotFound`."""
        await self._journal.append(HUB_STREAM, RenamePasskey(by, passkey_id, name))

    async def remove(self, passkey_id: str, by: Principal) -> User:
        """Remove one's passkey, which ends all logins; return the user as they are then. Raises `NotFound`."""
        return await self._journal.append(HUB_STREAM, RemovePasskey(by, passkey_id))

    async def request(self, holder: str, user: User | None = None) -> RequestOptions:
        """Return what a browser needs to show a passkey: any of the hub's, or one of a user's as second factor."""
        self._check_possible()
        await load(CEREMONIES)
        from hub.access import ceremonies

        factors = None if user is None else await self._factors.find(user.id)
        allowed = [] if factors is None else factors.passkeys
        challenge = await self._new_challenge(f"show.{holder}")
        return ceremonies.request_options(self._party, allowed, challenge, is_alone=user is None)

    async def check(self, holder: str, credential: Mapping[str, Any], user: User | None = None) -> User:
        """Return the user of a passkey that is shown; `user` is the one whose second factor it has to be.

        Raises `PasskeyRefused`.
        """
        challenge = await self._take_challenge(f"show.{holder}")
        shown_id = credential.get("id")
        factors = await self._factors.by_passkey(shown_id) if isinstance(shown_id, str) else None
        found = None if factors is None else await self._users.find(factors.id)
        if factors is None or found is None or found.disabled or (user is not None and user.id != found.id):
            raise PasskeyRefused
        (passkey,) = (each for each in factors.passkeys if each.id == shown_id)
        await load(CEREMONIES)
        new_count = self._verified(credential, challenge, passkey, found, is_alone=user is None)
        if not await self._factors.use_passkey(found.id, passkey, new_count, self._now()):
            raise PasskeyRefused
        return found

    def _verified(
        self, credential: Mapping[str, Any], challenge: bytes, passkey: Passkey, user: User, *, is_alone: bool
    ) -> int:
        """Return the new counter of a passkey whose signature is right. Raises `PasskeyRefused`."""
        from hub.access import ceremonies

        try:
            if not ceremonies.is_of(user, credential):
                raise PasskeyRefused
            return ceremonies.new_count(self._party, credential, passkey, challenge, is_alone=is_alone)
        except PasskeyRefused:
            raise
        except Exception as error:  # the library's boundary: it parses what strangers send, and raises much
            log.info("a passkey was refused", reason=type(error).__name__)
            raise PasskeyRefused from None

    def _check_possible(self) -> None:
        if not self.are_possible:
            raise Conflict("conflict", "Passkeys need the hub's address to be https, by a name")

    async def _new_challenge(self, holder: str) -> bytes:
        value = secrets.token_bytes(CHALLENGE_BYTES)
        await self._challenges.put(Challenge(id=holder, value=value, expires_at=self._now() + CHALLENGE_LASTS))
        return value

    async def _take_challenge(self, holder: str) -> bytes:
        """Return the challenge of `holder` and end it. Raises `BadInput` where there is none that is good."""
        challenge = await self._challenges.take(holder, self._now())
        if challenge is None:
            raise BadInput("This took too long: try again", {"credential": "is too late"})
        return challenge.value


def holder_of(cookie: str) -> str:
    """Return the name that a challenge of a browser is kept under: the hash of its cookie."""
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()
