"""Routes of tickets: bookings, reservations, the waiting list, and tickets as files (booking-api.md, wallet.md)."""

from handlers.api import payments, reservations, showings, ticket_batch, tickets, waiting
from handlers.http.access import GUESTS, ID, anybody_or, holder_or, needs, within
from handlers.routes.route import Route
from handlers.wallet import bundles, passes, qr
from hub.tickets.wallet_offer import SAVE_LINKS

TICKET_ROUTES = [
    Route(
        "/api/tickets",
        tickets.TicketsHandler,
        GET=needs("tickets:read", within=within("query", *GUESTS)),
        POST=anybody_or("tickets:write", within=within("body", *GUESTS), but="without a key where booking is open"),
    ),
    Route(
        "/api/tickets/batch",
        ticket_batch.TicketBatchHandler,
        POST=needs("tickets:write", within=within("body", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}",
        tickets.TicketHandler,
        GET=holder_or("tickets:read", within=within("ticket", *GUESTS)),
        PUT=needs("tickets:write", within=within("ticket", *GUESTS)),
        PATCH=needs("tickets:write", within=within("ticket", *GUESTS)),
        DELETE=needs("tickets:write", within=within("ticket", "organiser")),
    ),
    Route(
        f"/api/tickets/{ID}/({'|'.join(tickets.ACTIONS)})",
        tickets.TicketActionHandler,
        POST=needs("tickets:write", within=within("ticket", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}/history",
        tickets.TicketHistoryHandler,
        GET=needs("tickets:read", within=within("ticket", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}/links",
        tickets.TicketLinksHandler,
        GET=needs("tickets:write", within=within("ticket", *GUESTS)),
    ),
    Route(
        f"/api/tickets/{ID}/(pay|refund)",
        payments.TicketPaymentHandler,
        POST=needs("tickets:write", within=within("ticket", *GUESTS)),
    ),
    Route(
        "/api/showings",
        showings.ShowingsHandler,
        GET=anybody_or(
            within=within("any"), but="of open events; keys and logins of all, devices and roles of their own"
        ),
    ),
    Route(
        "/api/reservations",
        reservations.ReservationsHandler,
        POST=anybody_or("tickets:write", within=within("body", *GUESTS), but="without a key where booking is open"),
    ),
    Route(
        f"/api/reservations/{ID}",
        reservations.ReservationHandler,
        GET=needs("tickets:read", within=within("reservation", *GUESTS)),
        PATCH=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        f"/api/reservations/{ID}/(cancel|restore|invite|uninvite)",
        reservations.ReservationActionHandler,
        POST=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        f"/api/reservations/{ID}/resend",
        reservations.ResendHandler,
        POST=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        f"/api/reservations/{ID}/(pay|refund)",
        payments.ReservationPaymentHandler,
        POST=needs("tickets:write", within=within("reservation", *GUESTS)),
    ),
    Route(
        "/api/waiting",
        waiting.WaitingListHandler,
        GET=needs("tickets:read", within=within("query", *GUESTS)),
        POST=anybody_or("tickets:write", within=within("body", *GUESTS), but="without a key where booking is open"),
    ),
    Route(
        f"/api/waiting/{ID}",
        waiting.WaitingEntryHandler,
        DELETE=needs("tickets:write", within=within("waiting", *GUESTS)),
    ),
    Route(f"/tickets/{ID}/qr", qr.QrHandler, GET=holder_or("tickets:read", within=within("ticket", *GUESTS))),
    Route(f"/tickets/{ID}/pkpass", passes.PassHandler, GET=holder_or("tickets:read", within=within("ticket", *GUESTS))),
    *(
        Route(
            f"/tickets/{ID}/{provider.kind}",
            passes.SaveLinkHandler,
            GET=holder_or("tickets:read", within=within("ticket", *GUESTS)),
        )
        for provider in SAVE_LINKS
    ),
    Route(
        f"/reservations/{ID}/pkpasses",
        bundles.PassesHandler,
        GET=needs("tickets:read", within=within("reservation", *GUESTS)),
    ),
]
