"""Network namespaces of Linux: hub and relay as on machines of their own, and a line between them to be taken down.

The doors are in the namespace of this process, with a link to each of the two; a third link is the line. Needs root and
`ip` (iproute2).
"""

import contextlib
import ctypes
import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

from tests.faults.relay_soak.phones import SideName

T = TypeVar("T")

NEW_NETWORK = 0x40000000
"""`CLONE_NEWNET` of setns(2)."""
LINE = "scanhub-line"


class Place(NamedTuple):
    """Machine of one side: its namespace (None: this one), and the address at which doors reach it."""

    namespace: str | None
    address: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """What a command begins with to run there."""
        return () if self.namespace is None else ("ip", "netns", "exec", self.namespace)

    @property
    def settings(self) -> Mapping[str, str]:
        """Settings of a hub that doors reach there."""
        own = {"HUB_HOST": "0.0.0.0", "HUB_BASE_URL": f"https://{self.namespace}.example.org"}
        return {} if self.namespace is None else own

    def run(self, call: Callable[[], T]) -> T:
        """Call a function within the namespace, in a thread of its own; what it opens stays there."""
        if self.namespace is None:
            return call()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(_enter, self.namespace).result()
            return thread.submit(call).result()

    def listen(self) -> socket.socket:
        """Return a socket that listens on a free port of the machine's loopback."""
        return self.run(lambda: socket.create_server(("127.0.0.1", 0)))


class Network(NamedTuple):
    """Machines of both sides, and the address by which the line reaches the hub."""

    hub: Place
    relay: Place
    line: str

    def place(self, name: SideName) -> Place:
        """Return the machine of a side."""
        return self.hub if name == "hub" else self.relay


LOOPBACK = Network(Place(None, "127.0.0.1"), Place(None, "127.0.0.1"), "127.0.0.1")
"""All on one machine."""


@contextlib.contextmanager
def two_machines() -> Iterator[Network]:
    """Give a hub and a relay namespaces of their own, for the `with` block."""
    names = ("scanhub-hub", "scanhub-relay")
    try:
        for name in names:
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _link("scanhub-doors", names[0], 1)
        _link("scanhub-hall", names[1], 2)
        _link(LINE, names[0], 3)
        yield Network(Place(names[0], "10.77.1.2"), Place(names[1], "10.77.2.2"), "10.77.3.2")
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


def set_line(state: str) -> None:
    """Take the line `down`, so that packets vanish without a word, or `up`."""
    _ip("link", "set", LINE, state)


def _link(name: str, namespace: str, number: int) -> None:
    """Make a link between this namespace and another, with the addresses 10.77.`number`.1 and .2."""
    there = f"{name[:11]}-far"
    _ip("link", "add", name, "type", "veth", "peer", "name", there, "netns", namespace)
    _ip("address", "add", f"10.77.{number}.1/30", "dev", name)
    _ip("link", "set", name, "up")
    _ip("-n", namespace, "address", "add", f"10.77.{number}.2/30", "dev", there)
    _ip("-n", namespace, "link", "set", there, "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def _enter(namespace: str) -> None:
    """Move the calling thread into a namespace."""
    descriptor = os.open(Path("/run/netns") / namespace, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, NEW_NETWORK) != 0:
            raise OSError(ctypes.get_errno(), "the namespace cannot be entered")
    finally:
        os.close(descriptor)
