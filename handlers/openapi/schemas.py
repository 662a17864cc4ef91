"""Schemas of the OpenAPI document: JSON Schema of the types that bodies are converted to and answers encoded from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import msgspec
from msgspec import inspect

Schema = dict[str, Any]
PREFIX = "#/components/schemas/"
_FAR = r"(?:[\U00010000-\U0010ffff]|\\U[0-9a-fA-F]{8})"
BEYOND = re.compile(rf"{_FAR}(-{_FAR})?")
"""Characters beyond the first plane, and ranges of them: not every reader of patterns takes them for one each."""


class Schemas:
    """Schemas of all types of the API. `inputs` are types of bodies and queries, `outputs` types of answers."""

    def __init__(self, inputs: Iterable[Any], outputs: Iterable[Any]) -> None:
        self._inputs, outputs = [*inputs], [*outputs]
        types = [*self._inputs, *outputs]
        schemas, components = msgspec.json.schema_components(types, ref_template=PREFIX + "{name}")
        _add_formats(types, components)
        for schema in (*schemas, *components.values()):
            _mend(schema)
        sent = _reachable(schemas[: len(self._inputs)], components)
        spare = {_component_name(each, components) for each in _structs(types) if _omits_defaults(each)}
        for name in _reachable(schemas[len(self._inputs) :], components) - sent - spare:
            _require_all(components[name])
        names = {name: short_name(name, components) for name in components}
        self._by_type = {repr(kind): _renamed(schema, names) for kind, schema in zip(types, schemas, strict=True)}
        self.components: dict[str, Schema] = {
            names[name]: _titled(_renamed(each, names), names[name]) for name, each in components.items()
        }

    def of(self, kind: Any) -> Schema:
        """Return the schema of a type, or of any one of a tuple of types."""
        if isinstance(kind, tuple):
            return {"anyOf": [self.of(each) for each in kind]}
        return deepcopy(self._by_type[repr(kind)])

    def part_of(self, kind: Any) -> Schema:
        """Return the schema of a body that may leave any field of `kind` out, a component of its own."""
        name = self.of(kind)["$ref"].removeprefix(PREFIX)
        whole = deepcopy(self.components[name])
        properties = {each: _without_default(schema) for each, schema in whole["properties"].items()}
        part = {**whole, "title": f"{name}Part", "properties": properties}
        part.pop("required", None)
        self.components[f"{name}Part"] = part
        return {"$ref": f"{PREFIX}{name}Part"}

    def fields(self, kind: Any) -> Iterator[tuple[str, Schema, bool]]:
        """Yield the fields of a query's form: name, schema and whether it is required; none of them is null."""
        whole = self.components[self.of(kind)["$ref"].removeprefix(PREFIX)]
        for name, schema in whole["properties"].items():
            yield name, _without_null(schema), name in whole.get("required", ())

    def prune(self, used: Iterable[Any]) -> None:
        """Drop the components that nothing in `used` leads to: queries' forms stand in the parameters."""
        kept = _reachable(used, self.components)
        self.components = {name: each for name, each in self.components.items() if name in kept}


def short_name(name: str, components: Mapping[str, Schema]) -> str:
    """Return the name of a type that shares its own with another: its folder before it."""
    if "." not in name:
        return name
    _, folder, *_, own = name.split(".")
    short = f"{folder.capitalize()}{own}"
    return name.replace(".", "_") if short in components else short


def _renamed(schema: Any, names: Mapping[str, str]) -> Any:
    match schema:
        case {"$ref": str(ref), **rest}:
            return {"$ref": PREFIX + names[ref.removeprefix(PREFIX)], **rest}
        case dict():
            return {key: _renamed(value, names) for key, value in schema.items()}
        case list():
            return [_renamed(each, names) for each in schema]
    return schema


def _titled(schema: Schema, name: str) -> Schema:
    """Return a component under its own name: generators name classes by titles, and drop one that is there twice."""
    return {**schema, "title": name} if "title" in schema else schema


def _mend(schema: Any) -> None:
    """Write patterns as JSON Schema has them, which are Python's."""
    if isinstance(schema, list):
        for each in schema:
            _mend(each)
    elif isinstance(schema, dict):
        if isinstance(pattern := schema.get("pattern"), str):
            schema["pattern"] = json_pattern(pattern)
        for each in schema.values():
            _mend(each)


