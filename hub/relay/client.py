"""HTTP client of a relay to its hub: `/api/relay` as typed calls, with one error for a line that is down."""

import asyncio
from collections.abc import Coroutine
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx
import msgspec

from hub.errors import HubError
from hub.relay.passed_calls import PassedAnswer, PassedCall
from hub.relay.wire import (
    FactsAnswer,
    FactsForm,
    ForwardAnswer,
    ForwardForm,
    JoinAnswer,
    JournalPage,
    Page,
    PullForm,
    RelayForm,
    TicketsPage,
)

T = TypeVar("T")

COPY_WITHIN_S = 60.0
FACTS_WITHIN_S = 30.0
PULL_GRACE_S = 5.0
"""How much longer than its wait a pull may take."""
PASSES_BY_ITSELF = (408, 502, 503, 504)
"""Statuses of a hub, or of a proxy before it, that cannot answer now."""


class LineDown(Exception):
    """Error of a hub that did not answer, or not in time, or that cannot decide now."""


class UpstreamRefusal(HubError):
    """Refusal by the hub: its code, its message and its status."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(code, message)
        self.status = status


class _Problem(msgspec.Struct, kw_only=True):
    """Body of a refusal, in the form of the API or of the doors."""

    code: str = "internal"
    detail: str = ""
    message: str = ""


class UpstreamClient:
    """Client of the hub at `url`, by a key with the scope `relay`. To be closed."""

    def __init__(self, url: str, key: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=url, headers={"Authorization": f"Api-Key {key}"}, limits=httpx.Limits(max_connections=64)
        )
        # Another one, without the relay's key and without cookies: a call is passed on by its caller's own key alone.
        self._keyless = httpx.AsyncClient(
            base_url=url,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=32),
        )

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()
        await self._keyless.aclose()

    async def pass_on(self, call: PassedCall, within_s: float) -> PassedAnswer:
        """Make a caller's call at the hub. Raises `LineDown` for no answer, and where the hub cannot answer now."""
        got = await _within(
            within_s,
            self._keyless.request(
                call.method, call.target, content=call.body, headers=dict(call.headers), timeout=within_s
            ),
        )
        if got.status_code in PASSES_BY_ITSELF:
            raise LineDown(f"status {got.status_code}")
        return PassedAnswer(status=got.status_code, headers=got.headers, body=got.content)

    async def join(self, form: RelayForm) -> JoinAnswer:
        """Join. All calls raise `LineDown` and `UpstreamRefusal`."""
        return await self._post("join", form, JoinAnswer, COPY_WITHIN_S)

    async def tickets(self, after: str) -> TicketsPage:
        """Return the page of tickets after an id."""
        return await self._call("GET", "tickets", None, {"after": after}, TicketsPage, COPY_WITHIN_S)

    async def entries(self, after: int, until: int) -> JournalPage:
        """Return a page of the journal."""
        query = {"after": str(after), "until": str(until)}
        return await self._call("GET", "journal", None, query, JournalPage, COPY_WITHIN_S)

    async def pull(self, form: PullForm) -> Page:
        """Return what is new."""
        return await self._post("pull", form, Page, form.wait_s + PULL_GRACE_S)

    async def forward(self, form: ForwardForm, within_s: float) -> ForwardAnswer:
        """Forward a scan, for as long as a door can wait."""
        return await self._post("scan", form, ForwardAnswer, within_s)

    async def send(self, form: FactsForm) -> FactsAnswer:
        """Send facts up."""
        return await self._post("facts", form, FactsAnswer, FACTS_WITHIN_S)

    async def _post(self, call: str, form: msgspec.Struct, answer: type[T], within_s: float) -> T:
        return await self._call("POST", call, msgspec.json.encode(form), {}, answer, within_s)

    async def _call(
        self, method: str, call: str, body: bytes | None, query: dict[str, str], answer: type[T], within_s: float
    ) -> T:
        path, headers = f"/api/relay/{call}", {"Content-Type": "application/json"}
        got = await _within(
            within_s,
            self._http.request(method, path, content=body, params=query, headers=headers, timeout=within_s),
        )
        if got.status_code == 200:
            return _read(got.content, answer)
        raise _refusal(got)


async def _within(within_s: float, request: Coroutine[None, None, httpx.Response]) -> httpx.Response:
    """Return the answer to a request. Raises `LineDown` for none in time."""
    try:
        async with asyncio.timeout(within_s):
            return await request
    except (httpx.HTTPError, OSError) as error:  # TimeoutError is an OSError
        raise LineDown(type(error).__name__) from error


def _read(content: bytes, answer: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=answer)
    except msgspec.MsgspecError as error:
        raise LineDown("an answer that is none of a hub's") from error


def _refusal(got: httpx.Response) -> Exception:
    """Return the error of an answer that is a refusal; what passes by itself is a line that is down."""
    if got.status_code >= 500 or got.status_code in (408, 429):
        return LineDown(f"status {got.status_code}")
    try:
        problem = msgspec.json.decode(got.content, type=_Problem)
    except msgspec.MsgspecError:
        return LineDown(f"status {got.status_code}, by something that is no hub")
    return UpstreamRefusal(problem.code, problem.detail or problem.message, got.status_code)
