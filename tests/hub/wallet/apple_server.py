"""A server in Apple's place: HTTP/2 over TLS with client certificates, as api.push.apple.com speaks it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded

from tests.eventually import eventually


class Push(NamedTuple):
    """Push that was received: its phone, passes, sender and body."""

    token: str
    topic: str
    shown_by: str
    body: bytes


class Apple:
    """Takes pushes; `statuses` says what it answers for a token other than 200."""

    def __init__(self) -> None:
        self.pushes: list[Push] = []
        self.tried: list[str] = []
        self.statuses: dict[str, int] = {}
        self.connections = 0
        self.certificates: list[int] = []
        """Serial numbers of those that were shown, one for each connection."""
        self.port = 0
        self._talks: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    async def heard(self, count: int) -> list[Push]:
        """Wait until so many pushes were taken, and return them."""
        await eventually(lambda: len(self.pushes) >= count)
        return self.pushes

    def take(self, path: str, topic: str, shown_by: str, body: bytes) -> int:
        """Take a request and return the status to answer with."""
        token = path.removeprefix("/3/device/")
        self.tried.append(token)
        status = self.statuses.get(token, 200)
        if status == 200:
            self.pushes.append(Push(token, topic, shown_by, body))
        return status

    async def hang_up(self) -> None:
        """End all connections."""
        for writer in self._talks.values():
            writer.transport.abort()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await asyncio.sleep(0.01)  # a transport closes its socket in the loop's next turn

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak HTTP/2 on one connection until it ends."""
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._talks[task] = writer
        tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
        assert tls.selected_alpn_protocol() == "h2"
        shown: Any = tls.getpeercert()
        self.certificates.append(int(shown["serialNumber"], 16))
        subject = {name: value for ((name, value),) in shown["subject"]}
        talk = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        talk.initiate_connection()
        requests: dict[int, dict[str, str]] = {}
        bodies: dict[int, bytes] = {}
        writer.write(talk.data_to_send())
        while data := await reader.read(65536):
            for event in talk.receive_data(data):
                match event:
                    case RequestReceived(stream_id=int(stream), headers=headers):
                        requests[stream] = dict(headers)  # type: ignore[arg-type]
                    case DataReceived(stream_id=int(stream), data=bytes(part)):
                        bodies[stream] = bodies.get(stream, b"") + part
                    case StreamEnded(stream_id=int(stream)):
                        asked = requests.pop(stream)
                        shown_by = str(subject.get("userId"))
                        status = self.take(asked[":path"], asked["apns-topic"], shown_by, bodies.pop(stream, b""))
                        talk.send_headers(stream, [(":status", str(status))], end_stream=True)
            writer.write(talk.data_to_send())
        writer.close()


@asynccontextmanager
async def an_apple(folder: Path, port: int = 0) -> AsyncIterator[Apple]:
    """Serve in Apple's place on loopback, for clients of the authority whose files are in `folder`."""
    apple = Apple()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    context.load_verify_locations(folder / "root.pem")
    server = await asyncio.start_server(apple.serve, "127.0.0.1", port, ssl=context)
    apple.port = server.sockets[0].getsockname()[1]
    try:
        yield apple
    finally:
        server.close()
        await apple.hang_up()
