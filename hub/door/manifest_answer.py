"""Manifest as typed data (scan-api.md, offline): its head, and a ticket; fields that are UNSET are absent."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from hub.door.response import DetailsView, Due
from hub.model.event import Door, Event, Zone
from hub.model.journal import Stream

SHAPING_RIGHTS = frozenset({"names", "search"})
"""Rights of a device by which its tickets have more fields."""


class ManifestEvent(msgspec.Struct, kw_only=True):
    """The event that a manifest is of."""

    uuid: str
    name: str
    timezone: str
    starts_at: datetime | None
    ends_at: datetime | None
    language: str | None
    """Tag of its guests' language; None: the hub's own."""


class ManifestProduct(msgspec.Struct, kw_only=True):
    """A product's rules: its overrides of the event's."""

    name: str
    reentry: str | None
    notice: str | None
    confirm: str | None


class ManifestPolicy(msgspec.Struct, kw_only=True):
    """The event's rules of admission."""

    offline: str
    reentry: str
    max_inside: int | None
    admit_before_min: int | None
    admit_after_min: int | None
    exit_all_at: str | None
    confirm: str | None
    products: list[ManifestProduct]


class ManifestKey(msgspec.Struct, kw_only=True):
    """A public key that verifies codes; `kid` is None for the one of another server."""

    kid: str | None
    pem: str


class ManifestHead(msgspec.Struct, kw_only=True):
    """All of a manifest but its tickets. `is_full`: it holds all tickets, or a page; else `gone` are those to forget.

    `shape` marks which fields its tickets have (`manifest_shape`): changes of another shape belong to another list.
    """

    success: bool = True
    epoch: str
    seq: int
    shape: str
    event: ManifestEvent
    doors: Sequence[Door]
    zones: Sequence[Zone]
    policy: ManifestPolicy
    keys: list[ManifestKey]
    salt: str
    is_full: bool
    gone: list[str]
    next: str | UnsetType | None = UNSET
    """Of a page: the id to name as `after` for the next one; None: it is the last."""
    count: int | UnsetType = UNSET
    """Of the first page: how many tickets there are in all."""
    more: bool | UnsetType = UNSET
    """Of changes asked for with a `limit`: whether there are more after this position."""


class LastScan(msgspec.Struct, kw_only=True):
    """The last scan that counts of a ticket."""

    at: datetime
    door: str | None
    device: str | None


class ManifestTicket(DetailsView, kw_only=True):
    """Ticket in a manifest, with the fields that its event and the device's rights show."""

    uuid: str
    issue: int
    status: str
    product: str | None
    starts_at: datetime
    expires_at: datetime
    is_expired: bool
    reservation: str
    where: tuple[str | None, ...]
    entries: int
    entered: tuple[datetime, ...]
    last: LastScan | UnsetType = UNSET
    issued_at: datetime | UnsetType = UNSET
    """When it was reissued: whoever came in before may leave by the code of then."""
    due: Due | UnsetType = UNSET
    """What is to be paid for one that is unpaid."""
    notice: str | UnsetType = UNSET
    barcode: str | UnsetType = UNSET
    first_name: str | UnsetType | None = UNSET
    last_name: str | UnsetType | None = UNSET
    language: str | UnsetType = UNSET
    phone_end: str | UnsetType = UNSET
    """The last digits of the phone number, for a device that may search."""
    contacts: list[str] | UnsetType = UNSET
    """Salted hashes of the phone number, in the ways it is found, and of the e-mail address; for such a device, too."""


class ManifestAnswer(ManifestHead, kw_only=True):
    """Manifest as scanners read it; the hub sends its tickets piece by piece."""

    tickets: list[ManifestTicket]


FIELDS_MARK = hashlib.sha256(" ".join(sorted(ManifestTicket.__struct_fields__)).encode()).hexdigest()[:8]
"""Mark of this version's fields of tickets: a phone that has tickets of a version with others asks for the whole."""


def manifest_shape(event: Event, may: Collection[str]) -> str:
    """Return the mark of which fields tickets have: the version's, the device's rights, and what the event shows."""
    parts = [SHAPING_RIGHTS.intersection(may), set(event.door_shows)]
    return ":".join([FIELDS_MARK, *(",".join(sorted(part)) for part in parts)])


def manifest_head(
    event: Event,
    stream: Stream,
    salt: bytes,
    *,
    may: Collection[str] = (),
) -> ManifestHead:
    """Return all but the tickets of a whole manifest: the event, its doors and rules, and how codes are verified."""
    imported = [] if event.imported_pem is None else [ManifestKey(kid=None, pem=event.imported_pem)]
    return ManifestHead(
        epoch=stream.epoch,
        seq=stream.seq,
        shape=manifest_shape(event, may),
        event=ManifestEvent(
            uuid=event.id,
            name=event.name,
            timezone=event.timezone,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            language=event.language,
        ),
        doors=event.doors,
        zones=event.zones,
        policy=_policy(event),
        keys=[ManifestKey(kid=event.key.kid, pem=event.key.public_pem), *imported],
        salt=salt.hex(),
        is_full=True,
        gone=[],
    )


def _policy(event: Event) -> ManifestPolicy:
    return ManifestPolicy(
        offline=event.offline,
        reentry=event.reentry,
        max_inside=event.max_inside,
        admit_before_min=event.admit_before_min,
        admit_after_min=event.admit_after_min,
        exit_all_at=event.exit_all_at,
        confirm=event.confirm,
        products=[
            ManifestProduct(
                name=each.name,
                reentry=each.reentry,
                notice=each.notice if "notice" in event.door_shows else None,
                confirm=each.confirm,
            )
            for each in event.products
        ],
    )
