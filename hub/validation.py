"""Validation: the one way from JSON, or from a query, to a typed form; every field error at once, in our own words.

A form is a msgspec struct: its types and limits are the first half of its rules. The other half, what fields must be
to each other, is a `check` of the form's own. Both halves speak at once: where fields could not be read, the check sees
stand-ins in their place (the default, or an empty value), and what it says of those is not heard.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, TypeVar, cast
from uuid import UUID

import msgspec
from msgspec import inspect

from hub.errors import BadInput
from hub.formats.contact import ENDS, UNSEEN, VARIATION

F = TypeVar("F")
_STEERING = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
PROSE = msgspec.Meta(pattern=rf"\A[^{_STEERING}]*\Z", extra={"pattern": "must hold no control characters"})
"""Text of several lines: of the characters that steer a page or a printer, it may hold line feeds and tabs alone."""
_BLANK = rf"\s{ENDS}{VARIATION}\u061c\u200e\u200f\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
_OVERRIDES = r"\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
"""Characters that turn the direction of the line around them, which may be another text's, or hide a part of it."""
_ONE_LINE = rf"[^{_STEERING}{_OVERRIDES}\t\n\r]*\Z"
VISIBLE = msgspec.Meta(
    pattern=rf"\A(?=.*[^{_BLANK}{UNSEEN}]){_ONE_LINE}",
    extra={"pattern": "must be visible text in one line, without control characters"},
    extra_json_schema={"pattern": rf"\A(?=.*[^{_BLANK}]){_ONE_LINE}"},  # without the hundreds of combining marks
)
"""Text of one line with something to see in it."""
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200), VISIBLE]
"""The name of a thing that organisers name."""
MOST_ERRORS = 100
"""Errors of one form that are named, so that no body makes an answer larger than itself."""
LONGEST_NAME = 100
"""Characters of an unknown field's name that are repeated to its sender."""
MISSING = "is missing"
UNREADABLE = "cannot be used"
MALFORMED = "is not of the right form"
NUMBER = "must be {}"
TIME_WORDS = "must be a time with a UTC offset, like 2026-12-24T20:30:00+01:00"


class Problems:
    """Field errors of one form: path to text, as `tickets[0].name` to `must be text`. The first of a field counts."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}
        self._unread: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """No more errors are named once this is true."""
        return len(self.errors) >= MOST_ERRORS

    def add(self, path: str, text: str) -> None:
        """Add a field's error; nothing is said of a stand-in, nor twice of one field."""
        if not self.is_full and path not in self.errors and not self.has(path):
            self.errors[path] = text

    def update(self, errors: Mapping[str, str], within: str = "") -> None:
        """Add several errors; `within` is the path of the object that their fields are of."""
        for path, text in errors.items():
            self.add(_inside(within, path), text)

    def has(self, *paths: str) -> bool:
        """Return whether one of these fields, or one around or in it, could not be read."""
        return any(_is_within(path, wrong) or _is_within(wrong, path) for path in paths for wrong in self._unread)

    def keep(self, path: str) -> None:
        """Take a field's error back: its value stays as it was sent."""
        self.errors.pop(path, None)
        self._unread = tuple(each for each in self._unread if each != path)

    def end_reading(self) -> None:
        """Count all fields named so far as unreadable."""
        self._unread = tuple(self.errors)

    def raise_if_any(self, summary: str) -> None:
        """Raise `BadInput` (422) with all errors, where there are any."""
        if self.errors:
            raise BadInput(summary, self.errors)

    def as_text(self) -> str:
        """Return all of it as one line."""
        return "; ".join(f"{path}: {text}" for path, text in self.errors.items())


Check = Callable[[F, Problems], None]
"""The rules between a form's fields: adds what is wrong to the problems."""


def read_form(raw: object, form: type[F], summary: str, check: Check[F] | None = None) -> F:
    """Return a body's JSON object as `form`. Raises `BadInput`: 422 with each field's error, 400 for no object."""
    found, problems = collect(object_of(raw), form, check)
    problems.raise_if_any(summary)
    return found


def read_list(raw: object, form: type[F], summary: str, path: str, check: Check[list[F]] | None = None) -> list[F]:
    """Return a body's JSON as forms, one alone as a list of one. Raises `BadInput` whose errors begin with `path`."""
    rows = raw if isinstance(raw, list) else [object_of(raw)]
    found, problems = collect(rows, list[form], check, path)  # type: ignore[valid-type]
    problems.raise_if_any(summary)
    return found


def read_message(raw: object, form: type[F], check: Check[F] | None = None) -> F:
    """Return a door's or a socket's message as `form`. Raises `BadInput` (bad_request): its text names each error."""
    found, problems = collect(object_of(raw), form, check)
    if problems.errors:
        raise BadInput(problems.as_text(), problems.errors, code="bad_request", status=400)
    return found


