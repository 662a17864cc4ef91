"""What people may by their roles, and which keys they may have made (booking-api.md, who may). Pure."""

from collections.abc import Collection

from hub.model.access import User

ROLE_SCOPES = {
    "owner": frozenset({"owner", "admin"}),
    "organiser": frozenset({"admin"}),
    "viewer": frozenset({"tickets:read"}),
}


def may_hand_out(user: User | None, scopes: Collection[str]) -> bool:
    """Tell whether a key of this user's may hold `scopes`: no more than they may; `admin` is for owners alone.

    None, who is gone, and somebody who is disabled may hand out nothing.
    """
    if user is None or user.disabled:
        return False
    own = ROLE_SCOPES[user.role]
    if "admin" in scopes:
        return "owner" in own
    return "admin" in own or own.issuperset(scopes)
