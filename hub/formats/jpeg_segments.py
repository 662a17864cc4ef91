"""Segments of a JPEG: its markers, counted as a decoder meets them (ISO/IEC 10918-1, annex B)."""

import re
from collections.abc import Iterator

import msgspec

MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]", re.DOTALL)
"""Marker that is neither a stuffed or fill byte nor one that stands within a scan (TEM, RST0 to RST7)."""
START_OF_IMAGE = 2
"""Bytes of the marker that a JPEG begins with."""
SOS, EOI = 0xDA, 0xD9
LENGTH_BYTES = 2


class JpegSegments(msgspec.Struct, frozen=True):
    """Numbers of a JPEG's segments, and of those of them that begin a scan."""

    count: int
    scans: int


def count_segments(jpeg: bytes, most: int) -> JpegSegments:
    """Return the numbers of a JPEG's segments, counted no further than one more than `most`."""
    count = scans = 0
    for marker in _markers(jpeg):
        count += 1
        scans += marker == SOS
        if count > most:
            break
    return JpegSegments(count, scans)


def _markers(jpeg: bytes) -> Iterator[int]:
    """Return the markers of a JPEG's segments in order, up to its end: what stands within a segment is none."""
    at = START_OF_IMAGE
    while (found := MARKER.search(jpeg, at)) is not None:
        at = found.end()
        marker = jpeg[at - 1]
        if marker == EOI:
            return
        yield marker
        at += max(LENGTH_BYTES, int.from_bytes(jpeg[at : at + LENGTH_BYTES]))
