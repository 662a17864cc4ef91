"""Supervisor: holds the data folder, runs the embedded database, and keeps N worker processes alive.

    lock the folder -> secret -> free port? -> database -> prepare -> workers -> ready: print what `prepare` said
    and back again when it is stopped: workers drain, then the database ends, then the folder is free

Workers are spawned, never forked, so that no database client crosses a fork. They get their settings through the
environment, and share the port by SO_REUSEPORT. Their standard input is a pipe that only ends when this process
does, however it dies (`watch_parent`).
"""

import asyncio
import contextlib
import fcntl
import os
import secrets
import socket
import ssl
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import structlog
from msgspec.structs import replace

from hub.errors import Unavailable
from hub.rotation.known import known_secrets, write_secrets
from hub.setting_checks import SettingsError
from hub.settings import Settings
from hub.shared_buckets import FD_VARIABLE, make_memory
from hub.tasks import cause_of, exponential
from hub.telemetry import files
from store.embedded.mongod import EmbeddedMongod, MongodError
from store.mongo.primary import wait_for_primary

log = structlog.get_logger(__name__)

Prepare = Callable[[Settings], Awaitable[list[str]]]
"""Makes the database ready (migrations, first credentials, demo); returns what to print once the hub answers."""
GRACE_S = 2.5
"""What a worker may take beyond its drain before it is killed: container runtimes kill the whole hub after ten."""
FEW_HEAPS = {"MALLOC_ARENA_MAX": "2"}
"""Heaps of glibc: by default there are eight for each core, and what threads free in each stays scattered."""
_INSTANT_S = 5.0  # a worker that dies younger than this died at its start
_INSTANT_DEATHS = 4
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0
_POLL_S = 0.1


class HubStopped(Exception):
    """Error of a hub that cannot run; the text is one line for a person."""


class Supervisor:
    """Supervisor of one hub on one data folder. `worker` is the command of a worker; nothing outlives `run`."""

    def __init__(self, settings: Settings, prepare: Prepare, worker: Sequence[str]) -> None:
        self._settings = settings
        self._prepare = prepare
        self._worker = worker
        self._metrics = settings.data.absolute() / "metrics"
        self._workers: set[asyncio.subprocess.Process] = set()
        self._has_been_ready = False
        self._buckets = -1
        """Memory in which all workers count what clients ask for (`hub/shared_buckets.py`), while it serves."""

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set.

        Raises `HubStopped`, `SettingsError`, `MongodError` or `DatabaseRefused` when the hub cannot start.
        """
        serving = asyncio.create_task(self._serve())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            serving.cancel()  # what it holds is released on its way out
            with contextlib.suppress(asyncio.CancelledError):
                await serving

    async def _serve(self) -> None:
        async with AsyncExitStack() as held:
            was_killed = held.enter_context(lock_folder(self._settings.data))
            self._settings = replace(self._settings, secret=_secret(self._settings))
            await self._wait_for_port(patience_s=self._settings.live.drain_s + GRACE_S if was_killed else 0)
            files.empty(self._metrics)
            self._buckets = make_memory()
            held.callback(os.close, self._buckets)
            mongod = await self._start_database(held)
            await _run_all([self._serve_prepared(), *([self._keep_mongod(mongod)] if mongod else [])])

    async def _serve_prepared(self) -> None:
        try:
            lines = await self._prepare(self._settings)
        except Unavailable as error:
            raise HubStopped(f"the database takes no writes: {cause_of(error)}") from error
        keepers = [self._keep_worker() for _ in range(self._settings.processes)]
        await _run_all([*keepers, self._announce(lines)])

    # --- the database -------------------------------------------------------------------------------------------

    async def _start_database(self, held: AsyncExitStack) -> EmbeddedMongod | None:
        """Return the embedded database, started; None where settings name another."""
        if self._settings.mongodb_uri is not None:
            await wait_for_primary(self._settings.mongodb_uri, self._settings.database, _say_waiting)
            return None
        mongod = EmbeddedMongod(self._settings.data)
        held.push_async_callback(mongod.stop)
        self._settings = replace(self._settings, mongodb_uri=await mongod.start())
        return mongod

    async def _keep_mongod(self, mongod: EmbeddedMongod) -> None:
        while True:
            await mongod.wait()
            log.error("the database died; starting it again", reason=mongod.how_it_ended())
            uri = await self._restart(mongod)
            if uri != self._settings.mongodb_uri:  # its port was taken meanwhile: workers start anew with the new one
                self._settings = replace(self._settings, mongodb_uri=uri)
                for process in self._workers:
                    _terminate(process)

    async def _restart(self, mongod: EmbeddedMongod) -> str:
        pauses = exponential(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        while True:
            try:
                return await mongod.start()
            except MongodError as error:
                log.error("the database does not start", reason=str(error))
                await asyncio.sleep(next(pauses))

    # --- the workers --------------------------------------------------------------------------------------------

    async def _keep_worker(self) -> None:
        pauses, deaths = exponential(_FIRST_PAUSE_S, _LONGEST_PAUSE_S), 0
        while True:
            born = time.monotonic()
            code = await self._run_worker()
            if time.monotonic() - born > _INSTANT_S:
                pauses, deaths = exponential(_FIRST_PAUSE_S, _LONGEST_PAUSE_S), 0
            deaths += 1
            if deaths >= _INSTANT_DEATHS and not self._has_been_ready:
                raise HubStopped(f"a worker ended {deaths} times at its start (last with {code}); its words are above")
            log.error("a worker died; starting another", exit_code=code)
            await asyncio.sleep(next(pauses))

    async def _run_worker(self) -> int:
        """Run one worker to its end; when cancelled, end it and wait for that."""
        shared = {files.FOLDER_VARIABLE: str(self._metrics)} if files.has_room(self._metrics) else {}
        process = await asyncio.create_subprocess_exec(
            *self._worker,
            env={**environ_of_worker(self._settings), **shared, FD_VARIABLE: str(self._buckets)},
            pass_fds=[self._buckets],
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a terminal reaches this process only
        )
        self._workers.add(process)
        try:
            return await process.wait()
        finally:
            await self._end(process)
            files.forget_process(self._metrics, process.pid)
            self._workers.discard(process)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        _terminate(process)
        try:
            await asyncio.wait_for(process.wait(), self._settings.live.drain_s + GRACE_S)
        except TimeoutError:
            log.error("a worker did not end in time; killing it", pid=process.pid)
            process.kill()
            await process.wait()

    # --- the port -----------------------------------------------------------------------------------------------

    async def _wait_for_port(self, *, patience_s: float) -> None:
        """Raise `SettingsError` for a port in use; workers of a killed hub may take `patience_s` to close it."""
        deadline = time.monotonic() + patience_s
        while (problem := _why_not_bind(self._settings.host, self._settings.port)) is not None:
            if isinstance(problem, socket.gaierror):
                raise SettingsError("HUB_HOST", f"{self._settings.host}: {problem.strerror}")
            if time.monotonic() >= deadline:
                raise SettingsError("HUB_PORT", f"{self._settings.port} cannot be used: {problem.strerror}")
            await asyncio.sleep(_POLL_S)

    async def _announce(self, lines: list[str]) -> None:
        """Wait until every worker is likely to be ready, then print `lines`."""
        in_a_row = 0
        while in_a_row < self._settings.processes:
            await asyncio.sleep(_POLL_S)
            in_a_row = in_a_row + 1 if await _is_ready(self._settings) else 0
        self._has_been_ready = True
        _say(lines, self._settings.log)


def _say_waiting(hosts: str) -> None:
    log.warning("waiting for the database's primary", hosts=hosts)


def _say(lines: Sequence[str], form: str) -> None:
    """Print `lines` for the person who started the hub, as log lines where a program reads them."""
    for line in lines:
        if form == "json":
            log.info(line)
        else:
            _print(line)


def _print(line: str) -> None:
    """Print a line; where standard output is a pipe without a reader, it leads nowhere from then on."""
    try:
        print(line, flush=True)
    except OSError:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # else the line is tried, and fails, once more at the end


# --- what a supervisor holds ----------------------------------------------------------------------------------------


@contextmanager
def lock_folder(folder: Path) -> Iterator[bool]:
    """Hold `folder`; yields whether the hub before was killed, which leaves its process id in the lock."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / "hub.lock", "a+") as lock:
        lock.seek(0)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HubStopped(f"another hub (process {lock.read().strip()}) already runs on {folder}") from None
        was_killed = bool(lock.read())
        _rewrite(lock.fileno(), str(os.getpid()))
        yield was_killed
        _rewrite(lock.fileno(), "")


