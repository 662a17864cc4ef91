"""The administration at `/admin`: pages that are forms and lists over the REST API, which alone decides and changes.

A page is a template and a script of its own, `web/templates/admin/NAME.html` and `web/static/admin/NAME.js`.
"""

from typing import NamedTuple

from handlers.http.access import needs
from handlers.pages.base import PageHandler
from hub.errors import NotFound


class Section(NamedTuple):
    """A page of the administration: what it is called, who may see it, and whether it stands in the navigation."""

    title: str
    scope: str
    is_listed: bool = True


SECTIONS = {
    "events": Section("Events", "events:write"),
    "tickets": Section("Tickets", "tickets:write"),
    "devices": Section("Devices", "devices:write"),
    "imports": Section("Import and export", "tickets:write"),
    "webhooks": Section("Webhooks", "admin"),
    "keys": Section("Keys", "admin"),
    "users": Section("Users", "owner"),
    "running": Section("Running", "admin"),
    "account": Section("My password", "events:write"),
}
"""By the first part of the path after `/admin/`."""
DETAILS: dict[str, Section] = {
    "events": Section("Event", "events:write"),
    "tickets": Section("Ticket", "tickets:write"),
    "reservations": Section("Reservation", "tickets:write"),
    "devices": Section("Device", "devices:write"),
    "practice": Section("Practice codes", "events:write"),
    "webhooks": Section("Webhook", "admin"),
}
"""Pages of one thing, at `/admin/SECTION/ID`; their files are called `SECTION_one`."""


class AdminHomeHandler(PageHandler):
    """`/admin`."""

    def get(self) -> None:
        """Lead to the first page that the asker may see."""
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
        page = name if thing is None else f"{name}_one"
        listed = {key: each.title for key, each in SECTIONS.items() if each.is_listed and self.known.has(each.scope)}
        self.render(
            f"admin/{page}.html", page=page, section=name, title=section.title, sections=listed, thing=thing or ""
        )
