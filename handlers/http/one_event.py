"""Requests of users with roles for single events: which event a request is for (booking-api.md, roles for one event).

An event without a role of the asker's, and what is of such an event, are answered like what there is not.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from tornado.web import RequestHandler

from handlers.http.access import Place, Rule
from hub.access.roles import within
from hub.app import Hub
from hub.errors import BadInput, NotFound
from hub.model.access import Principal

EventOf = Callable[[RequestHandler, Hub], Awaitable[str | None]]
"""How the event of a request is found; None where there is none."""
WHICH = "is needed: your role is for single events"


async def acting(handler: RequestHandler, hub: Hub, rule: Rule, principal: Principal) -> Principal:
    """Return a user with roles for single events as they act in the event that the request is for.

    Raises `NotFound` where they have no role for it, `BadInput` where the request names none and has to. On a path
    that is anybody's they may ask for any event, as strangers do.
    """
    if rule.within is None or rule.within.place == "any":
        return principal
    event = await _event_of(handler, hub, rule.within.place)
    own = None if event is None else within(principal, event)
    if own is None and (rule.scopes or not rule.is_open):
        raise NotFound("Not found")
    return own or principal


async def _event_of(handler: RequestHandler, hub: Hub, place: Place) -> str | None:
    try:
        return await PLACES[place](handler, hub)
    except NotFound:
        return None


async def _of_path(handler: RequestHandler, _: Hub) -> str | None:
    return handler.path_args[0]


async def _of_query(handler: RequestHandler, _: Hub) -> str | None:
    event = handler.get_query_argument("event", "")
    if not event:
        raise BadInput("Say which event", {"event": WHICH})
    return event


async def _of_body(handler: RequestHandler, _: Hub) -> str | None:
    event = _body_of(handler).get("event")
    if event is None:
        raise BadInput("Say which event", {"event": WHICH})
    return event if isinstance(event, str) else None


async def _of_body_ticket(handler: RequestHandler, hub: Hub) -> str | None:
    ticket = _body_of(handler).get("ticket_uuid")
    return await _of_ticket_id(hub, ticket.lower()) if isinstance(ticket, str) else None


async def _of_ticket(handler: RequestHandler, hub: Hub) -> str | None:
    return await _of_ticket_id(hub, handler.path_args[0])


async def _of_ticket_id(hub: Hub, ticket_id: str) -> str | None:
    found = await hub.booking.tickets([ticket_id])
    return found[0].event if found else None


async def _of_reservation(handler: RequestHandler, hub: Hub) -> str | None:
    reservation, _ = await hub.tickets.reservation(handler.path_args[0])
    return reservation.event


async def _of_device(handler: RequestHandler, hub: Hub) -> str | None:
    return (await hub.devices.get(handler.path_args[0])).event


async def _of_import(handler: RequestHandler, hub: Hub) -> str | None:
    return (await hub.importer.get(handler.path_args[0])).event


async def _of_waiting(handler: RequestHandler, hub: Hub) -> str | None:
    return (await hub.waiting.entry(handler.path_args[0])).event


def _body_of(handler: RequestHandler) -> Mapping[str, Any]:
    try:
        body = msgspec.json.decode(handler.request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise BadInput("The body is not JSON", code="bad_request", status=400) from wrong
    return body if isinstance(body, dict) else {}


PLACES: Mapping[Place, EventOf] = {
    "event": _of_path,
    "ticket": _of_ticket,
    "reservation": _of_reservation,
    "device": _of_device,
    "import": _of_import,
    "waiting": _of_waiting,
    "body": _of_body,
    "body ticket": _of_body_ticket,
    "query": _of_query,
}
