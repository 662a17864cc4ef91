"""An event's own picture on its passes: the strip of a wide one, the thumbnail of a square or a tall one. Pure.

Source: "Pass Design and Creation" in Apple's Wallet Developer Guide: an event ticket's strip takes 375 x 98 points and
lies behind the event's name, a thumbnail 90 x 90 at most, between 2:3 and 3:2; a pass has one of the two.
"""

import io

from PIL import Image, ImageOps

from hub.wallet.apple.artwork import SCALES, STRIP_PT, png

THUMBNAIL_PT = 90
WIDE = 3 / 2
"""Width to height from which a picture is a strip: of a poster a strip would show a slice."""
TALL = 2 / 3
"""The narrowest thumbnail that is shown whole."""
UPPER = (0.5, 0.4)
"""Where a picture is cut around: faces are rather above the middle."""
BRIGHTEST = 120
"""Luma (0 to 255) of a strip's brightest parts: white letters have a contrast of 3 or more on it, whatever its hue."""
BRIGHT_SHARE = 0.99
LUMA = (0.2126, 0.7152, 0.0722, 0)
"""Weights of red, green and blue as contrast has them."""
COLOURS = 256


def picture_files(jpeg: bytes) -> dict[str, bytes]:
    """Return the PNG files of an event's picture by name, at one, two and three pixels to a point.

    Raises what Pillow does for bytes that are no picture.
    """
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
        picture = opened.convert("RGB")
    if picture.width >= picture.height * WIDE:
        return {f"strip{suffix}.png": _packed(_strip(picture, scale)) for suffix, scale in SCALES.items()}
    return {f"thumbnail{suffix}.png": _packed(_thumbnail(picture, scale)) for suffix, scale in SCALES.items()}


def _strip(picture: Image.Image, scale: int) -> Image.Image:
    size = (STRIP_PT[0] * scale, STRIP_PT[1] * scale)
    return _darkened(ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=UPPER))


def _thumbnail(picture: Image.Image, scale: int) -> Image.Image:
    width, height = picture.size
    if width < height * TALL:
        picture = ImageOps.fit(picture, (width, round(width / TALL)), centering=UPPER)
    side = THUMBNAIL_PT * scale
    return ImageOps.contain(picture, (side, side), Image.Resampling.LANCZOS)


def _darkened(strip: Image.Image) -> Image.Image:
    """Return a strip as dark as white letters on it need; one that is dark already as it is."""
    bright = _bright(strip.convert("L", matrix=LUMA).histogram())
    if bright <= BRIGHTEST:
        return strip
    factor = BRIGHTEST / bright
    return strip.point([round(level * factor) for level in range(256)] * 3)


def _bright(histogram: list[int]) -> int:
    """Return the luma that `BRIGHT_SHARE` of the pixels do not exceed."""
    left = sum(histogram) * (1 - BRIGHT_SHARE)
    for luma in range(255, -1, -1):
        left -= histogram[luma]
        if left < 0:
            return luma
    return 0


def _packed(picture: Image.Image) -> bytes:
    """Return a PNG of few colours, a third of the bytes: a pass is fetched anew on every change."""
    palette = picture.quantize(COLOURS)
    return png(picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG))
