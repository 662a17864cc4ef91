"""A phone without nonces while the database is away: a 503 that says so, and a second try that is not red."""

from typing import Any

import msgspec
import pytest

from hub.settings import Settings
from tests.api import Api
from tests.faults.fail_points import failing

APP = "door"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The usual ones, on connections that fail points can name."""
    return msgspec.structs.replace(settings, mongodb_uri=f"{settings.mongodb_uri}&appName={APP}")


FAULTS: dict[str, dict[str, Any]] = {
    "never committed": {"closeConnection": True},
    "committed, but nobody hears of it": {"writeConcernError": {"code": 64, "errmsg": "waiting for replication"}},
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.gen_test
async def test_after_a_503_the_phones_next_try_is_admitted(
    api: Api, settings: Settings, mongod_uri: str, fault: str
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    with failing(mongod_uri, "commitTransaction", APP, times=None, **FAULTS[fault]):
        away = await gate.scan(first["code"])
    assert (away.status, away.body["code"], away.body["success"]) == (503, "unavailable", False)
    assert away.body["message"] == "could not be confirmed: scan again"
    assert int(away.headers["Retry-After"]) >= 1
    again = await gate.scan(first["code"])
    assert (again.status, again.body["code"]) == (200, "admitted")
    third = await gate.scan(first["code"])
    assert third.body["code"] == "already_scanned"
    assert (await gate.scan(second["code"])).body["code"] == "admitted"
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (counts["admitted"], counts["inside"]) == (2, 2)
