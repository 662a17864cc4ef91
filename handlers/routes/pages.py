"""Routes of pages for those who work with the hub, and of static files (admin.md, scanner.md)."""

from handlers.http.access import ID, REPORTS, anybody, anybody_or, needs, within
from handlers.pages import (
    admin,
    base,
    dashboard,
    design,
    locales,
    login,
    password,
    relay,
    report,
    scanner,
    static,
    vendor,
)
from handlers.pages import events as event_pages
from handlers.routes.route import Route

PAGE_ROUTES = [
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
    Route("/relay", relay.RelayPageHandler, GET=needs("tickets:read", but="on a relay alone")),
    Route("/scanner", scanner.ScannerHandler, GET=anybody()),
    Route("/scanner/worker.js", scanner.WorkerHandler, GET=anybody()),
    Route("/scanner/app.webmanifest", scanner.AppHandler, GET=anybody()),
    Route("/static/vendor/(.+)", vendor.VendorHandler, GET=anybody(), HEAD=anybody()),
    Route("/static/locales/(.+)", locales.LocaleHandler, GET=anybody()),
    Route("/favicon.ico", static.FaviconHandler, GET=anybody(), HEAD=anybody()),
    Route("/robots.txt", static.RobotsHandler, GET=anybody()),
    Route("/static/(.+)", static.StaticHandler, GET=anybody(), HEAD=anybody()),
]
