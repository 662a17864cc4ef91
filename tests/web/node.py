"""A script of node that answers each line of JSON with a line, kept running for many questions."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

needs_node = pytest.mark.skipif(shutil.which("node") is None and "CI" not in os.environ, reason="needs node")


@contextmanager
def asking(script: str | Path, *args: str) -> Iterator[Callable[[Any], str]]:
    """Yield a function that asks a script, named alone one of this folder, and returns its line."""
    path = Path(__file__).parent / script
    with subprocess.Popen(["node", str(path), *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as node:
        stdin, stdout = node.stdin, node.stdout
        assert stdin is not None and stdout is not None

        def ask(question: Any) -> str:
            stdin.write(msgspec.json.encode(question) + b"\n")
            stdin.flush()
            return stdout.readline().decode().strip()

        yield ask
        stdin.close()
