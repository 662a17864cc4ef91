"""QR pictures (wallet.md, QR): drawn by pure functions, made and kept by `QrImages` away from the event loop.

The mask is fixed. Any mask is right for a reader, which finds its number in the picture; comparing all eight costs
most of the time (15 ms instead of 3) and gains nothing on codes that look random anyway: of the eight, number 6
comes nearest to the best penalty, and pictures of either kind were read equally well through blur and noise.
That makes one thread enough: it never holds the interpreter long, and the loop answers within a few milliseconds
while it draws without pause (with the comparison: 5 to 15).
"""

import asyncio
import hashlib
import io
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import msgspec
from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from hub.errors import SlowDown

Format = Literal["png", "svg"]
Matrix = list[list[bool]]
_Key = tuple[str, Format, int | None]

QUIET_MODULES = 4
MASK = 6
SMALLEST_MODULE_PX = 4
USUAL_MODULE_PX = 8
LARGEST_PX = 2048


def qr_png(text: str, size: int | None = None) -> bytes:
    """Return the QR of `text` as PNG: always the same bytes for the same text and size.

    `size` is the picture's width and height in pixels, 2048 at most; modules are as large as fit, evenly padded with
    white, but never under 4 pixels: asked for less, the picture is just as large as that needs. None: modules of
    8 pixels. Raises ValueError if `text` is too long for a QR.
    """
    matrix = _matrix(text)
    modules = len(matrix)
    wanted = min(size or modules * USUAL_MODULE_PX, LARGEST_PX)
    scale = max(wanted // modules, SMALLEST_MODULE_PX)
    drawn = modules * scale
    side = max(wanted, drawn)
    small = Image.frombytes("L", (modules, modules), bytes(0 if dark else 255 for row in matrix for dark in row))
    code = small.convert("1").resize((drawn, drawn), Image.Resampling.NEAREST)
    picture = Image.new("1", (side, side), 1)
    margin = (side - drawn) // 2
    picture.paste(code, (margin, margin))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def qr_svg(text: str) -> bytes:
    """Return the QR of `text` as SVG, 8 pixels to a module unless scaled; ValueError if `text` is too long."""
    matrix = _matrix(text)
    modules = len(matrix)
    side = modules * USUAL_MODULE_PX
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(matrix) for x, length in _runs(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {modules} {modules}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{modules}v{modules}H0z"/><path d="{path}"/></svg>'
    ).encode()


def qr_terminal(text: str, *, ground: Literal["dark", "light"] = "dark", encoding: str = "utf-8") -> str:
    """Return the QR of `text` as lines to print, without colours.

    `ground` is the terminal's background, so that the picture comes out dark on light. Half blocks put two modules
    into each character; where `encoding`, standard output's, lacks them, `##` is drawn for each.
    Raises ValueError if `text` is too long.
    """
    inked = [[dark != (ground == "dark") for dark in row] for row in _matrix(text)]
    try:
        "█▀▄".encode(encoding)
    except UnicodeEncodeError:
        return "".join("".join("##" if ink else "  " for ink in row) + "\n" for row in inked)
    # The matrix has an odd number of rows: under the last one lies ground without ink.
    pairs = zip(inked[::2], [*inked[1::2], [False] * len(inked)], strict=True)
    return "".join("".join(" ▀▄█"[up + 2 * low] for up, low in zip(*pair, strict=True)) + "\n" for pair in pairs)


class Picture(msgspec.Struct, frozen=True):
    """A picture ready to be sent: its bytes, their media type, and a strong ETag, with its quotation marks."""

    body: bytes
    content_type: str
    etag: str


class QrImages:
    """Makes QR pictures in a thread, keeps the last ones used, and makes each only once for all who wait for it.

    `max_bytes` bounds what is kept, `max_waiting` how many different pictures may be in the making at once.
    """

    def __init__(self, max_bytes: int = 16 * 1024 * 1024, max_waiting: int = 200) -> None:
        self._max_bytes = max_bytes
        self._max_waiting = max_waiting
        self._executor: ThreadPoolExecutor | None = None
        self._kept: OrderedDict[_Key, Picture] = OrderedDict()
        self._kept_bytes = 0
        self._making: dict[_Key, asyncio.Future[Picture]] = {}

    def start(self) -> None:
        """Get ready to make pictures."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    async def stop(self) -> None:
        """Finish the picture in hand, and cancel those that have not begun."""
        if self._executor:
            executor, self._executor = self._executor, None
            await asyncio.to_thread(executor.shutdown, cancel_futures=True)

    async def get(self, text: str, form: Format = "png", size: int | None = None) -> Picture:
        """Return the picture of `text`: a PNG of `size` pixels (see `qr_png`), or an SVG, which has no size.

        Raises SlowDown while too many wait, ValueError if `text` is too long, and RuntimeError unless started.
        """
        key = (text, form, min(size, LARGEST_PX) if size and form == "png" else None)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        making = self._making.get(key) or self._begin(key)
        # Whoever hangs up must not take the picture from the others.
        return await asyncio.shield(making)

    def _begin(self, key: _Key) -> asyncio.Future[Picture]:
        if self._executor is None:
            raise RuntimeError("Pictures.start() comes first")
        if len(self._making) >= self._max_waiting:
            raise SlowDown("too many pictures are being made", after_s=1)
        making = asyncio.get_running_loop().run_in_executor(self._executor, _draw, *key)
        self._making[key] = making
        making.add_done_callback(lambda done: self._finish(key, done))
        return making

    def _finish(self, key: _Key, done: asyncio.Future[Picture]) -> None:
        del self._making[key]
        if done.cancelled() or done.exception():
            return
        self._kept[key] = done.result()
        self._kept_bytes += _cost(key[0], done.result())
        while self._kept_bytes > self._max_bytes:
            (text, _, _), oldest = self._kept.popitem(last=False)
            self._kept_bytes -= _cost(text, oldest)


def _matrix(text: str) -> Matrix:
    """Return the modules of `text` row by row, quiet zone included; True is dark."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES, mask_pattern=MASK)
    code.add_data(text, optimize=0)
    code.make()
    matrix: Matrix = code.get_matrix()
    return matrix


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Start and length of each unbroken run of dark modules."""
    starts = [x for x, dark in enumerate(row) if dark and not row[x - 1]]
    return [(x, row.index(False, x) - x) for x in starts]


def _draw(text: str, form: Format, size: int | None) -> Picture:
    body = qr_svg(text) if form == "svg" else qr_png(text, size)
    content_type = "image/svg+xml" if form == "svg" else "image/png"
    return Picture(body, content_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _cost(text: str, picture: Picture) -> int:
    """Estimate the memory that a kept picture takes, in bytes: Python's objects are some 1,000 of them."""
    return len(picture.body) + len(text) + 1_000
