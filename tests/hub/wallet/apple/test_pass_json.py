import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.language.catalogue import language
from hub.model.event import Contact, Door, Event
from hub.model.ticket import PastHolder, Scan, Seat
from hub.wallet.apple.pass_json import PassView, describe_pass, pass_json
from tests.builders import a_ticket, an_event

START = datetime(2026, 12, 24, 19, 30, tzinfo=UTC)
TICKET = a_ticket(
    "2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111",
    name="Zoë Ångström",
    product="Standard",
    time="20:30",
    starts_at=START,
    created_at=START - timedelta(days=30),
)
EVENT = an_event(
    name="Winter concert",
    venue="The Old Mill",
    timezone="Europe/Paris",
    starts_at=START,
    ends_at=START + timedelta(hours=5),
    doors=[Door(id="d1", name="North door")],
)
SCAN = Scan(at=START + timedelta(minutes=-16), seq=9, door="d1")


def view(event: Event = EVENT, url: str | None = "https://hub/", **fields: Any) -> PassView:
    now = fields.pop("now", START - timedelta(hours=1))
    ticket = msgspec.structs.replace(TICKET, **fields)
    return PassView(
        event=event,
        ticket=ticket,
        code="code.of.the-ticket",
        token="1.token",
        issue=ticket.issue,
        language=language("en"),
        now=now,
        organisation="Example Organization",
        pass_type="pass.org.example",
        team="TEAM",
        web_service_url=url,
    )


def field(shown: PassView, key: str) -> Any:
    fields = [each for row in describe_pass(shown)["eventTicket"].values() for each in row if each["key"] == key]
    return fields[0]["value"] if fields else None


def test_a_pass_tells_what_a_guest_and_a_door_need() -> None:
    said = json.loads(pass_json(view()))
    assert said["formatVersion"] == 1
    assert said["serialNumber"] == TICKET.id
    assert (said["passTypeIdentifier"], said["teamIdentifier"]) == ("pass.org.example", "TEAM")
    assert said["organizationName"] == "Example Organization"
    assert said["barcodes"] == [
        {
            "format": "PKBarcodeFormatQR",
            "message": "code.of.the-ticket",
            "messageEncoding": "iso-8859-1",
            "altText": "2b9e6f0e",
        }
    ]
    assert "barcode" not in said
    assert field(view(), "event") == "Winter concert"
    assert field(view(), "venue") == "The Old Mill"
    assert field(view(), "name") == "Zoë Ångström"
    assert field(view(), "product") == "Standard"
    assert field(view(), "starts") == "2026-12-24T20:30:00+01:00"


def test_both_spellings_of_the_relevant_date_are_there() -> None:
    said = describe_pass(view())
    when = "2026-12-24T20:30:00+01:00"
    assert said["relevantDates"] == [{"relevantDate": when, "date": when}]


def relevant_dates(start: str, end: str, timezone: str = "Europe/Paris") -> list[str]:
    event = msgspec.structs.replace(EVENT, timezone=timezone)
    shown = view(event, starts_at=datetime.fromisoformat(start), expires_at=datetime.fromisoformat(end))
    days = describe_pass(shown)["relevantDates"]
    assert all(day == {"relevantDate": day["date"], "date": day["date"]} for day in days)
    return [day["date"] for day in days]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-12-24T20:30+01:00", "2026-12-25T04:30+01:00", ["2026-12-24T20:30:00+01:00"]),
        # a club night of 14 hours is one evening, though it ends after noon
        ("2026-12-24T22:00+01:00", "2026-12-25T12:00+01:00", ["2026-12-24T22:00:00+01:00"]),
        ("2026-12-24T22:00+01:00", "2026-12-25T22:00+01:00", ["2026-12-24T22:00:00+01:00"]),
        (
            "2026-07-03T12:00+02:00",
            "2026-07-05T23:00+02:00",
            ["2026-07-03T12:00:00+02:00", "2026-07-04T12:00:00+02:00", "2026-07-05T12:00:00+02:00"],
        ),
        # the last day ends before the time of day that the first one began at
        (
            "2026-07-03T20:00+02:00",
            "2026-07-05T18:00+02:00",
            ["2026-07-03T20:00:00+02:00", "2026-07-04T20:00:00+02:00", "2026-07-05T12:00:00+02:00"],
        ),
        # what ends at night belongs to the evening before
        (
            "2026-07-03T20:00+02:00",
            "2026-07-05T02:00+02:00",
            ["2026-07-03T20:00:00+02:00", "2026-07-04T20:00:00+02:00"],
        ),
        # across the end of summer time the time of day stays
        (
            "2026-10-24T14:00+02:00",
            "2026-10-26T16:00+01:00",
            ["2026-10-24T14:00:00+02:00", "2026-10-25T14:00:00+01:00", "2026-10-26T14:00:00+01:00"],
        ),
    ],
)
def test_a_ticket_for_several_days_is_relevant_on_each(start: str, end: str, days: list[str]) -> None:
    assert relevant_dates(start, end) == days


