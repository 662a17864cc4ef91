"""Access rules: credentials that each method of a path needs (booking-api.md, who may); the table is `ROUTES`.

`tests/handlers/http/test_access.py` walks every path with every credential and compares. A credential is an API key
of a device or a script, a login's cookie, or a ticket's access token.
"""

import msgspec

from hub.model.access import Principal

ID = "([^/]+)"
"""Any one part of a path."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Access rule of one method of a path.

    A credential that holds one of `scopes`; where none is named any that is good. `is_open`: who shows none may, too.
    `is_asked` false: none is looked at. `holder`: the token of the ticket that the path names will do as well; it
    alone will where `is_keyed` is false.
    `may` names the right that a device needs besides; the rules of the door check it (`hub/`), over every wire.
    `but` says in words what the handler narrows or widens by what is asked for.
    """

    scopes: tuple[str, ...] = ()
    is_open: bool = False
    is_asked: bool = True
    holder: bool = False
    is_keyed: bool = True
    may: str | None = None
    but: str = ""

    def admits(self, principal: Principal | None) -> bool:
        """Return whether `principal`, None for an anonymous one, is let in."""
        if principal is None:
            return self.is_open
        if principal.kind == "ticket":
            return self.holder
        return self.is_keyed and (not self.scopes or any(principal.has(scope) for scope in self.scopes))


def needs(*scopes: str, may: str | None = None, but: str = "") -> Rule:
    """Return the rule of methods that need one of `scopes`."""
    return Rule(scopes=scopes, may=may, but=but)


def anybody(but: str = "") -> Rule:
    """Return the rule of methods open to everybody. `but` names the proof that the path itself holds."""
    return Rule(is_open=True, is_asked=False, but=but)


def anybody_or(*scopes: str, but: str = "") -> Rule:
    """Return the rule of methods open to everybody; a credential, which gets more, must hold one of `scopes`."""
    return Rule(scopes=scopes, is_open=True, but=but)


def holder_or(*scopes: str) -> Rule:
    """Return the rule of methods open to a ticket's holder and to keys with one of `scopes`."""
    return Rule(scopes=scopes, holder=True)


def holder_only() -> Rule:
    """Return the rule of methods for a ticket's holder alone."""
    return Rule(holder=True, is_keyed=False)


OWN_TOKEN = "with the ticket's token in the address"
PASS_TOKEN = "with the pass's token, as ApplePass"
OWN_EVENT = "a device of its own event alone"
