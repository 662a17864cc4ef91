"""What organisers write of an event, checked: every field that is wrong is named at once. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from hub.door.codes import InvalidKey, load_public
from hub.errors import BadInput
from hub.formats.local_time import FIRST_YEAR, LAST_YEAR, is_reckonable, to_instant, zone_of
from hub.model.event import Price

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
OUT_OF_RANGE = f"must be in the years {FIRST_YEAR} to {LAST_YEAR}"
REENTRY = re.compile(r"single|reentry|daily|multi:[1-9][0-9]{0,3}")


class ZoneForm(msgspec.Struct, kw_only=True):
    """A zone as organisers write it. `id` keeps one that is renamed."""

    name: Name
    id: str | None = None
    max_inside: Limit | None = None


class DoorForm(msgspec.Struct, kw_only=True):
    """A door as organisers write it; `into` and `out_of` name zones. `id` keeps one that is renamed."""

    name: Name
    id: str | None = None
    into: str | None = None
    out_of: str | None = None
    products: list[str] | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class ProductForm(msgspec.Struct, kw_only=True):
    """A product as organisers write it."""

    name: Name
    reentry: str | None = None
    notice: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    prices: list[Price] = []


class ShowingForm(msgspec.Struct, kw_only=True):
    """A showing as organisers write it."""

    date: str
    time: str
    capacity: Limit
    ends_at: datetime | None = None


class EventForm(msgspec.Struct, kw_only=True):
    """An event as organisers write it: the body of `POST /api/events`, and what a `PATCH` comes to."""

    name: Name
    timezone: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """Both are needed, except by the box office, which has no end."""
    venue: Name | None = None
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
    phone_limit: Limit = 6
    hold_minutes: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    exit_all_at: str | None = None
    wallet: Literal["off", "invited", "on"] = "on"
    closed: bool = False
    zones: list[ZoneForm] = []
    doors: list[DoorForm] = []
    products: list[ProductForm] = []
    showings: list[ShowingForm] = []


def parse_event(raw: object, *, is_endless: bool = False) -> EventForm:
    """Return an event's form from JSON; only the box office is endless. Raises `BadInput` for what is wrong."""
    form: EventForm = _parse(raw, EventForm)
    _check(form, zone_of(form.timezone), is_endless=is_endless)
    return form


def parse_showings(raw: object, zone: ZoneInfo) -> list[ShowingForm]:
    """Return showings from JSON: one, or a list of them. Raises `BadInput` naming every field that is wrong."""
    rows: list[ShowingForm] = _parse(raw if isinstance(raw, list) else [raw], list[ShowingForm])
    if errors := _check_showings(rows, zone, "showings"):
        raise BadInput("The showings cannot be used", errors)
    return rows


def _parse(raw: object, form: Any) -> Any:
    try:
        return msgspec.convert(raw, form)
    except msgspec.ValidationError as wrong:
        raise BadInput("The event cannot be used", field_error(wrong)) from wrong


def field_error(wrong: msgspec.ValidationError) -> dict[str, str]:
    """Return which field a validation error is about, and what is wrong with it."""
    text, _, path = str(wrong).partition(" - at `$.")
    if path:
        return {path.rstrip("`"): text}
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text)
    return {missing[1]: "is required"} if missing else {"body": text}


def _check(form: EventForm, zone: ZoneInfo, *, is_endless: bool) -> None:
    errors = _check_span(form, is_endless=is_endless)
    errors |= _check_reentry(form) | _check_names(form) | _check_moments(form) | _check_key(form)
    errors |= _check_showings(form.showings, zone, "showings")
    if form.exit_all_at is not None and not TIME_OF_DAY.fullmatch(form.exit_all_at):
        errors["exit_all_at"] = "must be HH:MM"
    if errors:
        raise BadInput("The event cannot be used", errors)


def _check_span(form: EventForm, *, is_endless: bool) -> dict[str, str]:
    if form.starts_at is None or form.ends_at is None:
        missing = [field for field in ("starts_at", "ends_at") if getattr(form, field) is None]
        return {} if is_endless and len(missing) == 2 else dict.fromkeys(missing, "is required")
    if form.starts_at.tzinfo is None or form.ends_at.tzinfo is None:
        return {"starts_at": "needs a UTC offset, like 2026-12-24T20:30:00+01:00"}
    if far := [field for field in ("starts_at", "ends_at") if not is_reckonable(getattr(form, field))]:
        return dict.fromkeys(far, OUT_OF_RANGE)
    return {} if form.starts_at < form.ends_at else {"ends_at": "must be after starts_at"}


def _check_reentry(form: EventForm) -> dict[str, str]:
    errors = {} if REENTRY.fullmatch(form.reentry) else {"reentry": "must be single, reentry, multi:N or daily"}
    for n, product in enumerate(form.products):
        if product.reentry is not None and not REENTRY.fullmatch(product.reentry):
            errors[f"products[{n}].reentry"] = "must be single, reentry, multi:N or daily"
    return errors


def _check_key(form: EventForm) -> dict[str, str]:
    if form.imported_pem is None:
        return {}
    try:
        load_public(form.imported_pem)
    except InvalidKey as wrong:
        return {"publicKeyPem": wrong.message}
    return {}


def _check_names(form: EventForm) -> dict[str, str]:
    errors = {}
    for field in ("zones", "doors", "products"):
        names = [each.name for each in getattr(form, field)]
        ids = [each.id for each in getattr(form, field) if getattr(each, "id", None) is not None]
        if len(set(names)) < len(names) or len(set(ids)) < len(ids):
            errors[field] = "names must differ"
    zones, products = {zone.name for zone in form.zones}, {product.name for product in form.products}
    for n, door in enumerate(form.doors):
        for field in ("into", "out_of"):
            if getattr(door, field) not in {None, *zones}:
                errors[f"doors[{n}].{field}"] = "names no zone of this event"
        if not set(door.products or ()) <= products:
            errors[f"doors[{n}].products"] = "names a product that this event has not"
    return errors


def _check_moments(form: EventForm) -> dict[str, str]:
    moments = {f"doors[{n}].{f}": getattr(d, f) for n, d in enumerate(form.doors) for f in ("opens_at", "closes_at")}
    return {field: wrong for field, moment in moments.items() if (wrong := _wrong_moment(moment))}


def _wrong_moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        return "needs a UTC offset"
    return None if is_reckonable(moment) else OUT_OF_RANGE


def _check_showings(rows: Sequence[ShowingForm], zone: ZoneInfo, path: str) -> dict[str, str]:
    errors: dict[str, str] = {}
    seen = set()
    for n, showing in enumerate(rows):
        at = f"{path}[{n}]"
        try:
            to_instant(showing.date, showing.time, zone)
        except BadInput as wrong:
            errors |= {f"{at}.{field}": text for field, text in wrong.errors.items()}
        if wrong_end := _wrong_moment(showing.ends_at):
            errors[f"{at}.ends_at"] = wrong_end
        if (showing.date, showing.time) in seen:
            errors[at] = "the same time twice"
        seen.add((showing.date, showing.time))
    return errors
