"""Frames of a WebSocket without a socket: any cut of the bytes reads alike, and what breaks the rules ends it."""

import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode

from handlers.live.websocket_frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    FrameReader,
    Message,
    Violation,
    close_frame,
    code_of,
)

LIMIT = 70_000


def sent(opcode: int, payload: bytes = b"", *, fin: bool = True) -> bytes:
    """A client's frame, as the library `websockets` writes it."""
    return Frame(Opcode(opcode), payload, fin=fin).serialize(mask=True)


def read(reader: FrameReader, *pieces: bytes) -> list[Message]:
    messages: list[Message] = []
    for piece in pieces:
        reader.feed(piece)
        while (message := reader.next()) is not None:
            messages.append(message)
    return messages


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, LIMIT])
def test_a_message_of_any_size_is_read_whole(size: int) -> None:
    payload = os.urandom(size)
    assert read(FrameReader(LIMIT), sent(BINARY, payload)) == [(BINARY, payload)]


messages = st.lists(st.tuples(st.sampled_from([TEXT, BINARY, PING, PONG]), st.binary(max_size=125)), max_size=8)


@given(messages, st.lists(st.integers(1, 40), max_size=30))
def test_bytes_that_come_in_any_pieces_are_the_same_messages(wanted: list[tuple[int, bytes]], cuts: list[int]) -> None:
    wire, pieces = b"".join(sent(opcode, payload) for opcode, payload in wanted), []
    for cut in cuts:
        pieces.append(wire[:cut])
        wire = wire[cut:]
    assert read(FrameReader(LIMIT), *pieces, wire) == wanted


@given(st.lists(st.binary(max_size=60), min_size=2, max_size=6))
def test_a_message_in_fragments_is_one_and_pings_come_between(parts: list[bytes]) -> None:
    wire = [sent(TEXT if at == 0 else CONTINUATION, part, fin=False) for at, part in enumerate(parts[:-1])]
    found = read(FrameReader(LIMIT), *wire, sent(PING, b"in between"), sent(CONTINUATION, parts[-1]))
    going_on = [(CONTINUATION, b"")] * len(wire)
    assert found == [*going_on, (PING, b"in between"), (TEXT, b"".join(parts))]


def test_after_a_message_in_fragments_the_next_is_its_own() -> None:
    wire = [sent(TEXT, b"a", fin=False), sent(CONTINUATION, b"b"), sent(TEXT, b"c")]
    assert read(FrameReader(LIMIT), *wire)[1:] == [(TEXT, b"ab"), (TEXT, b"c")]


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        pytest.param(Frame(Opcode.TEXT, b"text").serialize(mask=False), 1002, id="not masked"),
        pytest.param(bytes([0xC1, 0x80, 0, 0, 0, 0]), 1002, id="a reserved bit"),
        pytest.param(bytes([0x83, 0x80, 0, 0, 0, 0]), 1002, id="an unknown opcode"),
        pytest.param(sent(CONTINUATION, b"of nothing"), 1002, id="a fragment of nothing"),
        pytest.param(sent(TEXT, b"a", fin=False) + sent(TEXT, b"b"), 1002, id="a message within another"),
        pytest.param(bytes([0x09, 0x80, 0, 0, 0, 0]), 1002, id="a ping in fragments"),
        pytest.param(bytes([0x89, 0xFE, 0, 126]) + bytes(130), 1002, id="a long ping"),
        pytest.param(sent(TEXT, b"x" * (LIMIT + 1)), 1009, id="a byte too many"),
        pytest.param(bytes([0x81, 0xFF]) + struct.pack("!Q", 1 << 63), 1009, id="refused before it comes"),
        pytest.param(sent(TEXT, b"x" * LIMIT, fin=False) + sent(CONTINUATION, b"x"), 1009, id="fragments together"),
    ],
)
def test_a_frame_that_breaks_the_rules_ends_the_connection(wire: bytes, code: int) -> None:
    with pytest.raises(Violation) as broken:
        read(FrameReader(LIMIT), wire)
    assert broken.value.code == code


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", None),
        (Close(1000, "bye").serialize(), 1000),
        (Close(3999, "").serialize(), 3999),
        (b"\x03", 1002),
        (struct.pack("!H", 1005), 1002),
        (struct.pack("!H", 1006), 1002),
        (struct.pack("!H", 999), 1002),
        (struct.pack("!H", 5000), 1002),
    ],
)
def test_a_close_frame_is_answered_with_its_code_where_that_may_be_sent(payload: bytes, code: int | None) -> None:
    assert code_of(payload) == code


def test_a_long_reason_is_cut_to_what_a_control_frame_holds() -> None:
    frame = close_frame(4000, "x" * 300)
    assert (frame[0], frame[1], len(frame)) == (0x80 | CLOSE, 125, 127)
