"""Routes of doors: scans, devices and the live flow (scan-api.md, live-protocol.md)."""

from handlers.api import devices, door_sales, scan
from handlers.fast_path.request import ROUTE as SCAN
from handlers.http.access import DOORS, ID, OWN_EVENT, anybody, needs, within
from handlers.live.sse import EventStreamHandler
from handlers.live.websocket import LiveHandler
from handlers.routes.route import Route

DOOR_ROUTES = [
    Route("/scan/test_api", scan.TestApiHandler, GET=needs("scan")),
    Route("/scan/door", scan.DoorHandler, POST=needs("scan", may="door", but="devices that serve one event")),
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
    Route("/live", LiveHandler, GET=anybody("who says hello with a credential; each subscription is checked")),
    Route(
        f"/api/events/{ID}/live",
        EventStreamHandler,
        GET=needs("tickets:read", "events:write", "scan", within=within("event"), but=OWN_EVENT),
    ),
]
