"""HTTP server of a process: the hub, its application, its port, and a graceful shutdown."""

import asyncio
import resource
import sys
from collections.abc import Awaitable, Iterable
from contextlib import AsyncExitStack
from socket import socket
from typing import cast

import structlog
from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer, _HTTPRequestContext
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from typing_extensions import override

from handlers.application import make_application, make_clients
from handlers.http.accept import accept_on
from handlers.http.idle_timeout import IDLE_S, IdleTimeouts
from handlers.http.known_tornado import is_tornado_known
from handlers.http.work_budget import Clients
from hub.app import Hub
from hub.file_versions import CHECKED_EVERY_S
from hub.live.server import ANSWER_S, LAST_FRAMES_S
from hub.settings import Settings
from hub.shared_buckets import SharedBuckets
from hub.tasks import Periodic, now
from hub.tls import certificate_of
from jobs.plan import make_schedule
from jobs.schedule import Schedule

log = structlog.get_logger(__name__)

LOOK_S = 0.02
"""How often a server that ends looks whether its requests are answered."""
REQUESTS_S = 0.5
"""How long requests get at least once the sockets have ended: a kept connection may have sent one just now."""


async def serve_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then drain: no new clients, requests under way end, then the hub.

    Whatever fails on the way, at the start or at the end, all else is closed.
    """
    allow_open_files()
    async with AsyncExitStack() as opened:
        hub = make_hub(settings)
        opened.push_async_callback(hub.stop)
        await hub.start()
        server = make_server(hub)
        if hub.certificate is not None:
            renewal = Periodic(hub.certificate.look, CHECKED_EVERY_S)
            opened.push_async_callback(renewal.stop)
            renewal.start()
        opened.push_async_callback(server.close_all_connections)
        schedule = Schedule(hub, []) if settings.upstream else make_schedule(hub)  # a relay's jobs are its hub's
        opened.push_async_callback(_drain, hub, server, schedule)
        schedule.start()
        opened.callback(server.stop)
        server.add_sockets(bind_sockets(settings.port, settings.host, reuse_port=True))
        log.info("serving", hub=hub.process, url=settings.base_url)
        await stop.wait()
        hub.is_draining = True  # before the port is closed: `/readyz` says so on connections that stay
        server.keep_none_alive()
    log.info("stopped", hub=hub.process)


def make_hub(settings: Settings) -> Hub:
    """Return the hub of a process, or its relay."""
    buckets = SharedBuckets.of_supervisor()
    if not settings.upstream:
        return Hub(settings, buckets=buckets)
    from hub.relay_app import RelayHub  # here, since a hub needs none of it

    return RelayHub(settings, buckets=buckets)


async def _drain(hub: Hub, server: "CappedServer", schedule: Schedule) -> None:
    """Drain the process under one deadline: clients go elsewhere and jobs end, then requests under way are answered."""
    deadline = now() + hub.settings.live.drain_s + ANSWER_S + LAST_FRAMES_S
    await _until(deadline, asyncio.gather(hub.drain(), schedule.stop()))
    await _until(max(deadline, now() + REQUESTS_S), server.finish_requests())


async def _until(deadline: float, work: Awaitable[object]) -> None:
    """Wait for `work` until the loop's time is `deadline`."""
    try:
        async with asyncio.timeout_at(deadline):
            await work
    except TimeoutError:
        log.warning("not all that is under way has ended in time")


class CappedServer(HTTPServer):
    """HTTP server with at most `most` connections: beyond it, a new one takes the place of another.

    That is the oldest of those that wait for their client, to send or to read, of the address that has the most
    connections, else of all: one address that opens all that there are keeps no other out. The new one is refused only
    where each connection has a request under way.
    """

    def initialize(  # type: ignore[override]
        self, *given: object, most: int, timeouts: IdleTimeouts, clients: Clients, **named: object
    ) -> None:
        """Take the arguments of `HTTPServer`, and the limit."""
        super().initialize(*given, **named)  # type: ignore[arg-type]
        self._most = most
        self._timeouts = timeouts
        self._clients = clients
        self._count = 0

    @override
    def add_sockets(self, sockets: Iterable[socket]) -> None:
        for listening in sockets:
            self._sockets[listening.fileno()] = listening
            self._handlers[listening.fileno()] = accept_on(listening, self._handle_connection)

    @override
    def handle_stream(self, stream: IOStream, address: tuple[str, int]) -> None:
        if self._count >= self._most and not self._make_room():
            stream.close()
            return
        self._count += 1
        self._clients.of(address[0]).connections += 1
        super().handle_stream(stream, address)

    def _make_room(self) -> bool:
        greediest = self._clients.greediest()
        if greediest is not None and self._timeouts.close_oldest(greediest.streams.__contains__):
            return True
        return self._timeouts.close_oldest(lambda _: True)

    @override
    def on_close(self, server_conn: object) -> None:
        self._count -= 1
        address = cast(_HTTPRequestContext, cast(HTTP1ServerConnection, server_conn).context).address
        self._clients.of(address[0]).connections -= 1
        super().on_close(server_conn)

    def keep_none_alive(self) -> None:
        """Close each connection with its next answer, which says so: its client comes back to another process."""
        self.conn_params.no_keep_alive = True

    async def finish_requests(self) -> None:
        """Wait until the requests under way are answered."""
        while any(not self._timeouts.is_idle(each.stream) for each in self._connections):  # noqa: ASYNC110
            await asyncio.sleep(LOOK_S)


def make_server(hub: Hub, timeouts: IdleTimeouts | None = None) -> CappedServer:
    """Return the server of `hub`, which listens nowhere yet."""
    timeouts, clients = timeouts or IdleTimeouts(), make_clients(hub)
    hub.certificate = certificate_of(hub.settings, hub.clock.now)
    server = CappedServer(
        make_application(hub, timeouts, clients),
        ssl_options=None if hub.certificate is None else hub.certificate.context,
        max_body_size=sys.maxsize,  # what limits it says so: handlers/http/body_limit.py, and for imports their handler
        max_header_size=32 * 1024,
        most=min(hub.settings.connections_total, allowed_open_files() // 2),
        timeouts=timeouts,
        clients=clients,
    )
    # Else handlers/http/idle_timeout.py sees to it.
    server.conn_params.header_timeout = None if is_tornado_known() else IDLE_S
    return server


def allow_open_files() -> None:
    """Raise this process's limit of open files as far as it may itself: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def allowed_open_files() -> int:
    """Limit of open files of this process."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if allowed == resource.RLIM_INFINITY else allowed
