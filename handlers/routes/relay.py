"""Routes of relays: a hub's calls for one in the venue, and what organisers see of it (docs/relay.md)."""

from handlers.http.access import ID, needs, within
from handlers.relay import host, own
from handlers.routes.route import Route

FOR_ITS_EVENT = "a relay's key, for the one event that it is bound to"

RELAY_ROUTES = [
    Route("/api/relay/join", host.JoinHandler, POST=needs("relay", but=FOR_ITS_EVENT)),
    Route("/api/relay/tickets", host.TicketsHandler, GET=needs("relay", but=FOR_ITS_EVENT)),
    Route("/api/relay/journal", host.JournalHandler, GET=needs("relay", but=FOR_ITS_EVENT)),
    Route("/api/relay/pull", host.PullHandler, POST=needs("relay", but=FOR_ITS_EVENT)),
    Route("/api/relay/scan", host.ForwardHandler, POST=needs("relay", but=FOR_ITS_EVENT)),
    Route("/api/relay/facts", host.FactsHandler, POST=needs("relay", but=FOR_ITS_EVENT)),
    Route("/api/relay/status", own.RelayStatusHandler, GET=needs("scan", "tickets:read", but="on a relay alone")),
    Route(f"/api/events/{ID}/relay", host.RelayHandler, GET=needs("tickets:read", within=within("event"))),
    Route(
        f"/api/events/{ID}/relay/lost",
        host.RelayLostHandler,
        POST=needs("devices:write", within=within("event", "organiser")),
    ),
]
