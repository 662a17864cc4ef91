"""Fixtures of this folder's tests: a hub that sends mail."""

from collections.abc import Iterator

import msgspec
import pytest
from tornado.ioloop import IOLoop

from hub.settings import Settings
from tests.hub.mail.inbox import Inbox


@pytest.fixture
def inbox(io_loop: IOLoop) -> Iterator[Inbox]:
    """A mail server."""
    inbox = Inbox()
    io_loop.run_sync(inbox.start)
    yield inbox
    io_loop.run_sync(inbox.stop)


@pytest.fixture
def settings(settings: Settings, inbox: Inbox) -> Settings:
    """The settings of a hub that has it, and an address of its own."""
    own = {"smtp_host": "127.0.0.1", "smtp_port": inbox.port, "smtp_security": "none", "smtp_from": "t@example.org"}
    return msgspec.structs.replace(settings, **own, base_url="https://hub.example.org")
