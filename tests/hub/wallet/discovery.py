"""Google's own description of its Wallet API, as `google-api-python-client` brings it along."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient

DOCUMENT = "discovery_cache/documents/walletobjects.v1.json"


@cache
def schemas() -> dict[str, Any]:
    """Return the schemas of the API by name."""
    found: dict[str, Any] = json.loads((Path(googleapiclient.__file__).parent / DOCUMENT).read_text())["schemas"]
    return found


def wrong_fields(said: Any, name: str) -> list[str]:
    """Return what of `said` is not as the schema `name` has it: unknown fields, wrong types, unknown values."""
    return _wrong(said, {"$ref": name}, name)


def _wrong(said: Any, schema: dict[str, Any], path: str) -> list[str]:
    if said is None:  # a PATCH takes a field away so
        return []
    if "$ref" in schema:
        schema = schemas()[schema["$ref"]]
    match schema["type"]:
        case "object":
            known = schema.get("properties", {})
            wrong = [f"{path}.{field}: unknown" for field in said.keys() - known.keys()]
            fields = said.keys() & known.keys()
            return wrong + [text for each in fields for text in _wrong(said[each], known[each], f"{path}.{each}")]
        case "array":
            return [text for n, each in enumerate(said) for text in _wrong(each, schema["items"], f"{path}[{n}]")]
        case "string" if not isinstance(said, str) or ("enum" in schema and said not in schema["enum"]):
            return [f"{path}: {said!r} is no value of it"]
        case "boolean" if not isinstance(said, bool):
            return [f"{path}: {said!r} is no boolean"]
    return []
