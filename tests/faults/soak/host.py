"""A host: one hub with its own data folder and port, in processes of its own, that can be killed and started again."""

import asyncio
import os
import signal
import sys
import urllib.request
from pathlib import Path

from tests.api import ADMIN_KEY
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

ROOT = Path(__file__).parents[3]
START_WITHIN_S = 240.0


class Host:
    """One hub. `command` is what serves, `python run.py serve` unless a planted one; `prefix` is what runs that.

    `address` is where doors reach it.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        settings: dict[str, str],
        command: tuple[str, ...] = ("run.py", "serve"),
        *,
        prefix: tuple[str, ...] = (),
        address: str = "127.0.0.1",
    ) -> None:
        self.name = name
        self.folder = folder / name
        self.port = free_port()
        self.url = f"http://{address}:{self.port}"
        self.log = folder / f"{name}.log"
        self._command = (*prefix, sys.executable, *command)
        self._environ = {
            "HUB_DATA": str(self.folder),
            "HUB_PORT": str(self.port),
            "HUB_LOG": "json",
            "HUB_SECRET": "a secret of the tests, long enough",
            "HUB_ADMIN_KEY": ADMIN_KEY,
            "HUB_ADMIN_PASSWORD": "correct horse battery",
            "HUB_DRAIN_S": "0.5",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self._process is not None and self._process.returncode is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, cwd=ROOT, env=os.environ | self._environ, stdout=log, stderr=log
            )

    async def is_ready(self) -> bool:
        """Whether it serves."""

        def ask() -> bool:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    return bool(answer.status == 200)
            except OSError:
                return False

        return await asyncio.to_thread(ask)

    async def ready(self) -> None:
        """Wait until it serves: on a machine that does much else a start of Python alone takes a minute."""
        async with asyncio.timeout(START_WITHIN_S):
            while not await self.is_ready():  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    def processes(self, word: str = "") -> list[int]:
        """Return the ids of its processes, those with `word` in their command."""
        return sorted(pid for pid, command in processes_on(self.folder).items() if word in command)

    def send(self, number: signal.Signals, word: str = "worker") -> None:
        """Send a signal to one of its processes."""
        for pid in self.processes(word)[:1]:
            os.kill(pid, number)

    def kill_supervisor(self) -> None:
        """Kill the process that was started; its workers are left to end by themselves."""
        assert self._process is not None
        kill(self._process.pid)

    async def cut_power(self) -> None:
        """End all its processes at once, its database with them where it is the embedded one."""
        for pid in self.processes():
            kill(pid)
        if self._process is not None:
            await self._process.wait()

    async def stop(self, *, within_s: float = 20) -> None:
        """End it as an operator would; what is left after that is killed."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), within_s)
            except TimeoutError:
                pass
        for pid in self.processes():
            kill(pid)
        if self._process is not None:
            await self._process.wait()
