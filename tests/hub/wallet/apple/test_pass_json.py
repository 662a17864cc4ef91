import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from hub.model.event import Door, Event, SigningKey
from hub.model.ticket import Scan, Ticket
from hub.wallet.apple.pass_json import PassView, describe_pass, pass_json

START = datetime(2026, 12, 24, 19, 30, tzinfo=UTC)
TICKET = Ticket(
    id="2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111",
    event="e1",
    showing="s1",
    reservation="r1",
    name="Zoë Ångström",
    phone_number="+33 1 23 45 67",
    product="Standard",
    date="2026-12-24",
    time="20:30",
    starts_at=START,
    expires_at=START + timedelta(hours=8),
    created_at=START - timedelta(days=30),
)
EVENT = Event(
    id="e1",
    name="Winter concert",
    venue="The Old Mill",
    timezone="Europe/Paris",
    starts_at=START,
    ends_at=START + timedelta(hours=5),
    doors=[Door(id="d1", name="North door")],
    key=SigningKey(kid="k", public_pem="", sealed=b""),
    created_at=START - timedelta(days=60),
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


def test_summer_time_is_heeded() -> None:
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


def test_the_web_service_is_left_out_without_https_and_the_token_stays() -> None:
    assert describe_pass(view())["webServiceURL"] == "https://hub/"
    said = describe_pass(view(url=None))
    assert "webServiceURL" not in said
    assert said["authenticationToken"] == "1.token"
