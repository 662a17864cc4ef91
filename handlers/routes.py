"""The table of contents: which path leads to which handler. With and without trailing slash, never a redirect."""

from typing import Any

from tornado.routing import URLSpec
from tornado.web import Application, RequestHandler

from handlers.api import (
    devices,
    events,
    exports,
    imports,
    keys,
    operations,
    outbox,
    reports,
    reservations,
    scan,
    scans,
    showings,
    tickets,
    users,
    webhooks,
)
from handlers.fast_path.connections import wrapper
from handlers.http.access import ID, rules_of
from handlers.http.body_limit import BodyLimitedApplication
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.request_log import record_request
from handlers.live.sse import EventStreamHandler
from handlers.live.websocket import LiveHandler
from handlers.pages import admin, base, booking, dashboard, design, login, report, scanner, static, ticket, vendor
from handlers.pages import events as event_pages
from handlers.wallet import apple_service, bundles, passes, qr
from hub.app import Hub

ROUTES: list[tuple[str, type[RequestHandler]]] = [
    # The door (scan-api.md)
    ("/scan/test_api", scan.TestApiHandler),
    ("/scan/check_api_scan", scan.CheckApiHandler),
    ("/scan/check_ticket", scan.CheckTicketHandler),
    ("/scan/ticket", scan.ScanTicketHandler),
    ("/scan/undo", scan.UndoHandler),
    ("/scan/headcount", scan.HeadcountHandler),
    ("/scan/batch", scan.BatchHandler),
    ("/scan/manifest", scan.ManifestHandler),
    ("/scan/search_ticket", scan.SearchTicketHandler),
    ("/scan/list_tickets", scan.ListTicketsHandler),
    (f"/scan/{ID}/pair", scan.PairHandler),
    # Booking, and running an event (booking-api.md)
    ("/api/tickets", tickets.TicketsHandler),
    (f"/api/tickets/{ID}", tickets.TicketHandler),
    (f"/api/tickets/{ID}/(cancel|block|unblock|reissue)", tickets.TicketActionHandler),
    (f"/api/tickets/{ID}/history", tickets.TicketHistoryHandler),
    (f"/api/tickets/{ID}/links", tickets.TicketLinksHandler),
    ("/api/showings", showings.ShowingsHandler),
    ("/api/reservations", reservations.ReservationsHandler),
    (f"/api/reservations/{ID}", reservations.ReservationHandler),
    (f"/api/reservations/{ID}/(cancel|pay|invite|uninvite)", reservations.ReservationActionHandler),
    (f"/api/reservations/{ID}/resend", reservations.ResendHandler),
    ("/api/scans", scans.ScansHandler),
    ("/api/keys", keys.KeysHandler),
    (f"/api/keys/{ID}/revoke", keys.KeyRevokeHandler),
    ("/api/webhooks", webhooks.WebhooksHandler),
    (f"/api/webhooks/{ID}", webhooks.WebhookHandler),
    (f"/api/webhooks/{ID}/ping", webhooks.PingHandler),
    (f"/api/webhooks/{ID}/deliveries", webhooks.DeliveriesHandler),
    (f"/api/webhooks/{ID}/deliveries/{ID}/send", webhooks.SendAgainHandler),
    ("/api/outbox", outbox.OutboxHandler),
    (f"/api/outbox/{ID}/send", outbox.SendAgainHandler),
    ("/api/users", users.UsersHandler),
    (f"/api/users/{ID}", users.UserHandler),
    ("/api/me", users.MeHandler),
    ("/api/me/password", users.PasswordHandler),
    ("/api/events", events.EventsHandler),
    (f"/api/events/{ID}", events.EventHandler),
    (f"/api/events/{ID}/close", events.EventCloseHandler),
    (f"/api/events/{ID}/showings", showings.EventShowingsHandler),
    (f"/api/events/{ID}/occupancy", events.OccupancyHandler),
    (f"/api/events/{ID}/recount", events.RecountHandler),
    (f"/api/events/{ID}/feedback", reports.FeedbackHandler),
    (f"/api/events/{ID}/alerts", reports.AlertsHandler),
    (f"/api/events/{ID}/stats", reports.StatsHandler),
    (f"/api/events/{ID}/report", reports.ReportHandler),
    (f"/api/events/{ID}/practice", events.PracticeHandler),
    (f"/api/events/{ID}/import", imports.EventImportHandler),
    (f"/api/events/{ID}/imports", imports.EventImportsHandler),
    (f"/api/imports/{ID}", imports.ImportHandler),
    (f"/api/events/{ID}/tickets.csv", exports.TicketsCsvHandler),
    (f"/api/events/{ID}/scans.csv", exports.ScansCsvHandler),
    ("/api/devices", devices.DevicesHandler),
    (f"/api/devices/{ID}", devices.DeviceHandler),
    (f"/api/devices/{ID}/pairing", devices.DevicePairingHandler),
    (f"/api/devices/{ID}/archive", devices.DeviceArchiveHandler),
    (f"/api/devices/{ID}/held", devices.HeldHandler),
    (f"/api/devices/{ID}/held/(accept|drop)", devices.HeldDecisionHandler),
    # Tickets in the hand (wallet.md)
    (f"/tickets/{ID}/qr", qr.QrHandler),
    (f"/t/{ID}", ticket.TicketPageHandler),
    (f"/r/{ID}", ticket.ReservationPageHandler),
    (f"/t/{ID}/feedback", ticket.TicketFeedbackHandler),
    (f"/tickets/{ID}/pkpass", passes.PassHandler),
    (f"/tickets/{ID}/google", passes.GoogleHandler),
    (f"/reservations/{ID}/pkpasses", bundles.PassesHandler),
    (f"/r/{ID}/pkpasses", bundles.GuestPassesHandler),
    # Booking by guests
    ("/book", booking.BookIndexHandler),
    (f"/book/{ID}", booking.BookHandler),
    # Apple's web service for passes (wallet.md)
    (f"/v1/devices/{ID}/registrations/{ID}", apple_service.ChangedPassesHandler),
    (f"/v1/devices/{ID}/registrations/{ID}/{ID}", apple_service.RegistrationHandler),
    (f"/v1/passes/{ID}/{ID}", apple_service.NewestPassHandler),
    ("/v1/log", apple_service.PhoneLogHandler),
    # Live (live-protocol.md)
    ("/live", LiveHandler),
    (f"/api/events/{ID}/live", EventStreamHandler),
    # Pages
    ("", base.HomeHandler),
    ("/login", login.LoginHandler),
    ("/logout", login.LogoutHandler),
    ("/events", event_pages.EventsPageHandler),
    ("/design", design.DesignHandler),
    (f"/events/{ID}", dashboard.DashboardHandler),
    (f"/events/{ID}/report", report.ReportPageHandler),
    ("/admin", admin.AdminHomeHandler),
    (f"/admin/{ID}", admin.AdminHandler),
    (f"/admin/{ID}/{ID}", admin.AdminHandler),
    ("/scanner", scanner.ScannerHandler),
    ("/scanner/worker.js", scanner.WorkerHandler),
    ("/scanner/app.webmanifest", scanner.AppHandler),
    ("/static/vendor/(.+)", vendor.VendorHandler),
    ("/static/(.+)", static.StaticHandler),
    # Running the hub (design.md)
    ("/healthz", operations.HealthHandler),
    ("/readyz", operations.ReadyHandler),
    ("/metrics", operations.MetricsHandler),
    ("/api/jobs", operations.JobsHandler),
    ("/api/wallet", operations.WalletHandler),
]


