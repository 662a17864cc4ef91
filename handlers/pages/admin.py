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
from hub.model.refusals import REASONS


class Section(NamedTuple):
    """Page of the administration: its title, the scope that it needs, and the name of its template and script."""

    title: str
    scope: str | None
    """None: any login."""
    page: str
    roles: tuple[EventRoleName, ...] = ()
    """Roles for single events that may see it; what stands on it is of their events alone."""

    def is_for(self, principal: Principal) -> bool:
        """Return whether `principal` may see it."""
        if self.scope is None:
            return principal.kind == "user"
        return principal.has_role(*self.roles) if principal.event_roles is not None else principal.has(self.scope)


SECTIONS = {
    "events": Section("Events", "events:write", "events", ("organiser",)),
    "tickets": Section("Tickets", "tickets:write", "tickets", GUESTS),
    "devices": Section("Devices", "devices:write", "devices", DOORS),
    "imports": Section("Import and export", "tickets:write", "imports", ("organiser",)),
    "webhooks": Section("Webhooks", "admin", "webhooks"),
    "keys": Section("Keys", "admin", "keys"),
    "users": Section("Users", "owner", "users"),
    "running": Section("Running", "admin", "running"),
    "account": Section("My account", None, "account"),
}
"""By the first part of the path after `/admin/`."""
DETAILS: dict[str, Section] = {
    "events": Section("Event", "events:write", "event_detail", ("organiser",)),
    "tickets": Section("Ticket", "tickets:write", "ticket_detail", GUESTS),
    "reservations": Section("Reservation", "tickets:write", "reservation_detail", GUESTS),
    "devices": Section("Device", "devices:write", "device_detail", DOORS),
    "practice": Section("Practice codes", "events:write", "practice_detail", DOORS),
    "sell": Section("Sell tickets", "tickets:write", "sell", GUESTS),
    "till": Section("Till", "tickets:write", "till", GUESTS),
    "wallet": Section("Passes", "events:write", "wallet_detail", ("organiser",)),
    "webhooks": Section("Webhook", "admin", "webhook_detail"),
}
"""Pages of one thing, at `/admin/SECTION/ID`."""


CATALOGUES = ("words", "verdicts")
"""What the scripts of all pages say."""
NEW = "new"
"""In the place of an id, the form of a new thing."""
TICKET_STATES = {state: REASONS.get(state, "Valid") for state in get_args(TicketStatus)}
"""States of tickets in words, for the filter of their list."""
OF_THE_HUB = ("events",)
"""What no role for single events makes."""


class AdminHomeHandler(PageHandler):
    """`/admin`: leads to the first page that its reader may see."""

    def get(self) -> None:
        """Redirect to the first page that the principal may see."""
        mine = next((name for name, section in SECTIONS.items() if section.is_for(self.known)), None)
        if mine is None:
            raise NotAllowed("not_allowed", "This login may not see this page")
        self.redirect(f"/admin/{mine}", status=303)


class AdminHandler(PageHandler):
    """`/admin/SECTION` and `/admin/SECTION/ID`."""

    async def get(self, name: str, thing: str | None = None) -> None:
        """Show the page; its script asks the API for its contents."""
        section = (SECTIONS if thing is None else DETAILS).get(name)
        if section is None:
            raise NotFound("There is no such page")
        if not section.is_for(self.known) or (
            thing == NEW and name in OF_THE_HUB and self.known.event_roles is not None
        ):
            raise NotAllowed("not_allowed", "This login may not see this page")
        listed = {key: each.title for key, each in SECTIONS.items() if each.is_for(self.known)}
        self.render(
            f"admin/{section.page}.html",
            page=section.page,
            words=word_scripts(self.language, *CATALOGUES),
            section=name,
            title=section.title,
            sections=listed,
            thing=thing or "",
            query=self.query_texts,
            kind_groups=WEBHOOK_GROUPS,
            ticket_states=TICKET_STATES,
            languages=every_language(),
            largest_import=self.hub.settings.import_limit_bytes,
        )
