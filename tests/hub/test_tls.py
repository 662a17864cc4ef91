"""TLS certificate: warned of before it ends, read anew without a restart, and never replaced by one that is no use."""

import asyncio
import os
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace

from hub.app import Hub
from hub.process.bootstrap import prepare
from hub.setting_checks import SettingsError
from hub.tls import WARNED_BEFORE, TlsCertificate, UnusableCertificate
from tests.api import Api
from tests.handlers.test_server import serving
from tests.hub.mail.tls import make_certificate

NOW = datetime(2026, 12, 24, 20, 30, tzinfo=UTC)


class Files:
    """Files of a certificate, and the time at which they are looked at."""

    def __init__(self, folder: Path) -> None:
        self.chain, self.key = folder / "chain.pem", folder / "key.pem"
        self.now = NOW
        self.renewals = 0

    def write(self, lasts: timedelta, host: str = "localhost", began: datetime = NOW) -> bytes:
        """Write a new certificate, and return it as DER."""
        certificate, key = make_certificate(host, began, lasts)
        self.put(self.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.put(self.chain, certificate.public_bytes(Encoding.PEM))
        return certificate.public_bytes(Encoding.DER)

    def put(self, file: Path, content: bytes) -> None:
        """Write a file, with a time of its own however coarse the file system's clock is."""
        file.write_bytes(content)
        self.renewals += 1
        os.utime(file, (self.renewals, self.renewals))

    def open(self) -> TlsCertificate:
        return TlsCertificate(self.chain, self.key, lambda: self.now)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.mark.parametrize(
    ("left", "state", "warned"),
    [
        (timedelta(days=60), "ready", ""),
        (WARNED_BEFORE + timedelta(minutes=1), "ready", ""),
        (WARNED_BEFORE, "expiring", "ends soon"),
        (timedelta(hours=4), "expiring", "ends soon"),
        (timedelta(), "ended", "has ended"),
        (-timedelta(days=2), "ended", "has ended"),
    ],
)
def test_a_certificate_that_ends_tonight_is_warned_of(
    files: Files, caplog: pytest.LogCaptureFixture, left: timedelta, state: str, warned: str
) -> None:
    files.write(timedelta(days=90))
    files.now = NOW + timedelta(days=90) - left
    certificate = files.open()
    certificate.warn()
    assert certificate.state == state
    assert (warned in caplog.text, bool(caplog.records)) == (True, bool(warned))


@pytest.mark.gen_test
async def test_an_end_that_comes_near_is_logged_once_and_a_renewal_is_read_without_a_restart(
    files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "hub.tls")
    files.write(timedelta(days=30))
    certificate = files.open()
    for day in range(31):
        files.now = NOW + timedelta(days=day)
        await certificate.look()
    assert [record.msg["event"] for record in caplog.records] == [  # type: ignore[index]
        "the TLS certificate ends soon",
        "the TLS certificate has ended: browsers refuse the hub",
    ]
    files.write(timedelta(days=90), began=files.now)
    await certificate.look()
    assert certificate.state == "ready"
    assert "read anew" in caplog.text


@pytest.mark.parametrize("half", ["key", "chain", "nothing", "gone", "sealed"])
@pytest.mark.gen_test
async def test_half_a_renewal_leaves_the_certificate_before_and_its_rest_completes_it(
    files: Files, caplog: pytest.LogCaptureFixture, half: str
) -> None:
    served = files.write(timedelta(days=30))
    certificate, old = files.open(), (files.chain.read_bytes(), files.key.read_bytes())
    renewed = files.write(timedelta(days=90))
    chain, key = files.chain.read_bytes(), files.key.read_bytes()
    match half:
        case "key":
            files.put(files.chain, old[0])
        case "chain":
            files.put(files.key, old[1])
        case "nothing":
            files.put(files.chain, b"")
        case "gone":
            files.key.unlink()
        case "sealed":
            files.put(files.key, SEALED_KEY)
    await certificate.look()
    await certificate.look()
    assert [record.msg["event"] for record in caplog.records] == [  # type: ignore[index]
        "the new TLS certificate cannot be used; the one before serves on"
    ]
    assert await shown_by(certificate.context) == served
    files.put(files.chain, chain)
    files.put(files.key, key)
    await certificate.look()
    assert await shown_by(certificate.context) == renewed


@pytest.mark.gen_test
async def test_a_hub_that_serves_shows_a_renewed_certificate_to_new_connections(
    hub: Hub, api: Api, files: Files
) -> None:
    files.write(timedelta(days=3), began=datetime.now(UTC))
    hub.settings = replace(hub.settings, tls_cert=files.chain, tls_key=files.key)
    assert (await api.admin.get("/api/server")).body["certificate"] is None
    async with serving(hub) as port:
        assert hub.certificate is not None
        said = (await api.admin.get("/api/server")).body["certificate"]
        assert datetime.fromisoformat(said["ends_at"]) == hub.certificate.ends_at
        renewed = files.write(timedelta(days=90), began=datetime.now(UTC))
        assert await shown_on(port) != renewed
        await hub.certificate.look()
        assert await shown_on(port) == renewed


@pytest.mark.gen_test
async def test_a_start_warns_of_an_end_and_refuses_what_is_no_certificate(
    hub: Hub, files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    files.write(timedelta(hours=3), began=datetime.now(UTC))
    settings = replace(hub.settings, tls_cert=files.chain, tls_key=files.key)
    await prepare(settings)
    assert "the TLS certificate ends soon" in caplog.text
    files.put(files.key, b"no key")
    with pytest.raises(SettingsError, match=r"HUB_TLS_CERT: cannot be used: .*chain\.pem"):
        await prepare(settings)
    with pytest.raises(UnusableCertificate):
        files.open()


async def shown_by(context: ssl.SSLContext) -> bytes:
    """Return the certificate that a server of this context shows."""

    async def end(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(end, "127.0.0.1", 0, ssl=context)
    async with server:
        return await shown_on(server.sockets[0].getsockname()[1])


async def shown_on(port: int) -> bytes:
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trust)
    shown: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    with suppress(OSError):  # the server may have gone first
        await writer.wait_closed()
    return shown


SEALED_KEY = make_certificate("localhost", NOW)[1].private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a password")
)
