"""Packages that are served without their comments are the same programs."""

from pathlib import Path

from handlers.pages.vendor import COMMENTED, without_comments
from tests.web.node import asking, needs_node

pytestmark = needs_node


def test_a_script_without_its_comments_has_the_same_tokens(tmp_path: Path) -> None:
    with asking("tokens.mjs") as tokens:
        for path in COMMENTED:
            bare = tmp_path / "bare.js"
            bare.write_bytes(without_comments(str(path)))
            of_both = tokens(str(bare)), tokens(str(path))
            assert of_both[0] == of_both[1]
            assert int(of_both[0].split()[0]) > 1000
            assert bare.stat().st_size < 0.7 * path.stat().st_size
