"""What docs/security.md promises of keys that come from the settings: the administrator's, and the hub's secret."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from hub.app import Hub
from hub.errors import NotAllowed
from hub.model.access import ApiKey
from hub.process.bootstrap import admin_key, prepare
from hub.secrets import key_prefix
from hub.settings import Settings
from store.migrations import WrongSecret
from tests.api import ADMIN_KEY

OTHER_PREFIX = "another.fedcba9876543210fedcba9876543210"
SAME_PREFIX = "admin.fedcba9876543210fedcba9876543210"


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Hub]:
    await prepare(settings)
    hub = Hub(settings)
    try:
        await hub.start()
        yield hub
    finally:
        await hub.stop()


@pytest.mark.parametrize("new", [OTHER_PREFIX, SAME_PREFIX])
@pytest.mark.gen_test
async def test_a_new_admin_key_in_the_settings_ends_the_one_before_and_no_other(settings: Settings, new: str) -> None:
    async with started(settings) as hub:
        by = await hub.authenticator.by_key(ADMIN_KEY)
        form = {"name": "HUB_ADMIN_KEY", "scopes": ["tickets:read"]}
        _, kept = await hub.keys.create(form, hub.clock.now(), by)
    async with started(replace(settings, admin_key=new)) as hub:
        assert (await hub.authenticator.by_key(new)).has("admin")
        assert (await hub.authenticator.by_key(kept)).has("tickets:read")
        with pytest.raises(NotAllowed):
            await hub.authenticator.by_key(ADMIN_KEY)


@pytest.mark.gen_test
async def test_a_start_with_the_admin_key_as_it_was_ends_nothing(settings: Settings) -> None:
    for _ in range(2):
        async with started(settings) as hub:
            assert (await hub.authenticator.by_key(ADMIN_KEY)).has("admin")


@pytest.mark.gen_test
async def test_a_start_leaves_the_admin_key_good_for_the_hubs_that_serve_meanwhile(settings: Settings) -> None:
    prefix = key_prefix(ADMIN_KEY)
    assert prefix is not None
    async with started(settings) as hub:
        before = await hub.store.keys.by_prefix(prefix)
        starts = asyncio.create_task(_keep_often(hub, admin_key(ADMIN_KEY, "HUB_ADMIN_KEY", hub.clock.now())))
        found = [before]
        while not starts.done():
            found.append(await hub.store.keys.by_prefix(prefix))
        await starts
        assert before is not None and [each and each.id for each in found] == [before.id] * len(found)


async def _keep_often(hub: Hub, key: ApiKey) -> None:
    for _ in range(50):
        await hub.store.first_credentials.keep_key(key)


@pytest.mark.gen_test
async def test_an_admin_key_that_was_revoked_comes_back_while_it_stands_in_the_settings(settings: Settings) -> None:
    async with started(settings) as hub:
        by = await hub.authenticator.by_key(ADMIN_KEY)
        await hub.keys.revoke(by.id, by)
    async with started(replace(settings, admin_key=None)) as hub:
        with pytest.raises(NotAllowed):
            await hub.authenticator.by_key(ADMIN_KEY)
    async with started(settings) as hub:
        assert (await hub.authenticator.by_key(ADMIN_KEY)).has("admin")


@pytest.mark.gen_test
async def test_a_start_with_another_secret_is_refused_and_the_right_one_starts_as_before(settings: Settings) -> None:
    await prepare(settings)
    with pytest.raises(WrongSecret):
        await prepare(replace(settings, secret="another secret of the tests", admin_key=OTHER_PREFIX))
    async with started(settings) as hub:
        assert (await hub.authenticator.by_key(ADMIN_KEY)).has("admin")
        with pytest.raises(NotAllowed):
            await hub.authenticator.by_key(OTHER_PREFIX)
