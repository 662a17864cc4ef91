"""HTTP client that is safe from server-side request forgery (SSRF) and DNS rebinding: it connects to checked addresses.

A name is resolved once for each connection, here, and the connection goes to the very address that was checked; TLS
and the Host header keep the name. So a name that resolves differently a moment later (DNS rebinding) leads nowhere.
httpcore follows no redirect and knows no proxy of the environment.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from functools import cache

import httpcore

from hub.clock import Clock
from hub.outbox.consumer import DeliveryFailed
from hub.webhooks.addresses import MayReach

CONNECT_S = 5.0
ANSWER_S = 10.0
READ_AT_MOST = 4096
"""Bytes of the response body, discarded: enough to keep a connection with a short response alive."""
LINGER_S = 15.0
CONNECTIONS = 50

Resolve = Callable[[str, int], Awaitable[list[str]]]


class NotReachable(Exception):
    """Error of a name without an allowed address. The text is the reason, without the address."""


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name in the system resolver's order. Raises `NotReachable`."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise NotReachable("the name is not known") from unknown
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class CheckedNetwork(httpcore.AnyIOBackend):
    """Network backend of httpcore that connects to allowed addresses only."""

    def __init__(self, may_reach: MayReach, resolve: Resolve) -> None:
        self._may_reach = may_reach
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first allowed address of `host` that accepts. Raises `NotReachable`."""
        async with asyncio.timeout(timeout):
            allowed = [address for address in await self._resolve(host, port) if self._may_reach(address)]
            if not allowed:
                raise NotReachable("the address is not allowed")
            *others, last = allowed
            for address in others:
                try:
                    return await super().connect_tcp(address, port, timeout, local_address, socket_options)
                except httpcore.ConnectError:
                    continue
            return await super().connect_tcp(last, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: raises `NotReachable`, since a socket in the file system is not outside."""
        raise NotReachable("the address is not allowed")


@cache
def public_authorities() -> ssl.SSLContext:
    """TLS context that trusts the system's certificate authorities: read once, since that takes 40 ms."""
    return ssl.create_default_context()


class Wire:
    """HTTP client with a connection pool for one POST at a time each. Made in the hub's loop, closed with it."""

    def __init__(
        self,
        clock: Clock,
        *,
        may_reach: MayReach,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._clock = clock
        self._answer_s = answer_s
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or public_authorities(),
            max_connections=CONNECTIONS,
            keepalive_expiry=LINGER_S,
            network_backend=CheckedNetwork(may_reach, resolve),
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Post `body` and return the 2xx status. Raises `DeliveryFailed` with any other status, or none."""
        try:
            async with asyncio.timeout(self._answer_s):
                return await self._post(url, body, headers)
        except (TimeoutError, httpcore.TimeoutException) as slow:
            raise DeliveryFailed("timeout") from slow
        except NotReachable as reason:
            raise DeliveryFailed(str(reason)) from reason
        except httpcore.ConnectError as failed:
            raise DeliveryFailed("no trusted certificate" if _is_of_tls(failed) else "no connection") from failed
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as failed:
            raise DeliveryFailed("the connection broke") from failed

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        timeout = {"connect": CONNECT_S, "read": self._answer_s, "write": self._answer_s, "pool": self._answer_s}
        extensions = {"timeout": timeout}
        async with self._pool.stream(
            "POST", url, headers=list(headers.items()), content=body, extensions=extensions
        ) as response:
            read = 0
            async for part in response.aiter_stream():
                read += len(part)
                if read > READ_AT_MOST:
                    break
            if 200 <= response.status < 300:
                return response.status
            raise self._refusal(response)

    def _refusal(self, response: httpcore.Response) -> DeliveryFailed:
        status = response.status
        reason = "a redirect, which is not followed" if 300 <= status < 400 else f"status {status}"
        retry_after = next((value for name, value in response.headers if name.lower() == b"retry-after"), b"")
        return DeliveryFailed(reason, status=status, after_s=self._seconds(retry_after.decode("latin-1")))

    def _seconds(self, text: str) -> float | None:
        """Retry-After (RFC 9110: seconds, or a date) in seconds, None for a text that is neither."""
        if text.isascii() and text.isdecimal():
            return float(text[:9])
        try:
            return (parsedate_to_datetime(text) - self._clock.now()).total_seconds()
        except (TypeError, ValueError):
            return None


def _is_of_tls(error: BaseException | None) -> bool:
    """Return whether an error was caused by TLS."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None
