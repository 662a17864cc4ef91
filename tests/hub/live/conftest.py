from collections.abc import Iterator

import pytest
from tornado.ioloop import IOLoop

from tests.hub.live.small_hub import FAST, House


@pytest.fixture
def house(io_loop: IOLoop, request: pytest.FixtureRequest) -> Iterator[House]:
    """A live hub that serves, with the limits that a test names; it has ended without leaving a task afterwards."""
    made: list[House] = []

    async def make() -> None:
        made.append(House(getattr(request, "param", FAST)))
        made[0].live.start()

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].live.stop)
