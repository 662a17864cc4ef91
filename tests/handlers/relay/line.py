"""Line of tests: a TCP proxy on loopback between a relay and its hub, which can be cut, healed, and made slow."""

import asyncio
import contextlib


class Cable:
    """Proxy to a port of loopback, in the loop of the test; to be started and closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.is_cut = False
        self.loses_answers = False
        self.delay_s = 0.0

    @property
    def url(self) -> str:
        """The address by which the relay reaches its hub."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self) -> None:
        """Begin to pass on."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self.is_cut = True
        for writer in list(self._writers):
            writer.transport.abort()

    def heal(self) -> None:
        """Pass on again."""
        self.is_cut, self.loses_answers, self.delay_s = False, False, 0.0

    async def close(self) -> None:
        """End it."""
        self.cut()
        if self._server is not None:
            self._server.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        with contextlib.suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
            self._writers |= {writer, back}
            for source, target, is_answer in ((reader, back, False), (there, writer, True)):
                task = asyncio.create_task(self._pass(source, target, is_answer))
                self._passing.add(task)
                task.add_done_callback(self._passing.discard)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                if not (is_answer and self.loses_answers):
                    target.write(data)
                    await target.drain()
        self._writers.discard(target)
        target.transport.abort()
