"""Scheduled jobs under faults: a process that is killed in the middle of a run loses no ticket and repeats none."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from tests.end_to_end.site import Site
from tests.eventually import until
from tests.faults.processes import kill

TICKETS = 300


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("jobs") / "data"
    site = Site(folder, HUB_PROCESSES="2", HUB_EXPIRE_CRON="* * * * * *", **site_database)
    yield site
    site.close()


def test_another_process_goes_on_where_a_killed_one_was(
    site: Site, site_database: dict[str, str], _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = site.make_event(showings=[{"date": "2090-12-24", "time": "20:30", "capacity": TICKETS}])
    site.book(event, TICKETS)
    database = _mongo[site_database["HUB_DATABASE"]]
    told = {"event": event["uuid"], "kind": "ticket.expired"}
    yesterday = datetime.now(UTC) - timedelta(days=1)
    over = {"starts_at": yesterday - timedelta(days=1), "over_at": yesterday}
    database.showings.update_many({"event": event["uuid"]}, {"$set": over})
    database.tickets.update_many({"event": event["uuid"]}, {"$set": {"expires_at": yesterday}})
    until(lambda: database.journal.count_documents(told) > 0, "the work has begun")
    holder = database.leases.find_one({"_id": "job/expire"})
    assert holder is not None
    kill(int(holder["holder"].split("-")[0]))
    assert database.tickets.count_documents({"event": event["uuid"], "expired": None}) > 0, "it was in the middle"
    # The dead holder's lease would end by itself after 50 s: a test need not wait for that.
    database.leases.update_one({"_id": "job/expire"}, {"$set": {"until": datetime.now(UTC)}})
    until(lambda: database.tickets.count_documents({"event": event["uuid"], "expired": None}) == 0, "all expired")
    times = Counter(entry["ticket"] for entry in database.journal.find(told))
    assert (len(times), set(times.values())) == (TICKETS, {1})
