"""Wallet offer: which guests are offered passes, by a setting of their event. Pure."""

from hub.errors import HubError, NotAllowed, NotFound
from hub.model.event import Event
from hub.model.ticket import Ticket


def check_offered(event: Event, ticket: Ticket) -> None:
    """Raise `NotFound` or `NotAllowed`, with the reason, unless this ticket's holder is offered passes."""
    if event.wallet == "off":
        raise NotFound("Passes are not offered for this event", code="wallet_off")
    if event.wallet == "invited" and not ticket.invited:
        raise NotAllowed("not_invited", "Passes are offered to invited guests of this event only")


def is_offered(event: Event, ticket: Ticket) -> bool:
    """Tell whether this ticket's holder is offered passes."""
    try:
        check_offered(event, ticket)
    except HubError:
        return False
    return True


def wallet_links(event: Event, ticket: Ticket, query: str, *, has_google: bool) -> dict[str, str]:
    """Return the addresses of a ticket's passes by kind, `query` with each; none where they are not offered."""
    kinds = ("pkpass", "google") if has_google else ("pkpass",)
    return {kind: f"/tickets/{ticket.id}/{kind}{query}" for kind in kinds} if is_offered(event, ticket) else {}
