"""Principals and credentials: devices, API keys, users, their sessions. Plain data."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

from hub.model.base import Count, Document


class KeptKey(msgspec.Struct, frozen=True, kw_only=True):
    """Key derived from a hub secret that is retired, or will be: kept for one purpose, sealed by the current secret."""

    purpose: str
    origin: str
    """The fingerprint of the secret that it comes from."""
    sealed: bytes


class SecretState(Document, kw_only=True):
    """State of the hub's secrets, which are named by their fingerprints: the database never holds a secret."""

    id: str = "secret"
    proof: str
    """The current secret."""
    since: datetime | None = None
    """When it became the current one; None in databases of before."""
    next: str | None = None
    """The secret that is to become the current one, once every hub knows it."""
    beside: list[str] = []
    """Earlier secrets that are still in force."""
    retired: list[str] = []
    kept: list[KeptKey] = []
    version: Count = 0

    def missing(self, known: Collection[str]) -> list[str]:
        """Return the secrets in force that are not `known`."""
        return [each for each in (self.proof, *self.beside) if each not in known]


class SecretHolder(Document, kw_only=True):
    """Report of a hub's process: the secrets that it knows by its settings and its file, and the one it seals by."""

    id: str
    host: str
    known: list[str] = []
    sealing: str = ""


class Device(Document, kw_only=True):
    """A door scanner. `may` is its security profile (booking-api.md, running an event)."""

    id: str
    name: str
    event: str | None = None
    door: str | None = None
    may: list[str] = []
    archived: bool = False
    archived_at: datetime | None = None
    claimed: bool = False
    key_prefix: str | None = None
    key_hash: bytes | None = None
    pairing_hash: bytes | None = None
    pairing_expires_at: datetime | None = None
    spent_hash: bytes | None = None
    """The hash of its last pairing code once that is used up, so that whoever comes late is told so."""
    uses: int | None = None
    """How many phones may join by this pairing code; None: an ordinary device, which pairs once."""
    joined: int = 0
    parent: str | None = None
    last_seen_at: datetime | None = None
    clock_ahead_ms: int = 0
    """How far the phone's clock is ahead of the hub's, as last seen."""
    info: dict[str, Any] = {}
    """What the phone says of itself: app, version, battery, queue, training."""
    created_at: datetime

    @property
    def is_used_up(self) -> bool:
        """Used-up state: a pairing code for several phones by which all of them have joined; it serves no more."""
        return self.uses is not None and self.joined >= self.uses

    @property
    def is_in_service(self) -> bool:
        """In-service state: neither archived nor used up."""
        return not self.archived and not self.is_used_up


class QuarantinedBatch(Document, kw_only=True):
    """Quarantined batch: offline scans that an archived device sent, uncounted until accepted or dropped."""

    id: str
    device: str
    event: str | None
    scans: list[dict[str, Any]]
    received_at: datetime


class Attendance(Document, kw_only=True):
    """Attendance: a device on a socket of one process: true until `until`, which that process moves on."""

    id: str
    device: str
    event: str | None = None
    since: datetime
    until: datetime


class ApiKey(Document, kw_only=True):
    """API key of a script or an organiser, with scopes (booking-api.md, who may)."""

    id: str
    name: str
    prefix: str
    hash: bytes
    scopes: list[str]
    made_by: str | None = None
    """The user whose rights it came from; None: the hub's own first key, or one that such a key made."""
    event: str | None = None
    """The one event of a relay's key; None: of any other key."""
    revoked_at: datetime | None = None
    created_at: datetime


EventRoleName = Literal["organiser", "box_office", "viewer", "door_lead"]
"""Roles that a user may have for one event."""


