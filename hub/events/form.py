"""Forms of events and showings: the bodies that organisers send, and the rules between their fields. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from hub.door.codes import InvalidKey, load_public
from hub.errors import BadInput
from hub.events.kept_texts import keep_texts
from hub.events.price_form import PriceForm, check_prices
from hub.formats.local_time import FIRST_YEAR, LAST_YEAR, is_reckonable, to_instant, zone_of
from hub.formats.organiser_contact import contact_problems
from hub.language.catalogue import ONE_OF_THE_LANGUAGES, tags
from hub.model.event import Contact, PayAt, Percent, Price, WalletOffer, all_door_details
from hub.model.ticket import DoorDetail
from hub.validation import MISSING, PROSE, Name, Problems, collect, object_of, read_list

Limit = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Question = Annotated[str, msgspec.Meta(min_length=1, max_length=200), PROSE]
Prose = Annotated[str, msgspec.Meta(max_length=10_000), PROSE]
UNUSABLE = "The event cannot be used"
TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
OUT_OF_RANGE = f"must be in the years {FIRST_YEAR} to {LAST_YEAR}"
REENTRY = re.compile(r"single|reentry|daily|multi:[1-9][0-9]{0,3}")


class ZoneForm(msgspec.Struct, kw_only=True):
    """Form of a zone. `id` keeps one that is renamed."""

    name: Name
    id: str | None = None
    max_inside: Limit | None = None


class DoorForm(msgspec.Struct, kw_only=True):
    """Form of a door; `into` and `out_of` name zones. `id` keeps one that is renamed."""

    name: Name
    id: str | None = None
    into: str | None = None
    out_of: str | None = None
    products: list[str] | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class ProductForm(msgspec.Struct, kw_only=True):
    """Product in an event's form: a kind of ticket, with its prices and capacity."""

    name: Name
    reentry: str | None = None
    notice: Annotated[str, msgspec.Meta(max_length=500), PROSE] | None = None
    confirm: Question | None = None
    public: bool | None = None
    capacity: Limit | None = None
    prices: list[PriceForm] = []


class ShowingForm(msgspec.Struct, kw_only=True):
    """Showing in an event's form: a local date and time, and its seats."""

    date: str
    time: str
    capacity: Limit
    ends_at: datetime | None = None


class ShowingPatch(msgspec.Struct, kw_only=True):
    """Form of a change of a showing, by date and time: an absent field stays, `ends_at` null takes its own end away."""

    date: str
    time: str
    capacity: Limit | msgspec.UnsetType = msgspec.UNSET
    ends_at: datetime | msgspec.UnsetType | None = msgspec.UNSET


class EventForm(msgspec.Struct, kw_only=True):
    """Form of an event, which a `PATCH` of it comes to."""

    name: Name
    timezone: str
    language: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """Both are needed, except by the box office, which has no end."""
    venue: Name | None = None
    address: Name | None = None
    about: Prose | None = None
    terms: Prose | None = None
    picture_alt: Name | None = None
    doors_open_min: Minutes | None = None
    reentry: str = "single"
    booking: Literal["open", "keys"] = "keys"
    max_inside: Limit | None = None
    offline: Literal["admit", "refuse"] = "admit"
    retention_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 0
    admit_before_min: Minutes | None = None
    admit_after_min: Minutes | None = None
    imported_pem: Annotated[str, msgspec.Meta(max_length=4000)] | None = msgspec.field(
        default=None, name="publicKeyPem"
    )
    """The key of another server, which signed some of the tickets."""
    confirm: Question | None = None
    door_shows: list[DoorDetail] = msgspec.field(default_factory=all_door_details)
    phone_limit: Limit = 6
    hold_minutes: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    pay_at: PayAt = "ahead"
    pay_where: Annotated[str, msgspec.Meta(max_length=500), PROSE] | None = None
    waiting: bool = False
    offer_minutes: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 60
    guest_rename: bool = False
    guest_cancel_until_min: Minutes | None = None
    transfers: Annotated[int, msgspec.Meta(ge=0, le=10)] = 0
    exit_all_at: str | None = None
    wallet: WalletOffer = "on"
    wallet_percent: Percent = 0
    contact: Contact | None = None
    closed: bool = False
    zones: list[ZoneForm] = []
    doors: list[DoorForm] = []
    products: list[ProductForm] = []
    showings: list[ShowingForm] = []


class NewEvent(EventForm, kw_only=True):
    """Form of a new event: the body of `POST /api/events`."""

    starts_at: datetime
    ends_at: datetime


def read_event(
    raw: object, *, is_endless: bool = False, kept: Sequence[Price] = (), stored: Mapping[str, Any] | None = None
) -> EventForm:
    """Return an event's form from JSON; only the box office is endless. Raises `BadInput` with all that is wrong.

    `stored` is the event that it changes as JSON, and `kept` are its prices: an older version took any text and any
    price, and they may stay as they are.
    """
    form, problems = collect(object_of(raw), NewEvent if stored is None else EventForm)
    keep_texts(form, raw, stored or {}, problems)
    _check_span(form, problems, is_endless=is_endless)
    _check_event(form, problems)
    check_prices(form.products, kept, problems)
    problems.raise_if_any(UNUSABLE)
    return form


