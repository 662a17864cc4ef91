"""Blocks of the pages: each is run by a test, or listed here with why not; commands that are named exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from run import main
from tests.docs.examples import PAGES, ROOT, clients_of
from tests.docs.test_examples import EXEMPLARY

EVERY_PAGE = [*ROOT.glob("*.md"), *sorted(PAGES.rglob("*.md")), *(ROOT / "examples").glob("*.md")]
BLOCK = re.compile(r"^( *)```(\w*)(?: (\w+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
ASSIGNED = re.compile(r"\b[A-Z_]+=\S+ ")
"""A variable that is set for a command."""
RUN = ("bash", "js", "python", "json")
"""Languages of blocks that `test_examples.py` runs on its pages, or holds answers to."""
DRAWING = "a drawing"
ON_A_SERVER = "changes the machine: installs packages, or needs a domain; its commands and options are checked below"
FRAMES = "frames with gaps, not whole messages: their shapes are tests/handlers/openapi/test_async_document.py's"
NOT_RUN = {
    ("architecture.md", "phone                 any hub process"): DRAWING,
    ("architecture.md", "journal --- bell, or a look every 5 s ---> router"): DRAWING,
    ("deploy.md", "make dist                                            # on any machine"): ON_A_SERVER,
    ("deploy.md", "apt-get install -y python3-venv"): ON_A_SERVER,
    ("deploy.md", "certbot certonly"): ON_A_SERVER,
    ("deploy.md", "make dist\n"): ON_A_SERVER,
    ("deploy.md", 'db.getSiblingDB("scanhub").createUser'): "asks for a password; replica-set.js does the same",
    ("live-protocol.md", '> {"type": "hello"'): FRAMES,
    ("live-protocol.md", '> {"type": "subscribe"'): FRAMES,
    ("live-protocol.md", '< {"type": "subscribed"'): FRAMES,
    ("live-protocol.md", '< {"type": "occupancy"'): FRAMES,
    ("live-protocol.md", '{"kind": "ticket.scanned"'): FRAMES,
    ("operating.md", "python3 -m venv /opt/scan-hub"): "tests/end_to_end/test_installed.py installs the wheel so",
    (
        "operating.md",
        "scrape_configs:",
    ): "a file of Prometheus; tests/handlers/api/test_operations.py tests the key",
    ("operating.md", "python run.py check"): "tests/hub/checks runs it",
    ("operating.md", "python run.py backup"): "tests/store/backup runs them",
    ("operating.md", "15 4 * * *"): "a line of crontab",
    ("operating.md", "python run.py user list"): "asks for passwords; tests/end_to_end/test_user_shell.py runs them",
    ("security.md", "python run.py secret rotate"): "tests/hub/process/test_rotation.py runs them",
    ("translating.md", "# Comments like this one"): "a message of a catalogue",
    ("webhooks.md", "POST /scans HTTP/1.1"): "a request with gaps; tests/hub/webhooks holds its parts",
}
"""Why a block is not run, by its page and how it begins."""


class Block(NamedTuple):
    """A fenced block of a page."""

    page: Path
    language: str
    mark: str | None
    indent: str
    code: str

    @property
    def is_run(self) -> bool:
        """Whether `test_examples.py` or `test_live_clients.py` runs it, or compares with it."""
        is_client = self.mark == "client" and any(self.code == each.code for each in clients_of(self.page))
        return not self.indent and self.language in RUN and (self.page in EXEMPLARY or is_client)


def blocks() -> Iterator[Block]:
    for page in EVERY_PAGE:
        for indent, language, mark, code in BLOCK.findall(page.read_text()):
            yield Block(page, language, mark or None, indent, code)


def test_each_block_is_run_or_listed_with_a_reason() -> None:
    left = [block for block in blocks() if not block.is_run]
    used = {key for block in left for key in NOT_RUN if key[0] == block.page.name and begins(block, key[1])}
    unlisted = [
        f"{block.page.name}: {block.code[:60]!r}"
        for block in left
        if not any(key[0] == block.page.name and begins(block, key[1]) for key in NOT_RUN)
    ]
    assert unlisted == [], "run it in a test (tests/docs/test_examples.py), or say in NOT_RUN why not"
    assert used == NOT_RUN.keys(), "no such block is left out any more"


def begins(block: Block, text: str) -> bool:
    return block.code.lstrip().startswith(text)


def pieces(page: Path) -> Iterator[str]:
    """Yield the lines of a page's blocks, and what stands in it as code within the text."""
    text = page.read_text()
    yield from (line for _, _, _, code in BLOCK.findall(text) for line in code.splitlines())
    yield from INLINE.findall(BLOCK.sub("", text))


def commands(page: Path, pattern: str) -> Iterator[list[str]]:
    """Yield the words after a command's name, up to the end of the command, wherever `page` names it."""
    for piece in pieces(page):
        for rest in re.findall(pattern, ASSIGNED.sub("", piece.partition(" #")[0])):
            words = re.split(r"[;|&>]|\.\.\.|…", rest)[0]
            yield shlex.split(words) if words.count('"') % 2 == 0 else words.split()


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_commands_of_the_hub_and_their_options_are_as_a_page_names_them(page: Path) -> None:
    named = commands(page, r"(?:^|[ /])(?:run\.py|scan-hub) +([a-z].*)")
    assert [" ".join(words) for words in named if words and unknown(words)] == []


def unknown(words: list[str]) -> list[str]:
    """Return what the command line does not know of these words."""
    command: click.Command = main
    rest = list(words)
    while isinstance(command, click.Group):
        if not rest or rest[0] not in command.commands:
            return rest[:1]
        command = command.commands[rest.pop(0)]
    options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    return [word for word in rest if word.startswith("--") and word.partition("=")[0] not in options]


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_targets_of_make_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {words[0] for words in commands(page, r"^make +([a-z].*)") if words}
    assert named <= targets


def test_a_command_that_is_not_there_is_seen() -> None:
    assert unknown(["serve", "--port", "1"]) == []
    assert unknown(["serve", "--prot", "1"]) == ["--prot"]
    assert unknown(["user", "ad"]) == ["ad"]
    assert unknown(["backup", "file", "--key-file", "k"]) == []
