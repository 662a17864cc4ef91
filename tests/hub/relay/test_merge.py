"""What was done on a relay and is not known at the hub stays, whatever comes from there meanwhile."""

from msgspec.structs import replace

from hub.model.payment import Payment
from hub.model.ticket import Ticket
from hub.relay.merge import Numbers, merged
from tests.builders import a_device, a_ticket, an_event
from tests.hub.relay.sides import Sides

NOTHING_NEW = Numbers(began=0, reached=10)


def on_relay(sides: Sides, ticket: str = "t1") -> Ticket:
    found = sides.relay.find(Ticket, ticket)
    assert found is not None
    return found


def test_a_scan_undone_here_stays_undone_while_other_news_of_its_ticket_come() -> None:
    sides = Sides(an_event(), [a_device("v1"), a_device("v3")], [a_ticket("t1")])
    sides.scan_at_hub("v1", "t1", "n1")
    sides.follow_all()
    sides.undo_alone("v1", "t1", on_relay(sides).scans[0].seq, "u1")
    sides.scan_at_hub("v3", "t1", "n2")
    sides.follow_all()
    assert [(scan.undone, scan.undone_here) for scan in on_relay(sides).scans] == [(True, True)]
    assert sides.scan_alone("v1", "t1", "n3").code == "admitted"
    sides.heal()
    assert [(scan.undone, scan.undone_here) for scan in on_relay(sides).scans] == [(True, False), (False, False)]


def paid_here() -> Ticket:
    """Return a ticket that was paid for on a relay, by the scan with the number 7."""
    money = Payment(method="cash", amount=1250, currency="EUR", by="v1", taken_here=7)
    return a_ticket("t1", status="valid", paid=True, payment=money)


def test_a_ticket_paid_for_here_stays_paid_until_the_hub_knows_of_it() -> None:
    unpaid = a_ticket("t1", status="unpaid", paid=False)
    kept = merged(unpaid, paid_here(), NOTHING_NEW)
    assert (kept.status, kept.payment) == ("valid", paid_here().payment)
    given_back = merged(unpaid, paid_here(), NOTHING_NEW, frozenset({7}))
    assert (given_back.status, given_back.payment) == ("unpaid", None)


def test_a_ticket_that_the_hub_cancelled_or_was_paid_for_is_as_it_is_there() -> None:
    there = Payment(method="card", amount=1000, currency="EUR", by="v3")
    assert merged(replace(paid_here(), payment=there), paid_here(), NOTHING_NEW).payment == there
    assert merged(a_ticket("t1", status="canceled"), paid_here(), NOTHING_NEW).status == "canceled"
