"""Status page of a relay, at `/relay` on it (docs/relay.md)."""

from handlers.pages.base import PageHandler
from handlers.pages.locales import word_scripts
from hub.errors import NotFound

CATALOGUES = ("words", "relay")
"""What the page's script says."""


class RelayPageHandler(PageHandler):
    """`/relay`: how far the relay is. Its script keeps it up to date."""

    is_translated = True

    async def get(self) -> None:
        """Show the page; a hub has none."""
        status = await self.hub.relay_status()
        if status is None:
            raise NotFound("There is no such page")
        event = await self.hub.events.get(status.event)
        self.event_language = event.language
        self.render("relay.html", status=status, event=event, words=word_scripts(self.language, *CATALOGUES))
