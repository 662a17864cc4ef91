"""Details for the door: kept by tickets and reservations, laid over each other, and followed from a reservation."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hub.model.ticket import Details, Field, Reservation, Seat, Ticket, details_of
from hub.tickets.orders import reservation_columns, ticket_columns
from store.mongo.documents import from_bson, to_bson
from tests.builders import a_ticket
from tests.commands import NOON

TEXTS = st.text("ab", min_size=1, max_size=2)
SEATS = st.builds(Seat, **dict.fromkeys(Seat.__struct_fields__, st.none() | TEXTS)).filter(lambda seat: seat != Seat())
FIELDS = st.lists(st.builds(Field, TEXTS, TEXTS), max_size=3, unique_by=lambda field: field.name)
KNOWN = {"seat": st.none() | SEATS, "fields": FIELDS}
DETAILS = st.builds(Details, **{name: KNOWN.get(name, st.none() | TEXTS) for name in Details.__struct_fields__})
SHARED = DETAILS.map(lambda details: msgspec.structs.replace(details, seat=None))


def a_reservation(details: Details) -> Reservation:
    return Reservation(
        id="r1",
        event="e1",
        name="Ada",
        phone_number="1",
        tickets_count=1,
        created_at=NOON,
        **reservation_columns(details),
    )


@given(DETAILS)
def test_a_ticket_and_a_reservation_keep_details_under_their_own_names(details: Details) -> None:
    ticket = from_bson(to_bson(a_ticket(**ticket_columns(details))), Ticket)
    assert details_of(ticket) == details
    assert {name: getattr(ticket, name) for name in Details.__struct_fields__} == msgspec.structs.asdict(details)
    reservation = from_bson(to_bson(a_reservation(details)), Reservation)
    of_a_ticket = set(Details.__struct_fields__) - reservation_columns(details).keys()
    assert details_of(reservation) == msgspec.structs.replace(details, **dict.fromkeys(of_a_ticket))


@given(DETAILS, DETAILS)
def test_details_laid_over_others_win_and_leave_what_they_do_not_name(own: Details, shared: Details) -> None:
    laid = own.over(shared)
    for name in Details.__struct_fields__:
        if name not in KNOWN:
            assert getattr(laid, name) == (getattr(own, name) or getattr(shared, name))
    for part in Seat.__struct_fields__:
        ours, theirs, got = (getattr(each.seat, part, None) for each in (own, shared, laid))
        assert got == (ours or theirs)
    answers = {field.name: field.value for field in shared.fields} | {field.name: field.value for field in own.fields}
    assert {field.name: field.value for field in laid.fields} == answers
    assert (own.over(Details()), Details().over(own), own.over(own)) == (own, own, own)


@given(DETAILS, DETAILS)
def test_details_in_common_are_in_both(one: Details, other: Details) -> None:
    both = one.common(other)
    for name in Details.__struct_fields__:
        if name != "fields":
            assert getattr(both, name) in (getattr(one, name), None)
            assert getattr(both, name) in (getattr(other, name), None)
    assert [field for field in one.fields if field in other.fields] == both.fields
    assert one.common(one) == one


@given(SHARED, SHARED, DETAILS)
def test_a_ticket_follows_its_reservation_but_for_details_of_its_own(
    before: Details, after: Details, own: Details
) -> None:
    assert before.following(before, after) == after
    ticket = own.over(before)
    followed = ticket.following(before, after)
    for name in Details.__struct_fields__:
        if name != "fields":
            was_shared = getattr(ticket, name) == getattr(before, name)
            assert getattr(followed, name) == getattr(after if was_shared else ticket, name)
    assert all(field in followed.fields for field in ticket.fields if field not in before.fields)
    assert ticket.following(before, before) == ticket
