"""Hostile bytes at a real hub of two workers, by its own TLS and through nginx: refused, and nothing is carried out."""

import json
import re
import shutil
import socket
import ssl
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.deploy.test_proxies import PATHS, Proxied
from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S
from tests.hub.mail.tls import make_certificate
from tests.ports import free_port

HOST = b"Host: localhost\r\n"
UNSUPPORTED = {501, 505}
"""Statuses that say that a coding or a version is not served: refusals, though their first digit is that of faults."""


class Target:
    """Hub behind TLS, with a phone's key and the code of a ticket that nobody is to scan."""

    def __init__(self, name: str, url: str, site: Site) -> None:
        self.name, self.site = name, site
        self._port = int(url.rpartition(":")[2])
        self._tls = ssl.create_default_context()
        self._tls.check_hostname, self._tls.verify_mode = False, ssl.CERT_NONE
        event = site.make_event()
        form = {"name": "Phone", "event": event["uuid"], "door": event["doors"][0]["id"]}
        made = site.call("POST", "/api/devices", form)
        self.event: str = event["uuid"]
        self.key = str(site.call("GET", f"/scan/{made['pairing']['token']}/pair")["api_key"]).encode()
        self._showing = event
        self.code = ""
        self.renew()

    def renew(self) -> None:
        """Take a new ticket."""
        [self.code] = self.site.book(self._showing, 1)

    def scan(
        self, line: bytes = b"", start: bytes = b"POST /scan/ticket/ HTTP/1.1", length: bytes | None = None
    ) -> bytes:
        """Return a whole request that would let the ticket in, with a further line of its head."""
        body = json.dumps({"qrcode_data": self.code}).encode()
        length = b"Content-Length: %d\r\n" % len(body) if length is None else length
        return b"%s\r\n%sAuthorization: Api-Key %s\r\n%s%s\r\n%s" % (start, HOST, self.key, length, line, body)

    @contextmanager
    def connected(self) -> Iterator[ssl.SSLSocket]:
        """A connection by TLS."""
        with (
            socket.create_connection(("127.0.0.1", self._port), PATIENCE_S) as bare,
            self._tls.wrap_socket(bare, server_hostname="localhost") as connection,
        ):
            yield connection

    def send(self, *pieces: bytes) -> bytes:
        """Send on a connection of its own, end the sending, and return all that is answered until it is closed."""
        with self.connected() as connection:
            answered = b""
            try:
                for piece in pieces:
                    connection.sendall(piece)
                connection.sendall(b"GET /last-of-all HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
                while piece := connection.recv(65536):
                    answered += piece
            except (ConnectionError, ssl.SSLError):
                pass  # closed with some of it unread: a refusal as well
            return answered

    def admitted(self) -> int:
        """Return how often the ticket was let in."""
        return int(self.site.call("GET", f"/api/events/{self.event}/occupancy")["admitted"])


def unverified() -> ssl.SSLContext:
    """Return TLS that takes any certificate: one of an hour, made by the test itself."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class SecureSite(Site):
    """Hub of two workers with TLS of its own; its organiser asks by TLS, too."""

    scheme = "https"
    tls = unverified()

    def __init__(self, folder: Path, files: Path, settings: dict[str, str]) -> None:
        certificate, key = make_certificate("localhost", datetime.now(UTC))
        chain, private = files / "chain.pem", files / "key.pem"
        chain.write_bytes(certificate.public_bytes(Encoding.PEM))
        private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        own = {"HUB_TLS_CERT": str(chain), "HUB_TLS_KEY": str(private), "HUB_PROCESSES": "2"}
        super().__init__(folder, **own, **settings)


def statuses(answered: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answered) if status != b"100"]


@pytest.fixture(scope="module", params=["own TLS", "nginx"])
def target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]
) -> Iterator[Target]:
    with ExitStack() as held:
        folder = tmp_path_factory.mktemp("front")
        if request.param == "nginx":
            if shutil.which("nginx", path=PATHS) is None:
                pytest.skip("needs nginx: apt-get install nginx")
            port = free_port()
            settings = {
                "HUB_BASE_URL": f"https://localhost:{port}",
                "HUB_TRUSTED_PROXIES": "127.0.0.1",
                **site_database,
            }
            site = Site(tmp_path_factory.mktemp("hub") / "data", HUB_PROCESSES="2", **settings)
            held.callback(site.close)
            proxied = Proxied(folder, "nginx", port, [site, site])
            held.callback(proxied.close)
            url = proxied.url
        else:
            site = SecureSite(tmp_path_factory.mktemp("hub") / "data", folder, site_database)
            held.callback(site.close)
            url = site.url
        yield Target(request.param, url, site)


ONE = b"Content-Length: 1\r\n"


def smuggled(target: Target) -> dict[str, bytes]:
    """Return requests that two parsers may end at different places, each with a scan behind the end of one of them."""
    scan = target.scan()
    chunks = b"0\r\n\r\n" + scan

    def posts(head: bytes, body: bytes = chunks) -> bytes:
        return b"POST /api/tickets HTTP/1.1\r\n" + HOST + head + b"\r\n" + body

    length = b"Content-Length: %d\r\n" % len(chunks)
    chunked = b"Transfer-Encoding: chunked\r\n"
    return {
        "length and chunks": posts(length + chunked),
        "chunks and length": posts(chunked + length),
        "two lengths": posts(length + ONE),
        "two lengths in one line": posts(b"Content-Length: 1, %d\r\n" % len(chunks)),
        "length with a sign": posts(b"Content-Length: +%d\r\n" % len(chunks)),
        "length in hexadecimal": posts(b"Content-Length: 0x%x\r\n" % len(chunks)),
        "length with an underscore": posts(b"Content-Length: 1_0\r\n"),
        "length of other digits": posts(b"Content-Length: \xd9\xa1\r\n"),
        "length below zero": posts(b"Content-Length: -1\r\n"),
        "length without end": posts(b"Content-Length: %s\r\n" % (b"9" * 400)),
        "unknown coding": posts(b"Transfer-Encoding: xchunked\r\n" + length),
        "coding of two": posts(b"Transfer-Encoding: gzip, chunked\r\n" + length),
        "coding twice": posts(chunked + b"Transfer-Encoding: identity\r\n"),
        "space before the colon": posts(b"Transfer-Encoding : chunked\r\n" + length),
        "tab before the colon": posts(b"Transfer-Encoding\t: chunked\r\n" + length),
        "vertical tab before the value": posts(b"Transfer-Encoding: \x0bchunked\r\n" + length),
        "NUL behind the value": posts(b"Transfer-Encoding: chunked\x00\r\n" + length),
        "folded line": posts(b"X: y\r\n Transfer-Encoding: chunked\r\n" + length),
        "folded value": posts(b"Transfer-Encoding:\r\n chunked\r\n" + length),
        "lines that end in LF": posts(length.replace(b"\r\n", b"\n") + b"Transfer-Encoding: chunked\n"),
        "lines that end in CR": posts(b"X: y\rTransfer-Encoding: chunked\r\n" + length),
        "first line that is folded": b"POST /api/tickets HTTP/1.1\r\n " + length + HOST + chunked + b"\r\n" + chunks,
        "size of a chunk with a sign": posts(chunked, b"+0\r\n\r\n" + scan),
        "size of a chunk in two words": posts(chunked, b"0 0\r\n\r\n" + scan),
        "size of a chunk with 0x": posts(chunked, b"0x0\r\n\r\n" + scan),
        "size of a chunk of many digits": posts(chunked, b"%s\r\n" % (b"0" * 5000) + scan),
        "size of a chunk beyond 64 bits": posts(chunked, b"10000000000000000\r\n" + scan),
        "chunk without its end": posts(chunked, b"1\r\nxx0\r\n\r\n" + scan),
        "chunk that ends in LF": posts(chunked, b"1\nx\n0\n\n" + scan),
        "upgrade to cleartext HTTP/2": posts(
            b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + length + chunked
        ),
        "a body on GET": b"GET / HTTP/1.1\r\n" + HOST + length + chunked + b"\r\n" + chunks,
        "name of a line that is empty": posts(b": chunked\r\n" + length + chunked),
        "line without a colon": posts(b"Transfer-Encoding\r\n" + length + chunked),
    }


def bombs(target: Target) -> dict[str, bytes]:
    """Return heads that are too much, or say what no head may; each would scan, were it taken."""
    scan = target.scan
    return {
        "thousands of lines": scan(b"".join(b"X-%d: y\r\n" % n for n in range(5000))),
        "a line of a megabyte": scan(b"X: " + b"y" * 2**20 + b"\r\n"),
        "a target of a megabyte": scan(start=b"POST /scan/ticket/?%s HTTP/1.1" % (b"x" * 2**20)),
        "30,000 parameters": scan(
            start=b"POST /scan/ticket/?%s HTTP/1.1" % b"&".join(b"a=%d" % n for n in range(9999))
        ),
        "no version": scan(start=b"POST /scan/ticket/"),
        "version of its own": scan(start=b"POST /scan/ticket/ HTTP/3.7"),
        "beginning of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + scan(),
        "method in small letters": scan(start=b"post /scan/ticket/ HTTP/1.1"),
        "CONNECT": scan(start=b"CONNECT 127.0.0.1:22 HTTP/1.1"),
        "TRACE": scan(start=b"TRACE /scan/ticket/ HTTP/1.1"),
        "another method named in a line": scan(b"X-HTTP-Method-Override: POST\r\n", b"GET /scan/ticket/ HTTP/1.1"),
        "target of another host": scan(start=b"POST http://evil.example/scan/ticket/ HTTP/1.1"),
        "target of no host": scan(start=b"POST http:///scan/ticket/ HTTP/1.1"),
        "target of two slashes": scan(start=b"POST //evil.example/scan/ticket/ HTTP/1.1"),
        "target with a fragment": scan(start=b"POST /scan/ticket/#x HTTP/1.1").replace(HOST, b""),
        "target with a CR": scan(start=b"POST /scan/\rticket/ HTTP/1.1"),
        "target with NUL": scan(start=b"POST /scan/ticket/\x00 HTTP/1.1"),
        "target with %00": scan(start=b"POST /scan/ticket/%00 HTTP/1.1"),
        "target up the tree": scan(start=b"POST /static/../../etc/passwd HTTP/1.1"),
        "target up the tree, encoded": scan(start=b"GET /static/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1"),
        "target up the tree, twice encoded": scan(start=b"GET /static/%252e%252e/%252e%252e/run.py HTTP/1.1"),
        "bytes that are no UTF-8 in the target": scan(start=b"POST /scan/\xff\xfe/ HTTP/1.1"),
        "bytes that are no UTF-8 in the query": scan(start=b"GET /api/tickets?event=%ff%fe&q=\xff HTTP/1.1"),
        "half a character in the query": scan(start=b"GET /api/tickets?q=%ed%a0%80 HTTP/1.1"),
        "two hosts": scan(b"Host: evil.example\r\n"),
        "no host": scan().replace(HOST, b""),
        "host with a path": scan().replace(HOST, b"Host: localhost/../@evil.example\r\n"),
        "host with bytes": scan().replace(HOST, b"Host: \xff\xfe\r\n"),
        "body that is no UTF-8": target.scan().replace(b"qrcode_data", b"\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6\xf5"),
        "key that is no UTF-8": scan().replace(target.key, b"\xff" * len(target.key)),
        "two keys": scan(b"Authorization: Api-Key nobody.0123456789abcdef0123456789abcdef\r\n"),
        "cookie that is no UTF-8": scan(b"Cookie: __Host-session=\xff\xfe; a=\x80\r\n").replace(target.key, b"x" * 44),
        "tossed cookies": scan(b"Cookie: %s\r\n" % b"; ".join([b"__Host-session=x"] * 500)).replace(
            target.key, b"x" * 44
        ),
    }


def check(target: Target, name: str, request: bytes) -> None:
    """See a request refused, and no scan carried out.

    nginx ends some bodies itself, and passes what follows on as the request of its own that it is to nginx: its answer
    then comes to who sent it, and to nobody else.
    """
    before = target.admitted()
    answered = target.send(request)
    said = statuses(answered)
    assert all(status < 500 or status in UNSUPPORTED for status in said), (name, said, answered[:500])
    passed_on = len(re.findall(rb'"code": ?"admitted"', answered)) if target.name == "nginx" else 0
    assert target.admitted() - before == passed_on, (name, answered)
    if passed_on:
        assert len(said) > 1, (name, answered)
        target.renew()


def test_nothing_that_can_be_read_in_two_ways_smuggles_a_scan(target: Target) -> None:
    for name in smuggled(target):
        check(target, name, smuggled(target)[name])


def test_heads_that_are_too_much_or_of_no_form_scan_nothing(target: Target) -> None:
    for name in bombs(target):
        request = bombs(target)[name]
        check(target, name, request)
        assert b"root:" not in target.send(request), name


def test_scan_for_the_example_would_be_let_in(target: Target) -> None:
    """Else none of the others could fail."""
    before = target.admitted()
    assert b'"admitted"' in target.send(target.scan())
    assert target.admitted() == before + 1
    target.renew()


# --- sockets ---------------------------------------------------------------------------------------------------------


def frame(first: int, payload: bytes, *, masked: bool = True, length: int | None = None) -> bytes:
    """Return a frame of a WebSocket with this first byte; `length` is what it says of its payload in 64 bits."""
    bit = 0x80 if masked else 0
    size = struct.pack(">BQ", bit | 127, length) if length is not None else _size(bit, len(payload))
    mask = b"\0\0\0\0" if masked else b""  # by which nothing changes
    return bytes([first]) + size + mask + payload


def _size(bit: int, length: int) -> bytes:
    if length < 126:
        return bytes([bit | length])
    return struct.pack(">BH", bit | 126, length) if length < 2**16 else struct.pack(">BQ", bit | 127, length)


def deflated(payload: bytes) -> bytes:
    """Return a payload as permessage-deflate sends it."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packed.compress(payload) + packed.flush(zlib.Z_SYNC_FLUSH))[:-4]


TEXT, FINAL = 1, 0x80
FRAMES = {
    "first reserved bit": frame(FINAL | 0x40 | TEXT, b"{}"),
    "second reserved bit": frame(FINAL | 0x20 | TEXT, b"{}"),
    "third reserved bit": frame(FINAL | 0x10 | TEXT, b"{}"),
    "opcode of data that there is not": frame(FINAL | 3, b"{}"),
    "opcode of control that there is not": frame(FINAL | 0xB, b"{}"),
    "ping in fragments": frame(9, b"a") + frame(FINAL | 0, b"b"),
    "close in fragments": frame(8, b"\x03\xe8") + frame(FINAL | 0, b"b"),
    "long ping": frame(FINAL | 9, b"x" * 126),
    "frame without a mask": frame(FINAL | TEXT, b"{}", masked=False),
    "fragment that goes on with nothing": frame(FINAL | 0, b"{}"),
    "text within a text": frame(TEXT, b"{") + frame(FINAL | TEXT, b"}"),
    "text that is no UTF-8": frame(FINAL | TEXT, b'"\xff\xfe"'),
    "half a character": frame(FINAL | TEXT, b'"\xed\xa0\x80"'),
    "bytes": frame(FINAL | 2, b"\x00\xff" * 50),
    "close with half a code": frame(FINAL | 8, b"\x03"),
    "close with a code that is not sent": frame(FINAL | 8, struct.pack(">H", 1005)),
    "close with words that are no UTF-8": frame(FINAL | 8, b"\x03\xe8\xff\xfe"),
    "length of 63 bits": frame(FINAL | TEXT, b"{}", length=2**63 - 1),
    "length of 64 bits": frame(FINAL | TEXT, b"{}", length=2**64 - 1),
    "text beyond its bound": frame(FINAL | TEXT, b" " * 70_000),
    "fragments beyond the bound": frame(TEXT, b"[" * 60_000) + frame(0, b"[" * 60_000) * 3,
    "a gigabyte in a megabyte": frame(FINAL | 0x40 | TEXT, deflated(b" " * 2**20)),
    "JSON that is nested too deep": frame(FINAL | TEXT, b"[" * 60_000),
    "number that is too large": frame(FINAL | TEXT, b'{"type":"subscribe","id":1e400}'),
    "no object": frame(FINAL | TEXT, b"null"),
    "request that there is not": frame(FINAL | TEXT, b'{"type":"drop","id":"\\u0000"}'),
}
UPGRADE = (
    b"GET /live HTTP/1.1\r\n%sUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Extensions: permessage-deflate; "
    b"client_max_window_bits\r\n%s\r\n"
)


@pytest.mark.parametrize("is_known", [True, False], ids=["after", "before a hello"])
@pytest.mark.parametrize("sent", FRAMES.values(), ids=FRAMES.keys())
def test_frame_of_no_form_ends_its_own_socket_and_no_more(target: Target, sent: bytes, is_known: bool) -> None:
    authorization = b"Authorization: Api-Key %s\r\n" % target.key if is_known else b""
    with target.connected() as connection:
        connection.sendall(UPGRADE % (HOST, authorization))
        assert connection.recv(65536).startswith(b"HTTP/1.1 101 ")
        try:
            connection.sendall(sent + frame(FINAL | 8, struct.pack(">H", 1000)))
            while connection.recv(65536):
                pass  # until it is closed: else this runs into the connection's timeout
        except (ConnectionError, ssl.SSLError):
            pass
    assert b"HTTP/1.1 200 " in target.send(b"GET /readyz HTTP/1.1\r\n" + HOST + b"\r\n")


# --- clients that take much and read nothing -------------------------------------------------------------------------


def test_ranges_of_a_file_answer_no_more_than_the_file(target: Target) -> None:
    page = target.send(b"GET /static/shared/base.css HTTP/1.1\r\n" + HOST + b"\r\n")
    for ranges in (
        b"0-," * 5000 + b"0-",
        b"-1," * 500 + b"0-0",
        b"5-1",
        b"-" + b"9" * 400,
        b"9" * 400 + b"-",
        b"\xff-",
    ):
        answered = target.send(b"GET /static/shared/base.css HTTP/1.1\r\n%sRange: bytes=%s\r\n\r\n" % (HOST, ranges))
        assert len(answered) <= len(page) + 5000, ranges[:50]
        assert all(status < 500 for status in statuses(answered)), (ranges[:50], answered[:500])


def test_readers_of_events_that_read_nothing_keep_nobody_from_being_answered(target: Target) -> None:
    follow = b"GET /api/events/%s/live HTTP/1.1\r\n%sAuthorization: Api-Key %s\r\nAccept: text/event-stream\r\n\r\n"
    with ExitStack() as held:
        for _ in range(60):
            connection = held.enter_context(target.connected())
            connection.sendall(follow % (target.event.encode(), HOST, target.key))
        assert b'"admitted"' in target.send(target.scan())
    target.renew()
