"""Every QR is read back by two independent readers, at the smallest size offered, from PNG and SVG."""

import io
import os
from collections.abc import Callable
from typing import Any

import pytest
import resvg_py
import zxingcpp
from PIL import Image

from hub.door.codes import make_key, sign
from hub.formats.qr_images import SMALLEST_MODULE_PX, qr_png, qr_svg

SIGNER = make_key("gala")
CODES = [sign(f"2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a1{number:02x}", 1 + number % 3, SIGNER) for number in range(40)]

Read = Callable[[Image.Image], list[str]]


def zxing(picture: Image.Image) -> list[str]:
    return [
        found.text
        for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]


def zbar(picture: Image.Image) -> list[str]:
    return [found.data.decode() for found in pyzbar().decode(picture)]


def pyzbar() -> Any:
    """The library of Debian's `libzbar0`, which may be left out but in CI."""
    try:
        from pyzbar import pyzbar as library
    except ImportError:
        assert os.environ.get("CI") != "true", "libzbar0 is missing: tests/install-browser installs it"
        pytest.skip("libzbar0 is not installed (apt-get install libzbar0)")
    return library


def from_png(code: str) -> Image.Image:
    """The PNG as it comes when the least is asked for."""
    picture = Image.open(io.BytesIO(qr_png(code, 1))).convert("L")
    assert picture.width == modules_of(code) * SMALLEST_MODULE_PX
    return picture


def from_svg(code: str) -> Image.Image:
    """The SVG as a browser would draw it, as small as the smallest PNG."""
    side = modules_of(code) * SMALLEST_MODULE_PX
    drawn = resvg_py.svg_to_bytes(svg_string=qr_svg(code).decode(), width=side, height=side)
    picture = Image.open(io.BytesIO(bytes(drawn)))
    assert picture.size == (side, side)
    return picture.convert("L")


def modules_of(code: str) -> int:
    """How many modules wide the QR is, its quiet zone included."""
    return Image.open(io.BytesIO(qr_png(code))).width // 8


@pytest.mark.parametrize("read", [zxing, zbar])
@pytest.mark.parametrize("draw", [from_png, from_svg])
def test_every_code_is_read_back(read: Read, draw: Callable[[str], Image.Image]) -> None:
    assert [read(draw(code)) for code in CODES] == [[code] for code in CODES]
