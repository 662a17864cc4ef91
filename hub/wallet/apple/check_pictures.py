"""Check of a pass's pictures: readable PNG files within the sizes that Wallet shows. Pure.

Source: the picture sizes in Apple's "Pass Design and Creation" and Human Interface Guidelines, in points.
"""

import io
import re
from collections.abc import Iterator, Mapping

from PIL import Image

from hub.wallet.apple.refusal import Refusal

LARGEST_PT = {
    "icon": (64, 64),
    "logo": (160, 50),
    "strip": (375, 144),
    "background": (180, 220),
    "thumbnail": (90, 90),
    "footer": (286, 15),
}
ICON_PT = 29
NAME = re.compile(r"(?:[^/]+\.lproj/)?(icon|logo|strip|background|thumbnail|footer)(?:@([23])x)?\.png")
PNG = b"\x89PNG\r\n\x1a\n"


def check_pictures(files: Mapping[str, bytes]) -> Iterator[Refusal]:
    """Yield the refusals of the pictures among the files of a pass."""
    for name, content in sorted(files.items()):
        found = NAME.fullmatch(name)
        if found is not None:
            yield from _check_picture(name, content, found[1], int(found[2] or 1))


def _check_picture(name: str, content: bytes, kind: str, scale: int) -> Iterator[Refusal]:
    if not content.startswith(PNG) or len(content) < 24:
        yield Refusal("picture_unreadable", f"{name} is no PNG picture")
        return
    # Out of the header, before anything is unpacked: a small file may claim to be a huge picture.
    width, height = (int.from_bytes(content[start : start + 4]) for start in (16, 20))
    most = tuple(points * scale for points in LARGEST_PT[kind])
    if width > most[0] or height > most[1]:
        yield Refusal("picture_size", f"{name} is {width} x {height} pixels: {most[0]} x {most[1]} at most")
    elif kind == "icon" and (width != height or width < ICON_PT * scale):
        side = ICON_PT * scale
        yield Refusal("picture_size", f"{name} is {width} x {height} pixels: a square of {side} at least")
    elif not _is_whole(content):
        yield Refusal("picture_unreadable", f"{name} is damaged")


def _is_whole(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError):
        return False
    return True
