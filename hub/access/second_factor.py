"""Second factor of logins: an authenticator app (TOTP) with recovery codes, and the step of a login that asks for it.

A code is used once, on whatever process: the last used time step is moved by compare-and-set, a recovery code is used
up in a transaction.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from hub.access.factor_commands import BeginApp, EndLogins, RenewRecovery, TurnOff, TurnOn, UseRecoveryCode
from hub.access.totp import (
    DIGITS,
    new_recovery_codes,
    new_secret,
    plain_code,
    provisioning_uri,
    shown_secret,
    step_of,
)
from hub.access.user_commands import OwnAccount, is_own
from hub.errors import BadInput, Conflict
from hub.model.access import Factors, LoginStep, Principal, User
from hub.model.journal import HUB_STREAM
from hub.secrets import new_token
from hub.vault import TokenPurpose, Vault
from store.collections.access import FactorStore, LoginSteps, UserReader
from store.journal.journal import Journal

STEP_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
"""Codes tried in one login: after them the password is asked for again."""
WRONG_CODE = "The code is wrong"


class NewApp(msgspec.Struct, frozen=True, kw_only=True):
    """App to be set up: its secret as one types it, and the text of the QR. Shown once."""

    secret: str
    uri: str


class SecondFactors:
    """Service of second factors: set up, turn on and off, check a code."""

    def __init__(
        self, journal: Journal, factors: FactorStore, vault: Vault, now: Callable[[], datetime], issuer: str
    ) -> None:
        self._journal = journal
        self._factors = factors
        self._vault = vault
        self._recovery_key = vault.token_key(TokenPurpose.RECOVERY)
        self._now = now
        self._issuer = issuer

    async def find(self, user_id: str) -> Factors:
        """Return a user's factors."""
        return await self._factors.find(user_id) or Factors(id=user_id)

    async def begin_app(self, by: Principal) -> NewApp:
        """Make the secret of an app that is to be set up. Raises `Conflict` where the second factor is on."""
        secret = new_secret()
        user = await self._journal.append(HUB_STREAM, BeginApp(by, self._vault.seal(secret)))
        return NewApp(secret=shown_secret(secret), uri=provisioning_uri(secret, user.username, self._issuer))

    async def turn_on(self, code: str, by: Principal) -> tuple[User, list[str]]:
        """Turn the second factor on by the app's first code, which ends all logins.

        Returns the user as they are then, and the recovery codes.

        Raises `BadInput` with the field `code`, or `Conflict`.
        """
        factors = await self.find(by.id)
        if factors.pending is None:
            raise Conflict("conflict", "Set the app up first")
        step = step_of(self._vault.open(factors.pending), plain_code(code), self._now().timestamp())
        if step is None:
            raise BadInput(WRONG_CODE, {"code": "is not the app's code of now"})
        codes = new_recovery_codes()
        user = await self._journal.append(HUB_STREAM, TurnOn(by, factors.pending, step, self._hashes(codes)))
        return user, codes

    async def turn_off(self, code: str, by: Principal) -> User:
        """Turn one's own off by a code, which ends all logins; return the user as they are then.

        Raises `BadInput` with the field `code`.
        """
        await self.check(code, by)
        return await self._journal.append(HUB_STREAM, TurnOff(by.id, by))

    async def reset(self, user_id: str, by: Principal) -> User:
        """Turn a user's second factor off and remove their passkeys, which ends all their logins; return them.

        Raises `NotFound`, or `NotAllowed` for a login of the user's own.
        """
        if is_own(user_id, by):
            raise OwnAccount
        return await self._journal.append(HUB_STREAM, TurnOff(user_id, by, and_passkeys=True))

    async def renew_recovery(self, code: str, by: Principal) -> list[str]:
        """Replace one's recovery codes, by a code; return the new ones. Raises `BadInput` with the field `code`."""
        await self.check(code, by)
        codes = new_recovery_codes()
        await self._journal.append(HUB_STREAM, RenewRecovery(by, self._hashes(codes)))
        return codes

    async def end_logins(self, by: Principal) -> User:
        """End all one's logins; return the user as they are then."""
        return await self._journal.append(HUB_STREAM, EndLogins(by))

    async def check(self, code: str, by: Principal) -> None:
        """Use a code of one's own up. Raises `BadInput` with the field `code`."""
        if not await self.use(by.id, code):
            raise BadInput(WRONG_CODE, {"code": "is wrong, or was used already"})

    async def use(self, user_id: str, code: str) -> bool:
        """Use a code of the app, or a recovery code, up; return whether it was good."""
        typed = plain_code(code)
        if len(typed) == DIGITS and typed.isdigit():
            return await self._use_app(await self.find(user_id), typed)
        hashes = self._recovery_key.signatures(typed.encode())
        return await self._journal.append(HUB_STREAM, UseRecoveryCode(user_id, hashes))

    async def _use_app(self, factors: Factors, code: str) -> bool:
        if factors.secret is None:
            return False
        step = step_of(self._vault.open(factors.secret), code, self._now().timestamp())
        return step is not None and await self._factors.use_step(factors.id, step)

    def _hashes(self, codes: list[str]) -> list[bytes]:
        return [self._recovery_key.sign(plain_code(code).encode()) for code in codes]


class SecondSteps:
    """Service of logins that are half done: begun by the right password, ended by a second factor."""

    def __init__(
        self, steps: LoginSteps, users: UserReader, factors: SecondFactors, now: Callable[[], datetime]
    ) -> None:
        self._steps = steps
        self._users = users
        self._factors = factors
        self._now = now

    async def begin(self, user: User) -> str:
        """Begin the step of a user whose password was right; return the value of its cookie, which has no rights."""
        value = new_token()
        step = LoginStep(
            id=_step_id(value), user=user.id, generation=user.generation, expires_at=self._now() + STEP_LASTS
        )
        await self._steps.add(step)
        return value

    async def user_of(self, cookie: str) -> User | None:
        """Return the user of a step that is open, or None."""
        step = await self._steps.find(_step_id(cookie), self._now()) if cookie else None
        return None if step is None else await self._user(step)

    async def finish(self, cookie: str, code: str) -> User | None:
        """End a step by a code and return its user; None for a wrong code, after five of which the step has ended.

        Each try is counted before it is looked at, so that many at once are as limited as one by one.
        """
        step = await self._steps.count_try(_step_id(cookie), self._now())
        user = None if step is None else await self._user(step)
        if step is None or user is None:
            return None
        is_good = step.tries <= MOST_TRIES and await self._factors.use(user.id, code)
        if is_good or step.tries >= MOST_TRIES:
            is_ended_here = await self._steps.end(step.id)
            return user if is_good and is_ended_here else None
        return None

    async def end(self, cookie: str) -> bool:
        """End a step by another way than a code; False where it has ended already."""
        return await self._steps.end(_step_id(cookie))

    async def _user(self, step: LoginStep) -> User | None:
        user = await self._users.find(step.user)
        is_same = user is not None and not user.disabled and user.generation == step.generation
        return user if is_same else None


def _step_id(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()
