"""Fail points of mongod: faults on purpose, as often as asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo import MongoClient


class FailPoint:
    """A fail point that is set; `times` is how often it was met, once it is off."""

    def __init__(self) -> None:
        self.times = 0


@contextmanager
def failing(uri: str, command: str, app: str, *, times: int | None = 1, **how: Any) -> Iterator[FailPoint]:
    """Let `command` of the application `app` fail `times` times (None: always), in the way that `how` tells."""
    point = FailPoint()
    data = {"failCommands": [command], "appName": app, **how}
    mode: Any = "alwaysOn" if times is None else {"times": times}
    with MongoClient[dict[str, Any]](uri) as client:
        client.admin.command("configureFailPoint", "failCommand", mode=mode, data=data)
        try:
            yield point
        finally:
            before = client.admin.command("configureFailPoint", "failCommand", mode="off")
            point.times = before["count"]
