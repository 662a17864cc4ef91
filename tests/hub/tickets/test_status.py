"""Guest status: a ticket's state as its holder sees it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from hub.model.base import TicketStatus
from hub.model.event import Door
from hub.model.ticket import Scan
from hub.tickets.status import guest_status
from tests.builders import a_ticket, an_event

NOW = datetime(2026, 12, 24, 19, 30, tzinfo=UTC)
EVENT = an_event(starts_at=None, reentry="single", doors=[Door(id="d1", name="North door")])
TICKET = a_ticket(starts_at=NOW)
ENTRY = Scan(at=NOW, seq=1, door="d1")
EXIT = Scan(at=NOW + timedelta(minutes=5), seq=2, door="d1", direction="out")


def state_of(reentry: str = "single", *, later: float = 1, **fields: object) -> str:
    ticket, event = msgspec.structs.replace(TICKET, **fields), msgspec.structs.replace(EVENT, reentry=reentry)
    return guest_status(ticket, event, NOW + timedelta(hours=later)).state


def test_an_entry_is_told_with_its_time_and_the_name_of_its_door() -> None:
    stands = guest_status(msgspec.structs.replace(TICKET, scans=[ENTRY]), EVENT, NOW)
    assert (stands.state, stands.at, stands.door) == ("inside", NOW, "North door")


def test_a_door_that_is_gone_has_no_name_and_a_ticket_never_scanned_no_time() -> None:
    scanned = msgspec.structs.replace(TICKET, scans=[msgspec.structs.replace(ENTRY, door="d9")])
    assert guest_status(scanned, EVENT, NOW).door is None
    assert guest_status(TICKET, EVENT, NOW).at is None


def test_an_undone_entry_leaves_the_ticket_good() -> None:
    assert state_of(scans=[msgspec.structs.replace(ENTRY, undone=True)]) == "valid"


def test_whoever_went_out_is_told_whether_the_ticket_lets_them_in_again() -> None:
    assert state_of("single", scans=[ENTRY, EXIT]) == "used"
    assert state_of("reentry", scans=[ENTRY, EXIT]) == "left"


@pytest.mark.parametrize("status", ["unpaid", "canceled", "blocked"])
def test_what_the_organiser_did_is_told_before_all_else(status: TicketStatus) -> None:
    assert state_of(status=status, scans=[ENTRY], later=9) == status


def test_a_ticket_is_over_at_its_time_even_before_the_clock_has_marked_it() -> None:
    assert state_of(later=9) == "expired"
    assert state_of(expired=True) == "expired"
    assert state_of(scans=[ENTRY, EXIT], later=9) == "expired"
