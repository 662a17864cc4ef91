"""The wire connects to the address that was checked, follows no redirect, and gives up in time."""

import asyncio
import datetime
import ssl
from collections.abc import Awaitable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hub.clock import SettableClock
from hub.outbox.consumer import DeliveryFailed
from hub.webhooks.addresses import MayReach, is_a_host, is_public
from hub.webhooks.wire import Resolve, Wire, resolve
from tests.hub.webhooks.receiver import a_receiver
from tests.ports import free_port

pytestmark = pytest.mark.gen_test

BODY = b'{"kind": "ping"}'
NAME = "hooks.example.test"


def leading_to(*answers: str) -> tuple[Resolve, list[str]]:
    """Return a resolver that gives one answer after another, the last for ever, and what it was asked."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1].split()

    return resolve, asked


async def post(
    url: str,
    clock: SettableClock,
    *,
    may_reach: MayReach = is_a_host,
    resolve: Resolve = resolve,
    tls: ssl.SSLContext | None = None,
    answer_s: float = 5,
) -> int:
    wire = Wire(clock, may_reach=may_reach, resolve=resolve, tls=tls, answer_s=answer_s)
    try:
        return await wire.post(url, BODY, {"X-Hub-Kind": "ping"})
    finally:
        await wire.close()


async def refusal(work: Awaitable[int]) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await work
    return caught.value


async def test_a_delivery_arrives_as_it_was_posted(clock: SettableClock) -> None:
    async with a_receiver() as receiver:
        assert await post(receiver.url, clock) == 200
    (got,) = receiver.got
    assert (got.raw, got.path, got.headers["X-Hub-Kind"]) == (BODY, "/hook", "ping")
    assert got.headers["Host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "[::ffff:127.0.0.1]"])
async def test_nothing_reaches_into_the_house(clock: SettableClock, host: str) -> None:
    async with a_receiver() as receiver:
        failure = await refusal(post(f"http://{host}:{receiver.port}/", clock, may_reach=is_public))
        assert not receiver.got
    assert failure.reason in ("the address is not allowed", "the name is not known")


async def test_a_name_that_points_elsewhere_a_moment_later_leads_nowhere(clock: SettableClock) -> None:
    """The address that was checked is connected to: the name is resolved once, though it would differ then."""
    resolver, asked = leading_to("127.0.0.2", "127.0.0.1")
    port = free_port()
    async with a_receiver("127.0.0.2", port) as outside, a_receiver("127.0.0.1", port) as inside:
        url = f"http://{NAME}:{port}/hook"
        assert await post(url, clock, may_reach=lambda text: text == "127.0.0.2", resolve=resolver) == 200
        assert asked == [NAME]
        assert (len(outside.got), len(inside.got)) == (1, 0)
        assert outside.got[0].headers["Host"] == f"{NAME}:{port}"
        failure = await refusal(post(url, clock, may_reach=lambda text: text == "127.0.0.2", resolve=resolver))
        assert failure.reason == "the address is not allowed"
        assert not inside.got


async def test_of_several_addresses_one_that_is_allowed_and_answers_is_taken(clock: SettableClock) -> None:
    resolver, _ = leading_to("127.0.0.1 127.0.0.3 127.0.0.2")
    port = free_port()
    async with a_receiver("127.0.0.2", port) as outside, a_receiver("127.0.0.1", port) as inside:
        url = f"http://{NAME}:{port}/"
        assert await post(url, clock, may_reach=lambda text: text != "127.0.0.1", resolve=resolver) == 200
    assert (len(outside.got), len(inside.got)) == (1, 0)


async def test_a_redirect_is_not_followed(clock: SettableClock) -> None:
    async with a_receiver() as receiver, a_receiver() as other:
        receiver.status, receiver.headers = 307, {"Location": other.url}
        failure = await refusal(post(receiver.url, clock))
        assert (failure.status, failure.reason) == (307, "a redirect, which is not followed")
        assert not other.got


async def test_a_proxy_of_the_environment_is_not_asked(clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_receiver() as receiver, a_receiver() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert await post(receiver.url, clock) == 200
        assert not proxy.got


@pytest.mark.parametrize("status", [400, 401, 404, 410, 500, 503])
async def test_any_status_but_a_good_one_is_a_failure(clock: SettableClock, status: int) -> None:
    async with a_receiver() as receiver:
        receiver.status = status
        failure = await refusal(post(receiver.url, clock))
    assert (failure.status, failure.reason) == (status, f"status {status}")


@pytest.mark.parametrize(
    ("told", "after_s"),
    [("120", 120.0), ("Thu, 24 Dec 2026 18:31:00 GMT", 60.0), ("soon", None), ("-1", None), ("9" * 40, 999_999_999.0)],
)
async def test_what_the_receiver_asks_for_is_told_on(clock: SettableClock, told: str, after_s: float | None) -> None:
    async with a_receiver() as receiver:
        receiver.status, receiver.headers = 503, {"Retry-After": told}
        assert (await refusal(post(receiver.url, clock))).after_s == after_s


async def test_a_receiver_that_does_not_answer_is_left(clock: SettableClock) -> None:
    async with a_receiver() as receiver:
        receiver.gate.clear()
        assert (await refusal(post(receiver.url, clock, answer_s=0.2))).reason == "timeout"


async def test_nobody_there_is_a_failure(clock: SettableClock) -> None:
    async with a_receiver() as receiver:
        url = receiver.url
    assert (await refusal(post(url, clock))).reason == "no connection"


async def test_a_peer_that_speaks_no_http_is_a_failure(clock: SettableClock) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-whatever\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert (await refusal(post(f"http://127.0.0.1:{port}/", clock))).reason == "the connection broke"


async def test_an_answer_without_end_is_not_read_to_its_end(clock: SettableClock) -> None:
    ended = asyncio.Event()

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
        try:
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
        except ConnectionError:
            ended.set()
        finally:
            writer.close()

    server = await asyncio.start_server(flood, "127.0.0.1", 0)
    async with server:
        assert await post(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", clock) == 200
        await ended.wait()


# --- TLS -----------------------------------------------------------------------------------------------------------


async def test_the_certificate_must_be_the_names(clock: SettableClock, tmp_path: Path) -> None:
    server, client = certificates(tmp_path, NAME)
    asked_for: list[str | None] = []

    def remember(sock: object, name: str | None, context: object) -> None:
        asked_for.append(name)

    server.set_servername_callback(remember)
    resolver, _ = leading_to("127.0.0.1")
    async with a_receiver(tls=server) as receiver:
        assert await post(f"https://{NAME}:{receiver.port}/", clock, resolve=resolver, tls=client) == 200
        assert asked_for == [NAME]
        other = await refusal(post(f"https://other.test:{receiver.port}/", clock, resolve=resolver, tls=client))
        untrusted = await refusal(post(f"https://{NAME}:{receiver.port}/", clock, resolve=resolver))
    assert {other.reason, untrusted.reason} == {"no trusted certificate"}
    assert len(receiver.got) == 1


def certificates(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return a server's context for `name`, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(certificate.public_bytes(pem) + private)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "server.pem")
    return server, ssl.create_default_context(cadata=certificate.public_bytes(pem).decode())
