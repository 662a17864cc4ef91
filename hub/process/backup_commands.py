"""Commands `backup` and `restore` of the shell: their database, key and printed lines (docs/operating.md, Backup)."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from hub.process.supervisor import lock_folder
from hub.rotation.known import known_secrets, secret_file
from hub.settings import Settings
from hub.vault import fingerprint_of
from store.backup.dump import dump
from store.backup.errors import BackupError
from store.backup.restore import inspect, restore
from store.backup.sealed_file import SealedWriter
from store.embedded.mongod import EmbeddedMongod, running_uri
from store.mongo.primary import DatabaseRefused

SHORTEST_KEY = 16
Say = Callable[[str], None]


def read_key(path: Path | None) -> str | None:
    """Return the key in a file, without white space around it; None where there is no file. Raises `BackupError`."""
    if path is None:
        return None
    try:
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"the key in {path} cannot be read") from error
    if len(key) < SHORTEST_KEY:
        raise BackupError(f"the key in {path} is shorter than {SHORTEST_KEY} characters: openssl rand -base64 32")
    return key


async def back_up(settings: Settings, path: Path, key: str | None, say: Say) -> None:
    """Write a backup to `path`, whole or not at all, while the hub runs or rests.

    Raises `BackupError`, or `DatabaseRefused` where there is no hub.
    """
    draft = path.with_name(f"{path.name}.part")
    async with database_of(settings) as uri:
        try:
            total = await asyncio.to_thread(_write, uri, settings.database, draft, key, say)
            inspection = await asyncio.to_thread(inspect, draft, key)
            draft.replace(path)
        except OSError as error:
            raise BackupError(f"{path} cannot be written: {error.strerror}") from error
        finally:
            draft.unlink(missing_ok=True)
    sealed = "encrypted" if inspection.head.is_encrypted else "not encrypted: whoever reads it reads all guests' names"
    say(f"{path}: {total} documents as of one moment, read again and whole ({sealed})")
    for line in secrets_of(settings):
        say(line)


def _write(uri: str, database: str, draft: Path, key: str | None, say: Say) -> int:
    draft.unlink(missing_ok=True)  # one that is left over may be readable by others, or lead elsewhere
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        stream = SealedWriter(file, datetime.now(UTC).replace(microsecond=0), key)
        total = dump(uri, database, stream, _progress(say))
        file.flush()
        os.fsync(file.fileno())
    return total


async def bring_back(settings: Settings, path: Path, key: str | None, say: Say) -> None:
    """Restore the backup in `path` into an empty hub. Raises `BackupError`; then nothing is changed."""
    inspection = await asyncio.to_thread(inspect, path, key)
    say(f"{path}: {inspection.total} documents of {inspection.head.made_at.isoformat()}, whole")
    known = _known(settings)
    async with database_of(settings, alone=True) as uri:
        await asyncio.to_thread(restore, uri, settings.database, path, key, known, _progress(say))
    say(f"restored into {settings.database}: each count and hash is the backup's. Start the hub: it makes its indexes.")


def _known(settings: Settings) -> list[str]:
    """Return the fingerprints of the secrets that are there. Raises `BackupError` where there is none."""
    known = [fingerprint_of(each) for each in known_secrets(settings)]
    if not known:
        kept = secret_file(settings)
        raise BackupError(f"the secret of the backup's hub is missing: set HUB_SECRET, or put its file to {kept}")
    return known


def secrets_of(settings: Settings) -> list[str]:
    """Return what belongs to a backup and is not in it, a line each."""
    named = [f"{_places_of_secrets(settings)} (without it the backup cannot be restored)"]
    files = (settings.tls_key, settings.wallet_key, settings.wallet_cert, settings.google_account)
    named += [str(file) for file in files if file is not None and file.exists()]
    named += ["HUB_SMTP_PASSWORD"] if settings.smtp_password else []
    kept = settings.data / "admin-key"
    named += [f"{kept} (or make another key)"] if kept.exists() else []
    return ["keep apart from it, they are not in it:", *(f"  {each}" for each in named)]


def _places_of_secrets(settings: Settings) -> str:
    kept = secret_file(settings)
    places = ["HUB_SECRET"] if settings.secret else []
    places += ["HUB_OTHER_SECRETS"] if settings.other_secrets else []
    places += [str(kept)] if kept.exists() else []
    return " and ".join(places) or "HUB_SECRET, or the hub-secret of the hub's own data folder"


@asynccontextmanager
async def database_of(settings: Settings, *, alone: bool = False) -> AsyncIterator[str]:
    """Give the URI of the database: the one that is set, or the embedded one, started where no hub runs it.

    `alone`: no hub may run on the embedded one, and it is made where there is none; else that raises `DatabaseRefused`.
    """
    if settings.mongodb_uri is not None:
        yield settings.mongodb_uri
        return
    running = None if alone else await running_uri(settings.data)
    if running is not None:
        yield running
        return
    if not alone and not (settings.data / "mongod").is_dir():
        raise DatabaseRefused(
            f"no hub has run on the folder {settings.data.absolute()}: name its own by --data or HUB_DATA"
        )
    with lock_folder(settings.data):
        mongod = EmbeddedMongod(settings.data)
        try:
            yield await mongod.start()
        finally:
            await mongod.stop()


def _progress(say: Say) -> Callable[[str, int], None]:
    return lambda collection, count: say(f"  {collection}: {count}")
