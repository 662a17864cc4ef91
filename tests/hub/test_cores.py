"""Which core a worker uses."""

import asyncio
import os
import sys

import pytest

from hub.cores import core_for, give_core

CORES = os.sched_getaffinity(0)


def test_workers_of_one_hub_get_different_cores_and_hubs_begin_at_different_ones() -> None:
    assert [core_for(place, 3, [2, 4, 6, 8], 0) for place in range(3)] == [2, 4, 6]
    assert [core_for(place, 3, [2, 4, 6, 8], 7) for place in range(3)] == [8, 2, 4]


def test_no_core_is_given_where_there_is_not_one_for_each() -> None:
    assert [core_for(place, 3, [0, 1], 0) for place in range(3)] == [None, None, None]


def test_a_worker_that_has_ended_already_is_no_fault() -> None:
    give_core(2**22 + 1, 0, 1)


WORK = """
import asyncio, os
from hub.cores import free_common_threads
async def main():
    free_common_threads(asyncio.get_running_loop())
    print(sorted(await asyncio.to_thread(os.sched_getaffinity, 0)), sorted(os.sched_getaffinity(0)))
input()
asyncio.run(main())
"""


@pytest.mark.skipif(len(CORES) < 2, reason="one core only")
@pytest.mark.gen_test(timeout=30)
async def test_what_runs_in_the_common_threads_may_use_all_cores() -> None:
    pipe = asyncio.subprocess.PIPE
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", WORK, stdin=pipe, stdout=pipe)
    give_core(worker.pid, 0, 1)
    told, _ = await worker.communicate(b"\n")
    assert told.decode().split("] ")[0] + "]" == str(sorted(CORES))
    assert len(told.decode().split("] ")[1].split(",")) == 1
