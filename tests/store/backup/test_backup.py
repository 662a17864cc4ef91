"""A backup holds one moment of a hub that runs, and a restore makes it whole or leaves no trace."""

import asyncio
import itertools
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import bson
import pytest
from bson import DatetimeMS, Int64
from bson.raw_bson import RawBSONDocument
from click.testing import CliRunner, Result
from msgspec.structs import replace
from pymongo import MongoClient
from pymongo.database import Database as RawDatabase

import run
from hub.app import Hub
from hub.process.backup_commands import secrets_of
from hub.process.bootstrap import prepare
from hub.process.supervisor import lock_folder
from hub.settings import Settings
from hub.vault import fingerprint_of
from store.backup.contents import ContentsWriter, Sum
from store.backup.dump import sums_of
from store.backup.sealed_file import SealedWriter
from store.embedded.mongod import EmbeddedMongod
from store.mongo.primary import DatabaseRefused
from tests.api import ADMIN_KEY
from tests.conftest import keep_logs
from tests.eventually import until
from tests.faults.fail_points import failing

Invoke = Callable[..., Result]


@pytest.fixture
def second(_mongo: MongoClient[dict[str, Any]]) -> Iterator[RawDatabase[dict[str, Any]]]:
    """An empty database to restore into."""
    name = f"test_{uuid4().hex}"
    yield _mongo[name]
    _mongo.drop_database(name)


@pytest.fixture
def invoke(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Invoke]:
    """Runs a command of `run.py` with the hub's settings, on its database or another."""
    monkeypatch.setattr("os.nice", lambda by: by)

    def invoked(*arguments: str | Path, database: str = settings.database, **more: str) -> Result:
        own = {"HUB_MONGODB_URI": settings.mongodb_uri, "HUB_SECRET": settings.secret, "HUB_DATABASE": database}
        return CliRunner().invoke(run.main, [str(each) for each in arguments], env={**own, **more})

    with keep_logs():
        yield invoked


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "backup-key"
    path.write_text("a key that nobody guesses\n")
    return path


@pytest.fixture
def filled(settings: Settings, raw_database: RawDatabase[dict[str, Any]]) -> RawDatabase[dict[str, Any]]:
    """A hub that was prepared, with documents that only their bytes hold whole."""
    asyncio.run(prepare(settings))
    raw_database.later.insert_many(
        {"_id": n, "long": Int64(n), "when": DatetimeMS(2**60), "x": b"\0"} for n in range(1200)
    )
    return raw_database


def sums(settings: Settings, database: str) -> dict[str, Sum]:
    """Sums of the collections that hold anything, without the streams, whose epoch a restore changes."""
    assert settings.mongodb_uri is not None
    found = sums_of(settings.mongodb_uri, database)
    return {name: each for name, each in found.items() if each.count and name != "streams"}


@pytest.mark.parametrize("is_sealed", [True, False], ids=["encrypted", "not encrypted"])
def test_a_restored_hub_holds_what_the_backup_held_and_serves(
    settings: Settings,
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    invoke: Invoke,
    tmp_path: Path,
    key_file: Path,
    is_sealed: bool,
) -> None:
    path, key = tmp_path / "hub.backup", ["--key-file", key_file] if is_sealed else []
    elsewhere, left = tmp_path / "elsewhere", tmp_path / "hub.backup.part"
    elsewhere.write_bytes(b"another file")
    if is_sealed:
        left.symlink_to(elsewhere)
    else:
        left.write_bytes(b"left over")
        left.chmod(0o644)
    made = invoke("backup", path, *key)
    assert made.exit_code == 0, made.output
    assert "as of one moment, read again and whole" in made.output and "HUB_SECRET (without it" in made.output
    assert path.stat().st_mode & 0o777 == 0o600 and not path.is_symlink()
    assert elsewhere.read_bytes() == b"another file"
    before = sums(settings, settings.database)
    restored = invoke("restore", path, *key, database=second.name)
    assert restored.exit_code == 0, restored.output
    assert sums(settings, second.name) == before
    assert {each["_id"] for each in second.meta.find()} == {"secret", "ends of showings", "seats by product"}
    [epoch] = second.streams.distinct("epoch")
    assert epoch not in filled.streams.distinct("epoch")
    asyncio.run(serves(replace(settings, database=second.name)))


async def serves(settings: Settings) -> None:
    await prepare(settings)
    hub = Hub(settings)
    await hub.start()
    try:
        assert await hub.authenticator.by_key(ADMIN_KEY)
        assert {"_id_", "event_1_status_1__id_1"} <= {*await hub.store.database.tickets.index_information()}
    finally:
        await hub.stop()


