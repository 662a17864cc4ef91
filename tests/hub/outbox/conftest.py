"""Fixtures of the outbox tests: desks on the prepared database."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hub.clock import Clock
from hub.outbox.consumer import Consumer
from store.mongo.connection import Database
from tests.hub.outbox.process import OutboxProcess, outbox_process

OpenOutbox = Callable[..., AbstractAsyncContextManager[OutboxProcess]]


@pytest.fixture
def open_outbox(mongod_uri: str, database: Database, tmp_path: Path, clock: Clock) -> OpenOutbox:
    """OpenOutbox a process's desks for a consumer."""

    def opened(
        consumer: Consumer, process: str = "p1", by: Clock | None = None
    ) -> AbstractAsyncContextManager[OutboxProcess]:
        return outbox_process(mongod_uri, database.name, tmp_path / "locks", by or clock, consumer, process)

    return opened
