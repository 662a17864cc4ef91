"""Wiring of the live server: its ports, filled in from the rest of the hub."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec

from hub.access.authenticate import Authenticator
from hub.access.logins import Logins
from hub.alerts.service import describe_alert
from hub.clock import Clock
from hub.devices.last_seen import LastSeen
from hub.door.response import StatusAnswer
from hub.door.service import Scanning
from hub.errors import NotAllowed
from hub.events.service import Events
from hub.live.ports import Call, CookieCredential, Credential, KeyCredential, Ports, TicketCredential
from hub.model.access import Attendance, Device, Principal
from hub.model.device_info import info_from_hello
from hub.model.event_view import DeviceView, EventView
from hub.model.journal import HUB_STREAM
from hub.request_limits import Limits
from hub.telemetry.tracing import Tracer
from hub.tickets.booking import Booking, TicketView
from hub.tickets.status import GuestStatus, guest_status
from store.journal.tail import Tail
from store.store import Store


class TicketPageView(TicketView, kw_only=True):
    """Ticket as its page shows it: as the API answers it, with its standing."""

    standing: GuestStatus


class LiveWiring:
    """Adapter between the live server's ports and the services that answer them."""

    def __init__(
        self,
        *,
        store: Store,
        tail: Tail,
        people: Authenticator,
        logins: Logins,
        events: Events,
        booking: Booking,
        scanning: Scanning,
        presence: LastSeen,
        limits: Limits,
        delayed: Callable[[float], None],
        tracer: Tracer,
        online: Callable[[], Awaitable[Mapping[str, Attendance]]],
        organisation: str,
        clock: Clock,
    ) -> None:
        self._store = store
        self._tail = tail
        self._people = people
        self._logins = logins
        self._events = events
        self._booking = booking
        self._scanning = scanning
        self._presence = presence
        self._limits = limits
        self._delayed = delayed
        self._tracer = tracer
        self._online = online
        self._organisation = organisation
        self._clock = clock

    async def identify(self, credential: Credential) -> Principal:
        """Return the principal of a credential. Raises `NotAllowed`."""
        match credential:
            case KeyCredential(api_key):
                return await self._people.by_key(api_key)
            case CookieCredential(cookie):
                principal = await self._logins.by_cookie(cookie, self._clock.now())
                if principal is not None and not principal.must_set_up:
                    return principal
            case TicketCredential(ticket_id, token):
                ticket = await self._store.tickets.find(ticket_id)
                if ticket is not None and self._booking.opens(ticket, token):
                    return Principal(kind="ticket", id=ticket.id, name="", event=ticket.event)
        raise NotAllowed("bad_key", "Invalid or missing credential")

    def ports(self) -> Ports:
        """Return the ports of the live server."""
        return Ports(
            journal=self._store.journal,
            tail=self._tail,
            names=self._names,
            describe=self.event_view,
            identify=self.identify,
            ticket_state=self._ticket_state,
            calls={
                "scan": self._traced("scan", of_scanners(self._scanning.scan)),
                "check": self._traced("check", of_scanners(self._check)),
                "undo": self._traced("undo", of_scanners(self._scanning.undo)),
            },
            seen=self._seen,
            refused=self._limits.bad_keys.take,
            delayed=self._delayed,
        )

    def _traced(self, verb: str, call: Call) -> Call:
        """Return `call` with a span of its own, as requests over HTTP have one."""

        async def run(principal: Principal, body: dict[str, Any]) -> tuple[int, msgspec.Struct]:
            with self._tracer.span(f"live {verb}", "server"):
                return await call(principal, body)

        return run

    async def _check(self, principal: Principal, body: object) -> StatusAnswer:
        return await self._scanning.check(principal, body, self._clock.now())

    async def _names(self, event_id: str, ticket_ids: Sequence[str]) -> dict[str, str]:
        """Return the names on those tickets that are of the event: one's guests are none of another's business."""
        found = await self._store.tickets.by_ids(ticket_ids)
        return {ticket.id: ticket.name for ticket in found if ticket.event == event_id}

    async def event_view(self, event_id: str) -> EventView | None:
        """Return an event as a snapshot shows it, or None."""
        if event_id == HUB_STREAM:
            return EventView(id=HUB_STREAM, name=self._organisation)
        event = await self._store.events.find(event_id)
        if event is None:
            return None
        devices = await self._store.devices.of_event(event_id)
        alerts = await self._store.alerts.of_event(event_id)
        online = await self._online()
        return EventView(
            id=event.id,
            name=event.name,
            max_inside=event.max_inside,
            doors=event.doors,
            zones=event.zones,
            devices=[_view(device, online.get(device.id)) for device in devices if device.is_in_service],
            alerts=[describe_alert(alert, devices, event) for alert in alerts],
        )

    async def _ticket_state(self, ticket_id: str) -> TicketPageView | None:
        """Return a ticket as its page shows it, with its standing, or None."""
        ticket = await self._store.tickets.find(ticket_id)
        if ticket is None:
            return None
        event, now = await self._events.get(ticket.event), self._clock.now()
        described = msgspec.structs.asdict(await self._booking.describe(ticket, now))
        return TicketPageView(**described, standing=guest_status(ticket, event, now))

    def _seen(self, principal: Principal, info: dict[str, Any] | None) -> None:
        self._presence.heard(principal, info_from_hello(info))


def of_scanners(call: Call) -> Call:
    """Return a call that refuses who may not scan, as its HTTP path does."""

    async def checked(principal: Principal, body: dict[str, Any]) -> tuple[int, msgspec.Struct]:
        if not principal.has("scan"):
            raise NotAllowed("not_allowed", "This needs the scope scan")
        return await call(principal, body)

    return checked


def _view(device: Device, online: Attendance | None) -> DeviceView:
    return DeviceView(
        id=device.id,
        name=device.name,
        door=device.door,
        online=online is not None,
        since=None if online is None else online.since,
        last_seen_at=device.last_seen_at,
    )