def test_a_season_ticket_names_the_first_month() -> None:
    days = relevant_dates("2026-07-01T12:00+02:00", "2027-06-30T12:00+02:00")
    assert (len(days), days[-1]) == (31, "2026-07-31T12:00:00+02:00")


@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    hours=st.floats(8, 24 * 40),
    timezone=st.sampled_from(["Europe/Paris", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"]),
)
def test_relevant_dates_rise_within_the_tickets_life(start: datetime, hours: float, timezone: str) -> None:
    end = start + timedelta(hours=hours)
    days = [datetime.fromisoformat(day) for day in relevant_dates(start.isoformat(), end.isoformat(), timezone)]
    assert days[0] == start.replace(microsecond=0)
    assert all(earlier < later for earlier, later in pairwise(days))
    assert all(day < end for day in days)
    assert len(days) <= 31


def test_one_of_several_one_day_showings_ends_with_its_own_day() -> None:
    first_of_three = msgspec.structs.replace(EVENT, ends_at=START + timedelta(days=3))
    semantics = describe_pass(view(first_of_three, expires_at=START + timedelta(days=1)))["semantics"]
    assert semantics["eventEndDate"] == "2026-12-25T20:30:00+01:00"


def test_semantics_tell_event_venue_and_times() -> None:
    assert describe_pass(view())["semantics"] == {
        "eventType": "PKEventTypeGeneric",
        "eventName": "Winter concert",
        "eventStartDate": "2026-12-24T20:30:00+01:00",
        "eventEndDate": "2026-12-25T01:30:00+01:00",
        "venueName": "The Old Mill",
    }


def test_what_an_event_has_not_is_left_out() -> None:
    endless = msgspec.structs.replace(EVENT, venue=None, starts_at=None, ends_at=None)
    assert describe_pass(view(endless))["semantics"].keys() == {"eventType", "eventName", "eventStartDate"}
    assert field(view(endless), "venue") is None
    assert field(view(product=None), "product") is None


def test_the_same_view_gives_the_same_bytes() -> None:
    assert pass_json(view()) == pass_json(view())
    assert pass_json(view()) != pass_json(view(name="Ada"))


def test_it_expires_with_the_ticket_in_the_events_zone() -> None:
    third_day = START + timedelta(days=2, hours=6)
    assert describe_pass(view())["expirationDate"] == "2026-12-25T04:30:00+01:00"
    festival = view(expires_at=third_day, now=START + timedelta(days=1))
    assert describe_pass(festival)["expirationDate"] == "2026-12-27T02:30:00+01:00"
    assert describe_pass(festival)["voided"] is False


def test_times_are_local_in_summer_time() -> None:
    july = datetime(2026, 7, 14, 18, 0, tzinfo=UTC)
    assert field(view(starts_at=july), "starts") == "2026-07-14T20:00:00+02:00"


@pytest.mark.parametrize(
    ("fields", "state", "is_void"),
    [
        ({}, "Valid", False),
        ({"status": "unpaid"}, "Not paid", False),
        ({"status": "canceled"}, "Cancelled", True),
        ({"status": "blocked"}, "Blocked", True),
        ({"expired": True}, "Expired", True),
        ({"now": START + timedelta(hours=8)}, "Expired", True),
        ({"scans": [SCAN]}, "Admitted 20:14", False),
        ({"scans": [SCAN], "status": "blocked"}, "Blocked", True),
        ({"scans": [msgspec.structs.replace(SCAN, undone=True)]}, "Valid", False),
        ({"issue": 2}, "Valid", False),
    ],
)
def test_state_and_voided_follow_the_ticket(fields: dict[str, Any], state: str, is_void: bool) -> None:
    shown = view(**fields)
    assert field(shown, "state") == state
    assert describe_pass(shown)["voided"] is is_void


def test_the_back_tells_when_and_where_somebody_was_admitted() -> None:
    assert field(view(scans=[SCAN]), "admitted") == "24 December 2026, 20:14 at North door"
    assert field(view(scans=[msgspec.structs.replace(SCAN, door=None)]), "admitted") == "24 December 2026, 20:14"
    assert field(view(), "admitted") is None


def test_a_pass_of_an_earlier_issue_is_void_and_says_why() -> None:
    reissued = msgspec.structs.replace(TICKET, issue=2)
    earlier = msgspec.structs.replace(view(), ticket=reissued, issue=1)
    assert describe_pass(earlier)["voided"] is True
    assert field(earlier, "state") == "Replaced"
    assert "new ticket" in field(earlier, "replaced")
    assert field(view(), "replaced") is None


def test_a_pass_of_a_holder_before_tells_nothing_of_the_next() -> None:
    past = PastHolder(issue=2, name="Ada Lovelace", until=TICKET.created_at)
    scan = Scan(at=TICKET.starts_at, seq=9)
    handed_on = msgspec.structs.replace(TICKET, name="Grace", issue=3, handed_on=[past], scans=[scan])
    for issue in (1, 2):
        before = msgspec.structs.replace(view(), ticket=handed_on, issue=issue)
        assert describe_pass(before)["voided"] is True
        assert (field(before, "name"), field(before, "admitted")) == (None, None)
        assert "Grace" not in repr(describe_pass(before))
    now = msgspec.structs.replace(view(), ticket=handed_on, issue=3)
    assert field(now, "name") == "Grace"
    assert field(now, "admitted") is not None


def test_the_web_service_is_left_out_without_https_and_the_token_stays() -> None:
    assert describe_pass(view())["webServiceURL"] == "https://hub/"
    said = describe_pass(view(url=None))
    assert "webServiceURL" not in said
    assert said["authenticationToken"] == "1.token"


@pytest.mark.parametrize(
    ("seat", "text", "semantic"),
    [
        (
            Seat(block="A", row="3", seat="12"),
            "Block A, row 3, seat 12",
            {"seatSection": "A", "seatRow": "3", "seatNumber": "12"},
        ),
        (Seat(seat="12"), "Seat 12", {"seatNumber": "12"}),
        (Seat(row="Ж"), "Row Ж", {"seatRow": "Ж"}),
    ],
)
def test_a_numbered_place_is_on_the_front_and_in_the_semantics(seat: Seat, text: str, semantic: dict[str, str]) -> None:
    shown = view(seat=seat)
    assert field(shown, "seat") == text
    assert describe_pass(shown)["semantics"]["seats"] == [semantic]


def test_a_ticket_without_a_place_has_no_seat_on_its_pass() -> None:
    assert field(view(), "seat") is None
    assert "seats" not in describe_pass(view())["semantics"]


def test_the_back_says_whom_to_ask_by_links_that_a_phone_opens() -> None:
    contact = Contact(email="help@example.org", phone="+33 1 23 45", url="https://example.org/?a=1&b=<2>")
    shown = view(msgspec.structs.replace(EVENT, contact=contact))
    back = {each["key"]: each for each in describe_pass(shown)["eventTicket"]["backFields"]}
    assert back["contact-e-mail"]["attributedValue"] == '<a href="mailto:help@example.org">help@example.org</a>'
    assert back["contact-phone"]["attributedValue"] == '<a href="tel:+3312345">+33 1 23 45</a>'
    assert back["contact-web"]["value"] == contact.url
    assert "&amp;b=&lt;2&gt;" in back["contact-web"]["attributedValue"]
    assert not any(key.startswith("contact") for key in keys_of(view()))


def keys_of(shown: PassView) -> list[str]:
    return [each["key"] for row in describe_pass(shown)["eventTicket"].values() for each in row]


@pytest.mark.parametrize(
    ("zone", "edge"),
    [("America/New_York", datetime(1, 1, 1, tzinfo=UTC)), ("Asia/Tokyo", datetime(9999, 12, 31, 23, tzinfo=UTC))],
)
def test_a_scan_at_the_calendars_edge_leaves_the_pass_whole(zone: str, edge: datetime) -> None:
    event = msgspec.structs.replace(EVENT, timezone=zone)
    scanned = msgspec.structs.replace(SCAN, at=edge)
    described = describe_pass(view(event, scans=[scanned], expires_at=max(edge, TICKET.expires_at)))
    assert described["eventTicket"]["headerFields"][0]["value"].startswith("Admitted ")
