"""The table of contents: which path leads to which handler. With and without trailing slash, never a redirect."""

from typing import Any

from tornado.routing import URLSpec
from tornado.web import Application, RequestHandler

from handlers import events, health, pages, pictures, scan, tickets
from handlers.base import NotFoundHandler
from handlers.live import LiveHandler
from hub.hub import Hub

ID = "([^/]+)"

ROUTES: list[tuple[str, type[RequestHandler]]] = [
    # The door (scan-api.md)
    ("/scan/test_api", scan.TestApiHandler),
    ("/scan/check_api_scan", scan.CheckApiHandler),
    ("/scan/check_ticket", scan.CheckTicketHandler),
    ("/scan/ticket", scan.ScanTicketHandler),
    (f"/scan/{ID}/pair", scan.PairHandler),
    # Booking, and running an event (booking-api.md)
    ("/api/tickets", tickets.TicketsHandler),
    (f"/api/tickets/{ID}", tickets.TicketHandler),
    ("/api/reservations", tickets.ReservationsHandler),
    ("/api/events", events.EventsHandler),
    (f"/api/events/{ID}", events.EventHandler),
    (f"/api/events/{ID}/occupancy", events.OccupancyHandler),
    ("/api/devices", events.DevicesHandler),
    (f"/api/devices/{ID}/pairing", events.DevicePairingHandler),
    (f"/api/devices/{ID}/archive", events.DeviceArchiveHandler),
    # Tickets in the hand (wallet.md)
    (f"/tickets/{ID}/qr", pictures.QrHandler),
    # Live (live-protocol.md)
    ("/live", LiveHandler),
    # Pages
    ("", pages.HomeHandler),
    ("/login", pages.LoginHandler),
    ("/logout", pages.LogoutHandler),
    ("/events", pages.EventsPageHandler),
    (f"/events/{ID}", pages.DashboardHandler),
    ("/scanner", pages.ScannerHandler),
    ("/static/(.+)", pages.StaticHandler),
    # Running the hub (design.md)
    ("/healthz", health.HealthHandler),
    ("/readyz", health.ReadyHandler),
]


def make_application(hub: Hub) -> Application:
    """Return the Tornado application that serves `hub`."""
    specs = [URLSpec(f"{path}/?", handler, {"hub": hub}) for path, handler in ROUTES]
    settings: dict[str, Any] = {
        "hub": hub,
        "default_handler_class": NotFoundHandler,
        "default_handler_args": {"hub": hub},
        "log_function": log_request,
        "compress_response": False,
        "template_path": str(pages.TEMPLATES),
    }
    return Application([*specs], **settings)


def log_request(handler: RequestHandler) -> None:
    """Log no address: it may hold a token. What fails is logged where it fails."""