def read_showings(raw: object, zone: ZoneInfo) -> list[ShowingForm]:
    """Return showings from JSON: one, or a list of them. Raises `BadInput` with all that is wrong."""

    def check(rows: list[ShowingForm], problems: Problems) -> None:
        _check_showings(rows, zone, problems)

    return read_list(raw, ShowingForm, "The showings cannot be used", "showings", check)


def read_showing_patches(raw: object, zone: ZoneInfo) -> list[ShowingPatch]:
    """Return changes of showings from JSON: one, or a list of them. Raises `BadInput` with all that is wrong."""

    def check(rows: list[ShowingPatch], problems: Problems) -> None:
        _check_showings(rows, zone, problems)

    return read_list(raw, ShowingPatch, "The showings cannot be used", "showings", check)


def _check_event(form: EventForm, problems: Problems) -> None:
    _check_reentry(form, problems)
    _check_names(form, problems)
    _check_doors(form, problems)
    _check_key(form, problems)
    _check_showings(form.showings, _zone(form, problems), problems)
    for field, wrong in contact_problems(form.contact or Contact()):
        problems.add(f"contact.{field}", wrong)
    if form.language is not None and form.language not in tags():
        problems.add("language", ONE_OF_THE_LANGUAGES)
    if form.exit_all_at is not None and not TIME_OF_DAY.fullmatch(form.exit_all_at):
        problems.add("exit_all_at", "must be HH:MM")


def _zone(form: EventForm, problems: Problems) -> ZoneInfo | None:
    """Return the event's time zone, None for one that is not known, which is a problem."""
    try:
        return zone_of(form.timezone)
    except BadInput as unknown:
        problems.update(unknown.errors)
        return None


def _check_span(form: EventForm, problems: Problems, *, is_endless: bool) -> None:
    missing = [field for field in ("starts_at", "ends_at") if getattr(form, field) is None]
    if missing and not (is_endless and len(missing) == 2):
        problems.update(dict.fromkeys(missing, MISSING))
    for field in ("starts_at", "ends_at"):
        _check_moment(getattr(form, field), field, problems)
    if problems.errors.keys() & {"starts_at", "ends_at"} or form.starts_at is None or form.ends_at is None:
        return
    if form.starts_at >= form.ends_at:
        problems.add("ends_at", "must be after starts_at")


def _check_reentry(form: EventForm, problems: Problems) -> None:
    rules = {"reentry": form.reentry}
    rules |= {
        f"products[{n}].reentry": each.reentry for n, each in enumerate(form.products) if each.reentry is not None
    }
    for path, rule in rules.items():
        if not REENTRY.fullmatch(rule):
            problems.add(path, "must be single, reentry, multi:N or daily")


def _check_key(form: EventForm, problems: Problems) -> None:
    if form.imported_pem is None:
        return
    try:
        load_public(form.imported_pem)
    except InvalidKey as wrong:
        problems.add("publicKeyPem", wrong.message)


def _check_names(form: EventForm, problems: Problems) -> None:
    for field in ("zones", "doors", "products"):
        names = [each.name for each in getattr(form, field)]
        ids = [each.id for each in getattr(form, field) if getattr(each, "id", None) is not None]
        if len(set(names)) < len(names) or len(set(ids)) < len(ids):
            problems.add(field, "names must differ")


def _check_doors(form: EventForm, problems: Problems) -> None:
    zones, products = {zone.name for zone in form.zones}, {product.name for product in form.products}
    for n, door in enumerate(form.doors):
        at = f"doors[{n}]"
        for field in ("into", "out_of"):
            if getattr(door, field) not in {None, *zones} and not problems.has("zones"):
                problems.add(f"{at}.{field}", "names no zone of this event")
        if not set(door.products or ()) <= products and not problems.has("products"):
            problems.add(f"{at}.products", "names a product that this event has not")
        for field in ("opens_at", "closes_at"):
            _check_moment(getattr(door, field), f"{at}.{field}", problems)


def _check_moment(moment: datetime | None, path: str, problems: Problems) -> None:
    if moment is not None and moment.tzinfo is None:
        problems.add(path, "needs a UTC offset, like 2026-12-24T20:30:00+01:00")
    elif moment is not None and not is_reckonable(moment):
        problems.add(path, OUT_OF_RANGE)


def _check_showings(rows: Sequence[ShowingForm | ShowingPatch], zone: ZoneInfo | None, problems: Problems) -> None:
    """Add the errors of showings; without a zone it is not known which times one skips."""
    seen = set()
    for n, showing in enumerate(rows):
        at = f"showings[{n}]"
        _check_showing(showing, zone or ZoneInfo("UTC"), at, problems)
        if (showing.date, showing.time) in seen:
            problems.add(at, "the same time twice")
        seen.add((showing.date, showing.time))


def _check_showing(showing: ShowingForm | ShowingPatch, zone: ZoneInfo, at: str, problems: Problems) -> None:
    ends_at = None if showing.ends_at is msgspec.UNSET else showing.ends_at
    _check_moment(ends_at, f"{at}.ends_at", problems)
    try:
        starts_at = to_instant(showing.date, showing.time, zone)
    except BadInput as wrong:
        problems.update(wrong.errors, at)
        return
    if ends_at is not None and ends_at.tzinfo is not None and ends_at <= starts_at:
        problems.add(f"{at}.ends_at", "must be after its beginning")
