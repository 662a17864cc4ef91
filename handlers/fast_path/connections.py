"""Wiring of the fast path: which stream stands between a new connection and Tornado, by settings and version.

The guard and the fast path stand in for Tornado's own stream, so they must have exactly the methods that Tornado calls.
Those are known for the versions of `KNOWN_TORNADO`; with another one Tornado gets its own stream, and a line says so.
"""

import time

import structlog
import tornado
from tornado.iostream import IOStream

from handlers.fast_path.read_ahead import ReadAhead
from handlers.fast_path.scan import ScanFastPath
from handlers.http.access import Rule
from handlers.http.base import is_in
from handlers.http.guarded_stream import GuardedStream, WorkBudget, Wrap
from handlers.http.idle_timeout import IdleTimeouts
from hub.app import Hub

log = structlog.get_logger(__name__)

KNOWN_TORNADO = frozenset({(6, 6)})
"""Major and minor versions whose use of a stream was read and tested."""


def is_tornado_known() -> bool:
    """Return whether this version of Tornado uses streams as it is known here."""
    return tornado.version_info[:2] in KNOWN_TORNADO


def wrapper(hub: Hub, timeouts: IdleTimeouts, scan_rule: Rule) -> Wrap | None:
    """Return the wrapper of new connections; None: Tornado gets its own stream. `scan_rule`: who may scan."""
    if not is_tornado_known():
        log.warning("Tornado's version is not known: scans take the ordinary way", version=tornado.version)
        return None

    def wrap(stream: IOStream, address: str) -> GuardedStream:
        budget = None if is_in(address, hub.settings.trusted_proxies) else WorkBudget(time.monotonic)
        is_direct = hub.settings.direct_write
        if hub.settings.scan_fast_path:
            return ScanFastPath(hub, scan_rule, stream, timeouts, budget, is_direct=is_direct)
        # `IOStream` ends a connection whose head is too long unanswered.
        return ReadAhead(stream, timeouts, budget, is_direct=is_direct)

    return wrap
