"""Fail points of mongod: faults on purpose, as often as asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo import MongoClient

from tests.eventually import PATIENCE_S

WITHIN_MS = int(PATIENCE_S * 1000)


class FailPoint:
    """A fail point that is set; `times` is how often it was met while it was, once it is off."""

    def __init__(self, uri: str, met_before: int) -> None:
        self.times = 0
        self._uri = uri
        self._met_before = met_before

    def wait(self) -> None:
        """Block until it is met: in a thread of its own, where there is a loop."""
        with MongoClient[dict[str, Any]](self._uri) as client:
            entered = self._met_before + 1
            client.admin.command("waitForFailPoint", "failCommand", timesEntered=entered, maxTimeMS=WITHIN_MS)


@contextmanager
def failing(uri: str, command: str, app: str, *, times: int | None = 1, **how: Any) -> Iterator[FailPoint]:
    """Let `command` of the application `app` fail `times` times (None: always), in the way that `how` tells."""
    data = {"failCommands": [command], "appName": app, **how}
    mode: Any = "alwaysOn" if times is None else {"times": times}
    with MongoClient[dict[str, Any]](uri) as client:
        met_before = client.admin.command("configureFailPoint", "failCommand", mode=mode, data=data)["count"]
        point = FailPoint(uri, met_before)
        try:
            yield point
        finally:
            met = client.admin.command("configureFailPoint", "failCommand", mode="off")["count"]
            point.times = met - met_before  # mongod counts from its start
