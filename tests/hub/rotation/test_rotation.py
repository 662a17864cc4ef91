"""Rotation of the hub's secret on a real database, under a hub that runs: what docs/security.md promises of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import bson
import pytest
from msgspec.structs import replace
from pymongo import MongoClient

from hub.app import Hub
from hub.door.manifest_tickets import salt_of
from hub.model.access import Factors, SecretHolder, SecretState
from hub.model.wallet import Registration
from hub.process.bootstrap import prepare
from hub.process.secret_commands import rotation_of, show_secrets
from hub.rotation import rotation as rotation_module
from hub.rotation.known import secret_file, secrets_in_file, write_secrets
from hub.rotation.reseal import Resealer
from hub.rotation.rotation import RotationRefused
from hub.settings import Settings
from hub.vault import TokenPurpose, Vault, WrongSecret, fingerprint_of
from store.migrations import WrongSecret as WrongSecretOfDatabase
from store.mongo.documents import to_bson
from tests.api import Api
from tests.eventually import eventually

SECRET = "a secret of the tests, long enough"
RECOVERY = "abcdefghjkmn"
FACTORS = {"u1": b"an app's secret of u1", "u2": b"an app's secret of u2"}


@pytest.fixture
def database_name(database_name: str, _mongo: MongoClient[dict[str, Any]]) -> Iterator[str]:
    """The shared database, whose secret is the first again afterwards."""
    yield database_name
    first = {"_id": "secret", "proof": fingerprint_of(SECRET)}
    _mongo[database_name].meta.replace_one({"_id": "secret"}, first, upsert=True)
    _mongo[database_name].meta.delete_many({"_id": {"$regex": "^process/"}})


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A hub whose secret stands in its file."""
    write_secrets(settings, [SECRET])
    return replace(settings, secret="")


class Before:
    """What a hub sealed and signed before its secret was replaced; `check` asks that all of it is still good."""

    def __init__(self, hub: Hub, code: str, device: Api, event: str, ticket: str, tokens: dict[str, str]) -> None:
        self.secret = hub.vault.fingerprint()
        self.code = code
        self.device = device
        self.event = event
        self.ticket = ticket
        self.tokens = tokens
        self.salt = b""
        self.phones: list[str] = []

    async def check(self, hub: Hub) -> None:
        event = await hub.events.get(self.event)
        ticket = await hub.booking.ticket(self.ticket)
        assert salt_of(event, hub.vault) == self.salt
        assert await hub.booking.code(ticket) == self.code
        assert hub.booking.opens(ticket, self.tokens["ticket"])
        assert hub.booking.opens(ticket, hub.booking.access_token(ticket))
        assert hub.wallet.tokens.issue(self.ticket, self.tokens["pass"]) == 1
        assert hub.waiting.opens("w1", self.tokens["waiting"])
        is_known = hub.limits.logins.begin("ada", "192.0.2.1", self.tokens["browser"]).is_known
        assert is_known == (self.secret in hub.vault.fingerprints())
        assert hub.seats.phone_id(ticket.showing, ticket.counted_phone) in self.phones
        for user, secret in FACTORS.items():
            factors = await hub.second_factors.find(user)
            assert factors.secret is not None and hub.vault.open(factors.secret) == secret
        async for webhook in hub.store.database.webhooks.find():
            assert [hub.vault.open(each["sealed"]) for each in webhook["secrets"]] == [
                b"the new secret of it",
                b"of it" * 5,
            ]
        async for phone in hub.store.database.wallet_registrations.find():
            assert hub.vault.open(phone["push_token"]) == b"push token"


