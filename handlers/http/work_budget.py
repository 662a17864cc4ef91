"""Work budgets: rate limits on the work that one connection, and all strangers of one address together, may ask for.

What is too much is put off, and refused only where strangers of its address wait for seconds already: a venue behind
one address waits a moment where an attacker would keep the loop from the doors. A client whose key was good lately is
no stranger: its connection has a budget of its own alone.
"""

import time
from collections.abc import Callable
from weakref import WeakSet

from handlers.http.addresses import counted_as, is_in
from handlers.http.idle_timeout import Stream

REQUEST_WORK = 10
"""Units of work of a request."""
CHUNK_WORK = 1
CONNECTION_WORK_PER_S = 5000
"""Units that one connection gets in a second, evenly refilled."""
LONGEST_WAIT_S = 5.0
"""Strangers of an address are refused where they would have to wait longer."""
MOST_KEPT = 10_000
"""Addresses without a connection whose budgets are kept."""

Monotonic = Callable[[], float]


class WorkBudget:
    """Token bucket: `per_s` units of work a second, and those of two seconds at once."""

    def __init__(self, per_s: float, monotonic: Monotonic = time.monotonic) -> None:
        self._per_s = per_s
        self._most = 2 * per_s
        self._monotonic = monotonic
        self._left = self._most
        self._at = monotonic()

    def take(self, work: int) -> float:
        """Take `work`, and return for how many seconds it is to be put off."""
        self._refill()
        self._left -= work
        return max(0.0, -self._left / self._per_s)

    def put_off_s(self, work: int) -> float:
        """Return for how many seconds `work` would be put off, taking nothing."""
        self._refill()
        return max(0.0, (work - self._left) / self._per_s)

    def is_full(self) -> bool:
        """Return whether nothing was taken lately."""
        self._refill()
        return self._left >= self._most

    def _refill(self) -> None:
        now = self._monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._per_s)
        self._at = now


class Client:
    """Client address: its connections that are no WebSockets, and the budget that its strangers share."""

    def __init__(self, budget: WorkBudget, *, is_proxy: bool) -> None:
        self.connections = 0
        self.streams: WeakSet[Stream] = WeakSet()
        self.budget = budget
        self.is_proxy = is_proxy


class Clients:
    """Client addresses of a process; `per_s` is the budget of each. To be used in the loop."""

    def __init__(self, per_s: float, proxies: tuple[str, ...] = (), monotonic: Monotonic = time.monotonic) -> None:
        self._per_s = per_s
        self._proxies = proxies
        self._monotonic = monotonic
        self._clients: dict[str, Client] = {}

    def of(self, address: str) -> Client:
        """Return the client of an address; of IPv6 all of its network are one."""
        network = counted_as(address)
        client = self._clients.get(network)
        if client is None:
            if len(self._clients) >= MOST_KEPT:
                self._forget()
            budget = WorkBudget(self._per_s, self._monotonic)
            client = self._clients[network] = Client(budget, is_proxy=is_in(address, self._proxies))
        return client

    def greediest(self) -> Client | None:
        """Return the client with the most connections, a proxy where there is none but proxies; None without any."""
        clients = [client for client in self._clients.values() if client.connections]
        return max(clients, key=lambda client: (not client.is_proxy, client.connections), default=None)

    def _forget(self) -> None:
        """Forget the clients that have no connection and took nothing lately, else one without a connection."""
        gone = [address for address, client in self._clients.items() if not client.connections]
        full = [address for address in gone if self._clients[address].budget.is_full()]
        for address in full or gone[:1]:
            del self._clients[address]


class ConnectionBudget:
    """Budget of one connection: its own, and that of its address as long as no good key was shown on it."""

    def __init__(self, shared: WorkBudget, has_good_key: Callable[[bytes], bool], monotonic: Monotonic) -> None:
        self._own = WorkBudget(CONNECTION_WORK_PER_S, monotonic)
        self._shared = shared
        self._has_good_key = has_good_key
        self._is_known = False

    def take(self, work: int) -> float:
        """Take `work`, and return for how many seconds it is to be put off."""
        put_off_s = self._own.take(work)
        return put_off_s if self._is_known else max(put_off_s, self._shared.take(work))

    def take_request(self, head: bytes) -> float | None:
        """Take a request's work; None, with nothing taken, where it is refused.

        Its head is looked at only where a stranger would have to wait.
        """
        waits_s = 0.0 if self._is_known else self._shared.put_off_s(REQUEST_WORK)
        if waits_s and self._has_good_key(head):
            self._is_known = True
        elif waits_s > LONGEST_WAIT_S:
            return None
        return self.take(REQUEST_WORK)
