"""Routes of events: running one, its sales, reports, imports and exports (booking-api.md, import.md)."""

from handlers.api import events, exports, imports, reports, sales, scans, showings, takings
from handlers.http.access import DOORS, GUESTS, ID, REPORTS, anybody, anybody_or, needs, within
from handlers.pages import pictures
from handlers.routes.route import Route
from handlers.wallet import rollout

OPEN_EVENTS = "open events, in short; with tickets:read, events:write or a role all that are theirs, whole"

EVENT_ROUTES = [
    Route("/api/scans", scans.ScansHandler, GET=needs("tickets:read", within=within("query"))),
    Route(
        "/api/events",
        events.EventsHandler,
        GET=anybody_or(within=within("any"), but=OPEN_EVENTS),
        POST=needs("events:write"),
    ),
    Route(
        f"/api/events/{ID}",
        events.EventHandler,
        GET=anybody_or(within=within("event"), but=OPEN_EVENTS),
        PATCH=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/close",
        events.EventCloseHandler,
        POST=needs("events:write", within=within("event", "organiser")),
    ),
    Route(
        f"/api/events/{ID}/picture",
        pictures.EventPictureHandler,
        PUT=needs("events:write", within=within("event", "organiser")),
        DELETE=needs("events:write", within=within("event", "organiser")),
    ),
    Route(f"/pictures/{ID}/{ID}", pictures.PictureHandler, GET=anybody("with the picture's hash in the path")),
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
        f"/api/events/{ID}/closings",
        takings.ClosingsHandler,
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
]
