"""An event's picture on its passes: in Apple's sizes, with an event's name that can be read on it."""

import io
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from hub.wallet.apple.artwork import GROUNDS
from hub.wallet.apple.artworks import Artwork
from hub.wallet.apple.check_pictures import check_pictures
from hub.wallet.apple.event_picture import picture_files
from tests.hub.wallet.event_pictures import a_picture

SCALES = {"": 1, "@2x": 2, "@3x": 3}


def sizes_of(files: dict[str, bytes]) -> dict[str, tuple[int, int]]:
    return {name: Image.open(io.BytesIO(content)).size for name, content in files.items()}


def colour_at(png: bytes, place: tuple[int, int]) -> tuple[int, ...]:
    with Image.open(io.BytesIO(png)) as picture:
        colour = picture.convert("RGB").getpixel(place)
    assert isinstance(colour, tuple)
    return colour


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance of a colour (WCAG)."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("size", [(1600, 900), (1600, 1066), (300, 200), (1600, 100)], ids=str)
def test_a_wide_picture_is_the_strip_in_apples_sizes(size: tuple[int, int]) -> None:
    files = picture_files(a_picture("teal", size))
    assert sizes_of(files) == {"strip.png": (375, 98), "strip@2x.png": (750, 196), "strip@3x.png": (1125, 294)}


@pytest.mark.parametrize(
    ("size", "shown"),
    [((800, 800), (90, 90)), ((800, 1000), (72, 90)), ((1000, 800), (90, 72)), ((100, 1600), (60, 90))],
    ids=str,
)
def test_a_square_or_tall_picture_is_a_thumbnail_and_no_strip(size: tuple[int, int], shown: tuple[int, int]) -> None:
    sizes = sizes_of(picture_files(a_picture("teal", size)))
    assert sizes == {f"thumbnail{name}.png": (shown[0] * n, shown[1] * n) for name, n in SCALES.items()}


def test_a_pass_has_a_strip_or_a_thumbnail_and_wallet_refuses_none_of_its_pictures() -> None:
    for size in ((1600, 900), (900, 1600)):
        files = Artwork("a hash", GROUNDS[0], a_picture("teal", size)).files
        kinds = {name.split(".")[0].split("@")[0] for name in files}
        assert kinds == {"icon", "logo", "strip" if size[0] > size[1] else "thumbnail"}
        assert list(check_pictures(files)) == []


@given(st.tuples(*[st.integers(0, 255)] * 3))
@example((255, 255, 255))
@example((255, 255, 0))
@example((0, 255, 255))
def test_an_events_name_is_read_in_white_on_every_picture(colour: tuple[int, int, int]) -> None:
    strip = picture_files(a_picture(colour, (300, 150)))["strip.png"]
    assert 1.05 / (luminance(colour_at(strip, (20, 20))) + 0.05) >= 3


def test_a_dark_picture_stays_as_it_is() -> None:
    strip = picture_files(a_picture((20, 30, 60), (800, 400)))["strip@2x.png"]
    assert all(abs(had - has) <= 3 for had, has in zip((20, 30, 60), colour_at(strip, (300, 90)), strict=True))


def test_the_pictures_of_a_pass_stay_small_whatever_they_show() -> None:
    noise = Image.effect_noise((1600, 900), 100).convert("RGB")
    for x, y in product(range(0, 1600, 100), range(0, 900, 100)):
        noise.paste((x * 255 // 1600, y * 255 // 900, 128), (x, y, x + 50, y + 50))
    out = io.BytesIO()
    noise.save(out, "JPEG")
    assert sum(len(content) for content in picture_files(out.getvalue()).values()) < 700_000


@pytest.mark.parametrize("broken", [b"", b"no picture", a_picture("red", (800, 400))[:400]], ids=len)
def test_a_picture_that_cannot_be_read_costs_no_pass(broken: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert Artwork("a hash", GROUNDS[0], broken).files == Artwork("", GROUNDS[0], None).files
    assert "cannot be read" in caplog.text
