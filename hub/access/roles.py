"""Roles: the scopes of each, and which keys a user may have made (booking-api.md, who may). Pure."""

from collections.abc import Collection

from hub.model.access import User

ROLE_SCOPES = {
    "owner": frozenset({"owner", "admin"}),
    "organiser": frozenset({"admin"}),
    "viewer": frozenset({"tickets:read"}),
}


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
