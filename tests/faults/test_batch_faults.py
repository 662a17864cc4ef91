"""A batch of tickets while the database is away: a 503 for each action, and the step is asked for again."""

from typing import Any

import msgspec
import pytest

from hub.settings import Settings
from tests.api import Api
from tests.faults.fail_points import failing

APP = "batch"
NO_ONE_READS = 9
"""The port of a mail server that no test asks: mails wait in the outbox."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of a hub that has a mail server, on connections that fail points can name."""
    own: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": NO_ONE_READS, "smtp_from": "t@example.org"}
    uri = f"{settings.mongodb_uri}&appName={APP}"
    return msgspec.structs.replace(settings, **own, smtp_security="none", mongodb_uri=uri)


@pytest.mark.parametrize("action", ["cancel", "block", "pay", "resend"])
@pytest.mark.gen_test
async def test_step_that_the_database_fails_is_unavailable_and_done_when_asked_for_again(
    api: Api, mongod_uri: str, action: str
) -> None:
    priced = [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}]
    event = await api.make_event(products=priced)
    await api.book(event, 2, paid=False, email="ada@example.org")
    step = {"action": action, "event": event["uuid"], "key": "a-batch-of-this-test"}
    if action == "pay":
        step["method"] = "cash"
    with failing(mongod_uri, "commitTransaction", APP, times=None, closeConnection=True):
        away = await api.admin.post("/api/tickets/batch", step)
    assert (away.status, away.body["code"]) == (503, "unavailable"), away.raw
    assert int(away.headers["Retry-After"]) >= 1
    again = await api.admin.post("/api/tickets/batch", step)
    assert (again.status, again.body["refused"]) == (200, [])
    assert again.body["done"] + again.body["unchanged"] == 2
