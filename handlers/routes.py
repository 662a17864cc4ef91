"""Routes: each path with its handler and its access rules, with and without trailing slash, never a redirect.

This table is where access is decided, not a copy of it: a handler gets its path's rules from `make_application` and
applies them in `BaseHandler.prepare`, before anything of the request is looked at. A method without a rule is answered
405; the fast path of scans applies the rule of its path, too. docs/access.md is written out of it.
"""

from collections.abc import Mapping
from typing import Any

from tornado.routing import URLSpec
from tornado.web import Application, RequestHandler

from handlers.api import (
    devices,
    door_sales,
    events,
    exports,
    imports,
    keys,
    operations,
    outbox,
    payments,
    reports,
    reservations,
    sales,
    scan,
    scans,
    showings,
    takings,
    tickets,
    users,
    waiting,
    webhooks,
)
from handlers.fast_path.connections import wrapper
from handlers.fast_path.request import ROUTE as SCAN
from handlers.http.access import (
    DOORS,
    GUESTS,
    ID,
    OWN_EVENT,
    OWN_TOKEN,
    PASS_TOKEN,
    REPORTS,
    Rule,
    anybody,
    anybody_or,
    holder_only,
    holder_or,
    needs,
    within,
)
from handlers.http.body_limit import BodyLimitedApplication
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.request_log import record_request
from handlers.live.sse import EventStreamHandler
from handlers.live.websocket import LiveHandler
from handlers.pages import (
    admin,
    base,
    booking,
    dashboard,
    design,
    guest_changes,
    join_waiting,
    login,
    password,
    report,
    scanner,
    static,
    ticket,
    vendor,
)
from handlers.pages import events as event_pages
from handlers.pages import waiting as waiting_page
from handlers.wallet import apple_service, bundles, passes, qr, rollout
from hub.app import Hub
from hub.wallet.save_links import SAVE_LINKS


class Route:
    """Route: a path, its handler, and for each method that it answers the rule who may.

    Raises `ValueError` for a path without rules, or with one for a method that the handler does not have.
    """

    def __init__(self, path: str, handler: type[RequestHandler], /, **rules: Rule) -> None:
        self.path = path
        self.handler = handler
        self.rules: Mapping[str, Rule] = rules
        if not rules or not all(has_method(handler, method) for method in rules):
            raise ValueError(f"{path}: each method that {handler.__name__} has needs a rule, and no other")

    @property
    def name(self) -> str:
        """The path as metrics and the log have it."""
        return self.path.replace(ID, "{id}")


def has_method(handler: type[RequestHandler], method: str) -> bool:
    """Return whether a handler answers a method itself, in its class or a base other than Tornado's."""
    own = getattr(handler, method.lower(), None)
    return own is not None and not own.__qualname__.startswith("RequestHandler.")


EVENTS = "open events, in short; with tickets:read, events:write or a role all that are theirs, whole"

