"""Fixtures of this folder's tests."""

from collections.abc import Iterator

import pytest
from tornado.ioloop import IOLoop

from tests.hub.mail.inbox import Inbox


@pytest.fixture
def database_name(emptied_database: str) -> str:
    """The tests of this folder look at no collection's making: an emptied database will do."""
    return emptied_database


@pytest.fixture
def inbox(io_loop: IOLoop) -> Iterator[Inbox]:
    """Mail server that is running; `inbox.settings` are those of a hub that sends by it."""
    inbox = Inbox()
    io_loop.run_sync(inbox.start)
    yield inbox
    io_loop.run_sync(inbox.stop)
