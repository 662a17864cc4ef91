"""The examples of a page: what stands in its fenced blocks, how it is run, and whether an answer is as the page says.

A block of bash, js or python is an example; the json block that follows it, with nothing but other examples between,
is the answer to it. A block marked `setup` goes before every later example of its language, one marked `client` runs
on and on and is none; one of any other language is not run. In an answer "…" stands for any text, in a list for any
more items, as a key for any more keys.
"""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LANGUAGES = ("bash", "js", "python")
ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs"
HUB_IN_PAGES = "https://hub.example.org"
MORE = "…"
LONGEST_S = 30

VARYING = frozenset(
    {
        "seq",
        "epoch",
        "kid",
        "salt",
        "api_key",
        "seconds_ago",
        "token",
        "access_token",
        "prefix",
        "key",
        "nonce",
        "request_id",
    }
)
"""Fields that are never the same twice: compared by type."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOW = re.compile(r"20[0-8]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?=Z|[+-]\d\d:\d\d)")


class Example(NamedTuple):
    """A block that is run, where it stands, and the answer that the page shows for it, if any."""

    page: str
    line: int
    language: str
    code: str
    setup: str
    answer: Any

    def names(self, known: frozenset[str] | set[str]) -> set[str]:
        """Return which of the names in capitals it uses, itself or by what its setup makes of them."""
        if self.language == "bash":
            return set(re.findall(r"\$([A-Z_]+)", self.code)) & known
        by_setup = {"KEY"} if re.search(r"\b(headers|hub)\b", self.code) else set()
        return (set(re.findall(r"\b[A-Z_]{3,}\b", self.code)) | by_setup) & known

    @property
    def label(self) -> str:
        """Page, line and language of the example."""
        return f"{self.page}:{self.line}:{self.language}"


def examples_of(path: Path) -> list[Example]:
    """Return the examples of a page, in order."""
    text = path.read_text()
    setup = dict.fromkeys(LANGUAGES, "")
    found: list[Example] = []
    unanswered = end = 0
    for match in FENCE.finditer(text):
        language, mark, code = match.groups()
        line = text[: match.start()].count("\n") + 2
        if text[end : match.start()].strip():
            unanswered = len(found)
        end = match.end()
        if language == "json":
            assert unanswered < len(found), f"{path.name}:{line} is the answer to nothing"
            answer = json.loads(code)
            found[unanswered:] = [example._replace(answer=answer) for example in found[unanswered:]]
            unanswered = len(found)
        elif language in LANGUAGES and mark == "setup":
            setup[language] += code
        elif language in LANGUAGES and mark != "client":
            found.append(Example(path.name, line, language, code, setup[language], None))
    return found


def clients_of(path: Path) -> list[Example]:
    """Return the blocks of a page that are whole clients."""
    found = [match.groups() for match in FENCE.finditer(path.read_text())]
    return [Example(path.name, 0, language, code, "", None) for language, mark, code in found if mark == "client"]


def command_of(language: str, code: str) -> list[str]:
    """Return the command that runs `code`."""
    match language:
        case "bash":
            return ["bash", "-euo", "pipefail", "-c", code]
        case "js":
            return ["node", *node_flags(), "--input-type=module", "--eval", code]
        case _:
            return [sys.executable, "-c", code]


@cache
def node_flags() -> list[str]:
    """Return what node needs to know a browser's WebSocket: it has it by itself from version 22 on."""
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return [] if int(version.strip().removeprefix("v").split(".")[0]) >= 22 else ["--experimental-websocket"]


def environment(variables: dict[str, str]) -> dict[str, str]:
    """Return what an example finds in its environment: its variables, and no proxy."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {**kept, "NO_PROXY": "*", **variables}


def run(example: Example, variables: dict[str, str], folder: Path) -> str:
    """Run an example and return what it prints."""
    done = subprocess.run(
        command_of(example.language, example.setup + example.code),
        cwd=folder,
        env=environment(variables),
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def differences(shown: Any, got: Any, path: str = "$") -> list[str]:
    """Return where an answer is not as the page shows it; empty where it is."""
    if isinstance(shown, dict) and isinstance(got, dict):
        return _differing_keys(shown, got, path)
    if isinstance(shown, list) and isinstance(got, list):
        return _differing_items(shown, got, path)
    if path.rpartition(".")[2] in VARYING and type(shown) is type(got):
        return []
    if isinstance(shown, str) and isinstance(got, str):
        pattern = ".*".join(re.escape(part) for part in _plain(shown).split(MORE))
        return [] if re.fullmatch(pattern, _plain(got), re.DOTALL) else [f"{path}: {shown!r} is shown, got {got!r}"]
    return [] if shown == got and type(shown) is type(got) else [f"{path}: {shown!r} is shown, got {got!r}"]


def _differing_keys(shown: dict[str, Any], got: dict[str, Any], path: str) -> list[str]:
    wrong = [f"{path}.{key}: is shown, and not there" for key in shown.keys() - got.keys() - {MORE}]
    if MORE not in shown:
        wrong += [f"{path}.{key}: is there, and not shown" for key in got.keys() - shown.keys()]
    for key in shown.keys() & got.keys():
        wrong += differences(shown[key], got[key], f"{path}.{key}")
    return wrong


def _differing_items(shown: list[Any], got: list[Any], path: str) -> list[str]:
    if MORE in shown:
        items = [item for item in shown if item != MORE]
        return [f"{path}: nothing there like {item}" for item in items if all(differences(item, one) for one in got)]
    if len(shown) != len(got):
        return [f"{path}: {len(shown)} items are shown, got {len(got)}"]
    return [
        wrong for n, pair in enumerate(zip(shown, got, strict=True)) for wrong in differences(*pair, f"{path}[{n}]")
    ]


def _plain(text: str) -> str:
    """Return `text` with what is never the same twice made the same: ids, and times of today."""
    return NOW.sub("<time>", UUID.sub("<uuid>", text))
