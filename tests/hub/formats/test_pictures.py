"""Pictures that people send: recognised by their bytes, bounded before they are decoded, encoded anew."""

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from hub.errors import BadInput
from hub.formats import pictures
from hub.formats.pictures import (
    DAMAGED,
    MOST_SCANS,
    MOST_SEGMENTS,
    TOO_LARGE,
    TOO_LARGE_WHOLE,
    TOO_MANY_PARTS,
    TOO_SMALL,
    WRONG_KIND,
    make_picture,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def encoded(kind: str = "JPEG", size: tuple[int, int] = (320, 200), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode in ("RGB", "RGBA") else 1).save(out, kind, **options)
    return out.getvalue()


def refused(sent: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        make_picture(sent)
    return caught.value.errors["picture"]


def opened(kept: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(kept))
    picture.load()
    return picture


def a_png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose head claims a size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGBA")]
)
def test_each_kind_is_kept_as_a_jpeg_whole_and_small(kind: str, mode: str) -> None:
    made = make_picture(encoded(kind, (2400, 1200), mode))
    whole, small = opened(made.whole), opened(made.small)
    assert (whole.format, whole.size, small.format, small.size) == ("JPEG", (1600, 800), "JPEG", (480, 240))
    assert (made.width, made.height) == (1600, 800)
    assert make_picture(encoded(kind, (2400, 1200), mode)).hash == made.hash


def test_what_was_written_into_a_picture_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret words"
    exif[0x0112] = 6  # held upright: a quarter turned
    made = make_picture(encoded("JPEG", (400, 200), exif=exif, comment=b"secret words", icc_profile=b"secret words"))
    info = PngInfo()
    info.add_text("Comment", "secret words")
    of_png = make_picture(encoded("PNG", pnginfo=info) + b"secret words<script>")
    assert (made.width, made.height) == (200, 400), "it is turned as it was held"
    for kept in (made.whole, made.small, of_png.whole, of_png.small):
        assert b"secret words" not in kept
        assert not opened(kept).getexif()


def test_what_is_transparent_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (200, 200), (255, 0, 0, 0)).save(out, "PNG")
    pixel = opened(make_picture(out.getvalue()).whole).getpixel((100, 100))
    assert pixel == (255, 255, 255)


@pytest.mark.parametrize(
    "sent",
    [b"", b"\xff", SVG, b"GIF89a" + b"\0" * 99, b"%PDF-1.7", b"PK\3\4", b"RIFF\0\0\0\0AVI LIST", b"\0\0\0\x20ftypheic"],
)
def test_what_is_no_jpeg_png_or_webp_is_refused_whatever_it_is_called(sent: bytes) -> None:
    assert refused(sent) == WRONG_KIND


@pytest.mark.parametrize(
    "size", [(60_000, 60_000), (24_001, 1_000), (4_900, 4_900), (12_001, 200), (2**31 - 1, 2**31 - 1)]
)
def test_size_is_bounded_before_anything_is_decoded(size: tuple[int, int]) -> None:
    assert refused(a_png_that_claims(*size)) == TOO_LARGE_WHOLE


@pytest.mark.parametrize(
    ("width", "options", "reason"),
    [
        (8_001, {}, TOO_LARGE),
        (12_001, {}, TOO_LARGE),
        (5_000, {}, None),
        (4_801, {"progressive": True}, TOO_LARGE_WHOLE),
        (4_800, {"progressive": True}, None),
    ],
)
def test_jpeg_in_one_scan_may_be_larger_than_one_that_is_in_memory_as_a_whole(
    width: int, options: dict[str, Any], reason: str | None
) -> None:
    sent = encoded("JPEG", (width, 5_000), "L", **options)
    if reason is None:
        assert make_picture(sent).height == 1600
    else:
        assert refused(sent) == reason


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_no_copy_of_all_pixels_is_made_to_turn_a_picture(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turned: list[tuple[int, int]] = []
    turn = ImageOps.exif_transpose

    def watched(picture: Image.Image) -> Image.Image:
        turned.append(picture.size)
        return turn(picture)

    monkeypatch.setattr(ImageOps, "exif_transpose", watched)
    exif = Image.Exif()
    exif[0x0112] = 6
    made = make_picture(encoded(kind, (3200, 1000), exif=exif))
    assert (made.width, made.height) == (500, 1600)
    assert turned == [(1600, 500)]


def with_scans(scans: int) -> bytes:
    """Return a progressive JPEG of so many scans: its last one repeated."""
    whole = encoded("JPEG", (160, 120), progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * (scans - whole.count(b"\xff\xda")) + whole[-2:]


def with_segments(marker: int, count: int, data: bytes) -> bytes:
    """Return a JPEG with so many segments more at its beginning."""
    whole = encoded("JPEG", (160, 120))
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
    return whole[:2] + segment * count + whole[2:]


def test_scans_of_a_jpeg_are_bounded_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert make_picture(with_scans(MOST_SCANS)).width == 160
    monkeypatch.setattr(Image, "open", None)
    assert refused(with_scans(MOST_SCANS + 1)) == TOO_MANY_PARTS


def test_segments_of_a_jpeg_are_bounded_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert make_picture(with_segments(0xE1, MOST_SEGMENTS - 20, b"Exif\0\0x")).width == 160
    monkeypatch.setattr(Image, "open", None)
    assert refused(with_segments(0xE1, MOST_SEGMENTS, b"Exif\0\0x")) == TOO_MANY_PARTS


def test_what_looks_like_a_scan_within_a_comment_or_after_the_end_is_none() -> None:
    scan = b"\xff\xda\0\x02"
    assert make_picture(with_segments(0xFE, 1, scan * 500)).width == 160
    assert make_picture(encoded("JPEG") + scan * 500).width == 320


def test_too_small_is_refused() -> None:
    assert refused(encoded(size=(99, 400))) == TOO_SMALL
    assert make_picture(encoded(size=(100, 100))).width == 100


def test_text_that_unpacks_to_very_much_is_refused() -> None:
    info = PngInfo()
    info.add_text("Comment", "x" * 80_000_000, zip=True)
    assert refused(encoded("PNG", pnginfo=info)) == DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_damaged_pictures_are_refused_or_read_and_nothing_else(kind: str, data: st.DataObject) -> None:
    whole = encoded(kind, (160, 120))
    cut = data.draw(st.integers(min_value=0, max_value=len(whole)))
    at = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    noise = data.draw(st.binary(max_size=20))
    for sent in (whole[:cut], whole[:at] + noise + whole[at + len(noise) :]):
        try:
            made = make_picture(sent)
        except BadInput as wrong:
            assert set(wrong.errors) == {"picture"}
        else:
            assert opened(made.whole).format == "JPEG"


def test_limits_are_those_that_the_page_names() -> None:
    assert pictures.MOST_BYTES == 8 * 1024 * 1024
    assert (pictures.MOST_PIXELS, pictures.MOST_PIXELS_WHOLE) == (40_000_000, 24_000_000)
