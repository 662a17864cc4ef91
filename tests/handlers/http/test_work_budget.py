"""Work budgets: what one connection, and all strangers of one address, may ask for; doors with a key wait for none."""

import asyncio
from types import SimpleNamespace

import msgspec
import pytest
from msgspec.structs import replace

from handlers.http import guarded_stream
from handlers.http.work_budget import (
    CONNECTION_WORK_PER_S,
    LONGEST_WAIT_S,
    MOST_KEPT,
    REQUEST_WORK,
    Clients,
    ConnectionBudget,
    WorkBudget,
)
from hub.app import Hub
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually
from tests.handlers.test_server import serving

GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n%s\r\n"
PER_S = 100


class Watch:
    """A clock that stands until it is set forward."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_work_within_the_budget_is_not_put_off_and_beyond_it_waits_for_its_turn() -> None:
    watch = Watch()
    budget = WorkBudget(PER_S, watch)
    assert budget.take(2 * PER_S) == 0
    assert budget.put_off_s(PER_S) == 1
    assert budget.take(PER_S) == 1
    watch.now = 1.0
    assert budget.take(PER_S) == 1
    assert not budget.is_full()
    watch.now = 1000.0
    assert budget.is_full()
    assert budget.take(2 * PER_S) == 0
    assert budget.take(1) == pytest.approx(1 / PER_S)


def test_a_clock_that_stands_gives_no_budget_back() -> None:
    budget = WorkBudget(PER_S, Watch())
    budget.take(2 * PER_S)
    assert [budget.take(PER_S) for _ in range(3)] == [1, 2, 3]


def connection(shared: WorkBudget, watch: Watch, good: bytes = b"no such key") -> ConnectionBudget:
    return ConnectionBudget(shared, lambda head: good in head, watch)


def test_new_connections_of_strangers_bring_no_new_budget_for_their_address() -> None:
    watch = Watch()
    client = Clients(PER_S, monotonic=watch).of("192.0.2.1")
    waits = [connection(client.budget, watch).take_request(b"") for _ in range(2 * PER_S // REQUEST_WORK + 3)]
    assert [each for each in waits if each] == [pytest.approx(n * REQUEST_WORK / PER_S) for n in (1, 2, 3)]


def test_a_stranger_is_refused_where_it_would_wait_too_long_and_a_good_key_never_waits_for_strangers() -> None:
    watch = Watch()
    client = Clients(PER_S, monotonic=watch).of("192.0.2.1")
    client.budget.take(int(PER_S * (2 + LONGEST_WAIT_S)))
    assert connection(client.budget, watch).take_request(b"") is None
    door = connection(client.budget, watch, good=b"a good key")
    assert door.take_request(b"a good key") == 0
    assert door.take_request(b"") == 0, "its connection stays known"
    watch.now = 1.0
    waits_s = connection(client.budget, watch).take_request(b"")
    assert waits_s == pytest.approx(LONGEST_WAIT_S - 1 + REQUEST_WORK / PER_S)


def test_a_known_connection_has_a_budget_of_its_own_all_the_same() -> None:
    watch = Watch()
    shared = WorkBudget(PER_S, watch)
    shared.take(3 * PER_S)
    door = connection(shared, watch, good=b"good")
    waits = [door.take_request(b"good") for _ in range(2 * CONNECTION_WORK_PER_S // REQUEST_WORK + 1)]
    assert waits[-2:] == [0, pytest.approx(REQUEST_WORK / CONNECTION_WORK_PER_S)]


def test_addresses_of_one_network_are_one_client_and_only_so_many_are_kept() -> None:
    watch = Watch()
    clients = Clients(PER_S, ("192.0.2.9",), watch)
    assert clients.of("2001:db8::1") is clients.of("2001:db8::2") is not clients.of("2001:db8:0:1::1")
    one, proxy = clients.of("192.0.2.1"), clients.of("192.0.2.9")
    assert (one.is_proxy, proxy.is_proxy, clients.greediest()) == (False, True, None)
    one.connections, proxy.connections = 1, 100
    assert clients.greediest() is one, "a proxy carries many clients"
    one.connections = 0
    assert clients.greediest() is proxy
    one.budget.take(2 * PER_S)
    for number in range(MOST_KEPT + 10):
        clients.of(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert clients.of("192.0.2.1") is one, "its budget is not full: to go and come back makes it no other"
    assert clients.of("192.0.2.9") is proxy, "it has connections"


@pytest.mark.gen_test
async def test_a_flood_of_strangers_is_put_off_and_a_door_behind_the_same_address_is_not(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_off_s: list[float] = []
    its_turn = asyncio.Event()

    async def put_off(seconds: float) -> None:
        put_off_s.append(seconds)
        await its_turn.wait()

    gate, tickets = await api.make_device(event := await api.make_event()), await api.book(event, 2)
    assert (await gate.scan(tickets[0]["code"])).status == 200
    hub.settings = replace(hub.settings, requests_per_address_per_s=0.5)
    monkeypatch.setattr(
        guarded_stream, "asyncio", SimpleNamespace(sleep=put_off, get_running_loop=asyncio.get_running_loop)
    )
    async with serving(hub) as port:
        flood = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        for _, writer in flood:
            writer.write(GET % b"")
        await eventually(lambda: len(put_off_s) >= 2)
        body = b'{"qrcode_data": "%s"}' % tickets[1]["code"].encode()
        for path, word in ((b"/scan/ticket/", b"admitted"), (b"/scan/check_ticket/", b"already_scanned")):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = b"POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key %s\r\n" % (path, (gate.key or "").encode())
            writer.write(b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body))
            async with asyncio.timeout(PATIENCE_S):
                await reader.readuntil(word)
            writer.close()
        refused, problem = await refusal_of(b"POST /scan/ticket/", port), await refusal_of(b"GET /api/x", port)
        for head, body in (refused, problem):
            assert head.startswith(b"HTTP/1.1 429 ") and b"Retry-After: 5" in head
            assert msgspec.json.decode(body)["code"] == "slow_down"
        assert msgspec.json.decode(refused[1])["success"] is False
        assert b"application/problem+json" in problem[0]
        its_turn.set()
        for reader, writer in flood:
            assert (await reader.readline()).split()[1] in (b"200", b"429")
            writer.close()


async def refusal_of(request: bytes, port: int) -> tuple[bytes, bytes]:
    """Return head and body of the first answer to ten strangers: the others are put off, or refused like it."""
    strangers = [asyncio.create_task(stranger(request, port)) for _ in range(10)]
    async with asyncio.timeout(PATIENCE_S):
        done, waiting = await asyncio.wait(strangers, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    head, _, body = done.pop().result().partition(b"\r\n\r\n")
    return head, body


async def stranger(request: bytes, port: int) -> bytes:
    """Return the whole answer to a stranger, whose key is none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    key = b"Authorization: Api-Key no.such-key-that-is-long-enough-to-be-one"
    try:
        writer.write(b"%s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n" % (request, key))
        return await reader.read()
    finally:
        writer.close()
