"""Recorder of examples: calls each operation of a hub, and holds what comes to the description of the API."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec
from jsonschema import Draft202012Validator
from tornado.httputil import HTTPHeaders

from handlers.openapi.route import Described, described
from handlers.routes.table import ROUTES
from tests.api import Answer, Api

NOWHERE = "00000000-0000-4000-8000-000000000000"


@dataclass
class Recorded:
    """One call of an operation that did what it says: its body, and its answer's JSON."""

    status: int
    body: Any = None
    answer: Any = None


@dataclass
class Recorder:
    """Client of a hub that keeps the first call of each operation; each is checked against the description."""

    api: Api
    document: dict[str, Any]
    kept: dict[str, Recorded] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look up the operations."""
        self.done = Answer(0, HTTPHeaders(), b"")
        """Answer of the last call that had to succeed."""
        self.operations: dict[str, Described] = {each.operation_id: each for each in described(ROUTES)}

    async def call(self, name: str, body: Any = None, /, by: Api | None = None, query: str = "", **values: str) -> Any:
        """Call an operation with the values of its path, which has to succeed; return its answer's JSON."""
        each, who = self.operations[name], by or self.api.admin
        path = each.path.format(**values) + query
        await self._without_required(each, path, body, who)
        answer = await self._ask(each, path, body, who)
        assert answer.status < 400, f"{name}: {answer.status} {answer.raw!r}"
        self.done = answer
        await self._without_optional(each, path, body, who)
        await self._refused(each, values)
        found = answer.body if _is_json(answer) else None
        self.kept.setdefault(name, Recorded(answer.status, body, found))
        return found

    async def _ask(self, each: Described, path: str, body: Any, who: Api, **headers: str) -> Answer:
        if isinstance(body, bytes) and each.operation.file:
            headers |= {"Content_Type": each.operation.file[0]}
        answer = await who.request(each.method.upper(), path, body, **headers)
        self._check(each, answer)
        return answer

    def _check(self, each: Described, answer: Answer) -> None:
        """Note an answer whose status is not declared, or whose body is not as the schema of its status."""
        responses = self.document["paths"][each.path][each.method]["responses"]
        said = f"{each.operation_id} {answer.status}"
        response = responses.get(str(answer.status))
        if response is None:
            self.faults.append(f"{said}: not declared: {answer.raw[:200]!r}")
            return
        if "$ref" in response:
            response = self.document["components"]["responses"][response["$ref"].rpartition("/")[2]]
        media = answer.headers.get("Content-Type", "").partition(";")[0]
        content = response.get("content", {})
        if answer.raw and each.method != "head" and media not in content:
            self.faults.append(f"{said}: {media} is not declared")
        elif answer.raw and _is_json(answer):
            schema = {**content[media]["schema"], "components": self.document["components"]}
            wrong = [
                f"{[*error.path]}: {error.message[:200]}"
                for error in Draft202012Validator(schema).iter_errors(answer.body)
            ]
            self.faults += [f"{said}: {text}" for text in wrong]

    # --- the same call with something missing ---------------------------------------------------------------------

    async def _without_required(self, each: Described, path: str, body: Any, who: Api) -> None:
        for name in self._fields(each, body, is_required=True):
            answer = await self._ask(each, path, {key: body[key] for key in body if key != name}, who)
            if answer.status not in (400, 422):
                self.faults.append(f"{each.operation_id}: {name} is called required, and {answer.status} without it")

    async def _without_optional(self, each: Described, path: str, body: Any, who: Api) -> None:
        for name in self._fields(each, body, is_required=False):
            answer = await self._ask(each, path, {key: body[key] for key in body if key != name}, who)
            if answer.status in (400, 422) and b"is missing" in answer.raw:
                self.faults.append(f"{each.operation_id}: {name} is called optional, and missed: {answer.raw!r}")

    def _fields(self, each: Described, body: Any, *, is_required: bool) -> list[str]:
        """Return the fields of a body that its schema calls required, or optional."""
        content = self.document["paths"][each.path][each.method].get("requestBody", {}).get("content", {})
        ref = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        if not isinstance(body, dict) or not ref:
            return []
        required = self.document["components"]["schemas"][ref.rpartition("/")[2]].get("required", [])
        return [name for name in body if (name in required) == is_required]

    # --- calls that are refused -----------------------------------------------------------------------------------

    async def _refused(self, each: Described, values: dict[str, str]) -> None:
        """Make calls that have to be refused, each with a status that is declared."""
        if each.operation_id in self.kept:
            return
        path = each.path.format(**values)
        nowhere = each.path.format(**dict.fromkeys(values, NOWHERE))
        junk = b"{" if each.method in ("post", "put", "patch") else None
        calls = [
            (path, junk, self.api.with_key("a.bad0key")),
            (nowhere, junk, self.api.admin),
            (nowhere, junk, self.api),
        ]
        if each.operation.query is not None:
            names = [one.encode_name for one in msgspec.structs.fields(each.operation.query)]
            calls.append((f"{path}?{urlencode(dict.fromkeys(names, '%%'))}", None, self.api.admin))
        for asked, body, who in calls:
            await self._ask(each, asked, body, who)


def _is_json(answer: Answer) -> bool:
    return "json" in answer.headers.get("Content-Type", "")
