"""Name cache: the names on tickets, so that a wave of reconnecting organisers costs no query."""

from collections.abc import Collection, Mapping, Sequence

from hub.errors import guard
from hub.live.ports import Names

MOST = 5000


class NameCache:
    """Cache of one event's names by ticket, invalidated by the ticket's entries; None: no ticket of the event."""

    def __init__(self, event: str, names: Names) -> None:
        self._event = event
        self._ask = names
        self._known: dict[str, str | None] = {}
        self._changes = 0

    async def of(self, tickets: Sequence[str]) -> Mapping[str, str]:
        """Return the names on those of `tickets` that are of the event. Raises `HubError`."""
        found = {ticket: self._known[ticket] for ticket in tickets if ticket in self._known}
        missing = [ticket for ticket in tickets if ticket not in found]
        if missing:
            found |= await self._look_up(missing)
        return {ticket: name for ticket, name in found.items() if name is not None}

    async def _look_up(self, tickets: Sequence[str]) -> Mapping[str, str | None]:
        changes = self._changes
        found: dict[str, str | None] = {**dict.fromkeys(tickets), **await guard(self._ask(self._event, tickets))}
        if changes == self._changes:
            if len(self._known) + len(found) > MOST:
                self._known.clear()
            self._known |= found
        return found

    def forget(self, tickets: Collection[str]) -> None:
        """Invalidate these names, a lookup that is under way included."""
        if tickets:
            self._changes += 1
            for ticket in tickets:
                self._known.pop(ticket, None)
