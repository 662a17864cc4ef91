import asyncio
import io
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
import zxingcpp
from PIL import Image, ImageOps

from hub.door.codes import make_key, sign
from hub.errors import SlowDown
from hub.formats.qr_images import Picture, QrImages, qr_png, qr_svg, qr_terminal

CODE = sign("2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111", 1, make_key("gala"))
PAIRING = "https://hub.example.org/scan/Jx8gW1p2v7kQbT4nR9sLzA3c/pair"
MODULES = 53 + 2 * 4  # a QR of version 9, which a code fits, with its quiet zone


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def read(picture: Image.Image) -> str:
    """The text of the one QR in `picture`, read as it stands: dark on light, upright."""
    (found,) = zxingcpp.read_barcodes(picture, try_invert=False, try_rotate=False)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level == "M"
    return found.text


def raster(svg: str, module_px: int = 4) -> Image.Image:
    """Draw the SVG's runs of dark modules, each `Mx yhNv1h-Nz`, on white."""
    modules = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])  # type: ignore[index]
    picture = Image.new("L", (modules, modules), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        picture.paste(0, (int(x), int(y), int(x) + int(length), int(y) + 1))
    return picture.resize((modules * module_px,) * 2, Image.Resampling.NEAREST)


def on_screen(text: str, ink: int, cells: Mapping[str, tuple[int, ...]], width: int) -> Image.Image:
    """Draw terminal text: `cells` says which of a character's parts, over one another, have ink."""
    lines = text.splitlines()
    parts = len(cells[" "])
    picture = Image.new("L", (len(lines[0]) // width, len(lines) * parts), 255 - ink)
    for y, line in enumerate(lines):
        for x, char in enumerate(line[::width]):
            for part, has_ink in enumerate(cells[char]):
                if has_ink:
                    picture.putpixel((x, y * parts + part), ink)
    # A terminal's window goes on around the picture.
    return ImageOps.expand(picture.resize((picture.width * 4, picture.height * 4), 0), 8, 255 - ink)


@pytest.mark.parametrize(
    ("size", "side"),
    [
        (None, MODULES * 8),
        (1, MODULES * 4),
        (MODULES * 4 - 1, MODULES * 4),
        (MODULES * 4, MODULES * 4),
        (300, 300),
        (MODULES * 5 - 1, MODULES * 5 - 1),
        (1001, 1001),
        (2048, 2048),
        (1_000_000, 2048),
    ],
)
def test_a_png_is_read_back_and_has_the_size_asked_for(size: int | None, side: int) -> None:
    picture = opened(qr_png(CODE, size))
    assert picture.size == (side, side)
    assert read(picture) == CODE


@pytest.mark.parametrize("size", [None, 1, 300, 1001])
def test_modules_are_whole_and_the_quiet_zone_is_four_of_them(size: int | None) -> None:
    picture = opened(qr_png(CODE, size))
    module = picture.width // MODULES
    left, top, right, bottom = ImageOps.invert(picture).getbbox() or (0, 0, 0, 0)
    assert module >= 4
    assert right - left == bottom - top == 53 * module
    margins = [left, top, picture.width - right, picture.height - bottom]
    assert min(margins) >= 4 * module
    assert max(margins) - min(margins) <= 1


def test_the_same_text_gives_the_same_bytes() -> None:
    assert qr_png(CODE, 600) == qr_png(CODE, 600)
    assert qr_svg(CODE) == qr_svg(CODE)
    assert qr_png(CODE) != qr_png(CODE[:-1])


@pytest.mark.parametrize("text", [CODE, PAIRING, "1", "x" * 500, "Zoë"])
def test_any_text_is_read_back_from_png_and_svg(text: str) -> None:
    assert read(opened(qr_png(text))) == text
    assert read(opened(qr_png(text, 1))) == text
    assert read(raster(qr_svg(text).decode())) == text


def test_png_and_svg_show_the_same_modules() -> None:
    assert raster(qr_svg(CODE).decode(), 8).tobytes() == opened(qr_png(CODE)).tobytes()


@pytest.mark.parametrize("draw", [qr_png, qr_svg, qr_terminal])
def test_a_text_too_long_for_any_qr_is_an_error(draw: type) -> None:
    with pytest.raises(ValueError):
        draw("x" * 3000)


@pytest.mark.parametrize(("ground", "ink"), [("dark", 255), ("light", 0)])
def test_a_terminals_picture_is_read_on_either_ground(ground: str, ink: int) -> None:
    blocks = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    drawn = qr_terminal(PAIRING, ground="dark" if ground == "dark" else "light")
    assert read(on_screen(drawn, ink, blocks, width=1)) == PAIRING
    plain = qr_terminal(PAIRING, ground="dark" if ground == "dark" else "light", encoding="ascii")
    assert plain.isascii()
    assert read(on_screen(plain, ink, {" ": (0,), "#": (1,)}, width=2)) == PAIRING


def test_a_pairing_qr_fits_a_terminal_of_80_columns() -> None:
    lines = qr_terminal(PAIRING).splitlines()
    assert len(lines) <= 24
    assert {len(line) for line in lines} == {41}


@asynccontextmanager
async def running(pictures: QrImages) -> AsyncIterator[QrImages]:
    pictures.start()
    try:
        yield pictures
    finally:
        await pictures.stop()


@pytest.mark.gen_test
async def test_a_picture_comes_with_its_type_and_an_etag_of_its_bytes() -> None:
    async with running(QrImages()) as pictures, running(QrImages()) as others:
        png, large, svg = [await pictures.get(CODE, *rest) for rest in (("png",), ("png", 600), ("svg",))]
        assert (png.body, png.content_type) == (qr_png(CODE), "image/png")
        assert (svg.body, svg.content_type) == (qr_svg(CODE), "image/svg+xml")
        assert large.body == qr_png(CODE, 600)
        assert len({png.etag, large.etag, svg.etag}) == 3
        assert re.fullmatch('"[0-9a-f]{32}"', png.etag)
        assert (await others.get(CODE)).etag == png.etag


@pytest.mark.gen_test
async def test_a_picture_is_made_once_for_all_who_ask() -> None:
    async with running(QrImages(max_waiting=1)) as pictures:
        first = await asyncio.gather(*(pictures.get(CODE, "png", size) for size in [2048, 5000] * 10))
        again = await pictures.get(CODE, "png", 2048)
        assert all(picture is again for picture in first)


@pytest.mark.gen_test
async def test_one_who_hangs_up_does_not_take_the_picture_from_the_others() -> None:
    async with running(QrImages(max_waiting=1)) as pictures:
        leaving, staying = (asyncio.create_task(pictures.get(CODE)) for _ in range(2))
        await asyncio.sleep(0)
        leaving.cancel()
        assert (await staying).body == qr_png(CODE)
        assert leaving.cancelled()


@pytest.mark.gen_test
async def test_pictures_not_used_for_longest_are_let_go() -> None:
    async with running(QrImages(max_bytes=6_000)) as pictures:
        used, unused = await pictures.get("1"), await pictures.get("2")
        for text in "345678":
            await pictures.get(text)
            assert await pictures.get("1") is used
        assert await pictures.get("2") is not unused


@pytest.mark.gen_test
async def test_a_picture_larger_than_the_cache_is_made_but_not_kept() -> None:
    async with running(QrImages(max_bytes=100)) as pictures:
        first = await pictures.get(CODE)
        assert first == await pictures.get(CODE)
        assert first is not await pictures.get(CODE)


@pytest.mark.gen_test
async def test_who_comes_while_too_many_wait_is_asked_to_come_later() -> None:
    async with running(QrImages(max_waiting=1)) as pictures:
        making = asyncio.create_task(pictures.get("1"))
        await asyncio.sleep(0)
        with pytest.raises(SlowDown):
            await pictures.get("2")
        await making
        assert await pictures.get("2")


@pytest.mark.gen_test
async def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    async with running(QrImages(max_waiting=1)) as pictures:
        answers = await asyncio.gather(*(pictures.get("x" * 3000) for _ in range(3)), return_exceptions=True)
        assert [type(answer) for answer in answers] == [ValueError] * 3
        assert isinstance(await pictures.get(CODE), Picture)


@pytest.mark.gen_test
async def test_stopping_cancels_what_has_not_begun() -> None:
    pictures = QrImages()
    pictures.start()
    waiting = [asyncio.create_task(pictures.get(str(number), "png", 2048)) for number in range(20)]
    await asyncio.sleep(0)
    await pictures.stop()
    await asyncio.wait(waiting)
    assert waiting[-1].cancelled()
    with pytest.raises(RuntimeError):
        await pictures.get(CODE)
    await pictures.stop()