class EventRole(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Role of a user for one event."""

    event: str
    role: EventRoleName


class User(Document, kw_only=True):
    """User: a person who logs in with a password."""

    id: str
    username: str
    password_hash: str
    role: Literal["owner", "organiser", "viewer", "staff"] = "organiser"
    """For the whole hub; `staff` have none but those of `events`."""
    events: list[EventRole] = []
    disabled: bool = False
    email: str | None = None
    """Their mail address, as they write it."""
    mailbox: str | None = None
    """Its normal form, which no other user has."""
    email_verified_at: datetime | None = None
    """When they proved by a mailed link that it is theirs; before that no password can be reset by it."""
    second_factor_at: datetime | None = None
    """When they turned on their second factor (`Factors`), which each login by password then needs."""
    passkeys: Count = 0
    """How many passkeys they have (`Factors`)."""
    must_change: bool = False
    """Whether the password was made for them: their logins may nothing until they have chosen their own."""
    last_login_at: datetime | None = None
    generation: Count = 0
    """Rises with every change of the user: a login of an earlier one has ended."""
    keys: list[str] = []
    """The keys that came from their rights and are good: each holds no more than they may themselves."""
    created_at: datetime


class Session(Document, kw_only=True):
    """Login session. `id` is the SHA-256 of the cookie's value, in hex."""

    id: str
    user: str
    generation: Count = 0
    """The user's, when they logged in."""
    csrf: str
    asked_from: str = ""
    """The browser and the network that logged in, roughly."""
    began_at: datetime | None = None
    expires_at: datetime


class LoginStep(Document, kw_only=True):
    """Login that is half done: the password was right, the second factor is outstanding. It has no right at all.

    `id` is the SHA-256 of its cookie's value, in hex.
    """

    id: str
    user: str
    generation: Count = 0
    tries: Count = 0
    """How many codes were tried."""
    expires_at: datetime


class Passkey(msgspec.Struct, kw_only=True):
    """Passkey of a user (WebAuthn): a key pair whose private half stays with their device. `id` is base64url."""

    id: str
    name: str
    public_key: bytes
    sign_count: Count
    """Its counter, as last shown: a copy of it would show one that is not higher."""
    created_at: datetime
    last_used_at: datetime | None = None


class Challenge(Document, kw_only=True):
    """Challenge that a passkey has to sign, good once. `id` names its use, and the login or browser that asked."""

    id: str
    value: bytes
    expires_at: datetime


class Factors(Document, kw_only=True):
    """Factors of a user's login beside the password: app, recovery codes, passkeys. `id` is the user's."""

    id: str
    secret: bytes | None = None
    """The secret of the authenticator app, sealed under the hub's."""
    pending: bytes | None = None
    """One that is being set up, until a code of it was shown."""
    last_step: Count = 0
    """The time step of the code that was used last: none of it or of one before is good any more."""
    recovery: list[bytes] = []
    """Hashes of the recovery codes that are left, keyed under the hub's secret."""
    passkeys: list[Passkey] = []


LinkPurpose = Literal["reset", "verify"]
"""What a mailed link is for: a new password, or the proof of an address."""


class MailedLink(Document, kw_only=True):
    """Link mailed to a user, good once. A newer one for the same purpose takes its place, also before it is mailed."""

    id: str
    user: str
    purpose: LinkPurpose
    mailbox: str
    """The address it is for, in its normal form: it opens nothing once the user has another."""
    generation: Count = 0
    """The user's, when it was asked for: no password is reset by it after any later change of the user."""
    asked_at: datetime
    asked_from: str = ""
    """The browser and the network that asked, roughly."""
    language: str | None = None
    hash: bytes | None = None
    """The SHA-256 of its token; None until it is mailed."""
    expires_at: datetime

    @staticmethod
    def name(purpose: LinkPurpose, user: str) -> str:
        """Return the id of a user's link for `purpose`."""
        return f"{purpose}.{user}"


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Principal: the authenticated caller of a request (a user, a device or a program), with scopes."""

    kind: Literal["device", "key", "user", "ticket"]
    id: str
    name: str
    scopes: frozenset[str] = frozenset()
    event: str | None = None
    """The only event this principal may touch; None: any (for a device: it serves all)."""
    door: str | None = None
    may: frozenset[str] = frozenset()
    event_roles: Mapping[str, EventRoleName] | None = None
    """The roles of a user by event, for each of whom `event` is set where a request is for one; None: for the hub."""
    must_change: bool = False
    """Whether a user has to choose a password of their own before anything else."""
    must_set_up: bool = False
    """Whether a user has to set up a second factor before anything else."""
    generation: int | None = None
    """A user's, as of the login it came by."""
    session: str | None = None
    """The login it came by, and that login's CSRF token."""
    csrf: str | None = None

    def has(self, scope: str) -> bool:
        """Return whether it holds `scope`; `admin` holds all but `owner`, who alone decides on users."""
        return scope in self.scopes or ("admin" in self.scopes and scope != "owner")

    def knows(self, event: str) -> bool:
        """Return whether the event is one of those it has a role for; any is for who has a role for the hub."""
        return self.event_roles is None or event in self.event_roles

    def has_role(self, *roles: str) -> bool:
        """Return whether it has one of `roles` for some event."""
        return self.event_roles is not None and not set(roles).isdisjoint(self.event_roles.values())
