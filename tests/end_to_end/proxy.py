"""A proxy that passes no upgrades, as many do until they are told to: HTTP goes through, WebSockets do not."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.eventually import PATIENCE_S

HOP_BY_HOP = frozenset(
    {"connection", "upgrade", "keep-alive", "te", "trailer", "transfer-encoding", "proxy-connection"}
)


class PlainProxy:
    """A reverse proxy on loopback before a hub."""

    def __init__(self, url: str, *, swallows: bool = False) -> None:
        self.is_away = False
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(urlsplit(url).netloc, swallows))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it, with whatever it holds."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self, upstream: str, swallows: bool) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def forward(self) -> None:
                if swallows and self.path == "/live":
                    proxy.released.wait(120)
                    return
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                if proxy.is_away:
                    self.send_error(502)
                    return
                connection = http.client.HTTPConnection(upstream, timeout=PATIENCE_S)
                connection.request(self.command, self.path, body, _kept(self.headers.items()))
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                self.send_response_only(answer.status)
                for name, value in _kept(answer.getheaders()).items():
                    if name.lower() != "content-length":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = forward

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler


def _kept(headers: object) -> dict[str, str]:
    return {name: value for name, value in dict(headers).items() if name.lower() not in HOP_BY_HOP}  # type: ignore[call-overload]
