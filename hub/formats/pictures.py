"""Pictures that people send: recognised by their bytes, bounded before they are decoded, and encoded anew.

What is kept is a JPEG of our own making: no metadata, no place where it was taken, nothing that was appended to it.
"""

import hashlib
import io
import struct
import warnings
import zlib

import msgspec
from PIL import Image, ImageOps

from hub.errors import BadInput
from hub.formats.jpeg_segments import count_segments

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Of a JPEG in one scan, which is decoded line by line, as small as will do."""
MOST_PIXELS_WHOLE = 24_000_000
"""Of a picture that is in memory as a whole while it is decoded: a PNG, a WebP, a JPEG in several scans."""
MOST_SCANS = 64
"""Scans of a JPEG, each of which is a pass over all its pixels; programs write ten or so."""
MOST_SEGMENTS = 2000
"""Segments of a JPEG, its scans among them."""
MOST_SIDE = 12_000
LEAST_SIDE = 100
WHOLE_SIDE, SMALL_SIDE = 1600, 480
"""The longest sides of what is kept, in pixels."""
QUALITY = 82

UNUSABLE = "The picture cannot be used"
WRONG_KIND = "must be a JPEG, PNG or WebP picture"
DAMAGED = "is damaged: save the picture anew"
TOO_LARGE = f"must be at most {MOST_PIXELS // 1_000_000} million pixels"
TOO_LARGE_WHOLE = f"must be at most {MOST_PIXELS_WHOLE // 1_000_000} million pixels"
TOO_MANY_PARTS = "has too many parts: save the picture anew"
TOO_SMALL = f"must be at least {LEAST_SIDE} pixels wide and high"
BEGINNINGS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
WEBP_AT = slice(8, 12)

UNREADABLE = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, OverflowError, MemoryError),
    *(KeyError, IndexError, TypeError),
)
"""What a decoder raises for a file that is none, or is cut off."""


class MadePicture(msgspec.Struct, frozen=True):
    """A picture as it is kept: as JPEG, whole and small, with the size of the whole and the hash of its bytes."""

    whole: bytes
    small: bytes
    width: int
    height: int

    @property
    def hash(self) -> str:
        """The hash of the whole picture, as its address has it."""
        return hashlib.sha256(self.whole).hexdigest()[:32]


def make_picture(sent: bytes) -> MadePicture:
    """Return what is kept of a picture that was sent. Raises `BadInput` for what is none, or is too large or small."""
    kind = _kind_of(sent)
    most = _most_pixels(kind, sent)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(sent), formats=[kind]) as picture:
                _check_size(picture.width, picture.height, most)
                return _made(picture)
        except Image.DecompressionBombError as wrong:
            raise _too_large(most) from wrong
        except UNREADABLE as wrong:
            raise BadInput(UNUSABLE, {"picture": DAMAGED}) from wrong


def _kind_of(sent: bytes) -> str:
    """Return the format of a picture by its first bytes, whatever its name says."""
    kind = next((kind for kind, begins in BEGINNINGS.items() if sent.startswith(begins)), None)
    if kind is None or (kind == "WEBP" and sent[WEBP_AT] != b"WEBP"):
        raise BadInput(UNUSABLE, {"picture": WRONG_KIND})
    return kind


def _most_pixels(kind: str, sent: bytes) -> int:
    """Return how many pixels a picture may have. Raises `BadInput` for a JPEG of too many segments or scans."""
    if kind != "JPEG":
        return MOST_PIXELS_WHOLE
    segments = count_segments(sent, MOST_SEGMENTS)
    if segments.count > MOST_SEGMENTS or segments.scans > MOST_SCANS:
        raise BadInput(UNUSABLE, {"picture": TOO_MANY_PARTS})
    return MOST_PIXELS if segments.scans == 1 else MOST_PIXELS_WHOLE


def _check_size(width: int, height: int, most: int) -> None:
    if width * height > most or max(width, height) > MOST_SIDE:
        raise _too_large(most)
    if min(width, height) < LEAST_SIDE:
        raise BadInput(UNUSABLE, {"picture": TOO_SMALL})


def _too_large(most: int) -> BadInput:
    return BadInput(UNUSABLE, {"picture": TOO_LARGE if most == MOST_PIXELS else TOO_LARGE_WHOLE})


def _made(picture: Image.Image) -> MadePicture:
    """Return a picture of a checked size, decoded, turned as it was held, without transparency and metadata."""
    picture.draft("RGB", (WHOLE_SIDE, WHOLE_SIDE))  # a JPEG is decoded as small as will do
    picture.thumbnail((WHOLE_SIDE, WHOLE_SIDE), Image.Resampling.LANCZOS)  # before it is copied
    whole = _flat(ImageOps.exif_transpose(picture))
    small = whole.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return MadePicture(_encoded(whole), _encoded(small), whole.width, whole.height)


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture's pixels alone, what is transparent as white."""
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return out.getvalue()