def read_query(texts: Mapping[str, str], form: type[F], summary: str, check: Check[F] | None = None) -> F:
    """Return a query's parameters as `form`, numbers and times read from their text. Raises `BadInput` as a body."""
    return read_form(query_values(texts, form), form, summary, check)


def query_values(texts: Mapping[str, str], form: Any) -> dict[str, object]:
    """Return a query's parameters that `form` knows, as JSON would have them; one of the wrong type stays text."""
    kinds = {field.encode_name: field.type for field in _struct_of(form).fields}
    return {name: _from_text(text, kinds[name]) for name, text in texts.items() if name in kinds}


def collect(raw: object, form: type[F], check: Check[F] | None = None, path: str = "") -> tuple[F, Problems]:
    """Return `raw` as `form` and its errors; stand-ins take the place of bad fields."""
    problems = Problems()
    try:
        found = msgspec.convert(raw, form)
    except msgspec.ValidationError:
        found = _read(raw, _kind_of(cast(Any, form)), path, problems)
        if not problems.errors:
            problems.add(path or "body", UNREADABLE)
        problems.end_reading()
    if check is not None:
        check(found, problems)
    return found, problems


def object_of(raw: object) -> dict[str, Any]:
    """Return a body that is a JSON object. Raises `BadInput` with 400 for any other."""
    if not isinstance(raw, dict):
        raise BadInput("The body must be a JSON object", code="bad_request", status=400)
    return raw


@cache
def _kind_of(form: Any) -> inspect.Type:
    return inspect.type_info(form)


def _struct_of(form: Any) -> inspect.StructType:
    kind = _kind_of(form)
    assert isinstance(kind, inspect.StructType)
    return kind


# --- one value of one type ------------------------------------------------------------------------------------------


def _read(value: object, kind: inspect.Type, path: str, problems: Problems) -> Any:
    """Return `value` as `kind`, or a stand-in once its errors are among the problems."""
    match kind:
        case inspect.StructType():
            return _read_struct(value, kind, path, problems)
        case inspect.ListType():
            return _read_items(value, kind, path, problems)
        case inspect.DictType():
            return _read_entries(value, kind, path, problems)
        case inspect.UnionType():
            return _read_union(value, kind, path, problems)
        case _:
            if text := _wrong(value, kind):
                problems.add(path, text)
                return _stand_in(kind)
            return msgspec.convert(value, _type_of(kind))


def _read_struct(value: object, kind: inspect.StructType, path: str, problems: Problems) -> Any:
    if not isinstance(value, dict):
        problems.add(path, "must be an object")
        return _stand_in(kind)
    fields: dict[str, Any] = {}
    for field in kind.fields:
        within = _inside(path, field.encode_name)
        if field.encode_name in value:
            fields[field.name] = _read(value[field.encode_name], field.type, within, problems)
        elif field.required:
            problems.add(within, MISSING)
            fields[field.name] = _stand_in(field.type)
    if kind.forbid_unknown_fields:
        for name in value.keys() - {field.encode_name for field in kind.fields}:
            problems.add(_inside(path, name[:LONGEST_NAME]), "is not known here")
    return kind.cls(**fields)


def _read_items(value: object, kind: inspect.ListType, path: str, problems: Problems) -> list[Any]:
    if not isinstance(value, list):
        problems.add(path, "must be a list")
        return []
    if text := _out_of(len(value), kind.min_length, kind.max_length, "must have {} entries"):
        problems.add(path, text)
        return []
    return [
        _read(each, kind.item_type, f"{path}[{n}]", problems) for n, each in enumerate(value) if not problems.is_full
    ]


def _read_entries(value: object, kind: inspect.DictType, path: str, problems: Problems) -> dict[str, Any]:
    if not isinstance(value, dict):
        problems.add(path, "must be an object")
        return {}
    if text := _out_of(len(value), kind.min_length, kind.max_length, "must have {} entries"):
        problems.add(path, text)
        return {}
    items = [(name, each, _inside(path, name[:LONGEST_NAME])) for name, each in value.items()]
    return {name: _read(each, kind.value_type, at, problems) for name, each, at in items if not problems.is_full}


def _read_union(value: object, kind: inspect.UnionType, path: str, problems: Problems) -> Any:
    options = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    if value is None and kind.includes_none:
        return None
    if len(options) == 1:
        known = len(problems.errors)
        found = _read(value, options[0], path, problems)
        return None if len(problems.errors) > known and kind.includes_none else found
    for option in options:
        if not _wrong(value, option):
            return _read(value, option, path, problems)
    problems.add(path, " or ".join(dict.fromkeys(filter(None, (_wrong(value, option) for option in options)))))
    return None


