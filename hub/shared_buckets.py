"""Buckets of rate limiters in memory that all workers of a hub share: who guesses at each of them guesses no faster.

The supervisor makes the memory and hands it on as a file descriptor, so what is counted outlives a worker that dies.
It is a table of sets, like a cache of a processor: a name's hash chooses the set, and the fullest bucket of a set that
is taken gives way. The hash has a key of the memory's own, so that nobody can choose names that meet in one set.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

SETS, WAYS = 8192, 8
_SLOT = struct.Struct("<qd")
_KEY_BYTES = _SLOT.size
SIZE = _KEY_BYTES + SETS * WAYS * _SLOT.size
FD_VARIABLE = "SCAN_HUB_BUCKETS_FD"
LOCK_WITHIN_S = 0.25
"""A worker that is stopped while it holds the lock keeps no other for longer: then two may count as one."""


def make_memory() -> int:
    """Return the file descriptor of new shared memory, in no folder."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("scan-hub-buckets")
    else:  # macOS
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.write(descriptor, secrets.token_bytes(_KEY_BYTES) + bytes(SIZE - _KEY_BYTES))
    return descriptor


class SharedBuckets:
    """Buckets of all processes that map the memory of `descriptor` (`make_memory`), which it keeps open."""

    def __init__(self, descriptor: int, lock_within_s: float = LOCK_WITHIN_S) -> None:
        os.set_inheritable(descriptor, False)
        self._descriptor = descriptor
        self._lock_within_s = lock_within_s
        self._memory = mmap.mmap(descriptor, SIZE)
        self._key = self._memory[:_KEY_BYTES]

    @classmethod
    def of_supervisor(cls) -> Self | None:
        """Return those that the supervisor of this process made, the first time it is called; None without one."""
        descriptor = os.environ.pop(FD_VARIABLE, None)
        return None if descriptor is None else cls(int(descriptor))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock between processes for the `with` block."""
        is_held = self._lock()
        try:
            yield
        finally:
            if is_held:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN)

    def full_at(self, name: str) -> float:
        """Return when a bucket will be full."""
        digest, slots = self._slots(name)
        return next((full_at for _, kept, full_at in slots if kept == digest), 0.0)

    def keep(self, name: str, full_at: float, now: float) -> None:
        """Keep when a bucket will be full, in its own slot, else in that of the set which is full first."""
        digest, slots = self._slots(name)
        own = [slot for slot in slots if slot[1] == digest]
        at, _, _ = min(own or slots, key=lambda slot: slot[2])
        _SLOT.pack_into(self._memory, at, digest, full_at)

    def close(self) -> None:
        """Give the memory back. Not to be used any more."""
        self._memory.close()
        os.close(self._descriptor)

    def _lock(self) -> bool:
        give_up_at = time.monotonic() + self._lock_within_s
        while True:
            try:
                fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() > give_up_at:
                    return False
                os.sched_yield()

    def _slots(self, name: str) -> tuple[int, list[tuple[int, int, float]]]:
        """Return the hash of a name, and where in the memory its set's slots are, with what they hold."""
        hashed = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16, key=self._key).digest()
        digest, chosen = struct.unpack("<qQ", hashed)
        first = _KEY_BYTES + chosen % SETS * WAYS * _SLOT.size
        places = range(first, first + WAYS * _SLOT.size, _SLOT.size)
        return digest, [(at, *_SLOT.unpack_from(self._memory, at)) for at in places]