def make_application(hub: Hub, timeouts: IdleTimeouts | None = None) -> Application:
    """Return the Tornado application that serves `hub`. Raises `LookupError` for a path without rules."""
    timeouts = timeouts or IdleTimeouts()
    specs = [URLSpec(f"{path}/?", handler, {"hub": hub, "rules": rules_of(path)}) for path, handler in ROUTES]
    settings: dict[str, Any] = {
        "hub": hub,
        "timeouts": timeouts,
        "wrap": wrapper(hub, timeouts),
        "default_handler_class": base.NotFoundHandler,
        "default_handler_args": {"hub": hub, "rules": {}},
        "log_function": _record_request,
        "compress_response": False,
        "template_path": str(base.TEMPLATES),
    }
    return BodyLimitedApplication([*specs], **settings)


NAMES = {handler: path.replace(ID, "{id}") for path, handler in ROUTES}
"""What each handler's path is called in the metrics."""


def _record_request(handler: RequestHandler) -> None:
    """Hand an answered request to the request log; a stream of events that began lasts as long as its watcher stays."""
    if isinstance(handler, EventStreamHandler) and handler.get_status() < 400:
        return
    record_request(
        handler.settings["hub"],
        method=handler.request.method or "",
        route=NAMES.get(type(handler), "none"),
        status=handler.get_status(),
        took_s=handler.request.request_time(),
        principal=getattr(handler, "asker", None),
    )