ROUTES = [
    # The door (scan-api.md)
    Route("/scan/test_api", scan.TestApiHandler, GET=needs("scan")),
    Route("/scan/check_api_scan", scan.CheckApiHandler, GET=needs("scan")),
    Route("/scan/check_allow_any", scan.CheckAllowAnyHandler, GET=anybody()),
    Route("/scan/check_allow_any_widlcard", scan.CheckAllowAnyWildcardHandler, GET=anybody()),
    Route("/scan/check_ticket", scan.CheckTicketHandler, POST=needs("scan", but=OWN_EVENT)),
    Route(SCAN, scan.ScanTicketHandler, POST=needs("scan", but=OWN_EVENT)),
    Route(
        "/scan/undo",
        scan.UndoHandler,
        POST=needs("scan", may="undo", within=within("body ticket", *DOORS), but=OWN_EVENT),
    ),
    Route(
        "/scan/headcount",
        scan.HeadcountHandler,
        POST=needs("scan", may="headcount", but="devices that serve one event"),
    ),
    Route(
        "/scan/batch", scan.BatchHandler, POST=needs("scan", but="an archived device for a day, unseen until accepted")
    ),
    Route("/scan/manifest", scan.ManifestHandler, GET=needs("scan", but="devices that serve one event")),
    Route(
        "/scan/search_ticket",
        scan.SearchTicketHandler,
        POST=needs("scan", may="search", but="a script that reads tickets"),
    ),
    Route(
        "/scan/list_tickets",
        scan.ListTicketsHandler,
        POST=needs("scan", may="search", but="a script that reads tickets"),
    ),
    Route(
        "/scan/sales",
        door_sales.DoorSalesHandler,
        GET=needs("scan", may="sell", but="devices that serve one event"),
        POST=needs("scan", may="sell", but="devices that serve one event"),
    ),
    Route(f"/scan/{ID}/offer", scan.PairingOfferHandler, GET=anybody("with the pairing token in the path")),
    Route(f"/scan/{ID}/pair", scan.PairHandler, GET=anybody("with the pairing token in the path"), HEAD=anybody()),
    # Booking, and running an event (booking-api.md)
    Route(
        "/api/tickets",
        tickets.TicketsHandler,
        GET=needs("tickets:read", within=within("query", *GUESTS)),
        POST=anybody_or("tickets:write", within=within("body", *GUESTS), but="without a key where booking is open"),
    ),
    Route(
        f"/api/tickets/{ID}",
        tickets.TicketHandler,
        GET=holder_or("tickets:read", within=within("ticket", *GUESTS)),
        PUT=needs("tickets:write", within=within("ticket", *GUESTS)),
        PATCH=needs("tickets:write", within=within("ticket", *GUESTS)),
        DELETE=needs("tickets:write", within=within("ticket", "organiser")),
    ),
    Route(
        f"/api/tickets/{ID}/({'|'.join(tickets.ACTIONS)})",
        tickets.TicketActionHandler,
        POST=needs("tickets:write", within=within("ticket", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}/history",
        tickets.TicketHistoryHandler,
        GET=needs("tickets:read", within=within("ticket", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}/links",
        tickets.TicketLinksHandler,
        GET=needs("tickets:write", within=within("ticket", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}/(pay|refund)",
        payments.TicketPaymentHandler,
        POST=needs("tickets:write", within=within("ticket", *GUESTS)),
    ),
    Route(
        "/api/showings",
        showings.ShowingsHandler,
        GET=anybody_or(
            within=within("any"), but="of open events; keys and logins of all, devices and roles of their own"
        ),
    ),
    Route(
        "/api/reservations",
        reservations.ReservationsHandler,
        POST=anybody_or("tickets:write", within=within("body", *GUESTS), but="without a key where booking is open"),
    ),
    Route(
        f"/api/reservations/{ID}",
        reservations.ReservationHandler,
        GET=needs("tickets:read", within=within("reservation", *GUESTS)),
        PATCH=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        f"/api/reservations/{ID}/(cancel|restore|invite|uninvite)",
        reservations.ReservationActionHandler,
        POST=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        f"/api/reservations/{ID}/resend",
        reservations.ResendHandler,
        POST=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        f"/api/reservations/{ID}/(pay|refund)",
        payments.ReservationPaymentHandler,
        POST=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        "/api/waiting",
        waiting.WaitingListHandler,
        GET=needs("tickets:read", within=within("query", *GUESTS)),
        POST=anybody_or("tickets:write", within=within("body", *GUESTS), but="without a key where booking is open"),
    ),
    Route(
        f"/api/waiting/{ID}",
        waiting.WaitingEntryHandler,
        DELETE=needs("tickets:write", within=within("waiting", *GUESTS)),
    ),
    Route("/api/scans", scans.ScansHandler, GET=needs("tickets:read", within=within("query"))),
    Route(
        "/api/keys", keys.KeysHandler, GET=needs("admin"), POST=needs("admin", but="a key with the scope admin: owners")
    ),
    Route(
        f"/api/keys/{ID}/revoke", keys.KeyRevokeHandler, POST=needs("admin", but="a key with the scope admin: owners")
    ),
    Route("/api/webhooks", webhooks.WebhooksHandler, GET=needs("admin"), POST=needs("admin")),
    Route(
        f"/api/webhooks/{ID}",
        webhooks.WebhookHandler,
        GET=needs("admin"),
        PUT=needs("admin"),
        PATCH=needs("admin"),
        DELETE=needs("admin"),
    ),
    Route(f"/api/webhooks/{ID}/ping", webhooks.PingHandler, POST=needs("admin")),
    Route(f"/api/webhooks/{ID}/deliveries", webhooks.DeliveriesHandler, GET=needs("admin")),
    Route(f"/api/webhooks/{ID}/deliveries/{ID}/send", webhooks.SendAgainHandler, POST=needs("admin")),
    Route("/api/outbox", outbox.OutboxHandler, GET=needs("admin")),
    Route(f"/api/outbox/{ID}/send", outbox.SendAgainHandler, POST=needs("admin")),
    Route("/api/users", users.UsersHandler, GET=needs("owner"), POST=needs("owner")),
    Route(f"/api/users/{ID}", users.UserHandler, PATCH=needs("owner"), DELETE=needs("owner")),
    Route("/api/me", users.MeHandler, GET=needs()),
    Route("/api/me/password", users.PasswordHandler, POST=needs(but="a login, with the old password")),
    Route(
        "/api/events",
        events.EventsHandler,
        GET=anybody_or(within=within("any"), but=EVENTS),
        POST=needs("events:write"),
    ),
    Route(
        f"/api/events/{ID}",
        events.EventHandler,
        GET=anybody_or(within=within("event"), but=EVENTS),
        PATCH=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/close",
        events.EventCloseHandler,
        POST=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/showings",
        showings.EventShowingsHandler,
        POST=needs("events:write", within=within("event", "organiser")),
        PATCH=needs("events:write", within=within("event", "organiser")),
    ),
    Route(f"/api/events/{ID}/occupancy", events.OccupancyHandler, GET=needs("tickets:read", within=within("event"))),
    Route(
        f"/api/events/{ID}/sales",
        sales.SalesHandler,
        GET=needs("tickets:write", within=within("event", *GUESTS)),
        POST=needs("tickets:write", within=within("event", *GUESTS)),
    ),
    Route(
        f"/api/events/{ID}/takings",
        takings.TakingsHandler,
        GET=needs("tickets:read", within=within("event", *REPORTS)),
    ),
    Route(
        f"/api/events/{ID}/takings.csv",
        takings.TakingsCsvHandler,
        GET=needs("tickets:read", within=within("event", *REPORTS)),
    ),
    Route(
        f"/api/events/{ID}/tills",
        takings.TillsHandler,
        GET=needs("tickets:write", within=within("event", *GUESTS)),
    ),
    Route(
        f"/api/events/{ID}/tills/{ID}/(open|close)",
        takings.TillActionHandler,
        POST=needs("tickets:write", within=within("event", *GUESTS)),
    ),
    Route(
        f"/api/events/{ID}/report.csv",
        reports.ReportCsvHandler,
        GET=needs("tickets:read", within=within("event", *REPORTS)),
    ),
    Route(
        f"/api/events/{ID}/recount", events.RecountHandler, POST=needs("events:write", within=within("event", *DOORS))
    ),
    Route(
        f"/api/events/{ID}/feedback",
        reports.FeedbackHandler,
        GET=needs("tickets:read", within=within("event", *GUESTS)),
    ),
    Route(f"/api/events/{ID}/alerts", reports.AlertsHandler, GET=needs("tickets:read", within=within("event"))),
    Route(f"/api/events/{ID}/stats", reports.StatsHandler, GET=needs("tickets:read", within=within("event"))),
    Route(
        f"/api/events/{ID}/report",
        reports.ReportHandler,
        GET=needs("tickets:read", within=within("event", *REPORTS)),
    ),
    Route(
        f"/api/events/{ID}/practice", events.PracticeHandler, GET=needs("events:write", within=within("event", *DOORS))
    ),
    Route(
        f"/api/events/{ID}/wallet",
        rollout.RolloutHandler,
        GET=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/wallet/waves",
        rollout.WavesHandler,
        POST=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/wallet/(stop|resume)",
        rollout.RolloutActionHandler,
        POST=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/import",
        imports.EventImportHandler,
        POST=needs("tickets:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/imports",
        imports.EventImportsHandler,
        GET=needs("tickets:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/imports/{ID}", imports.ImportHandler, GET=needs("tickets:write", within=within("import", "organiser"))
    ),
    Route(
        f"/api/events/{ID}/tickets.csv",
        exports.TicketsCsvHandler,
        GET=needs("tickets:read", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/scans.csv",
        exports.ScansCsvHandler,
        GET=needs("tickets:read", within=within("event", "organiser")),
    ),
    Route(
        "/api/devices",
        devices.DevicesHandler,
        GET=needs("devices:write", "tickets:read", within=within("any")),
        POST=needs("devices:write", within=within("body", *DOORS)),
    ),
    Route(
        f"/api/devices/{ID}",
        devices.DeviceHandler,
        GET=needs("devices:write", "tickets:read", within=within("device", *DOORS)),
        PATCH=needs("devices:write", within=within("device", *DOORS)),
    ),
    Route(
        f"/api/devices/{ID}/pairing",
        devices.DevicePairingHandler,
        POST=needs("devices:write", within=within("device", *DOORS)),
    ),
    Route(
        f"/api/devices/{ID}/archive",
        devices.DeviceArchiveHandler,
        POST=needs("devices:write", within=within("device", *DOORS)),
    ),
    Route(f"/api/devices/{ID}/held", devices.HeldHandler, GET=needs("devices:write", within=within("device", *DOORS))),
    Route(
        f"/api/devices/{ID}/held/(accept|drop)",
        devices.HeldDecisionHandler,
        POST=needs("devices:write", within=within("device", *DOORS)),
    ),
    # Tickets in the hand (wallet.md)
    Route(f"/tickets/{ID}/qr", qr.QrHandler, GET=holder_or("tickets:read", within=within("ticket", *GUESTS))),
    Route(f"/t/{ID}", ticket.TicketPageHandler, GET=anybody(OWN_TOKEN)),
    Route(f"/r/{ID}", ticket.ReservationPageHandler, GET=anybody("with the reservation's token in the address")),
    Route(f"/t/{ID}/feedback", ticket.TicketFeedbackHandler, GET=anybody(OWN_TOKEN), POST=anybody(OWN_TOKEN)),
    Route(f"/t/{ID}/calendar", ticket.TicketCalendarHandler, GET=anybody(OWN_TOKEN)),
    Route(f"/t/{ID}/name", guest_changes.RenameHandler, GET=anybody(OWN_TOKEN), POST=holder_only()),
    Route(f"/t/{ID}/cancel", guest_changes.GuestCancelHandler, GET=anybody(OWN_TOKEN), POST=holder_only()),
    Route(f"/t/{ID}/transfer", guest_changes.TransferHandler, GET=anybody(OWN_TOKEN), POST=holder_only()),
    Route(f"/tickets/{ID}/pkpass", passes.PassHandler, GET=holder_or("tickets:read", within=within("ticket", *GUESTS))),
    *(
        Route(
            f"/tickets/{ID}/{provider.kind}",
            passes.SaveLinkHandler,
            GET=holder_or("tickets:read", within=within("ticket", *GUESTS)),
        )
        for provider in SAVE_LINKS
    ),
    Route(
        f"/reservations/{ID}/pkpasses",
        bundles.PassesHandler,
        GET=needs("tickets:read", within=within("reservation", *GUESTS)),
    ),
    Route(f"/r/{ID}/pkpasses", bundles.GuestPassesHandler, GET=anybody("with the reservation's token in the address")),
    Route(f"/w/{ID}", waiting_page.WaitingPageHandler, GET=anybody("with the entry's token in the address")),
    Route(
        f"/w/{ID}/(accept|leave)",
        waiting_page.WaitingActionHandler,
        GET=anybody("with the entry's token in the address"),
        POST=anybody("with the entry's token in the address"),
    ),
    # Booking by guests
    Route("/book", booking.BookIndexHandler, GET=anybody()),
    Route(f"/book/{ID}", booking.BookHandler, GET=anybody(), POST=anybody("as a guest, whoever is logged in")),
    Route(
        f"/book/{ID}/wait",
        join_waiting.JoinWaitingHandler,
        GET=anybody(),
        POST=anybody("as a guest, whoever is logged in"),
    ),
    # Apple's web service for passes (wallet.md)
    Route(
        f"/v1/devices/{ID}/registrations/{ID}",
        apple_service.ChangedPassesHandler,
        GET=anybody("who knows the phone's identifier"),
    ),
    Route(
        f"/v1/devices/{ID}/registrations/{ID}/{ID}",
        apple_service.RegistrationHandler,
        POST=anybody(PASS_TOKEN),
        DELETE=anybody(PASS_TOKEN),
    ),
    Route(f"/v1/passes/{ID}/{ID}", apple_service.NewestPassHandler, GET=anybody(PASS_TOKEN)),
    Route("/v1/log", apple_service.PhoneLogHandler, POST=anybody("limited by address")),
    # Live (live-protocol.md)
    Route("/live", LiveHandler, GET=anybody("who says hello with a credential; each subscription is checked")),
    Route(
        f"/api/events/{ID}/live",
        EventStreamHandler,
        GET=needs("tickets:read", "events:write", "scan", within=within("event"), but=OWN_EVENT),
    ),
    # Pages
    Route("", base.HomeHandler, GET=anybody_or(but="leads to the login or to the events")),
    Route("/login", login.LoginHandler, GET=anybody_or(), POST=anybody("with a user's name and password")),
    Route(
        "/password",
        password.ChoosePasswordHandler,
        GET=needs(but="a login with a password that was made for it"),
        POST=needs(but="a login with a password that was made for it"),
    ),
    Route("/logout", login.LogoutHandler, POST=anybody_or(but="ends the login that is shown")),
    Route("/events", event_pages.EventsPageHandler, GET=needs("tickets:read", within=within("any"))),
    Route("/design", design.DesignHandler, GET=needs("tickets:read")),
    Route(f"/events/{ID}", dashboard.DashboardHandler, GET=needs("tickets:read", within=within("event"))),
    Route(
        f"/events/{ID}/report",
        report.ReportPageHandler,
        GET=needs("tickets:read", within=within("event", *REPORTS)),
    ),
    Route("/admin", admin.AdminHomeHandler, GET=needs("tickets:read", "events:write", within=within("any"))),
    Route(
        f"/admin/{ID}",
        admin.AdminHandler,
        GET=needs("tickets:read", "events:write", within=within("any"), but="each page by what stands on it"),
    ),
    Route(
        f"/admin/{ID}/{ID}",
        admin.AdminHandler,
        GET=needs("events:write", within=within("any"), but="each page by what stands on it"),
    ),
    Route("/scanner", scanner.ScannerHandler, GET=anybody()),
    Route("/scanner/worker.js", scanner.WorkerHandler, GET=anybody()),
    Route("/scanner/app.webmanifest", scanner.AppHandler, GET=anybody()),
    Route("/static/vendor/(.+)", vendor.VendorHandler, GET=anybody(), HEAD=anybody()),
    Route("/static/(.+)", static.StaticHandler, GET=anybody(), HEAD=anybody()),
    # Running the hub
    Route("/healthz", operations.HealthHandler, GET=anybody()),
    Route("/readyz", operations.ReadyHandler, GET=anybody()),
    Route("/metrics", operations.MetricsHandler, GET=needs("admin")),
    Route("/api/jobs", operations.JobsHandler, GET=needs("admin")),
    Route("/api/wallet", operations.WalletHandler, GET=needs("admin")),
]


def rules_of(path: str) -> Mapping[str, Rule]:
    """Return the rules of a path, by method."""
    return next(route.rules for route in ROUTES if route.path == path)


def make_application(hub: Hub, timeouts: IdleTimeouts | None = None) -> Application:
    """Return the Tornado application that serves `hub`."""
    timeouts = timeouts or IdleTimeouts()
    specs = [URLSpec(f"{route.path}/?", route.handler, {"hub": hub, "rules": route.rules}) for route in ROUTES]
    settings: dict[str, Any] = {
        "hub": hub,
        "timeouts": timeouts,
        "wrap": wrapper(hub, timeouts, rules_of(SCAN)["POST"]),
        "default_handler_class": base.NotFoundHandler,
        "default_handler_args": {"hub": hub, "rules": {}},
        "log_function": _record_request,
        "compress_response": False,
        "template_path": str(base.TEMPLATES),
    }
    return BodyLimitedApplication([*specs], **settings)


NAMES = {route.handler: route.name for route in ROUTES}
"""Each handler's path in the metrics."""


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
