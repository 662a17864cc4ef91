"""The two whole clients of docs/live-protocol.md, as they stand there, on a hub whose process is killed under them."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.docs.examples import PAGES, Example, clients_of, command_of, environment
from tests.docs.night import Night
from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S, until

CLIENTS = clients_of(PAGES / "live-protocol.md")


class Client:
    """A client that runs, and what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", printed: Path) -> None:
        self.process = process
        self._printed = printed

    @property
    def text(self) -> str:
        return self._printed.read_text()

    @property
    def lines(self) -> list[list[str]]:
        return [line.split() for line in self.text.splitlines()]

    @property
    def last(self) -> int:
        return int(self.lines[-1][0]) if self.lines else 0


@contextmanager
def running(example: Example, variables: dict[str, str], folder: Path) -> Iterator[Client]:
    printed = folder / f"{example.language}.txt"
    with printed.open("w") as out:
        command = command_of(example.language, example.code)
        process = subprocess.Popen(command, env=environment(variables), stdout=out, stderr=subprocess.STDOUT)
        try:
            yield Client(process, printed)
        finally:
            process.kill()
            process.wait()


def test_there_is_a_client_in_each_language() -> None:
    assert [client.language for client in CLIENTS] == ["js", "python"]


def test_clients_print_each_entry_once_though_the_hub_is_killed(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    variables = night.prepare(["HUB", "KEY", "EVENT"])
    with ExitStack() as stack:
        clients = [stack.enter_context(running(client, variables, tmp_path)) for client in CLIENTS]

        def have(seq: int) -> None:
            until(lambda: all(client.last >= seq for client in clients), f"both have {seq}; see {tmp_path}")

        have(1)
        have(night.scan(night.ticket["code"])["seq"])
        before = site.workers()
        site.kill_workers()
        until(lambda: bool(site.workers() - before) and site.is_ready(), "the hub serves again")
        have(night.scan(night.ticket["code"])["seq"])
        for client in clients:
            seqs = [int(seq) for seq, *_ in client.lines]
            assert seqs == list(range(seqs[0], seqs[0] + len(seqs))), client.text
            told = [kind for _, kind, *_ in client.lines]
            assert told.count("snapshot") == 1
            assert (told.count("ticket.scanned"), told.count("ticket.denied")) == (1, 1)


@pytest.mark.parametrize("example", CLIENTS, ids=lambda example: example.language)
def test_client_that_is_not_wanted_does_not_come_back(example: Example, site: Site, tmp_path: Path) -> None:
    variables = {"HUB": site.url, "KEY": "nobody.0123456789abcdef0123456789abcdef", "EVENT": "e"}
    with running(example, variables, tmp_path) as client:
        client.process.wait(timeout=PATIENCE_S)
        assert "bad_key" in client.text
        assert "not wanted back: 4501" in client.text