async def fill(hub: Hub, api: Api) -> Before:
    """Have a hub seal and sign one of each kind, as the version before did: without a salt at the event."""
    event = await api.make_event()
    (booked,) = await api.book(event)
    device = await api.make_device(event)
    ticket = await hub.booking.ticket(booked["id"])
    database = hub.store.database
    await database.events.update_many({}, {"$unset": {"key.salt": ""}})
    await database.streams.update_many({}, {"$inc": {"revision": 1}})
    webhook, _ = await hub.webhooks.create({"url": "https://example.org/hook", "kinds": ["*"], "secret": "of it" * 5})
    await hub.webhooks.change(webhook.id, {"secret": "the new secret of it"})
    hashed = hub.vault.token_key(TokenPurpose.RECOVERY).sign(RECOVERY.encode())
    for user, secret in FACTORS.items():
        kept = Factors(id=user, secret=hub.vault.seal(secret), pending=hub.vault.seal(b"pending"), recovery=[hashed])
        await database.factors.insert_one(to_bson(kept))
    for n in range(3):
        phone = Registration(
            id=f"d{n}/{ticket.id}",
            device=f"d{n}",
            ticket=ticket.id,
            event=ticket.event,
            push_token=hub.vault.seal(b"push token"),
            push_hash=b"h%d" % n,
            created_at=hub.clock.now(),
        )
        await database.wallet_registrations.insert_one(to_bson(phone))
    tokens = {
        "ticket": hub.booking.access_token(ticket),
        "pass": hub.wallet.tokens.make(ticket.id, 1),
        "waiting": hub.waiting.token("w1"),
        "browser": hub.limits.logins.new_proof("ada"),
    }
    before = Before(hub, await hub.booking.code(ticket), device, ticket.event, ticket.id, tokens)
    before.salt = salt_of(await hub.events.get(ticket.event), hub.vault)
    before.phones = [each["_id"] async for each in database.phones.find()]
    await before.check(hub)
    return before


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Hub]:
    await prepare(settings)
    hub = Hub(settings)
    try:
        await hub.start()
        yield hub
    finally:
        await hub.stop()


async def state_of(hub: Hub) -> SecretState:
    state = await hub.store.secrets.read()
    assert state is not None
    return state


async def command(settings: Settings, work: Callable[[Any], Awaitable[None]]) -> list[str]:
    """Run a command of the shell; return its lines."""
    said: list[str] = []
    async with rotation_of(settings, said.append) as rotation:
        await work(rotation)
    return said


async def rotate(settings: Settings) -> list[str]:
    return await command(settings, lambda rotation: rotation.rotate())


async def status(settings: Settings) -> list[str]:
    said: list[str] = []
    await show_secrets(settings, said.append)
    return said


async def retire(settings: Settings, *, end_links: bool = False) -> list[str]:
    return await command(settings, lambda rotation: rotation.retire(end_links=end_links))


@pytest.mark.gen_test
async def test_all_that_was_sealed_and_signed_stays_good_while_the_hub_runs_and_after_it_starts_with_the_new_one_alone(
    hub: Hub, api: Api, settings: Settings
) -> None:
    before = await fill(hub, api)
    first = hub.vault.fingerprint()
    sealed_by_the_first = hub.vault.seal(b"text")
    said = await rotate(settings)
    assert hub.vault.fingerprint() == (await state_of(hub)).proof != first
    assert f"{hub.vault.fingerprint()} is the current secret." in said
    await before.check(hub)
    assert SECRET not in " ".join(said)
    retired = await retire(settings)
    assert f"{first} is retired and stands in {secret_file(settings)}: take it out there, on every host." in retired
    await eventually(lambda: hub.vault.fingerprints() == [fingerprint_of(secrets_in_file(settings)[0])])
    with pytest.raises(WrongSecret):
        hub.vault.open(sealed_by_the_first)
    await before.check(hub)
    scanned = await before.device.scan(before.code)
    assert (scanned.status, scanned.body["code"]) == (200, "admitted")
    async with started(replace(settings, secret="")) as alone:
        await before.check(alone)
        assert await alone.second_factors.use("u1", RECOVERY)
        assert not await alone.second_factors.use("u1", RECOVERY)


