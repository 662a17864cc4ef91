"""Reasons that checks give: each common one has a message of its own in every language, and no machine's words."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from re import sub
from threading import Thread

import bson
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hub.checks.database import check_database
from hub.checks.network import check_certificate, check_network
from hub.checks.result import Check
from hub.language.catalogue import every_language
from hub.settings import Settings
from store.embedded.mongod import find_mongod
from tests.eventually import eventually
from tests.hub.mail.tls import make_certificate
from tests.hub.wallet.authority import issue
from tests.ports import free_port

NOW = datetime.now(UTC)


def said_everywhere(check: Check) -> bool:
    """Return whether each language has the check's message itself."""
    return all(each.has(f"check-{check.code}") for each in every_language())


# --- certificates --------------------------------------------------------------------------------------------------


@contextmanager
def listening(answer: Callable[[socket.socket], object]) -> Iterator[int]:
    """The port of a server that answers each connection in turn."""

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                try:
                    answer(connection)
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def over_tls(folder: Path, host: str, begins_at: datetime, lasts: timedelta) -> Callable[[socket.socket], object]:
    """Return a server's answer over TLS with a certificate that vouches for itself."""
    certificate, key = make_certificate(host, begins_at, lasts)
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "own.pem").write_bytes(certificate.public_bytes(Encoding.PEM) + own)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return lambda connection: context.wrap_socket(connection, server_side=True).close()


@pytest.fixture
def phones_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses of loopback are refused before they are asked: what is checked is one that phones could reach."""
    monkeypatch.setattr(Settings, "is_for_this_machine", False)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("host", "begins_at", "lasts", "is_trusted", "code"),
    [
        ("localhost", NOW, DAY, False, "certificate-own"),
        ("localhost", NOW, timedelta(minutes=-30), True, "certificate-ended"),
        ("localhost", NOW + DAY, DAY, True, "certificate-early"),
        ("other.example", NOW, DAY, True, "certificate-other-name"),
        ("localhost", NOW, DAY, True, "certificate-late"),
    ],
)
@pytest.mark.usefixtures("phones_reach")
def test_certificate_that_phones_refuse_says_why(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    begins_at: datetime,
    lasts: timedelta,
    is_trusted: bool,
    code: str,
) -> None:
    answer = over_tls(tmp_path, host, begins_at, lasts)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem" if is_trusted else "/dev/null"))
    with listening(answer) as port:
        (check,) = check_certificate(Settings(base_url=f"https://localhost:{port}"), NOW)
    assert check.code == code and said_everywhere(check)


@pytest.mark.usefixtures("phones_reach")
def test_certificate_whose_chain_is_not_whole_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue("127.0.0.1", issue("Root", None, is_authority=True)).write(tmp_path / "cert.pem", tmp_path / "key.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    with listening(lambda connection: context.wrap_socket(connection, server_side=True).close()) as port:
        (check,) = check_network(Settings(base_url=f"https://127.0.0.1:{port}"), NOW)
    assert check.code == "certificate-chain" and said_everywhere(check)


@pytest.mark.usefixtures("phones_reach")
def test_address_without_tls_or_without_an_answer_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.checks.network.TIMEOUT_S", 0.2)
    found = {}
    with listening(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        (found["url-no-tls"],) = check_network(Settings(base_url=f"https://127.0.0.1:{port}"), NOW)
    with listening(lambda connection: connection.recv(1)) as port:
        (found["url-silent"],) = check_network(Settings(base_url=f"http://127.0.0.1:{port}"), NOW)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        (found["url-late"],) = check_network(Settings(base_url=address), NOW)
    (found["url-closed"],) = check_network(Settings(base_url=f"http://127.0.0.1:{free_port()}"), NOW)
    assert {code: check.code for code, check in found.items()} == {code: code for code in found}
    assert all(said_everywhere(check) for check in found.values())


# --- the database --------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A primary is waited for shorter than at a terminal."""
    monkeypatch.setattr("store.health.ANSWERS_WITHIN_S", 0.5)


async def reason(uri: str) -> str:
    """Return the code of the one check that a database fails."""
    (check,) = await check_database(Settings(mongodb_uri=uri, database="scanhub"), date(2026, 12, 1))
    assert (check.name, check.level) == ("database", "fail") and said_everywhere(check)
    assert "pass-word" not in check.text
    return check.code


@pytest.mark.gen_test
async def test_login_of_the_database_that_is_refused_lacks_rights_or_names_another_set_says_which(
    mongod_uri: str,
) -> None:
    assert await reason(sub(r":[^:@]+@", ":wrong@", mongod_uri)) == "database-login"
    nobody = sub(r"//[^@]+@", "//", mongod_uri).replace("&authSource=admin", "")
    assert await reason(nobody) == "database-rights"
    assert await reason(mongod_uri.replace("replicaSet=hub", "replicaSet=other")) == "database-no-member"


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("mongodb://hub:pass-word@127.0.0.1:{port}/?replicaSet=gone", "database-silent"),
        ("mongodb://hub:pass-word@" + "x" * 64 + ".invalid/", "database-unknown-host"),
        ("mongodb://hub:pass-word@[bad", "database-refused"),
        ("http://hub.example.org", "database-refused"),
        ("mongodb+srv://hub:pass-word@no-such-host.invalid/", "database-refused"),
    ],
)
@pytest.mark.gen_test
async def test_address_of_a_database_that_leads_to_none_says_why(uri: str, code: str) -> None:
    assert await reason(uri.format(port=free_port())) == code


@asynccontextmanager
async def mongod(folder: Path, *options: str) -> AsyncIterator[str]:
    """A server that was set up for nothing yet."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(find_mongod(), "--dbpath", folder, "--bind_ip", "127.0.0.1", "--port", str(port), "--nounixsocket"),
        *options,
        stdout=asyncio.subprocess.DEVNULL,
    )

    def is_listening() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        await eventually(is_listening)
        yield f"mongodb://127.0.0.1:{port}/"
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.gen_test
async def test_server_without_a_set_and_a_set_without_a_primary_are_told_apart(tmp_path: Path) -> None:
    async with mongod(tmp_path) as uri:
        assert await reason(uri) == "database-standalone"
    async with mongod(tmp_path, "--replSet", "hub") as uri:
        assert await reason(f"{uri}?replicaSet=hub") == "database-no-primary"


@pytest.mark.gen_test
async def test_database_whose_certificate_is_not_trusted_says_so(tmp_path: Path) -> None:
    with listening(over_tls(tmp_path, "localhost", NOW, DAY)) as port:
        assert await reason(f"mongodb://localhost:{port}/?replicaSet=hub&tls=true") == "database-no-trust"


HELLO = {"ok": 1.0, "ismaster": True, "setName": "hub", "hosts": [], "minWireVersion": 0, "maxWireVersion": 5}
"""What MongoDB 3.4 says of itself, whose wire protocol the driver knows no longer."""


def as_an_old_server(connection: socket.socket) -> None:
    """Answer a driver's first question (OP_MSG)."""
    length, number, _, _ = struct.unpack("<iiii", connection.recv(16))
    connection.recv(length - 16)
    hello = bson.encode(HELLO)
    connection.sendall(struct.pack("<iiiiIB", 21 + len(hello), 1, number, 2013, 0, 0) + hello)


@pytest.mark.gen_test
async def test_database_that_is_too_old_says_so() -> None:
    with listening(as_an_old_server) as port:
        assert await reason(f"mongodb://127.0.0.1:{port}/?directConnection=true") == "database-old"
