"""Direct write: nothing is lost, doubled or out of order, TLS is never bypassed, and the end of a client is seen."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tornado.iostream import IOStream, SSLIOStream, StreamClosedError

from handlers.http.direct_write import write_now
from handlers.http.guarded_stream import GuardedStream
from handlers.http.idle_timeout import IdleTimeouts
from tests.hub.mail.tls import make_certificate

SMALL_BUFFER = 4096


def pair() -> tuple[IOStream, socket.socket]:
    """Return a stream and its client's socket, with small buffers between them."""
    ours, client = socket.socketpair()
    for each in (ours, client):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)
        each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        each.setblocking(False)
    return IOStream(ours), client


async def read_all(client: socket.socket, size: int) -> bytes:
    """Return the next `size` bytes that a client gets."""
    read = b""
    while len(read) < size:
        read += await asyncio.get_running_loop().sock_recv(client, size - len(read))
    return read


@pytest.mark.gen_test
async def test_what_the_kernel_takes_is_with_the_client_before_the_write_returns() -> None:
    stream, client = pair()
    assert write_now(stream, b"one frame") == 9
    assert client.recv(100) == b"one frame"
    assert not stream.writing()
    stream.close()
    client.close()


@pytest.mark.gen_test
async def test_nothing_goes_past_what_is_queued() -> None:
    stream, client = pair()
    first = b"a" * 1_000_000
    queued = stream.write(first)
    assert stream.writing()
    await read_all(client, 10_000)  # so that the kernel has room again
    assert write_now(stream, b"b") == 0
    await read_all(client, len(first) - 10_000)
    await queued
    stream.close()
    client.close()


@pytest.mark.parametrize("is_direct", [True, False], ids=["direct", "by the stream"])
@pytest.mark.gen_test
async def test_a_client_that_reads_slowly_gets_every_byte_in_order(is_direct: bool) -> None:
    stream, client = pair()
    guarded = GuardedStream(stream, IdleTimeouts(), None, is_direct=is_direct)
    pieces = [bytes([number % 256]) * size for number, size in enumerate([1, 90, 5_000, 3, 700_000, 7, 7, 20_000, 1])]
    written = [guarded.write(piece) for piece in pieces]
    expected = b"".join(pieces)
    assert await read_all(client, len(expected)) == expected
    await asyncio.gather(*written)
    assert guarded.write(b"and more").done()
    assert await read_all(client, 8) == b"and more"
    stream.close()
    client.close()


@pytest.mark.parametrize("is_direct", [True, False], ids=["direct", "by the stream"])
@pytest.mark.gen_test
async def test_a_client_that_reads_nothing_is_closed_like_any_other(is_direct: bool) -> None:
    now = 0.0
    stream, client = pair()
    timeouts = IdleTimeouts(lambda: now)
    guarded = GuardedStream(stream, timeouts, None, is_direct=is_direct)
    written = guarded.write(b"x" * 1_000_000)
    assert not written.done()
    now = 61.0
    timeouts.look()
    assert guarded.closed()
    with pytest.raises(StreamClosedError):
        await written
    client.close()


@pytest.mark.parametrize("is_direct", [True, False], ids=["direct", "by the stream"])
@pytest.mark.gen_test
async def test_a_client_that_has_gone_ends_its_connection(is_direct: bool) -> None:
    stream, client = pair()
    guarded = GuardedStream(stream, IdleTimeouts(), None, is_direct=is_direct)
    client.close()
    with pytest.raises(StreamClosedError):
        await guarded.write(b"nobody reads this")
    assert guarded.closed()
    with pytest.raises(StreamClosedError):
        guarded.write(b"nor this")


@pytest.mark.gen_test
async def test_tls_is_never_bypassed(tmp_path: Path) -> None:
    certificate, private = make_certificate("localhost", datetime.now(UTC))
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    serving, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=chain)
    serving.load_cert_chain(chain, key)
    ours, theirs = socket.socketpair()
    for each in (ours, theirs):
        each.setblocking(False)
    server = SSLIOStream(serving.wrap_socket(ours, server_side=True, do_handshake_on_connect=False))
    client = SSLIOStream(trusting.wrap_socket(theirs, server_hostname="localhost", do_handshake_on_connect=False))
    await asyncio.gather(server.wait_for_handshake(), client.wait_for_handshake())
    assert write_now(server, b"a secret") == 0
    await GuardedStream(server, IdleTimeouts(), None).write(b"a secret")
    assert await client.read_bytes(8) == b"a secret"
    client.close()
    server.close()