@pytest.mark.gen_test
async def test_a_second_rotation_keeps_what_was_signed_before_the_first(hub: Hub, api: Api, settings: Settings) -> None:
    before = await fill(hub, api)
    for _ in range(2):
        await rotate(settings)
        await retire(settings)
    assert len((await state_of(hub)).retired) == 2
    await before.check(hub)
    async with started(replace(settings, secret="")) as alone:
        await before.check(alone)
        assert await alone.second_factors.use("u2", RECOVERY)


@pytest.mark.gen_test
async def test_links_of_before_end_where_a_stolen_secret_is_retired_and_nothing_else_does(
    hub: Hub, api: Api, settings: Settings
) -> None:
    before = await fill(hub, api)
    await rotate(settings)
    await retire(settings, end_links=True)
    await eventually(lambda: len(hub.vault.fingerprints()) == 1)
    ticket = await hub.booking.ticket(before.ticket)
    assert not hub.booking.opens(ticket, before.tokens["ticket"])
    assert hub.wallet.tokens.issue(ticket.id, before.tokens["pass"]) is None
    assert not hub.waiting.opens("w1", before.tokens["waiting"])
    before.tokens = {
        "ticket": hub.booking.access_token(ticket),
        "pass": hub.wallet.tokens.make(ticket.id, 1),
        "waiting": hub.waiting.token("w1"),
        "browser": hub.limits.logins.new_proof("ada"),
    }
    before.secret = hub.vault.fingerprint()
    await before.check(hub)
    assert await hub.second_factors.use("u1", RECOVERY)


@pytest.mark.gen_test
async def test_links_can_be_ended_after_the_secret_was_retired(hub: Hub, api: Api, settings: Settings) -> None:
    before = await fill(hub, api)
    await rotate(settings)
    await retire(settings)
    ticket = await hub.booking.ticket(before.ticket)
    assert hub.booking.opens(ticket, before.tokens["ticket"])
    await retire(settings, end_links=True)
    await eventually(lambda: not hub.booking.opens(ticket, before.tokens["ticket"]))
    assert hub.booking.opens(ticket, hub.booking.access_token(ticket))


@pytest.mark.gen_test
async def test_a_secret_is_not_retired_while_anything_is_sealed_by_it_and_each_is_counted(
    hub: Hub, api: Api, settings: Settings
) -> None:
    await fill(hub, api)
    earlier = Vault(SECRET)
    await rotate(settings)
    await hub.store.database.factors.update_one({"_id": "u1"}, {"$set": {"pending": earlier.seal(b"pending")}})
    await hub.store.database.webhooks.update_one({}, {"$set": {"secrets.1.sealed": earlier.seal(b"of it" * 5)}})
    with pytest.raises(RotationRefused, match="webhooks 1, factors 1"):
        await retire(settings)
    assert (await state_of(hub)).beside == [earlier.fingerprint()]
    said = await rotate(settings)
    assert "to be sealed anew: webhooks 1, factors 1" in said
    await retire(settings)
    assert (await state_of(hub)).retired == [earlier.fingerprint()]


@pytest.mark.gen_test
async def test_a_process_that_does_not_know_the_new_secret_holds_the_switch_up_and_is_named(
    hub: Hub, settings: Settings
) -> None:
    first = hub.vault.fingerprint()
    behind = SecretHolder(id="process/77-aa", host="other-host", known=[first], sealing=first)
    await hub.store.secrets.report(behind)
    said: list[str] = []
    async with rotation_of(settings, said.append) as rotation:
        rotating = asyncio.create_task(rotation.rotate())
        await eventually(
            lambda: any("other-host 77-aa" in line and str(secret_file(settings)) in line for line in said)
        )
        assert (await state_of(hub)).proof == first
        with pytest.raises(RotationRefused, match="a rotation is under way"):
            await retire(settings)
        await hub.store.secrets.report(
            replace(behind, known=[*behind.known, fingerprint_of(secrets_in_file(settings)[0])])
        )
        await eventually(lambda: any("seal by the new secret: other-host 77-aa" in line for line in said))
        new = (await state_of(hub)).proof
        await hub.store.secrets.report(replace(behind, known=[first, new], sealing=new))
        await rotating