# --- the words --------------------------------------------------------------------------------------------------------


def _wrong(value: object, kind: inspect.Type) -> str | None:
    """Return the error of one plain value, or None."""
    match kind:
        case inspect.Metadata():
            extra = kind.extra or {}
            text = _wrong(value, kind.type)
            return extra["pattern"] if text == MALFORMED and "pattern" in extra else text and extra.get("error", text)
        case inspect.StrType():
            return _wrong_text(value, kind)
        case inspect.IntType():
            is_number = isinstance(value, int) and not isinstance(value, bool)
            return _wrong_number(value, kind) if is_number else "must be a whole number"
        case inspect.FloatType():
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return _wrong_number(value, kind) if is_number else "must be a number"
        case inspect.BoolType():
            return None if isinstance(value, bool) else "must be true or false"
        case inspect.LiteralType():
            is_one = any(value == each and type(value) is type(each) for each in kind.values)
            return None if is_one else f"must be one of: {', '.join(map(str, kind.values))}"
        case inspect.DateTimeType():
            return None if _is_convertible(value, datetime) else TIME_WORDS
        case inspect.UUIDType():
            return None if _is_convertible(value, UUID) else "must be a uuid"
        case inspect.AnyType():
            return None
        case _:
            raise TypeError(f"No form may hold {kind}: there are no words for it")


def _wrong_text(value: object, kind: inspect.StrType) -> str | None:
    if not isinstance(value, str):
        return "must be text"
    if text := _out_of(len(value), kind.min_length, kind.max_length, "must be {} characters"):
        return text
    return None if kind.pattern is None or re.search(kind.pattern, value) else MALFORMED


def _wrong_number(value: Any, kind: inspect.IntType | inspect.FloatType) -> str | None:
    low, high = kind.ge, kind.le
    if isinstance(kind, inspect.IntType):
        low = kind.gt + 1 if kind.gt is not None else low
        high = kind.lt - 1 if kind.lt is not None else high
    text = _out_of(value, low, high, NUMBER)
    return text or (None if _is_convertible(value, _type_of(kind)) else "is too large")


def _out_of(number: float, low: float | None, high: float | None, words: str) -> str | None:
    """Return in words the bounds that a number exceeds, or None."""
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    if low == 1 and high is None and words != NUMBER:
        return "must not be empty"
    if low is None:
        return words.format(f"at most {high}")
    return words.format(f"at least {low}" if high is None else f"{low} to {high}")


def _is_convertible(value: object, form: Any) -> bool:
    try:
        msgspec.convert(value, form)
    except (msgspec.ValidationError, OverflowError):
        return False
    return True


_TYPES: Mapping[type[inspect.Type], Any] = {
    inspect.StrType: str,
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.BoolType: bool,
    inspect.DateTimeType: datetime,
    inspect.UUIDType: UUID,
}


def _type_of(kind: inspect.Type) -> Any:
    return _type_of(kind.type) if isinstance(kind, inspect.Metadata) else _TYPES.get(type(kind), Any)


# --- stand-ins --------------------------------------------------------------------------------------------------------


def _stand_in(kind: inspect.Type) -> Any:
    """Return a value of a type, for checks to look at in place of one that could not be read."""
    match kind:
        case inspect.Metadata():
            return _stand_in(kind.type)
        case inspect.StructType():
            return kind.cls(**{field.name: _stand_in(field.type) for field in kind.fields if field.required})
        case inspect.UnionType():
            return None if kind.includes_none else _stand_in(kind.types[0])
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.DateTimeType():
            return datetime(2000, 1, 1, tzinfo=UTC)
        case inspect.UUIDType():
            return UUID(int=0)
        case inspect.ListType():
            return []
        case inspect.DictType():
            return {}
        case _:
            return _type_of(kind)() if _type_of(kind) is not Any else None


# --- paths and texts --------------------------------------------------------------------------------------------------


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_within(path: str, whole: str) -> bool:
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def _from_text(text: str, kind: inspect.Type) -> object:
    """Return a query's text as JSON would have it, or the text itself where it is none of its kind."""
    for option in _options(kind):
        match option:
            case inspect.IntType() if WHOLE.fullmatch(text):
                return int(text)
            case inspect.BoolType() if text in ("true", "false"):
                return text == "true"
            case inspect.DateTimeType():
                return text.replace(" ", "+")  # a plus that was not escaped arrives as a space
            case _:
                continue
    return text


def _options(kind: inspect.Type) -> Iterator[inspect.Type]:
    match kind:
        case inspect.UnionType():
            for each in kind.types:
                yield from _options(each)
        case inspect.Metadata():
            yield from _options(kind.type)
        case _:
            yield kind
