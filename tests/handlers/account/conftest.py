"""Fixtures of this folder's tests: a hub that sends mail."""

import msgspec
import pytest

from hub.settings import Settings
from tests.hub.mail.inbox import Inbox


@pytest.fixture
def settings(settings: Settings, inbox: Inbox) -> Settings:
    """The settings of a hub that has it, and an address of its own."""
    return msgspec.structs.replace(settings, **inbox.settings, base_url="https://hub.example.org")
