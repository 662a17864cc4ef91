"""OpenAPI 3.1 document of the hub's API, made from its routes: `GET /openapi.json`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from handlers.http.access import Rule
from handlers.http.access_words import role_words, rule_words
from handlers.http.operation import JSON
from handlers.openapi.examples import body_of
from handlers.openapi.links import add_links
from handlers.openapi.responses import responses_of, share_responses
from handlers.openapi.route import DescribableRoute, Described, described
from handlers.openapi.schemas import Schema, Schemas
from handlers.openapi.tags import TAGS, tag_of

VERSION = "0.2.0"
"""Version of the API; what it means: docs/booking-api.md, Versions."""
ABOUT = """Ticket scan hub: booking, running events, and the doors.

Every path answers with and without its trailing slash, `HEAD` wherever `GET` does, and 304 where `If-None-Match` has
the `ETag` of the answer. Refusals are problem details (RFC 9457) with a `code`, whose page is their `type`; those under
`/scan/` have the shape of the scan API. Texts of refusals are in the language of `Accept-Language`."""
CREDENTIALS: dict[str, Schema] = {
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Api-Key KEY`: the key of a script with scopes, or of a paired device, which holds `scan`.",
    },
    "login": {"type": "apiKey", "in": "cookie", "name": "hub", "description": "The cookie of a login at `/login`."},
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "Token of the login's pages, with every change that its cookie makes.",
    },
    "ticket": {"type": "http", "scheme": "bearer", "description": "A ticket's `access_token`; also as `?token=`."},
}
HEADERS: dict[str, Schema] = {
    "Idempotency-Key": {
        "description": "A new text for each request; the same one gets the first answer again, within 24 hours. "
        "Without a credential it has 22 characters at least.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "X-Device-Info": {"description": "A device's battery, clock and versions, as JSON.", "schema": {"type": "string"}},
    "Last-Event-ID": {"description": "Position to go on after: `<epoch>:<seq>`.", "schema": {"type": "string"}},
}


def make_document(routes: Iterable[DescribableRoute], base_url: str) -> dict[str, Any]:
    """Return the document of all operations that are described; `base_url` is the hub's address."""
    operations = [*described(routes)]
    schemas = Schemas(_inputs(operations), _outputs(operations))
    paths: dict[str, Schema] = {}
    for each in operations:
        paths.setdefault(each.path, {})[each.method] = _operation(each, schemas)
    add_links(operations, paths)
    responses = share_responses(paths)
    schemas.prune([paths, responses])
    login = {**CREDENTIALS["login"], "name": "__Host-hub" if base_url.startswith("https:") else "hub"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Scan Hub",
            "version": VERSION,
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base_url}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "responses": responses,
            "securitySchemes": {**CREDENTIALS, "login": login},
        },
    }


def _operation(each: Described, schemas: Schemas) -> Schema:
    found: Schema = {
        "operationId": each.operation_id,
        "summary": each.summary,
        "description": f"Who may: {_who(each.rule)}.",
        "tags": [tag_of(each.path)],
        "parameters": [*_parameters(each, schemas)],
        "security": _security(each),
    }
    if body := _body(each, schemas):
        found["requestBody"] = body
    found["responses"] = responses_of(each, schemas)
    return found


def _who(rule: Rule) -> str:
    roles = role_words(rule)
    return rule_words(rule) + (f"; roles for the event: {roles}" if roles else "")


def _parameters(each: Described, schemas: Schemas) -> Iterator[Schema]:
    for name in each.parameters:
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    operation = each.operation
    if operation.query is not None:
        for name, schema, is_required in schemas.fields(operation.query):
            yield {"name": name, "in": "query", "required": is_required, "schema": schema}
    for name, kind in operation.query_texts.items():
        yield {"name": name, "in": "query", "schema": schemas.of(kind)}
    for name in operation.headers:
        yield {"name": name, "in": "header", **HEADERS[name]}


def _security(each: Described) -> Sequence[Mapping[str, Sequence[str]]]:
    """Return the credentials that do, each of them alone."""
    rule = each.rule
    if not rule.is_asked:
        return []
    login: dict[str, list[str]] = {"login": []} if each.method in ("get", "head") else {"login": [], "csrf": []}
    found: list[dict[str, list[str]]] = [{}] if rule.is_open else []
    if rule.is_keyed:
        found += [login] if each.handler.is_for_logins else [{"key": [*rule.scopes]}, login]
    if rule.holder:
        found.append({"ticket": []})
    return found


def _body(each: Described, schemas: Schemas) -> Schema | None:
    operation = each.operation
    if operation.file:
        content = {media: {"schema": {"type": "string"}} for media in operation.file}
        return {"required": True, "content": content}
    kind = body_type(each)
    if kind is None:
        return None
    described_body: Schema = {"schema": schemas.part_of(kind) if operation.is_part else schemas.of(kind)}
    if (example := body_of(each.operation_id)) is not None:
        described_body["example"] = example
    return {"required": not operation.is_body_optional, "content": {JSON: described_body}}


def body_type(each: Described) -> Any:
    """Return the type of an operation's body; None where it has none, or where that is a file."""
    body = each.operation.body
    return body.get(each.choice) if isinstance(body, dict) else body


def _flat(kinds: Iterable[Any]) -> Iterator[Any]:
    for kind in kinds:
        if isinstance(kind, tuple):
            yield from _flat(kind)
        elif kind is not None:
            yield kind


def _inputs(operations: Sequence[Described]) -> list[Any]:
    found: list[Any] = []
    for each in operations:
        found += [body_type(each), each.operation.query, *each.operation.query_texts.values()]
    return [*_flat(found)]


def _outputs(operations: Sequence[Described]) -> list[Any]:
    found: list[Any] = []
    for each in operations:
        answer = each.operation.answer
        found += [*answer.values()] if isinstance(answer, dict) else [answer]
        found += [kind for _, kind in each.operation.also]
        found += [each.operation.problem, each.handler.refusal]
    return [*_flat(found)]
