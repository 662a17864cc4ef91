"""The tour: its script makes every picture that pages name, small ones, and no page names another."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.docs.examples import PAGES, ROOT
from tests.docs.tour import FOLDER
from tests.end_to_end.site import CHROMIUM

NAMED = re.compile(r"!\[[^\]]+\]\((?:docs/)?tour/([\w-]+\.png)\)|<img src=\"docs/tour/([\w-]+\.png)\"")
MOST_BYTES, MOST_PICTURES = 150_000, 8
LONGEST_S = 540


def named(page: Path) -> set[str]:
    return {one or other for one, other in NAMED.findall(page.read_text())}


def size_of(picture: Path) -> tuple[str, tuple[int, int]]:
    with Image.open(picture) as opened:
        return picture.name, opened.size


def test_pages_name_the_pictures_that_there_are() -> None:
    kept = {picture.name for picture in FOLDER.glob("*")}
    assert named(PAGES / "tour.md") == kept and len(kept) <= MOST_PICTURES
    assert len(named(ROOT / "README.md")) == 4 and named(ROOT / "README.md") <= kept
    assert all(picture.stat().st_size < MOST_BYTES for picture in FOLDER.glob("*"))


@pytest.mark.long
def test_script_makes_every_picture_as_it_is_kept(tmp_path: Path) -> None:
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("needs chromium: tests/install-browser")
    command = [sys.executable, "-m", "tests.docs.tour", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S)
    assert done.returncode == 0, done.stderr[-3000:]
    assert {picture.name for picture in tmp_path.glob("*")} == named(PAGES / "tour.md")
    assert all(picture.stat().st_size < MOST_BYTES for picture in tmp_path.glob("*"))
    assert {size_of(picture) for picture in tmp_path.glob("*")} == {size_of(picture) for picture in FOLDER.glob("*")}
