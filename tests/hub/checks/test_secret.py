"""Check of the hub's secret: its age, a rotation that is unfinished, and what this host lacks or still holds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.app import Hub
from hub.checks.secret import KnownSecrets, about_secret, check_secret
from hub.model.access import SecretState

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "known", "codes"),
    [
        ({}, ["a"], ["secret-since"]),
        ({}, ["a", "b"], ["secret-since"]),
        ({"next": "b"}, ["a"], ["secret-unfinished", "secret-since"]),
        ({"beside": ["b"]}, ["a", "b"], ["secret-earlier", "secret-since"]),
        ({"beside": ["b"]}, ["b"], ["secret-unknown", "secret-earlier", "secret-since"]),
        ({"retired": ["b", "c"]}, ["a", "c"], ["secret-retired", "secret-since"]),
        ({"retired": ["b", "c"]}, ["a"], ["secret-since"]),
        ({}, ["a", "short"], ["secret-since"]),
        ({"proof": "short"}, ["short"], ["secret-short", "secret-since"]),
    ],
)
def test_what_the_state_of_the_secrets_means(fields: dict[str, object], known: list[str], codes: list[str]) -> None:
    state = SecretState(**{"proof": "a", **fields})  # type: ignore[arg-type]
    checks = list(
        about_secret(state, NOW - timedelta(days=400), KnownSecrets(known, "data/hub-secret", ["short"]), NOW)
    )
    assert [each.code for each in checks] == codes
    assert checks[-1].text == "in use since 2025-10-27 (400 days)"


@pytest.mark.gen_test
async def test_a_hub_of_the_version_before_has_a_secret_as_old_as_its_first_user(hub: Hub, tmp_path: Path) -> None:
    await hub.store.database.meta.update_one({"_id": "secret"}, {"$unset": {"since": ""}})
    first = min([each.created_at for each in await hub.store.users.all()])
    (check,) = await check_secret(hub.settings, first + timedelta(days=3))
    assert (check.level, check.values) == ("ok", {"date": str(first.date()), "days": 3})
