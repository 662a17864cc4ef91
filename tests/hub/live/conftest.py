from collections.abc import Iterator

import pytest
from tornado.ioloop import IOLoop

from tests.hub.live.small_hub import FAST, SmallHub


@pytest.fixture
def small_hub(io_loop: IOLoop, request: pytest.FixtureRequest) -> Iterator[SmallHub]:
    """A live hub that serves, with the limits that a test names; it has ended without leaving a task afterwards."""
    made: list[SmallHub] = []

    async def make() -> None:
        made.append(SmallHub(getattr(request, "param", FAST)))
        made[0].live.start()

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].live.stop)