def test_a_backup_is_of_one_moment_while_transactions_go_on(
    settings: Settings,
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    invoke: Invoke,
    tmp_path: Path,
) -> None:
    stop = threading.Event()

    def write() -> None:
        with filled.client.start_session() as session:
            for number in itertools.count():
                with session.start_transaction():
                    filled.early.insert_one({"_id": number}, session=session)
                    filled.zlast.insert_one({"_id": number}, session=session)
                if stop.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        until(lambda: filled.zlast.find_one() is not None, "the first is written")
        assert invoke("backup", tmp_path / "hub.backup").exit_code == 0
    finally:
        stop.set()
        writer.join()
    assert invoke("restore", tmp_path / "hub.backup", database=second.name).exit_code == 0
    assert second.early.count_documents({}) == second.zlast.count_documents({}) > 0


def test_a_restore_that_is_refused_changes_nothing_and_says_why_in_one_line(
    settings: Settings,
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    invoke: Invoke,
    tmp_path: Path,
    key_file: Path,
) -> None:
    path, cut, changed = (tmp_path / name for name in ("hub.backup", "cut", "changed"))
    assert invoke("backup", path, "--key-file", key_file).exit_code == 0
    raw = path.read_bytes()
    cut.write_bytes(raw[:-100])
    changed.write_bytes(raw[:-100] + bytes(100))
    other, short = tmp_path / "other", tmp_path / "short"
    other.write_text("another key, just as long")
    short.write_text("short")
    assert settings.mongodb_uri is not None

    def refused(path: Path, key: Path | None = key_file, database: str = second.name, **more: str) -> str:
        result = invoke("restore", path, *(("--key-file", key) if key else ()), database=database, **more)
        assert result.exit_code == 1
        [line] = [line for line in result.output.splitlines() if line.startswith("scan-hub: ")]
        assert second.list_collection_names() == []
        return line

    assert refused(cut) == "scan-hub: the backup is truncated: it ends before its end"
    assert "does not open" in refused(changed)
    assert "another key" in refused(path, other)
    assert "is shorter than 16 characters" in refused(path, short)
    plain = tmp_path / "plain"
    assert invoke("backup", plain).exit_code == 0
    assert "the backup is not encrypted, though a key is given" in refused(plain)
    assert "give its key by --key-file" in refused(path, None)
    assert "cannot be read: No such file" in refused(tmp_path / "none")
    assert "the secret is not that of the backup's hub" in refused(path, HUB_SECRET="another secret, as long")
    before = sums(settings, filled.name)
    assert "is not empty: restore into a new one" in refused(path, database=filled.name)
    assert sums(settings, filled.name) == before


@pytest.mark.parametrize("records", [[], [{"_id": "secret"}], [{"_id": "secret", "proof": None}]], ids=str)
def test_a_backup_without_the_fingerprint_of_a_secret_is_not_restored(
    settings: Settings, second: RawDatabase[dict[str, Any]], invoke: Invoke, tmp_path: Path, records: list[Any]
) -> None:
    path = tmp_path / "forged"
    with path.open("wb") as file:
        stream = SealedWriter(file, datetime(2026, 12, 24, 20, 30, tzinfo=UTC), None)
        contents = ContentsWriter(stream)
        for name, documents in {"meta": records, "streams": [{"_id": "x"}]}.items():
            for _ in contents.write(name, [RawBSONDocument(bson.encode(each)) for each in documents]):
                pass
        contents.close()
    result = invoke("restore", path, database=second.name)
    assert result.exit_code == 1 and "the backup holds no hub" in result.output
    assert second.list_collection_names() == []


def test_a_restore_that_was_killed_is_no_hub_and_the_next_one_begins_anew(
    settings: Settings,
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    invoke: Invoke,
    tmp_path: Path,
) -> None:
    path = tmp_path / "hub.backup"
    assert invoke("backup", path).exit_code == 0
    second.meta.insert_one({"_id": "restoring"})
    second.tickets.insert_one({"_id": "half a hub"})
    with pytest.raises(DatabaseRefused, match="broken off: restore again"):
        asyncio.run(prepare(replace(settings, database=second.name)))
    assert invoke("restore", path, database=second.name).exit_code == 0
    assert sums(settings, second.name) == sums(settings, filled.name)


