"""Administration at `/admin`: forms and lists over the REST API, which alone decides and changes.

A page is a template and a script of its own, `web/templates/admin/NAME.html` and `web/static/admin/NAME.js`.
"""

from typing import NamedTuple

from handlers.http.access import needs
from handlers.pages.base import PageHandler
from hub.errors import NotFound
from hub.model.kinds import WEBHOOK_GROUPS


class Section(NamedTuple):
    """Page of the administration: its title, the scope that it needs, and the name of its template and script."""

    title: str
    scope: str
    page: str


SECTIONS = {
    "events": Section("Events", "events:write", "events"),
    "tickets": Section("Tickets", "tickets:write", "tickets"),
    "devices": Section("Devices", "devices:write", "devices"),
    "imports": Section("Import and export", "tickets:write", "imports"),
    "webhooks": Section("Webhooks", "admin", "webhooks"),
    "keys": Section("Keys", "admin", "keys"),
    "users": Section("Users", "owner", "users"),
    "running": Section("Running", "admin", "running"),
    "account": Section("My password", "events:write", "account"),
}
"""By the first part of the path after `/admin/`."""
DETAILS: dict[str, Section] = {
    "events": Section("Event", "events:write", "event_detail"),
    "tickets": Section("Ticket", "tickets:write", "ticket_detail"),
    "reservations": Section("Reservation", "tickets:write", "reservation_detail"),
    "devices": Section("Device", "devices:write", "device_detail"),
    "practice": Section("Practice codes", "events:write", "practice_detail"),
    "sell": Section("Sell tickets", "tickets:write", "sell"),
    "till": Section("Till", "tickets:write", "till"),
    "wallet": Section("Passes", "events:write", "wallet_detail"),
    "webhooks": Section("Webhook", "admin", "webhook_detail"),
}
"""Pages of one thing, at `/admin/SECTION/ID`."""


class AdminHomeHandler(PageHandler):
    """`/admin`."""

    def get(self) -> None:
        """Redirect to the first page that the principal may see."""
        mine = (name for name, section in SECTIONS.items() if self.known.has(section.scope))
        self.redirect(f"/admin/{next(mine)}", status=303)


class AdminHandler(PageHandler):
    """`/admin/SECTION` and `/admin/SECTION/ID`."""

    async def get(self, name: str, thing: str | None = None) -> None:
        """Show the page; its script asks the API for what stands on it."""
        section = (SECTIONS if thing is None else DETAILS).get(name)
        if section is None:
            raise NotFound("There is no such page")
        if not self.known.has(section.scope):
            self.refuse(needs(section.scope))
        listed = {key: each.title for key, each in SECTIONS.items() if self.known.has(each.scope)}
        self.render(
            f"admin/{section.page}.html",
            page=section.page,
            section=name,
            title=section.title,
            sections=listed,
            thing=thing or "",
            query=self.query_texts,
            kind_groups=WEBHOOK_GROUPS,
        )
