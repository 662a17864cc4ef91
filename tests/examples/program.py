"""Programs of `examples/`, run as their heads say: in a process of their own, by what is typed and printed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.docs.examples import ROOT, environment
from tests.eventually import until

EXAMPLES = ROOT / "examples"


class Program:
    """A program that runs."""

    def __init__(self, process: "subprocess.Popen[str]", printed: Path) -> None:
        self.process = process
        self._printed = printed

    def type(self, line: str) -> None:
        """Type a line, as a reader does."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    @property
    def lines(self) -> list[str]:
        return self._printed.read_text().splitlines()

    def prints(self, count: int) -> list[str]:
        """Return the lines that it prints, as soon as there are so many."""
        until(lambda: len(self.lines) >= count, f"{count} lines are printed; see {self._printed}")
        return self.lines


@contextmanager
def running(name: str, *arguments: str, folder: Path, **variables: str) -> Iterator[Program]:
    """Give a program that runs until the block ends."""
    printed = folder / f"{name}.txt"
    with printed.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / name), *arguments],
            cwd=folder,
            env=environment(variables),
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield Program(process, printed)
        finally:
            process.kill()
            process.communicate()


def run(name: str, *arguments: str, typed: str, folder: Path, **variables: str) -> tuple[int, list[str]]:
    """Run a program to its end on what is typed; return its exit code and what it prints."""
    with running(name, *arguments, folder=folder, **variables) as program:
        program.process.communicate(typed)
        return program.process.returncode, program.lines
