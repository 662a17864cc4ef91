"""Segments of a JPEG, counted as a decoder meets them."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hub.formats.jpeg_segments import count_segments

MOST = 100
BEGIN, END = b"\xff\xd8", b"\xff\xd9"
SCAN = b"\xff\xda\0\x03x"


@pytest.mark.parametrize(
    ("between", "scans", "count"),
    [
        (b"", 0, 0),
        (SCAN, 1, 1),
        (SCAN + b"data\xff\0data\xff\xd3data" + SCAN, 2, 2),
        (SCAN + b"\xff\0\xda\xff\xd7\xda", 1, 1),
        (b"\xff\xff\xff" + SCAN, 1, 1),
        (SCAN + b"data\xff\xff\xff\xda\0\x03x", 2, 2),
        (b"\xff\xfe\0\x07" + SCAN + SCAN, 1, 2),
        (b"\xff\xe1\0\x04\xff\xd9" + SCAN, 1, 2),
        (SCAN + END + SCAN, 1, 1),
        (SCAN + b"\xff\xda", 2, 2),
        (b"\xff\xfe\0\0" + SCAN, 1, 2),
        (SCAN * 500, MOST + 1, MOST + 1),
    ],
)
def test_scans_are_counted_by_structure(between: bytes, scans: int, count: int) -> None:
    found = count_segments(BEGIN + between + END, MOST)
    assert (found.scans, found.count) == (scans, count)


@pytest.mark.parametrize(("is_progressive", "scans"), [(False, 1), (True, 10)])
@settings(deadline=None, max_examples=20)
@given(noise=st.binary(min_size=300, max_size=300), quality=st.integers(min_value=1, max_value=100))
def test_scans_of_real_pictures_are_counted_whatever_they_show(
    is_progressive: bool, scans: int, noise: bytes, quality: int
) -> None:
    out = io.BytesIO()
    shown = Image.frombytes("RGB", (10, 10), noise).resize((60, 60))
    shown.save(out, "JPEG", progressive=is_progressive, quality=quality, restart_marker_blocks=2)
    assert count_segments(out.getvalue(), MOST).scans == scans


@given(st.binary(max_size=400))
def test_any_bytes_have_a_count(noise: bytes) -> None:
    found = count_segments(BEGIN + noise, MOST)
    assert 0 <= found.scans <= found.count <= MOST + 1