def _rewrite(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode())


def _secret(settings: Settings) -> str:
    """Return the first secret that this host knows; where there is none yet, one is made."""
    if not (known := known_secrets(settings)):
        write_secrets(settings, [secrets.token_urlsafe(32)])
        known = known_secrets(settings)
    return known[0]


def _why_not_bind(host: str, port: int) -> OSError | None:
    """Return the error of binding the port exclusively, or None."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None


async def _is_ready(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    try:
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection(host, settings.port, ssl=_trust_own(settings))
            with contextlib.closing(writer):
                writer.write(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return (await reader.readline()).split()[1:2] == [b"200"]
    except OSError:  # TimeoutError and TLS's errors are OSErrors too
        return False


def _trust_own(settings: Settings) -> ssl.SSLContext | None:
    """Return the TLS options for requests to our own port, whose certificate names the public host."""
    if settings.tls_cert is None:
        return None
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def environ_of_worker(settings: Settings, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of a worker: the settings, and few heaps, unless the operator says how many."""
    return settings.worker_environ({**FEW_HEAPS, **environ})


def _terminate(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()


async def _run_all(parts: Sequence[Awaitable[None]]) -> None:
    """Run `parts` until one fails or we are cancelled; then cancel all, at once, and wait for each."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()  # once only: a second time would break off their cleaning up
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()


# --- for the worker ---------------------------------------------------------------------------------------------


def watch_parent(stop: asyncio.Event, *, grace_s: float) -> None:
    """Set `stop` when the supervisor is gone; a worker that still runs `grace_s` later, its loop stuck, ends hard.

    To be called inside the loop, once, by a process whose standard input is the supervisor's pipe.
    """
    loop = asyncio.get_running_loop()

    def wait_for_end() -> None:
        while os.read(0, 1024):
            pass
        with contextlib.suppress(RuntimeError):  # the loop is closed: the worker is ending anyway
            loop.call_soon_threadsafe(stop.set)
        time.sleep(grace_s)
        os._exit(1)

    threading.Thread(target=wait_for_end, name="watch-parent", daemon=True).start()