@pytest.mark.gen_test
async def test_a_rotation_that_is_broken_off_anywhere_goes_on_with_the_same_secret(
    hub: Hub, api: Api, settings: Settings
) -> None:
    before = await fill(hub, api)
    write_secrets(settings, ["made, and killed before the database heard of it", SECRET])
    async with rotation_of(settings, lambda line: None) as rotation:
        resealing = asyncio.create_task(rotation.rotate())
        await eventually(lambda: hub.vault.fingerprint() == fingerprint_of(secrets_in_file(settings)[0]))
        resealing.cancel()
        await asyncio.gather(resealing, return_exceptions=True)
    await before.check(hub)
    await rotate(settings)
    assert len(secrets_in_file(settings)) == 2
    await before.check(hub)
    await retire(settings)
    await before.check(hub)


@pytest.mark.gen_test
async def test_another_host_that_does_not_have_the_new_secret_begins_no_rotation_of_its_own(
    hub: Hub, settings: Settings, tmp_path: Any
) -> None:
    behind = SecretHolder(id="process/77-aa", host="other-host")
    await hub.store.secrets.report(behind)
    async with rotation_of(settings, lambda line: None) as rotation:
        rotating = asyncio.create_task(rotation.rotate())
        await eventually(lambda: secret_file(settings).exists())
        begun = await eventually(lambda: _begun(hub))
        rotating.cancel()
        await asyncio.gather(rotating, return_exceptions=True)
    elsewhere = replace(settings, data=tmp_path / "other", secret=SECRET)
    with pytest.raises(RotationRefused, match=f"{begun} is not known here"):
        await rotate(elsewhere)
    with pytest.raises(RotationRefused, match="not known here"):
        await rotate(replace(elsewhere, secret="another secret of the tests"))
    assert not secret_file(elsewhere).exists()
    assert (await state_of(hub)).next == begun


async def _begun(hub: Hub) -> str | None:
    return (await state_of(hub)).next


@pytest.mark.gen_test
async def test_a_damaged_text_stops_neither_the_others_nor_the_end(hub: Hub, api: Api, settings: Settings) -> None:
    before = await fill(hub, api)
    phones = hub.store.database.wallet_registrations
    await phones.update_one({"device": "d0"}, {"$set": {"push_token": b"no sealed text"}})
    said = await rotate(settings)
    assert "damaged, no secret in force opens them: wallet_registrations 1" in said
    await retire(settings)
    await phones.delete_one({"device": "d0"})
    await before.check(hub)


@pytest.mark.gen_test
async def test_a_start_without_a_secret_in_force_is_refused_and_says_which_is_missing(
    hub: Hub, api: Api, settings: Settings
) -> None:
    await fill(hub, api)
    await rotate(settings)
    new, _ = secrets_in_file(settings)
    secret_file(settings).unlink()
    with pytest.raises(WrongSecretOfDatabase, match="an earlier secret is still in force"):
        await prepare(replace(settings, secret=new))
    with pytest.raises(WrongSecretOfDatabase, match="HUB_SECRET is not the secret"):
        await prepare(replace(settings, secret=SECRET))
    async with started(replace(settings, secret=SECRET, other_secrets=(new,))) as both:
        assert both.vault.fingerprint() == fingerprint_of(new)


