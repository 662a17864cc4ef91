"""Wiring of the fast path: which stream stands between a new connection and Tornado, by settings and version.

With a version of Tornado that is not known (`handlers/http/known_tornado.py`) it gets its own stream, and a line says
so.
"""

import re
import time

import structlog
import tornado
from tornado.iostream import IOStream

from handlers.fast_path.read_ahead import ReadAhead
from handlers.fast_path.scan import ScanFastPath
from handlers.http.access import Rule
from handlers.http.guarded_stream import GuardedStream, Wrap
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.known_tornado import is_tornado_known
from handlers.http.work_budget import Clients, ConnectionBudget
from hub.app import Hub

log = structlog.get_logger(__name__)

KEY = re.compile(rb"\r\nAuthorization:[ \t]*Api-Key[ \t]+([!-~]{1,256})[ \t]*\r\n", re.IGNORECASE)


def wrapper(hub: Hub, timeouts: IdleTimeouts, clients: Clients, scan_rule: Rule) -> Wrap | None:
    """Return the wrapper of new connections; None: Tornado gets its own stream. `scan_rule`: who may scan."""
    if not is_tornado_known():
        log.warning("Tornado's version is not known: scans take the ordinary way", version=tornado.version)
        return None

    def has_good_key(head: bytes) -> bool:
        """Return whether a head shows a key that was good lately: for its place in a queue, and for nothing else."""
        shown = KEY.search(head)
        return shown is not None and hub.authenticator.was_good(shown[1].decode("latin1"))

    def wrap(stream: IOStream, address: str) -> GuardedStream:
        client = clients.of(address)
        budget = None if client.is_proxy else ConnectionBudget(client.budget, has_good_key, time.monotonic)
        guarded = _guarded(hub, timeouts, scan_rule, stream, budget)
        client.streams.add(guarded)
        return guarded

    return wrap


def _guarded(
    hub: Hub, timeouts: IdleTimeouts, scan_rule: Rule, stream: IOStream, budget: ConnectionBudget | None
) -> GuardedStream:
    is_direct = hub.settings.direct_write
    if hub.settings.scan_fast_path:
        return ScanFastPath(hub, scan_rule, stream, timeouts, budget, is_direct=is_direct)
    # `IOStream` ends a connection whose head is too long unanswered.
    return ReadAhead(stream, timeouts, budget, is_direct=is_direct)
