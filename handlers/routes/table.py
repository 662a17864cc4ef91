"""Table of all routes of the hub, each served with and without trailing slash, never by a redirect."""

from collections.abc import Mapping

from handlers.http.access import Rule
from handlers.routes.accounts import ACCOUNT_ROUTES
from handlers.routes.door import DOOR_ROUTES
from handlers.routes.events import EVENT_ROUTES
from handlers.routes.guests import GUEST_ROUTES
from handlers.routes.operations import OPERATION_ROUTES
from handlers.routes.pages import PAGE_ROUTES
from handlers.routes.relay import RELAY_ROUTES
from handlers.routes.tickets import TICKET_ROUTES

ROUTES = [
    *DOOR_ROUTES,
    *TICKET_ROUTES,
    *EVENT_ROUTES,
    *GUEST_ROUTES,
    *PAGE_ROUTES,
    *ACCOUNT_ROUTES,
    *OPERATION_ROUTES,
    *RELAY_ROUTES,
]


def rules_of(path: str) -> Mapping[str, Rule]:
    """Rules of a path, by method."""
    return next(route.rules for route in ROUTES if route.path == path)
