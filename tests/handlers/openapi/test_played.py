"""Every operation of a hub, called as it is meant and as it is not: each answer is as the description says."""

import os
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from handlers.openapi.document import make_document
from handlers.openapi.examples import PLAYED, PlayedExample
from handlers.openapi.route import described
from handlers.routes.table import ROUTES
from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from tests.api import Api
from tests.handlers.openapi.anonymous import Anonymous, shape_of
from tests.handlers.openapi.played import play
from tests.handlers.openapi.recorder import Recorder
from tests.handlers.pages.test_pictures import a_picture
from tests.hub.mail.inbox import Inbox
from tests.hub.wallet.authority import Authority

RELAYS = (
    "join_relay",
    "copy_tickets",
    "copy_journal",
    "pull_changes",
    "forward_scan",
    "record_facts",
    "get_relay_status",
    "get_relay",
    "declare_relay_lost",
)
ELSEWHERE = {
    "follow_event": "a stream without an end: tests/handlers/live/test_sse.py",
    "register_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "rename_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "remove_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "log_in_by_passkey": "an authenticator: tests/end_to_end/test_passkeys.py",
    "save_to_google_wallet": "an account with Google: tests/hub/wallet/google",
    **dict.fromkeys(RELAYS, "a relay that runs: tests/handlers/relay"),
}
"""Operations that need what is not here, and where they are tested."""


@pytest.fixture
def settings(settings: Settings, inbox: Inbox, authority: Authority, tmp_path: Path) -> Settings:
    """Settings of a hub with mail and a certificate of passes; receivers of webhooks are on loopback."""
    named = authority.files(tmp_path / "authority")
    public = {"base_url": "https://hub.example.org", "push_url": "https://127.0.0.1:9", "webhooks_to_private": True}
    public["security_contact"] = "mailto:security@example.org"
    return msgspec.structs.replace(settings, **named, **inbox.settings, **public)


UNLIKE = frozenset({"get_openapi", "get_asyncapi", "get_server", "list_checks", "begin_passkey", "begin_passkey_login"})
"""Operations whose answers are other ones from hub to hub, or descriptions: they have no example."""
WRITE = "HUB_WRITE_EXAMPLES"
"""Variable with which the examples are written anew."""


@pytest.mark.gen_test
async def test_every_operation_is_called_and_answers_as_the_document_says(
    hub: Hub, api: Api, clock: SettableClock
) -> None:
    recorder = Recorder(api, make_document(ROUTES, hub.settings.base_url))
    await play(recorder, hub, clock, a_picture())
    assert sorted(set(recorder.faults)) == [], "\n".join(sorted(set(recorder.faults)))
    assert recorder.operations.keys() - recorder.kept.keys() == ELSEWHERE.keys()
    examples = examples_of(recorder)
    if WRITE in os.environ:
        PLAYED.write_bytes(msgspec.json.format(msgspec.json.encode(examples), indent=1) + b"\n")
    now, kept = ({name: shapes(each) for name, each in some.items()} for some in (examples, decoded()))
    assert now == kept, f"other examples: run this test once more with {WRITE}=1"


def examples_of(recorder: Recorder) -> dict[str, PlayedExample]:
    """Return the calls of a recorder as examples."""
    public = Anonymous()
    return {
        name: PlayedExample(
            body=None if isinstance(each.body, bytes) else public.of(each.body),
            answer=None if name in UNLIKE else public.of(each.answer),
        )
        for name, each in recorder.kept.items()
    }


def shapes(example: PlayedExample) -> tuple[Any, Any]:
    """Return the shapes of a body and an answer."""
    return shape_of(example.body), shape_of(example.answer)


def decoded() -> dict[str, PlayedExample]:
    """Return the examples as they are kept now."""
    return msgspec.json.decode(PLAYED.read_bytes(), type=dict[str, PlayedExample])


def test_every_body_and_answer_in_json_has_an_example_that_its_schema_allows() -> None:
    document = make_document(ROUTES, "https://hub.example.org")
    without: set[str] = set()
    for each in described(ROUTES):
        operation = document["paths"][each.path][each.method]
        response = operation["responses"][str(each.operation.status)]
        if "$ref" in response:
            response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
        for owner in (operation.get("requestBody", {}), response):
            content = owner.get("content", {}).get("application/json")
            if content is not None and "example" not in content:
                without.add(each.operation_id)
            elif content is not None:
                schema = {**content["schema"], "components": document["components"]}
                wrong = [*Draft202012Validator(schema).iter_errors(content["example"])]
                assert wrong == [], each.operation_id
    assert without <= {*UNLIKE, *ELSEWHERE}


def test_no_example_holds_a_secret() -> None:
    text = PLAYED.read_text()
    assert "Lovelace" not in text, "the guest of other tests, which look for the name where it may not be"
    assert max(map(len, re.findall(r"[A-Za-z0-9+/=_]{13,}(?!…)", text)), default=0) < 40
    assert not re.search(r"whsec_[A-Za-z0-9+/=]{10,}|eyJ[A-Za-z0-9+/=_-]{20,}|BEGIN [A-Z ]*PRIVATE", text)
