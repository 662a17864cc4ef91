"""Tornado application: the routes' table, with the fast path of scans, the body limit and the request log."""

from typing import Any

from tornado.routing import URLSpec
from tornado.web import Application, RequestHandler

from handlers.fast_path.connections import wrapper
from handlers.fast_path.request import ROUTE as SCAN
from handlers.http.body_limit import BodyLimitedApplication
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.request_log import record_request
from handlers.http.work_budget import REQUEST_WORK, Clients
from handlers.live.sse import EventStreamHandler
from handlers.openapi.document_cache import DocumentCache
from handlers.pages import base
from handlers.relay.own import on_a_relay
from handlers.routes.table import ROUTES, rules_of
from hub.app import Hub


def make_application(hub: Hub, timeouts: IdleTimeouts | None = None, clients: Clients | None = None) -> Application:
    """Tornado application that serves `hub`."""
    timeouts, clients = timeouts or IdleTimeouts(), clients or make_clients(hub)
    served = [(route, _served(hub, route.handler)) for route in ROUTES]
    specs = [URLSpec(f"{route.path}/?", handler, {"hub": hub, "rules": route.rules}) for route, handler in served]
    settings: dict[str, Any] = {
        "hub": hub,
        "routes": tuple(ROUTES),
        "names": {handler: route.name for route, handler in served},
        "documents": DocumentCache(),
        "timeouts": timeouts,
        "wrap": wrapper(hub, timeouts, clients, rules_of(SCAN)["POST"]),
        "default_handler_class": base.NotFoundHandler,
        "default_handler_args": {"hub": hub, "rules": {}},
        "log_function": _record_request,
        "compress_response": False,
        "template_path": str(base.TEMPLATES),
    }
    return BodyLimitedApplication([*specs], **settings)


def _served(hub: Hub, handler: type[RequestHandler]) -> type[RequestHandler]:
    return on_a_relay(handler) if hub.settings.upstream else handler  # type: ignore[arg-type, unused-ignore]


def make_clients(hub: Hub) -> Clients:
    """Return the client addresses of a process that serves `hub`, none yet."""
    settings = hub.settings
    return Clients(settings.requests_per_address_per_s * REQUEST_WORK, settings.trusted_proxies)


def _record_request(handler: RequestHandler) -> None:
    """Log an answered request; a stream of events that began lasts as long as its watcher stays."""
    if isinstance(handler, EventStreamHandler) and handler.get_status() < 400:
        return
    record_request(
        handler.settings["hub"],
        method=handler.request.method or "",
        route=handler.settings["names"].get(type(handler), "none"),
        status=handler.get_status(),
        took_s=handler.request.request_time(),
        principal=getattr(handler, "asker", None),
    )
