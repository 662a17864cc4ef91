"""Routes of guests: their tickets' pages, booking, and Apple's web service for passes (guests.md, wallet.md)."""

from handlers.http.access import ID, OWN_TOKEN, PASS_TOKEN, anybody, holder_only
from handlers.pages import booking, guest_changes, join_waiting, ticket
from handlers.pages import waiting as waiting_page
from handlers.routes.route import Route
from handlers.wallet import apple_service, bundles

GUEST_ROUTES = [
    Route(f"/t/{ID}", ticket.TicketPageHandler, GET=anybody(OWN_TOKEN)),
    Route(f"/r/{ID}", ticket.ReservationPageHandler, GET=anybody("with the reservation's token in the address")),
    Route(f"/t/{ID}/feedback", ticket.TicketFeedbackHandler, GET=anybody(OWN_TOKEN), POST=anybody(OWN_TOKEN)),
    Route(f"/t/{ID}/calendar", ticket.TicketCalendarHandler, GET=anybody(OWN_TOKEN)),
    Route(f"/t/{ID}/name", guest_changes.RenameHandler, GET=anybody(OWN_TOKEN), POST=holder_only()),
    Route(f"/t/{ID}/cancel", guest_changes.GuestCancelHandler, GET=anybody(OWN_TOKEN), POST=holder_only()),
    Route(f"/t/{ID}/transfer", guest_changes.TransferHandler, GET=anybody(OWN_TOKEN), POST=holder_only()),
    Route(f"/r/{ID}/pkpasses", bundles.GuestPassesHandler, GET=anybody("with the reservation's token in the address")),
    Route(f"/w/{ID}", waiting_page.WaitingPageHandler, GET=anybody("with the entry's token in the address")),
    Route(
        f"/w/{ID}/(accept|leave)",
        waiting_page.WaitingActionHandler,
        GET=anybody("with the entry's token in the address"),
        POST=anybody("with the entry's token in the address"),
    ),
    Route("/book", booking.BookIndexHandler, GET=anybody()),
    Route(f"/book/{ID}", booking.BookHandler, GET=anybody(), POST=anybody("as a guest, whoever is logged in")),
    Route(
        f"/book/{ID}/wait",
        join_waiting.JoinWaitingHandler,
        GET=anybody(),
        POST=anybody("as a guest, whoever is logged in"),
    ),
    Route(
        f"/v1/devices/{ID}/registrations/{ID}",
        apple_service.ChangedPassesHandler,
        GET=anybody("who knows the phone's identifier"),
    ),
    Route(
        f"/v1/devices/{ID}/registrations/{ID}/{ID}",
        apple_service.RegistrationHandler,
        POST=anybody(PASS_TOKEN),
        DELETE=anybody(PASS_TOKEN),
    ),
    Route(f"/v1/passes/{ID}/{ID}", apple_service.NewestPassHandler, GET=anybody(PASS_TOKEN)),
    Route("/v1/log", apple_service.PhoneLogHandler, POST=anybody("limited by address")),
]
