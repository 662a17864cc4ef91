"""Place of an event: in words, and as a plain link to a map, of which nothing is loaded before it is followed."""

from urllib.parse import quote

from hub.model.event import Event

MAP = "https://www.openstreetmap.org/search?query="


def place_of(event: Event) -> str:
    """Return venue and address in one line; empty where neither is known."""
    return ", ".join(part for part in (event.venue, event.address) if part)


def map_link(event: Event) -> str:
    """Return the address of a map of where an event is; empty where its address is not known."""
    return MAP + quote(event.address, safe="") if event.address else ""
