"""Problem codes: one table of every code of a refused request, with its statuses and what to do (RFC 9457).

A problem's `type` is the address of its code's page, `/problems/CODE`. Codes of the door that are verdicts stand in
`hub/model/refusals.py`. Tests hold both tables to the codes that the hub raises.
"""

import msgspec

PAGES = "/problems/"
"""Path under which each code has its page."""


class ProblemCode(msgspec.Struct, frozen=True):
    """Problem code: its HTTP statuses, what it means, and what its reader can do."""

    code: str
    statuses: tuple[int, ...]
    meaning: str
    remedy: str

    @property
    def page(self) -> str:
        """Path of the code's page, which is the `type` of its problems."""
        return PAGES + self.code


def _code(code: str, status: int | tuple[int, ...], meaning: str, remedy: str) -> ProblemCode:
    return ProblemCode(code, status if isinstance(status, tuple) else (status,), meaning, remedy)


REQUESTS = (
    _code(
        "bad_request",
        400,
        "The request cannot be read: its body is no JSON object, or a parameter is not UTF-8.",
        "Send the JSON that the operation describes; `detail` names what could not be read.",
    ),
    _code(
        "invalid",
        (400, 409, 422),
        "Fields of the request are missing, of the wrong type, or contradict each other.",
        "`errors` has a text for each field that is wrong, all at once: correct them, and send it again.",
    ),
    _code("not_found", 404, "There is no such thing, or you may not know of it.", "Check the id and the address."),
    _code(
        "bad_method",
        405,
        "This address does not answer that method.",
        "Use one of the methods that the header `Allow` lists.",
    ),
    _code(
        "too_large",
        (413, 422),
        "The body, or what it unpacks to, is larger than the hub takes.",
        "Send less at a time: `detail` says how much it takes.",
    ),
    _code(
        "unsupported_media",
        415,
        "The file came inside of a form or of JSON.",
        "Send the file itself as the body, with its own content type.",
    ),
    _code(
        "idempotency_mismatch",
        422,
        "The Idempotency-Key was used before for another request.",
        "Make a new key for each request, and repeat a key with the very same request only.",
    ),
    _code(
        "slow_down",
        429,
        "Too many requests came in too short a time.",
        "Wait as many seconds as the header `Retry-After` says, then try again.",
    ),
    _code("internal", 500, "Something went wrong in the hub.", "Try again; if it stays, ask who runs the hub."),
    _code(
        "unavailable",
        503,
        "The hub could not confirm it: the database is away, or this process ends.",
        "Send the same request again after `Retry-After`, with the same nonce or Idempotency-Key.",
    ),
)

ACCESS = (
    _code(
        "unauthorized",
        401,
        "The request shows no credential, and this address needs one.",
        "Send `Authorization: Api-Key KEY`. An administrator makes keys under Administration, Keys, or by"
        " POST /api/keys; the first one is in the file admin-key of the hub's data folder. People log in at /login.",
    ),
    _code(
        "bad_key",
        403,
        "The key is missing, unknown, revoked or expired.",
        "Check that the whole key is sent as `Authorization: Api-Key KEY`, or ask an administrator for a new one.",
    ),
    _code(
        "bad_token",
        401,
        "The link's token is wrong, or the ticket was reissued since.",
        "Open the newest link that was sent, or ask the organiser for another.",
    ),
    _code("bad_link", 410, "The mailed link was used, replaced, or is too old.", "Ask for a new one."),
    _code("bad_login", 401, "User name or password is wrong.", "Try again, or set a new password at /forgot."),
    _code("bad_passkey", 401, "This passkey does not log in here.", "Log in by password, or with another passkey."),
    _code(
        "handed_on",
        410,
        "The ticket was handed on: its code and link belong to another person now.",
        "Ask the person it was handed to.",
    ),
    _code(
        "not_allowed",
        403,
        "The credential is good, and may not do this.",
        "`detail` says what is needed: ask an administrator for that scope, role or right.",
    ),
    _code(
        "device_archived",
        403,
        "The device was taken out of service.",
        "Pair it anew with a code that the organiser makes.",
    ),
    _code(
        "password_change",
        403,
        "The login has a password that was made for it.",
        "Log in at /login and choose a password of your own.",
    ),
    _code(
        "second_factor_needed",
        403,
        "The login's role needs a second factor, which is not set up.",
        "Log in at /login and set one up.",
    ),
    _code(
        "csrf",
        403,
        "The request came with a login's cookie, and without the token of its page.",
        "Send the token as the header `X-CSRF-Token`; programs use a key instead.",
    ),
    _code(
        "foreign_origin", 403, "The form was sent from another site.", "Open the page on this hub, and send it there."
    ),
    _code("not_invited", 403, "Passes are offered to some guests of the event only.", "Wait to be invited."),
    _code("last_owner", 409, "The hub would be left without an owner.", "Make another user an owner first."),
    _code(
        "pairing_failed",
        400,
        "The pairing code is unknown, used or too old.",
        "Ask the organiser for a new one: each is good for a while, and for so many phones.",
    ),
)

