"""Roles: the scopes of each, and which keys a user may have made (booking-api.md, who may). Pure."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from hub.model.access import EventRoleName, Principal, User

ROLE_SCOPES = {
    "owner": frozenset({"owner", "admin"}),
    "organiser": frozenset({"admin"}),
    "viewer": frozenset({"tickets:read"}),
    "staff": frozenset[str](),
}
"""Scopes of a role for the whole hub."""
EVENT_ROLE_SCOPES: Mapping[EventRoleName, frozenset[str]] = {
    "organiser": frozenset({"tickets:read", "tickets:write", "events:write", "devices:write", "scan"}),
    "box_office": frozenset({"tickets:read", "tickets:write"}),
    "viewer": frozenset(),
    "door_lead": frozenset({"devices:write", "scan"}),
}
"""Scopes of a role within its event, on the paths that name the role (`handlers/routes/`)."""


def event_roles_of(user: User) -> Mapping[str, EventRoleName] | None:
    """Return a user's roles by event; None for one whose role is for the whole hub."""
    return {each.event: each.role for each in user.events} if user.role == "staff" else None


def within(principal: Principal, event: str) -> Principal | None:
    """Return a user with roles for single events as they act in `event`; None where they have no role for it."""
    role = (principal.event_roles or {}).get(event)
    return None if role is None else replace(principal, scopes=EVENT_ROLE_SCOPES[role], event=event)


def may_hand_out(user: User | None, scopes: Collection[str]) -> bool:
    """Return whether a key of this user's may hold `scopes`: no more than they may; `admin` is for owners alone.

    None, a user who is gone, and one who is disabled may hand out nothing.
    """
    if user is None or user.disabled:
        return False
    own = ROLE_SCOPES[user.role]
    if "admin" in scopes:
        return "owner" in own
    return "admin" in own or own.issuperset(scopes)


def holds(principal: Principal, scope: str, event: str) -> bool:
    """Return whether a principal holds `scope` for an event, by its role for it or for the whole hub."""
    acting = principal if principal.event_roles is None else within(principal, event)
    return acting is not None and acting.has(scope)
