"""Answers on keys, users and oneself, without secrets but for a new key (booking-api.md, who may)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from hub.model.access import ApiKey, EventRole, Factors, Passkey, Principal, Session, User


class KeyAnswer(msgspec.Struct, kw_only=True):
    """API key as organisers see it."""

    id: str
    name: str
    prefix: str
    scopes: Sequence[str]
    made_by: str | None
    event: str | None
    """The one event of a relay's key."""
    created_at: datetime
    revoked: bool
    revoked_at: datetime | None


class NewKeyAnswer(KeyAnswer, kw_only=True):
    """API key just made, with the text that its holder shows: this once."""

    key: str


class UserAnswer(msgspec.Struct, kw_only=True):
    """User as owners see them; `keys` is how many keys came from their rights."""

    id: str
    username: str
    role: str
    events: Sequence[EventRole]
    """Roles for single events, of one with the role `staff`."""
    disabled: bool
    must_change: bool
    """Whether they have to choose a password of their own at the next login."""
    email: str | None
    email_verified: bool
    """Whether they proved by a mailed link that the address is theirs."""
    second_factor: bool
    passkeys: int
    keys: int
    last_login_at: datetime | None
    created_at: datetime


class NewUserAnswer(UserAnswer, kw_only=True):
    """User just made, with the password where the hub made it: this once."""

    password: str | msgspec.UnsetType = msgspec.UNSET


class ChangedUserAnswer(UserAnswer, kw_only=True):
    """User just changed, with how many of their keys that revoked."""

    keys_revoked: int


class LoginAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Login of one's own: since when, and from where, roughly; `is_this` is the one of the request."""

    began_at: datetime | None
    asked_from: str
    is_this: bool


class PasskeyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Passkey of one's own."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


class RecoveryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Recovery codes just made, shown this once."""

    recovery_codes: list[str]


class AccountAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Account as its own user sees it; `sends_mail` is whether the hub can mail them a link."""

    username: str
    email: str | None
    email_verified: bool
    sends_mail: bool
    second_factor: bool
    recovery_codes_left: int
    passkeys: list[PasskeyAnswer]
    passkeys_possible: bool
    """Whether browsers do passkeys at the hub's address."""
    logins: list[LoginAnswer]


class MeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Principal of the request itself: kind, scopes, and the token that its forms need."""

    kind: Literal["device", "key", "user", "ticket"]
    id: str
    name: str
    scopes: list[str]
    csrf: str | None
    events: list[EventRole]
    """Roles for single events, of a user who has only such."""


def describe_key(key: ApiKey) -> KeyAnswer:
    """Return a key as organisers see it."""
    return KeyAnswer(**_key_fields(key))


def describe_new_key(key: ApiKey, shown: str) -> NewKeyAnswer:
    """Return a key just made, with the text that its holder shows."""
    return NewKeyAnswer(**_key_fields(key), key=shown)


def describe_user(user: User) -> UserAnswer:
    """Return a user as owners see them."""
    return UserAnswer(**_user_fields(user))


def describe_new_user(user: User, made_password: str | None) -> NewUserAnswer:
    """Return a user just made, with the password that the hub made for them."""
    return NewUserAnswer(**_user_fields(user), password=made_password or msgspec.UNSET)


def describe_changed(user: User, keys_revoked: int) -> ChangedUserAnswer:
    """Return a user just changed, with how many keys that revoked."""
    return ChangedUserAnswer(**_user_fields(user), keys_revoked=keys_revoked)


def describe_me(who: Principal) -> MeAnswer:
    """Return the principal of a request."""
    roles = [EventRole(event=event, role=role) for event, role in (who.event_roles or {}).items()]
    return MeAnswer(kind=who.kind, id=who.id, name=who.name, scopes=sorted(who.scopes), csrf=who.csrf, events=roles)


def describe_account(
    user: User, factors: Factors, logins: Sequence[Session], *, own: str | None, sends_mail: bool, passkeys: bool
) -> AccountAnswer:
    """Return an account as its own user sees it."""
    return AccountAnswer(
        username=user.username,
        email=user.email,
        email_verified=user.email_verified_at is not None,
        sends_mail=sends_mail,
        second_factor=user.second_factor_at is not None,
        recovery_codes_left=len(factors.recovery),
        passkeys=[describe_passkey(each) for each in factors.passkeys],
        passkeys_possible=passkeys,
        logins=[
            LoginAnswer(began_at=each.began_at, asked_from=each.asked_from, is_this=each.id == own) for each in logins
        ],
    )


def describe_passkey(passkey: Passkey) -> PasskeyAnswer:
    """Return a passkey as its own user sees it."""
    return PasskeyAnswer(
        id=passkey.id, name=passkey.name, created_at=passkey.created_at, last_used_at=passkey.last_used_at
    )


def _key_fields(key: ApiKey) -> dict[str, Any]:
    alike = ("id", "name", "prefix", "scopes", "made_by", "event", "created_at", "revoked_at")
    return {"revoked": key.revoked_at is not None, **{name: getattr(key, name) for name in alike}}


def _user_fields(user: User) -> dict[str, Any]:
    alike = (
        "id",
        "username",
        "role",
        "events",
        "disabled",
        "must_change",
        "email",
        "passkeys",
        "last_login_at",
        "created_at",
    )
    counted = {"keys": len(user.keys), "email_verified": user.email_verified_at is not None}
    counted["second_factor"] = user.second_factor_at is not None
    return {**counted, **{name: getattr(user, name) for name in alike}}
