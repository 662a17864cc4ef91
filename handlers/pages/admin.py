"""Administration at `/admin`: forms and lists over the REST API, which alone decides and changes.

A page is a template and a script of its own, `web/templates/admin/NAME.html` and `web/static/admin/NAME.js`.
"""

from typing import NamedTuple, get_args

from handlers.http.access import DOORS, GUESTS
from handlers.pages.base import PageHandler
from handlers.pages.locales import word_scripts
from hub.errors import NotAllowed, NotFound
from hub.language.catalogue import every_language
from hub.model.access import EventRoleName, Principal
from hub.model.base import TicketStatus
from hub.model.kinds import WEBHOOK_GROUPS


class Section(NamedTuple):
    """Page of the administration: the message of its title, the scope, and the name of template and script."""

    title: str
    scope: str | None
    """None: any login."""
    page: str
    roles: tuple[EventRoleName, ...] = ()
    """Roles for single events that may see it; what stands on it is of their events alone."""
    catalogues: tuple[str, ...] = ()
    """What its scripts say, beside what all do."""

    def is_for(self, principal: Principal) -> bool:
        """Return whether `principal` may see it."""
        if self.scope is None:
            return principal.kind == "user"
        return principal.has_role(*self.roles) if principal.event_roles is not None else principal.has(self.scope)


EVENTS = ("admin-events",)
"""Catalogues of the pages of events."""
TICKETS = ("admin-tickets", "admin-payment")
"""Catalogues of the pages of tickets and reservations."""
A_TICKET = (*TICKETS, "admin-history")
SECTIONS = {
    "events": Section("admin-title-events", "events:write", "events", ("organiser",), EVENTS),
    "tickets": Section("admin-title-tickets", "tickets:write", "tickets", GUESTS, TICKETS),
    "devices": Section("admin-title-devices", "devices:write", "devices", DOORS, ("admin-devices",)),
    "imports": Section("admin-title-imports", "tickets:write", "imports", ("organiser",), ("admin-import",)),
    "webhooks": Section("admin-title-webhooks", "admin", "webhooks", (), ("admin-hub", "kinds")),
    "keys": Section("admin-title-keys", "admin", "keys", (), ("admin-users",)),
    "users": Section("admin-title-users", "owner", "users", (), ("admin-users",)),
    "running": Section("admin-title-running", "admin", "running", (), ("admin-hub", "checks", "kinds")),
    "account": Section("admin-title-account", None, "account", (), ("admin-account",)),
}
"""By the first part of the path after `/admin/`."""
DETAILS: dict[str, Section] = {
    "events": Section("admin-title-event", "events:write", "event_detail", ("organiser",), EVENTS),
    "tickets": Section("admin-title-ticket", "tickets:write", "ticket_detail", GUESTS, A_TICKET),
    "reservations": Section("admin-title-reservation", "tickets:write", "reservation_detail", GUESTS, TICKETS),
    "devices": Section("admin-title-device", "devices:write", "device_detail", DOORS, ("admin-devices",)),
    "practice": Section("admin-title-practice", "events:write", "practice_detail", DOORS, ("admin-passes",)),
    "relay": Section("admin-title-relay", "devices:write", "relay_detail", ("organiser",), ("admin-relay",)),
    "sell": Section("admin-title-sell", "tickets:write", "sell", GUESTS, (*TICKETS, "admin-sell")),
    "till": Section("admin-title-till", "tickets:write", "till", GUESTS, ("admin-payment", "admin-sell")),
    "wallet": Section("admin-title-passes", "events:write", "wallet_detail", ("organiser",), ("admin-passes",)),
    "webhooks": Section("admin-title-webhook", "admin", "webhook_detail", (), ("admin-hub", "kinds")),
}
"""Pages of one thing, at `/admin/SECTION/ID`."""


CATALOGUES = ("words", "verdicts", "admin")
"""What the scripts of all pages say."""
NEW = "new"
"""In the place of an id, the form of a new thing."""
TICKET_ORDERS = (
    *("last_name", "-last_name", "first_name", "-first_name", "-booked", "booked"),
    *("date", "-date", "product", "-product", "status", "-status"),
)
"""Orders of the list of tickets, as its form offers them."""
OF_THE_HUB = ("events",)
"""What no role for single events makes."""
ON_A_RELAY = "account"
"""The section that a relay has itself."""


class AdminBase(PageHandler):
    """Base of the administration."""

    @property
    def sections(self) -> dict[str, Section]:
        """The sections that are here: a relay has one's own account alone, the rest is at its hub."""
        return {ON_A_RELAY: SECTIONS[ON_A_RELAY]} if self.hub.settings.upstream else SECTIONS


class AdminHomeHandler(AdminBase):
    """`/admin`: leads to the first page that its reader may see."""

    def get(self) -> None:
        """Redirect to the first page that the principal may see."""
        mine = next((name for name, section in self.sections.items() if section.is_for(self.known)), None)
        if mine is None:
            raise NotAllowed("not_allowed", "This login may not see this page")
        self.redirect(f"/admin/{mine}", status=303)


class AdminHandler(AdminBase):
    """`/admin/SECTION` and `/admin/SECTION/ID`."""

    is_translated = True

    async def get(self, name: str, thing: str | None = None) -> None:
        """Show the page; its script asks the API for its contents."""
        section = section_of(name, thing)
        if section is None:
            raise NotFound("There is no such page")
        if self.hub.settings.upstream and name != ON_A_RELAY:
            self.redirect(f"{self.hub.settings.upstream}{self.request.uri}", status=303)
            return
        if not section.is_for(self.known) or (
            thing == NEW and name in OF_THE_HUB and self.known.event_roles is not None
        ):
            raise NotAllowed("not_allowed", "This login may not see this page")
        listed = {key: self.language.say(each.title) for key, each in self.sections.items() if each.is_for(self.known)}
        self.render(
            f"admin/{section.page}.html",
            page=section.page,
            words=word_scripts(self.language, *CATALOGUES, *section.catalogues),
            section=name,
            title=self.language.say(section.title),
            sections=listed,
            thing=thing or "",
            query=self.query_texts,
            kind_groups=WEBHOOK_GROUPS,
            ticket_states=get_args(TicketStatus),
            ticket_orders=TICKET_ORDERS,
            languages=every_language(),
            largest_import=self.hub.settings.import_limit_bytes,
        )


def section_of(name: str, thing: str | None = None) -> Section | None:
    """Return the page of a path; None where there is none."""
    return (SECTIONS if thing is None else DETAILS).get(name)
