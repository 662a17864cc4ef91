"""Faults of an evening, by name: each lasts as long as it says; `heal` ends all of them."""

import asyncio
import contextlib
import random
import signal
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from tests.api import Api
from tests.faults.relay_soak.line import FAIR, HttpLine, Weather
from tests.faults.relay_soak.namespaces import set_line
from tests.faults.soak.host import Host


class Stage(NamedTuple):
    """What faults hurt. `key` is the relay's at the hub; `wrong` takes what the hub must not do."""

    hub: Host
    relay: Host
    line: HttpLine
    key: str
    chance: random.Random
    wrong: list[str]


Fault = Callable[[Stage], Awaitable[None]]
STORM = Weather(delay_s=0.4, loses=0.2, repeats=0.3, late=0.2)


async def cut(stage: Stage) -> None:
    stage.line.turn(Weather(is_cut=True))
    await asyncio.sleep(stage.chance.uniform(1, 12))


async def swallow(stage: Stage) -> None:
    stage.line.turn(Weather(is_silent=True))
    await asyncio.sleep(stage.chance.uniform(1, 12))


async def flap(stage: Stage) -> None:
    """Cut the line and heal it, many times within seconds."""
    for _ in range(12):
        stage.line.turn(Weather(is_cut=True))
        await asyncio.sleep(stage.chance.uniform(0.05, 0.6))
        stage.line.turn(FAIR)
        await asyncio.sleep(stage.chance.uniform(0.05, 0.6))


async def slow(stage: Stage) -> None:
    """Delay by less and by more than a door waits for."""
    stage.line.turn(Weather(delay_s=stage.chance.uniform(0.2, 0.6)))
    await asyncio.sleep(8)


async def lose(stage: Stage) -> None:
    stage.line.turn(Weather(loses=0.5))
    await asyncio.sleep(8)


async def repeat(stage: Stage) -> None:
    stage.line.turn(Weather(repeats=0.7))
    await asyncio.sleep(8)


async def reorder(stage: Stage) -> None:
    stage.line.turn(Weather(late=0.5, delay_s=0.2))
    await asyncio.sleep(8)


async def storm(stage: Stage) -> None:
    """All of it, with cuts."""
    for _ in range(4):
        stage.line.turn(STORM)
        await asyncio.sleep(stage.chance.uniform(1, 3))
        stage.line.turn(Weather(is_cut=True))
        await asyncio.sleep(stage.chance.uniform(0.2, 2))


async def kill_relay(stage: Stage) -> None:
    stage.relay.send(signal.SIGKILL)
    await asyncio.sleep(2)


async def kill_hub(stage: Stage) -> None:
    stage.hub.send(signal.SIGKILL)
    await asyncio.sleep(2)


async def cut_power_of_relay(stage: Stage) -> None:
    await stage.relay.cut_power()
    await asyncio.sleep(1)


async def cut_power_of_hub(stage: Stage) -> None:
    await stage.hub.cut_power()
    await asyncio.sleep(stage.chance.uniform(1, 6))


async def cut_power_of_relay_without_a_line(stage: Stage) -> None:
    """Let the relay start without its hub: it goes on with its copy."""
    stage.line.turn(Weather(is_cut=True))
    await asyncio.sleep(2)
    await stage.relay.cut_power()
    await stage.relay.start()
    await stage.relay.ready()
    await asyncio.sleep(3)


async def ask_for_the_role(stage: Stage) -> None:
    """Let a second relay join: it is refused, whatever the first is doing."""
    stage.line.turn(Weather(is_cut=True))
    await asyncio.sleep(2)
    with contextlib.suppress(OSError):
        form = {"instance": "second-relay", "name": "Foyer"}
        answer = await Api(stage.hub.url, stage.key).post("/api/relay/join", form)
        if answer.status not in (409, 503):
            stage.wrong.append(f"a second relay was answered {answer.status}: {answer.raw!r:.200}")


async def take_down(stage: Stage) -> None:
    """Take the link of the line down: nothing is refused, and nothing arrives."""
    set_line("down")
    try:
        await asyncio.sleep(stage.chance.uniform(1, 12))
    finally:
        set_line("up")


LINE: Mapping[str, Fault] = {
    "line cut": cut,
    "line silent": swallow,
    "line flaps": flap,
    "line slow": slow,
    "answers lost": lose,
    "requests repeated": repeat,
    "requests reordered": reorder,
    "storm": storm,
}
FAULTS: Mapping[str, Fault] = {
    **LINE,
    "relay killed": kill_relay,
    "hub killed": kill_hub,
    "relay without power": cut_power_of_relay,
    "hub without power": cut_power_of_hub,
    "relay without power and line": cut_power_of_relay_without_a_line,
    "second relay asks": ask_for_the_role,
}


OF_MACHINES: Mapping[str, Fault] = {"link down": take_down}
"""Faults where each side has a machine of its own."""


async def heal(stage: Stage) -> None:
    """Let all run again."""
    stage.line.turn(FAIR)
    await asyncio.gather(stage.hub.start(), stage.relay.start())
    await asyncio.gather(stage.hub.ready(), stage.relay.ready())
