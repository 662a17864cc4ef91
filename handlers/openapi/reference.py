"""Reference of the API: the OpenAPI document in the shape in which its page shows it. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from handlers.openapi.schemas import PREFIX, Schema

LONGEST_CHOICE = 12
"""Values of a field that are listed; of more the first ones."""
BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "{} characters or more",
    "maxLength": "{} characters at most",
    "minItems": "{} entries or more",
    "maxItems": "{} entries at most",
}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """Field or parameter: its type in words, and the types that these name."""

    name: str
    words: str
    types: Sequence[str]
    is_required: bool = False
    place: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of an operation, by its status."""

    status: str
    text: str
    words: str
    types: Sequence[str]
    example: str | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    who: str
    fields: Sequence[Field]
    body: Field | None
    example: str | None
    answers: Sequence[Answer]


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """Operations of one tag."""

    name: str
    text: str
    entries: Sequence[Entry]


class TypeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Type with its fields."""

    name: str
    text: str
    fields: Sequence[Field]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """Reference of the API: its operations by tag, and its types."""

    version: str
    families: Sequence[Family]
    types: Sequence[TypeEntry]


def make_reference(document: Mapping[str, Any]) -> Reference:
    """Return the reference of an OpenAPI document."""
    operations = [
        (path, method, each) for path, methods in document["paths"].items() for method, each in methods.items()
    ]
    shared = document["components"]["responses"]
    families = [
        Family(
            name=tag["name"],
            text=tag["description"],
            entries=[_entry(*each, shared) for each in operations if tag["name"] in each[2]["tags"]],
        )
        for tag in document["tags"]
    ]
    types = [
        TypeEntry(name=name, text=each.get("description", ""), fields=[*_fields(each)])
        for name, each in document["components"]["schemas"].items()
    ]
    return Reference(version=document["info"]["version"], families=families, types=types)


def _entry(path: str, method: str, operation: Schema, shared: Mapping[str, Schema]) -> Entry:
    body, example = _body(operation)
    return Entry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        who=operation["description"],
        fields=[_field(each["name"], each, each.get("required", False)) for each in operation["parameters"]],
        body=body,
        example=example,
        answers=[_answer(status, each, shared) for status, each in sorted(operation["responses"].items())],
    )


def _field(name: str, owner: Schema, is_required: bool) -> Field:
    schema = owner["schema"]
    return Field(
        name=name,
        words=words(schema),
        types=[*dict.fromkeys(named(schema))],
        is_required=is_required,
        place=owner.get("in", ""),
    )


def _body(operation: Schema) -> tuple[Field | None, str | None]:
    if "requestBody" not in operation:
        return None, None
    content = operation["requestBody"]["content"]
    media, owner = next(iter(content.items()))
    kinds = media if len(content) == 1 else " or ".join(content)
    return _field(kinds, owner, operation["requestBody"]["required"]), _example(owner)


def _answer(status: str, response: Schema, shared: Mapping[str, Schema]) -> Answer:
    found = shared[response["$ref"].rpartition("/")[2]] if "$ref" in response else response
    schemas = [each["schema"] for each in found.get("content", {}).values()]
    kinds = [media if each == {"type": "string"} else words(each) for media, each in _contents(found)]
    return Answer(
        status=status,
        text=found["description"],
        words=" or ".join(kinds),
        types=[*dict.fromkeys(name for each in schemas for name in named(each))],
        example=next(filter(None, map(_example, found.get("content", {}).values())), None),
    )


def _example(content: Schema) -> str | None:
    """Return the example of a body or an answer, as it is shown."""
    return json.dumps(content["example"], indent=2, ensure_ascii=False) if "example" in content else None


def _contents(response: Schema) -> Iterable[tuple[str, Schema]]:
    return [(media, each["schema"]) for media, each in response.get("content", {}).items()]


def _fields(schema: Schema) -> Iterator[Field]:
    for name, each in schema.get("properties", {}).items():
        yield _field(name, {"schema": each}, name in schema.get("required", ()))


def words(schema: Schema) -> str:
    """Return a schema in words: `text, 200 characters at most`, `list of Door`, `whole number or nothing`."""
    bounds = [text.format(schema[name]) for name, text in BOUNDS.items() if name in schema]
    return ", ".join([_kind(schema), *bounds])


def _kind(schema: Schema) -> str:
    match schema:
        case {"$ref": str(ref)}:
            return ref.removeprefix(PREFIX)
        case {"anyOf": [*options]}:
            return " or ".join(words(each) for each in options)
        case {"enum": [*values]}:
            more = ", …" if len(values) > LONGEST_CHOICE else ""
            return "one of " + ", ".join(map(str, values[:LONGEST_CHOICE])) + more
        case {"type": "array", "items": dict(items)}:
            return f"list of {words(items)}"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"object of {words(values)}"
        case {"format": "date-time"}:
            return "instant"
        case {"type": str(name)}:
            return {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null"}.get(
                name, name
            )
    return "anything"


def named(schema: Any) -> Iterator[str]:
    """Yield the types that a schema names."""
    if isinstance(schema, list):
        for each in schema:
            yield from named(each)
    elif isinstance(schema, dict):
        if isinstance(ref := schema.get("$ref"), str):
            yield ref.removeprefix(PREFIX)
        for each in schema.values():
            yield from named(each)
