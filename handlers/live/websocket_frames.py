"""Frames of a WebSocket as a server reads and writes them (RFC 6455, 5): sans-I/O, without extensions."""

import struct
from functools import lru_cache
from typing import NamedTuple

from tornado.util import _websocket_mask

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FIN, RESERVED, OPCODE, IS_CONTROL = 0x80, 0x70, 0x0F, 0x8
MASKED, SIZE = 0x80, 0x7F
LONGEST_CONTROL = 125
SIZES = {126: struct.Struct("!H"), 127: struct.Struct("!Q")}
"""How a length is written that the second byte has no room for."""

LONGEST_SHARED = 16 * 1024
"""Bytes of a message whose frame is remembered."""

NORMAL, PROTOCOL_ERROR, BAD_TEXT, TOO_BIG = 1000, 1002, 1007, 1009
"""Close codes of RFC 6455, 7.4.1."""
ECHOED = frozenset({*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)})
"""Codes that a close frame may carry."""


class Violation(Exception):
    """Frame that ends the connection, with the code and the reason to close it with."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Message(NamedTuple):
    """Message, whole, or a control frame; `CONTINUATION`: a fragment whose message goes on."""

    opcode: int
    payload: bytes


class FrameReader:
    """Parser of a client's frames: bytes in, messages out. A message has `limit` bytes at most, fragments together."""

    __slots__ = ("_at", "_begun", "_buffer", "_fragments", "_limit")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._buffer = b""
        self._at = 0
        self._begun = CONTINUATION
        self._fragments: bytearray | None = None

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the connection."""
        self._buffer, self._at = self._buffer[self._at :] + data, 0

    def next(self) -> Message | None:
        """Return the next message, or None where more bytes have to come. Raises `Violation`."""
        buffer, at = self._buffer, self._at
        has = len(buffer) - at
        if has < 2:
            return None
        first, size = buffer[at], buffer[at + 1] & SIZE
        self._check(first, buffer[at + 1], size)
        head = 2
        if size in SIZES:
            long = SIZES[size]
            head += long.size
            if has < head:
                return None
            [size] = long.unpack_from(buffer, at + 2)
        if size + len(self._fragments or b"") > self._limit:
            raise Violation(TOO_BIG, "message too big")
        start = at + head + 4
        if len(buffer) < start + size:
            return None
        payload = _websocket_mask(buffer[start - 4 : start], buffer[start : start + size])
        self._at = start + size
        if self._at == len(buffer):
            self._buffer, self._at = b"", 0
        return self._message(first & OPCODE, payload, is_final=bool(first & FIN))

    def _check(self, first: int, second: int, size: int) -> None:
        opcode = first & OPCODE
        if first & RESERVED or opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
            raise Violation(PROTOCOL_ERROR, "unknown kind of frame")
        if not second & MASKED:
            raise Violation(PROTOCOL_ERROR, "frames of a client are masked")
        if opcode & IS_CONTROL and (size > LONGEST_CONTROL or not first & FIN):
            raise Violation(PROTOCOL_ERROR, "control frames are short and whole")
        if not opcode & IS_CONTROL and (opcode == CONTINUATION) != (self._fragments is not None):
            raise Violation(PROTOCOL_ERROR, "fragments out of order")

    def _message(self, opcode: int, payload: bytes, *, is_final: bool) -> Message:
        if opcode & IS_CONTROL or (is_final and self._fragments is None):
            return Message(opcode, payload)
        if self._fragments is None:
            self._fragments, self._begun = bytearray(), opcode
        self._fragments += payload
        if not is_final:
            return Message(CONTINUATION, b"")
        whole, self._fragments = bytes(self._fragments), None
        return Message(self._begun, whole)


def text_frame(message: bytes) -> bytes:
    """Return a message as the frame that goes over the wire: unfragmented, unmasked, uncompressed."""
    return _shared_frame(message) if len(message) <= LONGEST_SHARED else _frame(TEXT, message)


def control_frame(opcode: int, payload: bytes) -> bytes:
    """Return a control frame; what is too long for one is cut off."""
    return _frame(opcode, payload[:LONGEST_CONTROL])


def close_frame(code: int | None, reason: str = "") -> bytes:
    """Return a close frame; without a code one without a body."""
    return control_frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason.encode())


def code_of(payload: bytes) -> int | None:
    """Return the code to answer a client's close frame with: its own, None for none, or the one of a wrong frame."""
    if not payload:
        return None
    code = int.from_bytes(payload[:2], "big")
    return code if len(payload) >= 2 and code in ECHOED else PROTOCOL_ERROR


def _frame(opcode: int, message: bytes) -> bytes:
    size = len(message)
    if size < 126:
        head = struct.pack("!BB", FIN | opcode, size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", FIN | opcode, 126, size)
    else:
        head = struct.pack("!BBQ", FIN | opcode, 127, size)
    return head + message


@lru_cache(maxsize=32)
def _shared_frame(message: bytes) -> bytes:
    """Return a message as a frame; many clients get the same message."""
    return _frame(TEXT, message)
