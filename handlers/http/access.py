"""Who may what: for each path and method what a request must show (booking-api.md, who may).

This table is the truth, not a copy of it: a handler gets the rules of its path from `make_application` and heeds them
in `BaseHandler.prepare`, before anything of the request is looked at. A path without an entry cannot be served, and a
method without one is answered 405, whatever its handler knows. The fast lane of scans heeds the rule of its path too.

`tests/handlers/http/test_access.py` walks every path with every credential and compares. A credential is an API key
of a device or a script, a login's cookie, or a ticket's access token.
"""

from collections.abc import Mapping

import msgspec

from hub.model.access import Principal

ID = "([^/]+)"
"""Any one part of a path."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What one method of a path needs.

    A credential that holds one of `scopes`; where none is named any that is good. `is_open`: who shows none may, too.
    `is_asked` false: none is looked at. `holder`: the token of the ticket that the path names will do as well.
    `may` names the right that a device needs besides; the rules of the door check it (`hub/`), over every wire.
    `but` says in words what the handler narrows or widens by what is asked for.
    """

    scopes: tuple[str, ...] = ()
    is_open: bool = False
    is_asked: bool = True
    holder: bool = False
    may: str | None = None
    but: str = ""

    def admits(self, principal: Principal | None) -> bool:
        """Tell whether `principal`, None for nobody known, is let in."""
        if principal is None:
            return self.is_open
        if principal.kind == "ticket":
            return self.holder
        return not self.scopes or any(principal.has(scope) for scope in self.scopes)


def needs(*scopes: str, may: str | None = None, but: str = "") -> Rule:
    """Return the rule of what needs one of `scopes`."""
    return Rule(scopes=scopes, may=may, but=but)


def anybody(but: str = "") -> Rule:
    """Return the rule of what is everybody's, whatever they show. `but` names the proof that the path itself holds."""
    return Rule(is_open=True, is_asked=False, but=but)


def anybody_or(*scopes: str, but: str = "") -> Rule:
    """Return the rule of what is everybody's; who shows a credential, and so gets more, must hold one of `scopes`."""
    return Rule(scopes=scopes, is_open=True, but=but)


def holder_or(*scopes: str) -> Rule:
    """Return the rule of what belongs to a ticket's holder."""
    return Rule(scopes=scopes, holder=True)


OWN_TOKEN = "with the ticket's token in the address"
PASS_TOKEN = "with the pass's token, as ApplePass"
OWN_EVENT = "a device of its own event alone"

