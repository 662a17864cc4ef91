"""A film of a picture, for Chromium's fake camera."""

import io
from pathlib import Path

from PIL import Image

SIZE = (640, 480)


def film(png: bytes, path: Path, *, tilted: float = 0) -> Path:
    """Write a film of a picture held before the camera, tilted by so many degrees; it loops. Return its path."""
    held = Image.open(io.BytesIO(png)).convert("L").resize((300, 300))
    turned = held.rotate(tilted, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    frame = Image.new("L", SIZE, 190)
    frame.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2))
    grey = bytes([128]) * (SIZE[0] * SIZE[1] // 2)
    header = f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F10:1 Ip A1:1 C420\n".encode()
    path.write_bytes(header + (b"FRAME\n" + frame.tobytes() + grey) * 2)
    return path
