"""Pictures that organisers give their events."""

import io

from PIL import Image


def a_picture(colour: str | tuple[int, int, int], size: tuple[int, int], kind: str = "JPEG") -> bytes:
    """Return a file of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()
