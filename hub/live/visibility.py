"""Visibility: rules for who may follow which event, and which entries and names they see. Pure."""

from typing import NamedTuple

from hub.access.roles import holds
from hub.model.access import Principal
from hub.model.journal import HUB_STREAM
from hub.model.kinds import MONEY_KINDS, SCANNER_KINDS

_FOLLOWING_SCOPES = ("tickets:read", "events:write", "scan")


class View(NamedTuple):
    """View of a subscriber: whether names of guests, and the kinds for organisers only, are shown."""

    names: bool
    all_kinds: bool
    money: bool = True
    """Whether payments and tills are among the kinds that are for organisers only."""

    def sees(self, kind: str) -> bool:
        """Return whether entries of `kind` are shown; the others are redacted and keep their number."""
        if not self.money and kind in MONEY_KINDS:
            return False
        return self.all_kinds or kind in SCANNER_KINDS


WITHOUT_MONEY = View(names=False, all_kinds=True, money=False)
VIEWS = (*(View(names, all_kinds) for names in (False, True) for all_kinds in (False, True)), WITHOUT_MONEY)


def view_of(principal: Principal, event: str) -> View:
    """Return the view that `principal` has of an event that it may follow."""
    match principal.kind:
        case "user" if (principal.event_roles or {}).get(event) == "door_lead":
            return WITHOUT_MONEY
        case "user":
            return View(names=holds(principal, "tickets:read", event), all_kinds=True)
        case "key":
            return View(names=principal.has("tickets:read"), all_kinds=True)
        case _:
            return View(names="names" in principal.may, all_kinds=False)


def may_follow(principal: Principal, event: str) -> bool:
    """Return whether `principal` may follow `event`.

    A device its own; users with roles for single events theirs; readers of tickets and managers of events any; `admin`
    the stream `hub`; a ticket's holder none, since what happens to their ticket is sent to them anyway.
    """
    match principal.kind:
        case "key" | "user" if event == HUB_STREAM:
            return principal.has("admin")
        case "user" if principal.event_roles is not None:
            return event in principal.event_roles
        case "key" | "user":
            return any(principal.has(scope) for scope in _FOLLOWING_SCOPES)
        case "device":
            return event != HUB_STREAM and principal.event in (None, event)
        case _:
            return False