BOOKING = (
    _code("sold_out", 409, "No seats of that time, or of that kind, are left.", "Choose another time, or wait."),
    _code("no_showing", 422, "There is no showing at that time.", "Take a time from GET /api/showings."),
    _code("time_over", 422, "That time is over.", "Choose one to come."),
    _code("booking_closed", 409, "The event takes no more bookings.", "Ask the organiser."),
    _code(
        "phone_limit",
        409,
        "Tickets of this time for this phone number have reached the event's limit.",
        "Ask the organiser to book more.",
    ),
    _code("no_waiting_list", 409, "The event keeps no waiting list.", "Look again later for seats."),
    _code("already_waiting", 409, "This address waits for that time already.", "Use the link of that place."),
    _code("seats_left", 409, "There are seats left for that time.", "Book them."),
    _code("waiting_full", 409, "The waiting list for that time is full.", "Choose another time."),
    _code("not_waiting", 409, "The place on the waiting list has ended.", "Join again."),
    _code("not_offered", 409, "It is not offered: no seats yet, or not by this event.", "Wait, or ask the organiser."),
    _code("offer_lapsed", 409, "The time to accept these seats is over.", "Join the waiting list again."),
)

TICKETS = (
    _code("ticket_scanned", 409, "The ticket was scanned already.", "Undo the scan first, if it was a mistake."),
    _code("ticket_expired", 409, "The ticket's time is over.", "Book another."),
    _code("ticket_canceled", 409, "The ticket or its reservation is cancelled.", "Restore it first."),
    _code("ticket_blocked", 409, "The ticket is blocked by the organiser.", "Ask the organiser."),
    _code("ticket_unpaid", 409, "The ticket is not paid.", "Pay it first."),
    _code("transfer_limit", 409, "The ticket cannot be handed on again.", "Ask the organiser."),
    _code("too_late", 409, "It is too late for that.", "Ask the organiser, who may still."),
    _code("conflict", 409, "Something changed meanwhile, or stands in the way.", "Read it anew, and try again."),
    _code("duplicate", (409, 422), "A value that must be unique exists.", "Choose another: `errors` names it."),
)

PAYMENTS = (
    _code("already_paid", 409, "It is paid already; no money was taken.", "Nothing is to be done."),
    _code("amount_unknown", 409, "What it costs is not known here; no money was taken.", "Send them to the desk."),
    _code("amount_changed", 409, "It costs another amount by now; no money was taken.", "Ask for the amount anew."),
    _code("not_paid", 409, "No payment for it was taken here, so none can be given back.", "Look where it was paid."),
    _code("more_than_taken", 409, "More was to be given back than was taken.", "Give back what `detail` says at most."),
    _code("till_closed", 409, "The till was closed meanwhile: its figures have begun anew.", "Read the tills again."),
    _code("till_empty", 409, "The till has neither a float nor a payment to close.", "Nothing is to be done."),
)

