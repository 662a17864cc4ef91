"""Pictures of a pass (icon, logo, strip) as PNG, drawn in the event's colour. Pure."""

import hashlib
import io

from PIL import Image, ImageDraw

SCALES = {"": 1, "@2x": 2, "@3x": 3}
ICON_PT, LOGO_PT, STRIP_PT = 29, 50, (375, 98)
FINER = 4
"""Supersampling factor, for smooth edges."""

Colour = tuple[int, int, int]

GROUNDS: tuple[Colour, ...] = (
    (24, 61, 122),
    (0, 84, 77),
    (96, 32, 88),
    (122, 42, 24),
    (46, 64, 24),
    (58, 44, 120),
    (20, 74, 98),
    (104, 52, 8),
)
"""Background colours: dark enough for white text (contrast 7 or more), and distinct from each other."""


def ground_of(event_id: str) -> Colour:
    """Return the colour of an event's passes: always the same for one event."""
    return GROUNDS[hashlib.sha256(event_id.encode()).digest()[0] % len(GROUNDS)]


def draw_artwork(ground: Colour) -> dict[str, bytes]:
    """Return the PNG files of a pass by name, at one, two and three pixels to a point."""
    files = {}
    for suffix, scale in SCALES.items():
        files[f"icon{suffix}.png"] = png(_icon(ICON_PT * scale, ground))
        files[f"logo{suffix}.png"] = png(_logo(LOGO_PT * scale))
        files[f"strip{suffix}.png"] = png(_strip(STRIP_PT[0] * scale, STRIP_PT[1] * scale, ground))
    return files


def _icon(side: int, ground: Colour) -> Image.Image:
    picture = Image.new("RGB", (side, side), ground)
    mark = _mark(side * 3 // 4)
    offset = (side - mark.width) // 2
    picture.paste(Image.new("RGB", mark.size, "white"), (offset, offset), mark)
    return picture


def _logo(side: int) -> Image.Image:
    picture = Image.new("LA", (side, side), (255, 0))
    picture.putalpha(_mark(side))
    return picture


def _mark(side: int) -> Image.Image:
    """Return a ticket with a notch on either side, as a mask."""
    size = side * FINER
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    top, bottom, notch = size * 22 // 100, size * 78 // 100, size * 9 // 100
    draw.rounded_rectangle((0, top, size - 1, bottom), radius=size * 8 // 100, fill=255)
    for x in (0, size):
        draw.ellipse((x - notch, size // 2 - notch, x + notch, size // 2 + notch), fill=0)
    dash = size * 5 // 100
    for y in range(top + dash, bottom - dash, 2 * dash):
        draw.rectangle((size * 66 // 100, y, size * 66 // 100 + dash // 2, y + dash), fill=0)
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def _strip(width: int, height: int, ground: Colour) -> Image.Image:
    """Return a band of the event's colour, lighter to the top, with two circles of light."""
    light = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(light)
    for y in range(height):
        draw.line((0, y, width, y), fill=40 - 40 * y // height)
    glow = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(glow)
    for x, y, radius, fill in ((80, 10, 70, 14), (92, 90, 52, 22)):
        centre, reach = (width * x // 100, height * y // 100), height * radius // 100
        box = (centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach)
        draw.ellipse(box, fill=fill)
    picture = Image.new("RGB", (width, height), ground)
    for mask in (light, glow):
        picture.paste(Image.new("RGB", (width, height), "white"), (0, 0), mask)
    return picture


def png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
