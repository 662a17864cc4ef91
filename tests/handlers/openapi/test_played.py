"""Every operation of a hub, called as it is meant and as it is not: each answer is as the description says."""

from pathlib import Path

import msgspec
import pytest

from handlers.openapi.document import make_document
from handlers.routes.table import ROUTES
from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from tests.api import Api
from tests.handlers.openapi.played import play
from tests.handlers.openapi.recorder import Recorder
from tests.handlers.pages.test_pictures import a_picture
from tests.hub.mail.inbox import Inbox
from tests.hub.wallet.authority import Authority

ELSEWHERE = {
    "follow_event": "a stream without an end: tests/handlers/live/test_sse.py",
    "register_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "rename_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "remove_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "log_in_by_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "save_to_google_wallet": "an account with Google: tests/hub/wallet/google",
}
"""Operations that need what is not here, and where they are tested."""


@pytest.fixture
def settings(settings: Settings, inbox: Inbox, authority: Authority, tmp_path: Path) -> Settings:
    """Settings of a hub with mail and a certificate of passes; receivers of webhooks are on loopback."""
    named = authority.files(tmp_path / "authority")
    public = {"base_url": "https://hub.example.org", "push_url": "https://127.0.0.1:9", "webhooks_to_private": True}
    public["security_contact"] = "mailto:security@example.org"
    return msgspec.structs.replace(settings, **named, **inbox.settings, **public)


@pytest.mark.gen_test
async def test_every_operation_is_called_and_answers_as_the_document_says(
    hub: Hub, api: Api, clock: SettableClock
) -> None:
    recorder = Recorder(api, make_document(ROUTES, hub.settings.base_url))
    await play(recorder, hub, clock, a_picture())
    assert sorted(set(recorder.faults)) == [], "\n".join(sorted(set(recorder.faults)))
    assert recorder.operations.keys() - recorder.kept.keys() == ELSEWHERE.keys()