def test_a_backup_that_fails_leaves_the_one_before(
    settings: Settings, filled: RawDatabase[dict[str, Any]], invoke: Invoke, tmp_path: Path, mongod_uri: str
) -> None:
    path = tmp_path / "hub.backup"
    path.write_bytes(b"the one before")
    uri = f"{mongod_uri}&appName=backup"
    with failing(mongod_uri, "find", "backup", errorCode=239):
        failed = invoke("backup", path, HUB_MONGODB_URI=uri)
    assert failed.exit_code == 1 and "raise minSnapshotHistoryWindowInSeconds" in failed.output
    assert [each.name for each in tmp_path.glob("hub.backup*")] == ["hub.backup"]
    assert path.read_bytes() == b"the one before"


def test_without_uri_the_embedded_database_is_backed_up_and_restored(invoke: Invoke, tmp_path: Path) -> None:
    """At rest: each command starts it, and ends it; a data folder that a hub holds is refused to a restore."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "hub-secret").write_text(SECRET)
    asyncio.run(fill_embedded(old))
    own = {"HUB_MONGODB_URI": "", "HUB_SECRET": "", "HUB_DATABASE": "scanhub"}
    made = invoke("backup", tmp_path / "hub.backup", "--data", old, **own)
    assert made.exit_code == 0, made.output
    assert f"{old / 'hub-secret'} (without it" in made.output
    restored = invoke("restore", tmp_path / "hub.backup", "--data", new, **own)
    assert restored.exit_code == 0, restored.output
    recounted = invoke("verify", "--data", new, **own)
    assert (recounted.exit_code, recounted.output.splitlines()[-1][-14:]) == (0, "no differences")
    with lock_folder(new):
        assert "already runs on" in invoke("restore", tmp_path / "hub.backup", "--data", new, **own).output


SECRET = "0123456789abcdef0123456789abcdef"


async def fill_embedded(folder: Path) -> None:
    """Prepare a hub on the embedded database of a data folder, which rests afterwards."""
    mongod = EmbeddedMongod(folder)
    try:
        await prepare(Settings(data=folder, mongodb_uri=await mongod.start(), secret=SECRET))
    finally:
        await mongod.stop()


def test_a_folder_that_no_hub_ran_on_is_refused_by_backup_and_verify_and_nothing_is_made_or_overwritten(
    invoke: Invoke, tmp_path: Path
) -> None:
    absent, path = tmp_path / "absent", tmp_path / "hub.backup"
    path.write_bytes(b"the one before")
    own = {"HUB_MONGODB_URI": "", "HUB_SECRET": ""}
    backed_up, verified = invoke("backup", path, "--data", absent, **own), invoke("verify", "--data", absent, **own)
    assert (backed_up.exit_code, verified.exit_code) == (1, 2)
    for result in (backed_up, verified):
        assert result.output.splitlines() == [
            f"scan-hub: no hub has run on the folder {absent}: name its own by --data or HUB_DATA"
        ]
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"hub.backup": b"the one before"}


@pytest.mark.parametrize("lost", ["all of it", "meta", "streams"])
def test_a_database_without_a_hub_is_refused_by_backup_and_verify_and_the_backup_before_stays(
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    invoke: Invoke,
    tmp_path: Path,
    lost: str,
) -> None:
    name = second.name if lost == "all of it" else filled.name
    if lost != "all of it":
        filled[lost].delete_many({})
    path = tmp_path / "hub.backup"
    path.write_bytes(b"the one before")
    for command, code in ((["backup", path], 1), (["verify"], 2)):
        result = invoke(*command, database=name)
        assert result.exit_code == code
        assert result.output.startswith(f"scan-hub: the database {name} holds no hub: check HUB_DATA")
    assert path.read_bytes() == b"the one before"
    assert [each.name for each in tmp_path.glob("hub.backup*")] == ["hub.backup"]


def test_a_database_that_a_restore_filled_in_part_is_not_backed_up(
    filled: RawDatabase[dict[str, Any]], invoke: Invoke, tmp_path: Path
) -> None:
    filled.meta.insert_one({"_id": "restoring"})
    result = invoke("backup", tmp_path / "hub.backup")
    assert result.exit_code == 1 and "was broken off: restore again" in result.output
    assert list(tmp_path.glob("hub.backup*")) == []


def test_a_backup_without_a_hub_is_not_restored(
    second: RawDatabase[dict[str, Any]], invoke: Invoke, tmp_path: Path
) -> None:
    path, new = tmp_path / "hub.backup", tmp_path / "new"
    with open(path, "wb") as file:
        ContentsWriter(SealedWriter(file, datetime(2026, 11, 28, 4, 15, tzinfo=UTC), None)).close()
    for own in ({}, {"HUB_MONGODB_URI": ""}):
        result = invoke("restore", path, "--data", new, database=second.name, **own)
        assert result.exit_code == 1
        assert result.output == "scan-hub: the backup holds no hub: it was made of an empty database\n"
    assert second.list_collection_names() == []
    assert not new.exists()


def test_only_secrets_and_files_that_are_there_are_named_to_be_kept(settings: Settings, tmp_path: Path) -> None:
    there = tmp_path / "tls.key"
    there.write_text("key")
    bare = replace(settings, secret="", data=tmp_path, tls_key=there, wallet_key=tmp_path / "gone.key")
    assert secrets_of(bare)[1:] == [
        "  HUB_SECRET, or the hub-secret of the hub's own data folder (without it the backup cannot be restored)",
        f"  {there}",
    ]
    (tmp_path / "hub-secret").write_text(SECRET)
    assert secrets_of(bare)[1] == f"  {tmp_path / 'hub-secret'} (without it the backup cannot be restored)"


def test_a_backup_of_a_hub_whose_secret_is_being_replaced_needs_both_and_says_which_is_missing(
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    settings: Settings,
    invoke: Invoke,
    tmp_path: Path,
) -> None:
    path, here, there = tmp_path / "hub.backup", tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / "hub-secret").write_text(new := "a new secret of the tests without comma")
    rotated = invoke("secret", "rotate", "--data", here)
    assert rotated.exit_code == 0, rotated.output
    backed_up = invoke("backup", path, "--data", here)
    assert f"HUB_SECRET and {here / 'hub-secret'} (without" in backed_up.output

    def restored(**secrets: str) -> Result:
        return invoke("restore", path, "--data", there, database=second.name, **secrets)

    assert "the secret is not that of the backup's hub" in restored().output
    only_new = restored(HUB_SECRET=new)
    assert only_new.exit_code == 1 and f"in force too when the backup was made ({fingerprint_of(settings.secret)})" in (
        only_new.output
    )
    assert second.list_collection_names() == []
    both = restored(HUB_OTHER_SECRETS=new)
    assert both.exit_code == 0, both.output
    retired = invoke("secret", "retire", "--data", there, database=second.name, HUB_OTHER_SECRETS=new)
    assert retired.exit_code == 0, retired.output


LOGIN = re.compile(r"//[^@]+@")
UNUSABLE: dict[str, tuple[Callable[[str], str], str]] = {
    "another password": (lambda uri: LOGIN.sub("//hub:wrong@", uri), "its login is refused: check user, password"),
    "no login": (
        lambda uri: LOGIN.sub("//", uri).replace("&authSource=admin", ""),
        "its login lacks rights: it needs the roles",
    ),
    "no port": (lambda uri: "mongodb://127.0.0.1:port/", "HUB_MONGODB_URI cannot be used"),
}


@pytest.mark.parametrize(("change", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_database_that_cannot_be_used_is_one_line_and_never_a_difference(
    filled: RawDatabase[dict[str, Any]],
    second: RawDatabase[dict[str, Any]],
    invoke: Invoke,
    tmp_path: Path,
    mongod_uri: str,
    change: Callable[[str], str],
    said: str,
) -> None:
    path = tmp_path / "hub.backup"
    assert invoke("backup", path).exit_code == 0
    kept, uri = path.read_bytes(), change(mongod_uri)
    for command, database, code in (
        ("backup", filled.name, 1),
        ("restore", second.name, 1),
        ("verify", filled.name, 2),
    ):
        arguments = [command] if command == "verify" else [command, path]
        result = invoke(*arguments, database=database, HUB_MONGODB_URI=uri)
        assert (result.exit_code, type(result.exception)) == (code, SystemExit)
        assert result.output.splitlines()[-1].startswith("scan-hub: HUB_MONGODB_URI") and said in result.output
    assert path.read_bytes() == kept


def test_a_recount_that_the_database_breaks_off_is_no_difference(
    filled: RawDatabase[dict[str, Any]], invoke: Invoke, mongod_uri: str
) -> None:
    with failing(mongod_uri, "find", "recount", errorCode=239):
        result = invoke("verify", HUB_MONGODB_URI=f"{mongod_uri}&appName=recount")
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert result.output.startswith("scan-hub: the database cannot be read: ")