ACCESS: Mapping[str, Mapping[str, Rule]] = {
    # The door (scan-api.md)
    "/scan/test_api": {"GET": needs("scan")},
    "/scan/check_api_scan": {"GET": needs("scan")},
    "/scan/check_ticket": {"POST": needs("scan", but=OWN_EVENT)},
    "/scan/ticket": {"POST": needs("scan", but=OWN_EVENT)},
    "/scan/undo": {"POST": needs("scan", may="undo", but=OWN_EVENT)},
    "/scan/headcount": {"POST": needs("scan", may="headcount", but="devices that serve one event")},
    "/scan/batch": {"POST": needs("scan", but="an archived device for a day, unseen until accepted")},
    "/scan/manifest": {"GET": needs("scan", but="devices that serve one event")},
    "/scan/search_ticket": {"POST": needs("scan", may="search", but="a script that reads tickets")},
    "/scan/list_tickets": {"POST": needs("scan", may="search", but="a script that reads tickets")},
    f"/scan/{ID}/pair": {"GET": anybody("with the pairing token in the path"), "HEAD": anybody()},
    # Booking, and running an event (booking-api.md)
    "/api/tickets": {
        "GET": needs("tickets:read"),
        "POST": anybody_or("tickets:write", but="without a key where booking is open"),
    },
    f"/api/tickets/{ID}": {
        "GET": holder_or("tickets:read"),
        "PUT": needs("tickets:write"),
        "PATCH": needs("tickets:write"),
        "DELETE": needs("tickets:write"),
    },
    f"/api/tickets/{ID}/(cancel|block|unblock|reissue)": {"POST": needs("tickets:write")},
    f"/api/tickets/{ID}/history": {"GET": needs("tickets:read")},
    f"/api/tickets/{ID}/links": {"GET": needs("tickets:write")},
    "/api/showings": {"GET": anybody_or(but="of open events; keys and logins of all, devices of their own")},
    "/api/reservations": {"POST": anybody_or("tickets:write", but="without a key where booking is open")},
    f"/api/reservations/{ID}": {"GET": needs("tickets:read")},
    f"/api/reservations/{ID}/(cancel|pay|invite|uninvite)": {"POST": needs("tickets:write")},
    f"/api/reservations/{ID}/resend": {"POST": needs("tickets:write")},
    "/api/scans": {"GET": needs("tickets:read")},
    "/api/keys": {"GET": needs("admin"), "POST": needs("admin", but="a key with the scope admin: owners")},
    f"/api/keys/{ID}/revoke": {"POST": needs("admin", but="a key with the scope admin: owners")},
    "/api/webhooks": {"GET": needs("admin"), "POST": needs("admin")},
    f"/api/webhooks/{ID}": {
        "GET": needs("admin"),
        "PUT": needs("admin"),
        "PATCH": needs("admin"),
        "DELETE": needs("admin"),
    },
    f"/api/webhooks/{ID}/ping": {"POST": needs("admin")},
    f"/api/webhooks/{ID}/deliveries": {"GET": needs("admin")},
    f"/api/webhooks/{ID}/deliveries/{ID}/send": {"POST": needs("admin")},
    "/api/outbox": {"GET": needs("admin")},
    f"/api/outbox/{ID}/send": {"POST": needs("admin")},
    "/api/users": {"GET": needs("owner"), "POST": needs("owner")},
    f"/api/users/{ID}": {"PATCH": needs("owner"), "DELETE": needs("owner")},
    "/api/me": {"GET": needs()},
    "/api/me/password": {"POST": needs(but="a login, with the old password")},
    "/api/events": {
        "GET": anybody_or(but="open events, in short; with tickets:read or events:write all, whole"),
        "POST": needs("events:write"),
    },
    f"/api/events/{ID}": {
        "GET": anybody_or(but="open events, in short; with tickets:read or events:write all, whole"),
        "PATCH": needs("events:write"),
    },
    f"/api/events/{ID}/close": {"POST": needs("events:write")},
    f"/api/events/{ID}/showings": {"POST": needs("events:write"), "PATCH": needs("events:write")},
    f"/api/events/{ID}/occupancy": {"GET": needs("tickets:read")},
    f"/api/events/{ID}/recount": {"POST": needs("events:write")},
    f"/api/events/{ID}/stats": {"GET": needs("tickets:read")},
    f"/api/events/{ID}/report": {"GET": needs("tickets:read")},
    f"/api/events/{ID}/alerts": {"GET": needs("tickets:read")},
    f"/api/events/{ID}/feedback": {"GET": needs("tickets:read")},
    f"/api/events/{ID}/practice": {"GET": needs("events:write")},
    f"/api/events/{ID}/import": {"POST": needs("tickets:write")},
    f"/api/events/{ID}/imports": {"GET": needs("tickets:write")},
    f"/api/imports/{ID}": {"GET": needs("tickets:write")},
    f"/api/events/{ID}/tickets.csv": {"GET": needs("tickets:read")},
    f"/api/events/{ID}/scans.csv": {"GET": needs("tickets:read")},
    "/api/devices": {"GET": needs("devices:write", "tickets:read"), "POST": needs("devices:write")},
    f"/api/devices/{ID}": {"GET": needs("devices:write", "tickets:read"), "PATCH": needs("devices:write")},
    f"/api/devices/{ID}/pairing": {"POST": needs("devices:write")},
    f"/api/devices/{ID}/archive": {"POST": needs("devices:write")},
    f"/api/devices/{ID}/held": {"GET": needs("devices:write")},
    f"/api/devices/{ID}/held/(accept|drop)": {"POST": needs("devices:write")},
    # Tickets in the hand (wallet.md)
    f"/tickets/{ID}/qr": {"GET": holder_or("tickets:read")},
    f"/tickets/{ID}/pkpass": {"GET": holder_or("tickets:read")},
    f"/tickets/{ID}/google": {"GET": holder_or("tickets:read")},
    f"/reservations/{ID}/pkpasses": {"GET": needs("tickets:read")},
    f"/t/{ID}": {"GET": anybody(OWN_TOKEN)},
    f"/r/{ID}": {"GET": anybody("with the reservation's token in the address")},
    f"/r/{ID}/pkpasses": {"GET": anybody("with the reservation's token in the address")},
    f"/t/{ID}/feedback": {"GET": anybody(OWN_TOKEN), "POST": anybody(OWN_TOKEN)},
    # Booking by guests
    "/book": {"GET": anybody()},
    f"/book/{ID}": {"GET": anybody(), "POST": anybody("as a guest, whoever is logged in")},
    # Apple's web service for passes (wallet.md)
    f"/v1/devices/{ID}/registrations/{ID}": {"GET": anybody("who knows the phone's identifier")},
    f"/v1/devices/{ID}/registrations/{ID}/{ID}": {"POST": anybody(PASS_TOKEN), "DELETE": anybody(PASS_TOKEN)},
    f"/v1/passes/{ID}/{ID}": {"GET": anybody(PASS_TOKEN)},
    "/v1/log": {"POST": anybody("limited by address")},
    # Live (live-protocol.md): who may follow what, and how much of it they see, is in hub/live/visibility.py
    "/live": {"GET": anybody("who says hello with a credential; each subscription is checked")},
    f"/api/events/{ID}/live": {"GET": needs("tickets:read", "events:write", "scan", but=OWN_EVENT)},
    # Pages
    "": {"GET": anybody_or(but="leads to the login or to the events")},
    "/login": {"GET": anybody_or(), "POST": anybody("with a user's name and password")},
    "/logout": {"POST": anybody_or(but="ends the login that is shown")},
    "/events": {"GET": needs("tickets:read")},
    f"/events/{ID}": {"GET": needs("tickets:read")},
    f"/events/{ID}/report": {"GET": needs("tickets:read")},
    "/design": {"GET": needs("tickets:read")},
    "/admin": {"GET": needs("events:write")},
    f"/admin/{ID}": {"GET": needs("events:write", but="keys, users and webhooks: administrators")},
    f"/admin/{ID}/{ID}": {"GET": needs("events:write")},
    "/scanner": {"GET": anybody()},
    "/scanner/worker.js": {"GET": anybody()},
    "/scanner/app.webmanifest": {"GET": anybody()},
    "/static/vendor/(.+)": {"GET": anybody(), "HEAD": anybody()},
    "/static/(.+)": {"GET": anybody(), "HEAD": anybody()},
    # Running the hub (design.md)
    "/healthz": {"GET": anybody()},
    "/readyz": {"GET": anybody()},
    "/metrics": {"GET": needs("admin")},
    "/api/jobs": {"GET": needs("admin")},
    "/api/wallet": {"GET": needs("admin")},
}


def rules_of(path: str) -> Mapping[str, Rule]:
    """Return the rules of a path of `handlers/routes.py`, by method. Raises `LookupError` for one without."""
    try:
        return ACCESS[path]
    except KeyError:
        raise LookupError(f"{path} needs an entry in handlers/http/access.py: who may?") from None
