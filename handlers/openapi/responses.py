"""Responses of an operation in the OpenAPI document: its answers, and each status of a refusal with its codes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from http.client import responses as phrases
from typing import Any

import msgspec

from handlers.http.entity_tag import untagged
from handlers.http.operation import JSON, Operation
from handlers.http.paging import COUNT_HEADER, PageQuery, WholeQuery
from handlers.openapi.examples import answer_of
from handlers.openapi.route import Described
from handlers.openapi.schemas import Schema, Schemas
from hub.problem_codes import PROBLEM_CODES

LIMITED = ("slow_down", "unavailable")
"""Codes of refusals that any request may meet."""
HEADERS: dict[str, Schema] = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}},
    "ETag": {"description": "Tag of this answer, for `If-None-Match`", "schema": {"type": "string"}},
    "Link": {"description": 'The next page, with rel="next"; absent on the last', "schema": {"type": "string"}},
    COUNT_HEADER: {"description": "Items of the list, where counted", "schema": {"type": "integer", "minimum": 0}},
    "WWW-Authenticate": {"description": "Schemes of credentials", "schema": {"type": "string"}},
}


def responses_of(described: Described, schemas: Schemas) -> dict[str, Schema]:
    """Return the responses of an operation, by status."""
    found = {str(status): _answer(described, kind, status, schemas) for status, kind in _answers(described)}
    by_status: dict[int, list[str]] = {}
    for code in refusals_of(described):
        for status in statuses_of(described, code):
            by_status.setdefault(status, []).append(code)
    if is_tagged(described):
        found.setdefault("304", {"description": "As the client has it already, by `If-None-Match`"})
    for status, codes in sorted(by_status.items()):
        found[str(status)] = _refusal(described, status, codes, schemas)
    return found


def share_responses(paths: Mapping[str, Schema]) -> dict[str, Schema]:
    """Replace responses that several operations have by references; return them by the names of these."""
    owners = [operation["responses"] for path in paths.values() for operation in path.values()]
    counted = Counter(_key(status, each) for responses in owners for status, each in responses.items())
    names: dict[tuple[str, bytes], str] = {}
    shared: dict[str, Schema] = {}
    for responses in owners:
        for status, each in responses.items():
            key = _key(status, each)
            if counted[key] > 1 and key not in names:
                names[key] = f"{phrases[int(status)].replace(' ', '')}{len(names) + 1}"
                shared[names[key]] = each
            if key in names:
                responses[status] = {"$ref": f"#/components/responses/{names[key]}"}
    return shared


def _key(status: str, response: Schema) -> tuple[str, bytes]:
    return status, msgspec.json.encode(response)


def refusals_of(described: Described) -> list[str]:
    """Return the codes of an operation's refusals: by its access rule, its path, its input and its own."""
    operation, rule = described.operation, described.rule
    is_door = described.handler.stranger_status == 403
    found = list(operation.refuses)
    if rule.is_asked:
        if not is_door:
            found.append("unauthorized")
        found += ["bad_key", "not_allowed", "device_archived", "password_change", "second_factor_needed"]
        if described.method != "get":
            found.append("csrf")
    if rule.holder:
        found += ["bad_token", "handed_on"]
    if described.parameters:
        found.append("not_found")
    if operation.body is not None or operation.query is not None or operation.query_texts:
        found.append("bad_request")
        if not is_door:
            found.append("invalid")
    if operation.body is not None:
        found.append("too_large")
    return sorted({*found, *LIMITED})


def statuses_of(described: Described, code: str) -> Iterable[int]:
    """Return the statuses of a code's refusal; a code that any input may have is narrowed to how it is raised."""
    statuses = PROBLEM_CODES[code].statuses
    if code == "invalid" and "invalid" not in described.operation.refuses:
        return (422,)
    if code == "too_large" and not described.operation.file:
        return (413,)
    return statuses


def _answers(described: Described) -> Iterator[tuple[int, Any]]:
    operation = described.operation
    answer = operation.answer
    yield operation.status, answer[described.choice] if isinstance(answer, dict) else answer
    yield from operation.also


def _answer(described: Described, kind: Any, status: int, schemas: Schemas) -> Schema:
    operation = described.operation
    found: Schema = {"description": phrases[status]}
    is_main = status == operation.status
    media = operation.media if is_main else (JSON,)
    content: dict[str, Schema] = {
        each: {"schema": schemas.of(kind) if each == JSON else {"type": "string"}}
        for each in media
        if each != JSON or kind is not None
    }
    if is_main and JSON in content and (example := answer_of(described.operation_id)) is not None:
        content[JSON]["example"] = example
    if content:
        found["content"] = content
    if is_main and is_tagged(described):
        found["headers"] = {"ETag": HEADERS["ETag"]}
    if is_main and is_list(operation):
        found["headers"] |= {name: HEADERS[name] for name in ("Link", COUNT_HEADER)}
    return found


def is_list(operation: Operation) -> bool:
    """Return whether an operation answers with a list that goes on by `Link`."""
    return isinstance(operation.query, type) and issubclass(operation.query, PageQuery | WholeQuery)


def is_tagged(described: Described) -> bool:
    """Return whether an operation's answer has an entity tag."""
    operation, tags = described.operation, described.handler.compute_etag is not untagged
    return described.method == "get" and operation.status == 200 and JSON in operation.media and tags


def _refusal(described: Described, status: int, codes: list[str], schemas: Schemas) -> Schema:
    handler, operation = described.handler, described.operation
    kind = operation.problem or handler.refusal
    told = "; ".join(f"`{code}`: {PROBLEM_CODES[code].meaning.rstrip('.')}" for code in codes)
    found: Schema = {"description": told, "content": {handler.refusal_media: {"schema": schemas.of(kind)}}}
    if status in (429, 503):
        found["headers"] = {"Retry-After": HEADERS["Retry-After"]}
    elif status == 401:
        found["headers"] = {"WWW-Authenticate": HEADERS["WWW-Authenticate"]}
    return found
