"""Environment of workers: few heaps of the C library, for flat memory, unless an operator says otherwise."""

import pytest

from hub.process.supervisor import environ_of_worker
from hub.settings import Settings


@pytest.mark.parametrize(("given", "heaps"), [({}, "2"), ({"MALLOC_ARENA_MAX": "8"}, "8")], ids=["none", "eight"])
def test_a_worker_has_two_heaps_unless_its_operator_says_how_many(given: dict[str, str], heaps: str) -> None:
    environ = environ_of_worker(Settings(port=9000), {"PATH": "/bin", **given})
    assert environ["MALLOC_ARENA_MAX"] == heaps
    assert (environ["PATH"], environ["HUB_PORT"]) == ("/bin", "9000")
