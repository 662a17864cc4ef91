"""Passkeys over HTTP: what is no passkey is refused in the hub's words, and challenges are good once."""

import base64
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.access.factor_commands import AddPasskey
from hub.access.passkeys import CHALLENGE_LASTS, holder_of
from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import BadInput, NotAllowed
from hub.model.access import Passkey
from hub.model.journal import HUB_STREAM
from hub.settings import Settings
from tests.api import Api
from tests.handlers.account.people import as_user, make_user
from tests.handlers.account.test_second_factor import client_of, person
from tests.handlers.credentials import PASSWORD
from tests.hub.mail.inbox import Inbox

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
ORIGIN = {"Origin": "https://hub.example.org"}


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def client_data(challenge: str, **other: Any) -> str:
    """Return what a browser signs, with some of it other than it should be."""
    fields = {"type": "webauthn.get", "challenge": challenge, "origin": "https://hub.example.org", **other}
    return text(json.dumps(fields).encode())


@pytest.mark.gen_test
async def test_options_need_the_password_and_name_the_hubs_own_host(api: Api, inbox: Inbox) -> None:
    user = await make_user(api, "ada")
    who = await as_user(api, "ada")
    assert (await who.post("/api/me/passkeys/options", {"password": "wrong"})).status == 422
    options = (await who.post("/api/me/passkeys/options", {"password": PASSWORD}, Host="evil.example")).body
    assert options["rp"] == {"id": "hub.example.org", "name": "Example Organization"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert base64.urlsafe_b64decode(options["user"]["id"] + "==").decode() == user["id"]


@pytest.mark.gen_test
async def test_what_is_no_passkey_is_not_kept_and_uses_the_challenge_up(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_user(api, "ada")
    who = await as_user(api, "ada")
    options = (await who.post("/api/me/passkeys/options", {"password": PASSWORD})).body
    junk = {"clientDataJSON": client_data(options["challenge"], type="webauthn.create"), "attestationObject": "oA"}
    credential = {"id": "eHg", "rawId": "eHg", "type": "public-key", "response": junk}
    answers = [await who.post("/api/me/passkeys", {"name": "Phone", "credential": credential}) for _ in range(2)]
    assert [answer.status for answer in answers] == [422, 422]
    assert [answer.body["errors"]["credential"] for answer in answers] == [
        "is not the answer to this request",
        "is too late",
    ]
    assert (await who.get("/api/me/account")).body["passkeys"] == []


@pytest.mark.gen_test
async def test_passkey_beside_a_second_factor_needs_its_code(api: Api, clock: SettableClock, inbox: Inbox) -> None:
    async with person(api, clock) as ada:
        for code in ({}, {"code": "000000"}):
            refused = await ada.who.post("/api/me/passkeys/options", {"password": PASSWORD, **code})
            assert (refused.status, set(refused.body["errors"])) == (422, {"code"})
        good = {"password": PASSWORD, "code": ada.next_code()}
        assert (await ada.who.post("/api/me/passkeys/options", good)).status == 200


@pytest.mark.gen_test
async def test_removal_needs_the_password_and_ends_every_other_login(api: Api, hub: Hub, inbox: Inbox) -> None:
    user = await make_user(api, "ada")
    who, other = await as_user(api, "ada"), await as_user(api, "ada")
    by = await hub.logins.by_cookie(who.headers["Cookie"].partition("=")[2], hub.clock.now())
    assert by is not None
    passkey = Passkey(id="eHk", name="Phone", public_key=b"\xa0", sign_count=0, created_at=hub.clock.now())
    await hub.store.journal.append(HUB_STREAM, AddPasskey(by, passkey))
    assert (await who.request("DELETE", "/api/me/passkeys/eHk", {"password": "wrong"})).status == 422
    assert (await other.get("/api/me")).status == 200
    removed = await who.request("DELETE", "/api/me/passkeys/eHk", {"password": PASSWORD})
    assert (removed.status, (await other.get("/api/me")).status) == (204, 401)
    account = (await (await client_of(api, removed)).get("/api/me/account")).body
    assert account["passkeys"] == [] and (await hub.users.get(user["id"])).passkeys == 0


@given(credential=st.dictionaries(st.sampled_from(["id", "rawId", "type", "response", "x"]), JSON))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_refused_as_a_passkey(credential: dict[str, Any], hub: Hub, io_loop: Any) -> None:
    async def check() -> None:
        holder = holder_of("browser")
        await hub.passkeys.request(holder)
        with pytest.raises(NotAllowed):
            await hub.passkeys.check(holder, credential)

    io_loop.run_sync(check)


@given(
    response=st.dictionaries(st.sampled_from(["clientDataJSON", "authenticatorData", "signature", "userHandle"]), JSON)
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answer_of_a_known_passkey_without_its_signature_is_refused(
    response: dict[str, Any], hub: Hub, io_loop: Any
) -> None:
    async def check() -> None:
        await keep_passkey(hub)
        await hub.passkeys.request("browser")
        with pytest.raises(NotAllowed):
            await hub.passkeys.check(
                "browser", {"id": "eHg", "rawId": "eHg", "type": "public-key", "response": response}
            )

    io_loop.run_sync(check)


async def keep_passkey(hub: Hub) -> None:
    """Keep a passkey of the hub's owner, straight in the database."""
    (owner,) = await hub.users.all()
    passkey = Passkey(id="eHg", name="Phone", public_key=b"\xa0", sign_count=0, created_at=hub.clock.now())
    kept = {"passkeys": [msgspec.to_builtins(passkey, builtin_types=(bytes,))]}
    kept["passkeys"][0]["created_at"] = hub.clock.now()
    await hub.store.database.factors.update_one({"_id": owner.id}, {"$set": kept}, upsert=True)


@pytest.mark.gen_test
async def test_forms_of_other_sites_and_halves_that_are_none_are_refused(api: Api, inbox: Inbox) -> None:
    for path in ("/login/passkey/options", "/login/passkey"):
        body: dict[str, Any] = {"credential": {}}
        assert (await api.post(path, body, Origin="https://evil.example")).status == 403
        assert (await api.post(path, body, Sec_Fetch_Site="cross-site")).status == 403
        assert (await api.post(path, {**body, "step": True}, **ORIGIN)).status == 401
    assert (await api.post("/login/passkey", {"credential": {}}, **ORIGIN)).status == 422
    assert (await api.post("/login/passkey", b"no json", **ORIGIN)).status == 400


@pytest.mark.gen_test
async def test_requests_of_one_client_are_limited(api: Api, hub: Hub, inbox: Inbox) -> None:
    most = hub.settings.passkey_requests_per_min
    answers = [await api.post("/login/passkey/options", {}, **ORIGIN) for _ in range(most + 1)]
    assert [answer.status for answer in answers] == [200] * most + [429]


@pytest.mark.gen_test
async def test_challenge_ends_after_five_minutes(api: Api, hub: Hub, inbox: Inbox, clock: SettableClock) -> None:
    await hub.passkeys.request("browser")
    clock.advance(CHALLENGE_LASTS)
    with pytest.raises(BadInput):
        await hub.passkeys.check("browser", {"id": "eHg"})


class TestByNumber:
    """A hub that browsers reach by a number."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings with such an address."""
        return msgspec.structs.replace(settings, base_url="http://127.0.0.1:8888")

    @pytest.mark.gen_test
    async def test_passkeys_are_not_offered_and_said_to_be_impossible(self, api: Api, hub: Hub) -> None:
        assert not hub.passkeys.are_possible
        refused = await api.post("/login/passkey/options", {}, Origin="http://127.0.0.1:8888")
        assert refused.status == 409 and isinstance(refused.body["detail"], str)
        assert b"passkey" not in (await api.get("/login")).raw
