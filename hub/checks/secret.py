"""Check of the hub's secret: its age, whether a rotation is unfinished, and whether this host knows all in force."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from hub.checks.result import Check, fail, ok, warn
from hub.errors import Unavailable
from hub.model.access import SecretState
from hub.rotation.known import known_secrets, secret_file
from hub.settings import Settings
from hub.vault import fingerprint_of
from store.embedded.mongod import running_uri
from store.health import secrets_health
from store.mongo.primary import DatabaseRefused

NAME = "hub secret"
ENOUGH_CHARACTERS = 32
"""Of a secret that nobody guesses who has the database: as `openssl rand -base64 32` makes, or -hex 16."""


class KnownSecrets(NamedTuple):
    """Fingerprints of the secrets that a host knows, of those that may be guessed, and the path of its file."""

    fingerprints: Sequence[str]
    path: str
    short: Sequence[str] = ()


async def check_secret(settings: Settings, now: datetime) -> list[Check]:
    """Return how the hub's secret stands; nothing where the database says nothing, which is another check's."""
    uri = settings.mongodb_uri or await running_uri(settings.data)
    if uri is None:
        return []
    try:
        state, since = await secrets_health(uri, settings.database)
    except (DatabaseRefused, Unavailable):
        return []
    if state is None:
        return []
    return list(about_secret(state, since, _known(settings), now))


def _known(settings: Settings) -> KnownSecrets:
    secrets = {fingerprint_of(each): each for each in known_secrets(settings)}
    short = [name for name, secret in secrets.items() if len(secret) < ENOUGH_CHARACTERS]
    return KnownSecrets([*secrets], str(secret_file(settings)), short)


def about_secret(state: SecretState, since: datetime | None, known: KnownSecrets, now: datetime) -> Iterator[Check]:
    """Yield what the state of the secrets means."""
    if missing := state.missing(known.fingerprints):
        yield fail(NAME, "secret-unknown", names=", ".join(missing), path=known.path)
    if state.next is not None:
        yield warn(NAME, "secret-unfinished", names=state.next)
    elif state.beside:
        yield warn(NAME, "secret-earlier")
    if retired := [each for each in state.retired if each in known.fingerprints]:
        yield warn(NAME, "secret-retired", names=", ".join(retired), path=known.path)
    if state.proof in known.short:
        yield warn(NAME, "secret-short", characters=ENOUGH_CHARACTERS)
    if since is not None:
        yield ok(NAME, "secret-since", date=str(since.date()), days=max(0, (now - since).days))
