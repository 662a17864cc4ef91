"""HTTP client for tests: requests as JSON, answers with status, headers and body."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec
from tornado.httpclient import AsyncHTTPClient
from tornado.httputil import HTTPHeaders

from tests.eventually import PATIENCE_S

ADMIN_KEY = "admin.0123456789abcdef0123456789abcdef"


@dataclass
class Answer:
    """Response: status, headers and body, as bytes and as JSON."""

    status: int
    headers: HTTPHeaders
    raw: bytes

    @property
    def body(self) -> Any:
        """The JSON of the body."""
        return msgspec.json.decode(self.raw)


@dataclass
class Api:
    """Client of the hub's REST API with the credential `key`."""

    url: str
    key: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def with_key(self, key: str | None) -> "Api":
        """Return the same client with another key."""
        return Api(self.url, key, self.headers)

    @property
    def admin(self) -> "Api":
        """The client with the administrator's key."""
        return self.with_key(ADMIN_KEY)

    async def get(self, path: str, **headers: str) -> Answer:
        """GET a path."""
        return await self.request("GET", path, **headers)

    async def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        """POST JSON, or bytes as they are."""
        return await self.request("POST", path, body, **headers)

    async def post_until_decided(self, path: str, body: Any) -> Answer:
        """POST as a careful client: a 503 (undecided, on a machine that is very busy) is asked again, with its key."""
        key = uuid4().hex
        while (answer := await self.post(path, body, Idempotency_Key=key)).status == 503:  # noqa: ASYNC110
            await asyncio.sleep(float(answer.headers["Retry-After"]))
        return answer

    async def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send any request; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in (self.headers | headers).items()}
        if self.key is not None:
            sent["Authorization"] = f"Api-Key {self.key}"
        payload = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        if method in ("POST", "PUT", "PATCH") and payload is None:
            payload = b""
        got = await AsyncHTTPClient().fetch(
            self.url + path,
            method=method,
            body=payload,
            headers=sent,
            raise_error=False,
            follow_redirects=False,
            allow_nonstandard_methods=True,
            request_timeout=PATIENCE_S,
        )
        return Answer(got.code, got.headers, got.body or b"")

    # --- the steps that many tests begin with --------------------------------------------------------------------

    async def make_event(self, **fields: Any) -> Any:
        """Create an event tonight at 20:30 in Paris, with two doors and a showing of 100 seats, unless told."""
        event = {
            "name": "Winter concert",
            "venue": "The Old Mill",
            "timezone": "Europe/Paris",
            "starts_at": "2026-12-24T20:30:00+01:00",
            "ends_at": "2026-12-25T02:00:00+01:00",
            "doors": [{"name": "North door"}, {"name": "South door"}],
            "products": [{"name": "Standard"}, {"name": "VIP"}],
            "showings": [{"date": "2026-12-24", "time": "20:30", "capacity": 100}],
        }
        answer = await self.admin.post("/api/events", event | fields)
        assert answer.status == 201, answer.raw
        return answer.body

    async def make_device(self, event: Any, door: int | None = 0, /, **fields: Any) -> "Api":
        """Create and pair a device at a door of the event; return the client with its key."""
        place = {"event": event["uuid"], **({} if door is None else {"door": event["doors"][door]["id"]})}
        created = await self.admin.post("/api/devices", {"name": "Gate 1", **place} | fields)
        assert created.status == 201, created.raw
        paired = await self.with_key(None).get(f"/scan/{created.body['pairing']['token']}/pair")
        assert paired.status == 200, paired.raw
        return self.with_key(paired.body["api_key"])

    async def book(self, event: Any, count: int = 1, **fields: Any) -> list[Any]:
        """Book tickets of the event's first showing; return them."""
        order = {
            "event": event["uuid"],
            "date": "2026-12-24",
            "time": "20:30",
            "name": "Ada Lovelace",
            "phone_number": "+33 1 23 45 67",
            "tickets": [{"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}] * count,
        }
        answer = await self.admin.post("/api/reservations", order | fields)
        assert answer.status == 201, answer.raw
        tickets: list[Any] = answer.body["tickets"]
        return tickets

    async def scan(self, code: str, **fields: Any) -> Answer:
        """Scan a code."""
        return await self.post("/scan/ticket/", {"qrcode_data": code, **fields})