def json_pattern(pattern: str) -> str:
    """Return a pattern of Python as one of JSON Schema: its ends; classes without surrogates and further planes."""
    plain = pattern.replace(r"\A", "^").replace(r"\Z", "$").replace(r"\ud800-\udfff", "")
    return BEYOND.sub("", plain)


def _reachable(schemas: Iterable[Any], components: Mapping[str, Schema]) -> set[str]:
    """Return the components that schemas name, and those that they name in turn."""
    found: set[str] = set()
    open_ones = [*schemas]
    while open_ones:
        for name in _refs(open_ones.pop()):
            if name not in found and name in components:
                found.add(name)
                open_ones.append(components[name])
    return found


def _refs(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for each in schema:
            yield from _refs(each)
    elif isinstance(schema, dict):
        if isinstance(ref := schema.get("$ref"), str):
            yield ref.removeprefix(PREFIX)
        for each in schema.values():
            yield from _refs(each)


def _require_all(schema: Schema) -> None:
    """Require what an answer always holds: a field with a default is encoded as any other."""
    properties = schema.get("properties", {})
    required = {*schema.get("required", ()), *(name for name, each in properties.items() if "default" in each)}
    schema["properties"] = {name: _without_default(each) for name, each in properties.items()}
    if required:
        schema["required"] = [name for name in properties if name in required]


def _without_default(schema: Schema) -> Schema:
    return {name: value for name, value in schema.items() if name != "default"}


def _without_null(schema: Schema) -> Schema:
    """Return the schema of a parameter: one that is left out is null, none is sent as null."""
    kept = {name: value for name, value in schema.items() if not (name == "default" and value is None)}
    if isinstance(kept.get("enum"), list):
        kept["enum"] = [each for each in kept["enum"] if each is not None]
    options = [each for each in kept.get("anyOf", []) if each.get("type") != "null"]
    if len(options) == 1:
        kept.pop("anyOf")
        return {**options[0], **kept}
    return kept


# --- instants, whose schema says no more than that they are text -----------------------------------------------------


def _add_formats(types: Iterable[Any], components: Mapping[str, Schema]) -> None:
    """Add the format of instants to the fields of all structs."""
    for kind in _structs(types):
        schema = components.get(_component_name(kind, components), {})
        for field in kind.fields:
            if any(isinstance(each, inspect.DateTimeType) for each in _parts(field.type)):
                _mark(schema.get("properties", {}).get(field.encode_name))


def _component_name(kind: inspect.StructType, components: Mapping[str, Schema]) -> str:
    """Return the name that msgspec gives a struct: where several have its own, with its module."""
    qualified = re.sub(r"[^a-zA-Z0-9._-]", "_", f"{kind.cls.__module__}.{kind.cls.__qualname__}")
    return qualified if qualified in components else kind.cls.__name__


def _omits_defaults(kind: inspect.StructType) -> bool:
    """Return whether an answer leaves out the fields of a struct that hold their defaults."""
    return kind.cls.__struct_config__.omit_defaults


def _mark(schema: Any) -> None:
    if isinstance(schema, dict):
        if schema.get("type") == "string" and "enum" not in schema:
            schema["format"] = "date-time"
        for name in ("anyOf", "items", "prefixItems"):
            _mark(schema.get(name))
    elif isinstance(schema, list):
        for each in schema:
            _mark(each)


def _structs(types: Iterable[Any]) -> Iterator[inspect.StructType]:
    known: set[type] = set()
    open_ones = [inspect.type_info(each) for each in types]
    while open_ones:
        for kind in _parts(open_ones.pop()):
            if isinstance(kind, inspect.StructType) and kind.cls not in known:
                known.add(kind.cls)
                yield kind
                open_ones.extend(field.type for field in kind.fields)


def _parts(kind: inspect.Type) -> Iterator[inspect.Type]:
    """Yield a type and those that it is made of, down to the structs in it."""
    yield kind
    match kind:
        case inspect.UnionType():
            inner: tuple[inspect.Type, ...] = kind.types
        case inspect.Metadata():
            inner = (kind.type,)
        case inspect.DictType():
            inner = (kind.key_type, kind.value_type)
        case inspect.TupleType():
            inner = kind.item_types
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType() | inspect.FrozenSetType():
            inner = (kind.item_type,)
        case _:
            inner = ()
    for each in inner:
        yield from _parts(each)
