"""One serving process: the hub, its application, its port, and an orderly end."""

import asyncio
import ssl
import sys

import structlog
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from handlers.routes import make_application
from hub.app import Hub
from hub.settings import Settings
from jobs.plan import make_schedule

log = structlog.get_logger(__name__)


async def serve_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then drain: no new clients, what is under way ends, then the hub."""
    hub = Hub(settings)
    await hub.start()
    schedule = make_schedule(hub)
    schedule.start()
    server = make_server(hub)
    server.add_sockets(bind_sockets(settings.port, settings.host, reuse_port=True))
    log.info("serving", hub=hub.process, url=settings.base_url)
    try:
        await stop.wait()
    finally:
        hub.is_draining = True
        server.stop()
        await schedule.stop()
        await hub.drain()
        await server.close_all_connections()
        await hub.stop()
        log.info("stopped", hub=hub.process)


def make_server(hub: Hub) -> HTTPServer:
    """Return the server of `hub`, which listens nowhere yet."""
    server = HTTPServer(
        make_application(hub),
        ssl_options=_tls(hub.settings),
        max_body_size=sys.maxsize,  # what limits it says so: handlers/http/body_limit.py, and for imports their handler
        max_header_size=32 * 1024,
    )
    server.conn_params.header_timeout = None  # handlers/http/idle_timeout.py sees to it
    return server


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_cert is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.tls_cert, settings.tls_key)
    return context
