from collections.abc import Iterator

import pytest
from tornado.ioloop import IOLoop

from tests.hub.live.small_hub import House


@pytest.fixture
def house(io_loop: IOLoop) -> Iterator[House]:
    """A live hub that serves, and has ended without leaving a task when the test is over."""
    made: list[House] = []

    async def make() -> None:
        made.append(House())
        made[0].live.start()

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].live.stop)
