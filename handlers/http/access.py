"""Access rules: credentials that each method of a path needs (booking-api.md, who may); the table is `ROUTES`.

`tests/handlers/http/test_access.py` walks every path with every credential and compares. A credential is an API key
of a device or a script, a login's cookie, or a ticket's access token.
"""

from typing import Literal

import msgspec

from hub.model.access import EventRoleName, Principal

ID = "([^/]+)"
"""Any one part of a path."""


Place = Literal["event", "ticket", "reservation", "device", "import", "waiting", "body", "body ticket", "query", "any"]
"""Where a request names the event it is for: the path does, or what it names is of the event; its body or its query;
`any`: no single one, and the handler shows those of the asker's."""


class Within(msgspec.Struct, frozen=True):
    """Access of roles for one event: those that may, for the event that `place` names."""

    place: Place
    roles: tuple[EventRoleName, ...]


def within(place: Place, *roles: EventRoleName) -> Within:
    """Return the access of `roles`, of all where none is named."""
    return Within(place, roles or ALL_ROLES)


ALL_ROLES: tuple[EventRoleName, ...] = ("organiser", "box_office", "viewer", "door_lead")
GUESTS: tuple[EventRoleName, ...] = ("organiser", "box_office")
"""Roles that see the names of guests, and book for them."""
REPORTS: tuple[EventRoleName, ...] = ("organiser", "box_office", "viewer")
"""Roles that see the report, with its money."""
DOORS: tuple[EventRoleName, ...] = ("organiser", "door_lead")
"""Roles that run the doors."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Access rule of one method of a path.

    A credential that holds one of `scopes`; where none is named any that is good. `is_open`: who shows none may, too.
    `is_asked` false: none is looked at. `holder`: the token of the ticket that the path names will do as well; it
    alone will where `is_keyed` is false.
    `may` names the right that a device needs besides; the rules of the door check it (`hub/`), over every wire.
    `within` is what roles for one event may; without it a user who has only such may nothing but what needs no scope.
    `but` says in words what the handler narrows or widens by what is asked for.
    """

    scopes: tuple[str, ...] = ()
    is_open: bool = False
    is_asked: bool = True
    holder: bool = False
    is_keyed: bool = True
    may: str | None = None
    within: Within | None = None
    but: str = ""
    sets_up: bool = False
    """Whether a login may use it that has yet to set up its second factor."""

    def admits(self, principal: Principal | None) -> bool:
        """Return whether `principal`, None for an anonymous one, is let in."""
        if principal is None:
            return self.is_open
        if principal.must_set_up and not (self.is_open or self.sets_up):
            return False
        if principal.kind == "ticket":
            return self.holder
        if principal.event_roles is not None and self.scopes:
            return self.within is not None and self._admits_role(principal, self.within)
        return self.is_keyed and (not self.scopes or any(principal.has(scope) for scope in self.scopes))

    def _admits_role(self, principal: Principal, within: Within) -> bool:
        if within.place == "any":
            return principal.has_role(*within.roles)
        return principal.event is not None and (principal.event_roles or {}).get(principal.event) in within.roles


def needs(
    *scopes: str, may: str | None = None, within: Within | None = None, but: str = "", sets_up: bool = False
) -> Rule:
    """Return the rule of methods that need one of `scopes`."""
    return Rule(scopes=scopes, may=may, within=within, but=but, sets_up=sets_up)


def anybody(but: str = "") -> Rule:
    """Return the rule of methods open to everybody. `but` names the proof that the path itself holds."""
    return Rule(is_open=True, is_asked=False, but=but)


def anybody_or(*scopes: str, within: Within | None = None, but: str = "") -> Rule:
    """Return the rule of methods open to everybody; a credential, which gets more, must hold one of `scopes`."""
    return Rule(scopes=scopes, is_open=True, within=within, but=but)


def holder_or(*scopes: str, within: Within | None = None) -> Rule:
    """Return the rule of methods open to a ticket's holder and to keys with one of `scopes`."""
    return Rule(scopes=scopes, holder=True, within=within)


def holder_only() -> Rule:
    """Return the rule of methods for a ticket's holder alone."""
    return Rule(holder=True, is_keyed=False)


OWN_TOKEN = "with the ticket's token in the address"
PASS_TOKEN = "with the pass's token, as ApplePass"
OWN_EVENT = "a device of its own event alone"
