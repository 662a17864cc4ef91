"""Checker of histories: all its checks, from the answers alone to the journal, the counts and the live followers."""

from tests.faults.history.followers import check_followers
from tests.faults.history.journal import check_journal
from tests.faults.history.limits import check_limits
from tests.faults.history.objects import check_objects
from tests.faults.history.record import Anomaly, History


def check(history: History) -> list[Anomaly]:
    """Return all that is wrong with a history; nothing where one order of single operations explains it."""
    return [
        *check_objects(history),
        *check_limits(history),
        *check_journal(history),
        *check_followers(history),
    ]
