"""Grants of rights to devices: each takes the scope that the same would take without a device. Pure."""

from collections.abc import Iterable

from hub.errors import NotAllowed
from hub.model.access import Principal

SCOPE_OF = {"sell": "tickets:write", "names": "tickets:read", "search": "tickets:read"}
"""Scopes of the rights that are more than a door needs: money, and guests' names."""
REFUSALS = {
    "tickets:write": "Your role may not let a device sell",
    "tickets:read": "Your role may not let a device show guests' names",
}


def check_grants(by: Principal, rights: Iterable[str]) -> None:
    """Raise `NotAllowed` where `rights` hold one whose scope the principal does not hold itself."""
    needed = {SCOPE_OF[right] for right in rights if right in SCOPE_OF}
    for scope in sorted(needed, reverse=True):
        if not by.has(scope):
            is_key = by.event_roles is None
            raise NotAllowed("not_allowed", f"This needs the scope {scope}" if is_key else REFUSALS[scope])