RUNNING = (
    _code("door_in_use", 409, "Devices stand at a door that is to go.", "Move them to another door first."),
    _code("zone_in_use", 409, "Somebody is in a zone that is to go.", "Wait until it is empty, or recount."),
    _code(
        "product_sold",
        409,
        "Tickets of the product are sold and counted by its name.",
        "Remove its number of tickets first.",
    ),
    _code("showing_exists", 409, "There is a showing at that time already.", "Change it in place of adding one."),
    _code("seats_booked", 409, "More seats are booked than are to stay.", "Keep as many, or move tickets first."),
    _code("wallet_on", 409, "Passes are offered already.", "Nothing is to be done."),
    _code("wallet_off", 404, "Passes are not offered here.", "Use the ticket's page or its QR."),
    _code(
        "wallet_unavailable",
        503,
        "Passes cannot be made at present.",
        "Try again later; the administration's page Hub says what is missing.",
    ),
    _code("too_many_waves", 409, "The event has as many waves as it can have.", "Offer passes to everybody."),
    _code("no_mail", 409, "The hub sends no mail.", "Hand the links on, or set a mail server up."),
    _code("too_many", 409, "There are as many as the hub keeps.", "Remove one first."),
    _code("waiting", 409, "The message waits to be sent already.", "Wait for its next try."),
    _code(
        "invalid_key", 422, "The public key is no PEM of Ed25519, or of RSA with 2048 bits or more.", "Send another."
    ),
)

IMPORTS = (
    _code("import_running", 409, "Another import of this event is running.", "Wait until it has ended."),
    _code("import_ended", 409, "The import has ended.", "Begin another."),
    _code("interrupted", 409, "The import was interrupted, and nothing further was imported.", "Send the file again."),
    _code(
        "unknown_encoding",
        422,
        "Letters of the file cannot be read for certain.",
        "Choose one of the code pages in `encoding`, and send it with the parameter of that name.",
    ),
    _code("unread_formula", 422, "Cells hold formulas without a value.", "Save the file with its values, or as CSV."),
    _code("ambiguous_dates", 422, "Dates can be read in two ways.", "Say which by the choice in `dates`."),
    _code("unknown_state", 422, "The file's words for a ticket's state are not known.", "Say what each of them means."),
    _code("unread_state", 422, "A state of tickets could not be read.", "Say what it means, or correct the file."),
    _code("cells", 422, "A row has more cells than the head.", "Correct the row, or its separators."),
    _code("quantity", 422, "A row stands for several tickets.", "Give each ticket a row of its own."),
)

DOOR = (
    _code(
        "nonce_reused",
        422,
        "The nonce was used before for another scan.",
        "Nobody was admitted: scan again, with a new nonce.",
    ),
    _code("not_last", 409, "The ticket was scanned since: only its last scan can be undone.", "Undo that one first."),
    _code("not_inside", 409, "Fewer people are counted inside than are to go.", "Recount the event."),
    _code("full", 409, "As many people are inside as may be.", "Wait until some have left, or raise the limit."),
    _code("unknown_scan", 404, "That scan is not one of this ticket's.", "Take its `seq` from the scan's answer."),
    _code("unknown_ticket", 404, "The code is genuine, and its ticket was deleted.", "Send them to the desk."),
    _code("invalid_code", 400, "The text is no ticket's code.", "Scan the QR again, or look the guest up."),
    _code("bad_signature", 400, "The code's signature is wrong.", "The ticket is not of this event: send them away."),
    _code("wrong_event", 406, "The ticket is of another event.", "Send them to that event's door."),
)

RELAYS = (
    _code(
        "relay_taken",
        409,
        "Another relay serves the event: it was heard less than ten minutes ago.",
        "Stop that one and wait ten minutes, or declare it lost.",
    ),
    _code(
        "relay_lost",
        409,
        "The relay was declared lost.",
        "Start it on a new folder; what its doors did comes from their phones.",
    ),
    _code("at_the_hub", 409, "A relay does what doors do, and no more.", "Do it at the hub itself."),
    _code("no_relay", 409, "No relay has joined the event.", "Nothing is to be done."),
    _code(
        "relay_alone",
        409,
        "The relay does not reach its hub, and this cannot be decided without it.",
        "Do it at the hub itself, or once the line is back.",
    ),
)

FAMILIES = {
    "Any request": REQUESTS,
    "Who may": ACCESS,
    "Booking, and waiting for seats": BOOKING,
    "Tickets": TICKETS,
    "Payments": PAYMENTS,
    "Running the hub and its events": RUNNING,
    "Imports": IMPORTS,
    "Doors": DOOR,
    "Relays": RELAYS,
}
PROBLEM_CODES = {each.code: each for family in FAMILIES.values() for each in family}


def type_of(code: str) -> str:
    """Return the `type` of a problem with this code: its page, or that of no page for one that is not listed."""
    known = PROBLEM_CODES.get(code)
    return "about:blank" if known is None else known.page