@pytest.mark.gen_test
async def test_changes_that_meet_the_resealing_lose_nothing(hub: Hub, api: Api, settings: Settings) -> None:
    event = await api.make_event()
    await rotate(settings)
    earlier, renamed = Vault(SECRET), []
    vault = hub.vault
    resealer = Resealer(hub.store.sealed_texts, hub.store.journal, vault)
    for n in range(20):
        stored = await hub.events.get(event["uuid"])
        private = vault.open(stored.key.sealed)
        await hub.store.database.events.update_one({"_id": stored.id}, {"$set": {"key.sealed": earlier.seal(private)}})
        await hub.store.database.streams.update_one({"_id": stored.id}, {"$inc": {"revision": 1}})
        changing = api.admin.request("PATCH", f"/api/events/{stored.id}", {"name": f"Concert {n}"})
        answer, _ = await asyncio.gather(changing, resealer.reseal(lambda collection, count: None))
        renamed.append(answer.status)
        assert (await resealer.count()).earlier.total() == 0
        after = await hub.events.get(event["uuid"])
        assert (after.name, vault.open(after.key.sealed)) == (f"Concert {n}", private)
    assert renamed == [200] * 20


@pytest.mark.gen_test
async def test_status_names_secrets_by_fingerprint_processes_and_what_is_left(
    hub: Hub, api: Api, settings: Settings
) -> None:
    await fill(hub, api)
    first = hub.vault.fingerprint()
    await rotate(settings)
    new = hub.vault.fingerprint()
    lines = await status(settings)
    assert lines[0].startswith(f"{new}  current, since ")
    assert f"{first}  earlier, still in force" in lines and "sealed by earlier ones: nothing" in lines
    assert any(line.endswith(f"{hub.process}: seals by {new}") for line in lines)
    await retire(settings)
    assert f"{first}  retired, still in {secret_file(settings)}" in await status(settings)
    for secret in secrets_in_file(settings):
        assert secret not in " ".join(lines)


@pytest.mark.gen_test
async def test_no_secret_is_in_the_database_a_line_or_the_log(
    hub: Hub, api: Api, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await fill(hub, api)
    said = await rotate(settings) + await status(settings) + await retire(settings) + await status(settings)
    secrets = secrets_in_file(settings)
    assert len(secrets) == 2
    for name in await hub.store.database.list_collection_names():
        async for document in hub.store.database[name].find():
            assert not any(secret.encode() in bson.encode(document) for secret in secrets), name
    assert not any(secret in text for secret in secrets for text in (*said, caplog.text))


@pytest.mark.gen_test
async def test_a_file_that_cannot_be_written_begins_no_rotation(hub: Hub, settings: Settings) -> None:
    secret_file(settings).with_name("hub-secret.new").mkdir()
    with pytest.raises(RotationRefused, match="cannot be written"):
        await rotate(settings)
    assert (await state_of(hub)).next is None


@pytest.mark.gen_test
async def test_where_settings_hold_the_secret_a_person_says_where_the_new_one_is_kept(
    hub: Hub, settings: Settings
) -> None:
    managed = replace(settings, secret=SECRET)
    with pytest.raises(RotationRefused, match="beside HUB_SECRET, where it outlives a restart"):
        await rotate(managed)
    with pytest.raises(RotationRefused, match="beside HUB_SECRET"):
        await rotate(replace(managed, other_secrets=("too short",)))
    assert secrets_in_file(settings) == [SECRET]
    new = "a secret of the operator's own, long enough"
    write_secrets(settings, [SECRET, new])
    await rotate(managed)
    assert (await state_of(hub)).proof == hub.vault.fingerprint() == fingerprint_of(new)


@pytest.mark.gen_test
async def test_a_new_secret_that_was_lost_before_the_switch_is_given_up_for_another(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation_module, "GIVE_UP_AFTER_S", 0.0)
    await hub.store.secrets.change(await state_of(hub), replace(await state_of(hub), next="0123456789abcdef"))
    said = await rotate(settings)
    assert "The new secret 0123456789abcdef is known nowhere any more: another takes its place." in said
    assert (await state_of(hub)).proof == fingerprint_of(secrets_in_file(settings)[0]) != fingerprint_of(SECRET)
