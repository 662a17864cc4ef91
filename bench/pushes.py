"""`python -m bench.pushes`: cost to the doors of 50,000 pushes for a changed event.

Scans come at a steady pace, first alone, then while the pushes go out at their set rate to a server in Apple's place
(HTTP/2, client certificates, in a process of its own). Shown are both latencies and their ratio, in one run.
"""

import asyncio
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import click
import msgspec
from pymongo import MongoClient
from tornado.httpclient import AsyncHTTPClient

from bench.report import Row, print_rows
from bench.served import PARTY, ROOT, Served, serve
from hub.model.wallet import Registration
from hub.secrets import token_hash
from hub.vault import Vault
from store.embedded.mongod import EmbeddedMongod
from store.mongo.documents import to_bson
from tests.hub.wallet.apple_server import an_apple
from tests.hub.wallet.authority import make_authority

PHONES = 4
AT_ONCE = 2000
DATABASE = "bench"


@click.command()
@click.option("--passes", default=50_000, show_default=True, help="Registered passes of the event.")
@click.option("--rate", default=50.0, show_default=True, help="Pushes a second (HUB_PUSHES_PER_S).")
@click.option("--scans", default=20, show_default=True, help="Scans a second.")
@click.option("--seconds", default=15, show_default=True, help="How long each half lasts.")
@click.option("--apple", hidden=True, help="Be the server in Apple's place: folder of certificates.")
def main(passes: int, rate: float, scans: int, seconds: int, apple: str | None) -> None:
    """Measure scans beside pushes."""
    if apple is not None:
        asyncio.run(_be_apple(Path(apple)))
        return
    print_rows(asyncio.run(measure(passes, rate, scans, seconds)))


async def measure(passes: int, rate: float, scans: int, seconds: int) -> list[Row]:
    """Return the rows of pushes."""
    before = dict(os.environ)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return await _measure(Path(folder), passes, rate, scans, seconds)
    finally:
        os.environ.clear()
        os.environ.update(before)


async def _measure(folder: Path, passes: int, rate: float, scans: int, seconds: int) -> list[Row]:
    mongod = EmbeddedMongod(folder / "db")
    (folder / "db").mkdir()
    try:
        uri, secret = await mongod.start(), secrets.token_urlsafe(32)
        async with _apple(folder, rate) as taken:
            os.environ |= {"HUB_MONGODB_URI": uri, "HUB_DATABASE": DATABASE, "HUB_SECRET": secret}
            async with serve(folder, phones=PHONES, tickets=-(-2 * scans * seconds // PARTY) * PARTY) as served:
                _register(uri, secret, served.event, passes)
                codes = iter([ticket["code"] for ticket in served.tickets])
                alone = await _scan(served, codes, scans, seconds)
                await asyncio.to_thread(_move_event, served)
                while await taken() == 0:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
                before, began = await taken(), time.monotonic()
                beside = await _scan(served, codes, scans, seconds)
                per_s = (await taken() - before) / (time.monotonic() - began)
    finally:
        await mongod.stop()
    note = f"{per_s:.0f} a second of {rate:.0f}: {passes} in {passes / per_s / 60:.1f} min"
    p50, p99 = (_at(beside, part) / _at(alone, part) for part in (0.5, 0.99))
    return [Row(key="pushes.p50", value=p50, note=note), Row(key="pushes.p99", value=p99)]


def _at(latencies: list[float], part: float) -> float:
    return 1000 * statistics.quantiles(latencies, n=100)[int(part * 100) - 1]


async def _scan(served: Served, codes: Iterator[str], per_s: int, seconds: int) -> list[float]:
    """Scan fresh tickets at a steady pace; return how long each took, in seconds."""
    began, running = time.monotonic(), []
    for number in range(per_s * seconds):
        await asyncio.sleep(max(0.0, began + number / per_s - time.monotonic()))
        running.append(asyncio.create_task(_scan_one(served, next(codes), served.phones[number % PHONES])))
    return await asyncio.gather(*running)


async def _scan_one(served: Served, code: str, key: str) -> float:
    began = time.monotonic()
    answer = await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{served.port}/scan/ticket/",
        method="POST",
        body=msgspec.json.encode({"qrcode_data": code, "nonce": secrets.token_hex(8)}),
        headers={"Authorization": f"Api-Key {key}", "Content-Type": "application/json"},
    )
    if b'"admitted"' not in answer.body:
        raise RuntimeError(answer.body)
    return time.monotonic() - began


def _move_event(served: Served) -> None:
    request = Request(
        f"http://127.0.0.1:{served.port}/api/events/{served.event}",
        method="PATCH",
        data=b'{"venue": "The New Mill"}',
        headers={"Authorization": f"Api-Key {served.admin_key}"},
    )
    urlopen(request, timeout=30).close()


def _register(uri: str, secret: str, event: str, passes: int) -> None:
    """Insert the registrations as the web service would: over HTTP they would take minutes."""
    vault, now = Vault(secret), datetime.now(UTC)
    with MongoClient[dict[str, Any]](uri) as client:
        kept = client[DATABASE].wallet_registrations
        for first in range(0, passes, AT_ONCE):
            some = range(first, min(first + AT_ONCE, passes))
            kept.insert_many([to_bson(_registration(vault, event, number, now)) for number in some])


def _registration(vault: Vault, event: str, number: int, now: datetime) -> Registration:
    device, ticket, token = f"phone{number:06}", f"ticket{number}", f"token{number}"
    return Registration(
        id=Registration.name(device, ticket),
        device=device,
        ticket=ticket,
        event=event,
        push_token=vault.seal(token.encode()),
        push_hash=token_hash(token),
        created_at=now,
    )


# --- the server in Apple's place -----------------------------------------------------------------------------------


@asynccontextmanager
async def _apple(folder: Path, rate: float) -> AsyncIterator[Any]:
    """Start a server in Apple's place, and let the hub know it; yield a function that counts the pushes it took."""
    named = make_authority().files(folder / "apple")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.pushes", "--apple", str(folder / "apple")),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None and process.stdout is not None
    stdin, stdout = process.stdin, process.stdout

    async def taken() -> int:
        stdin.write(b"\n")
        return int(await stdout.readline())

    os.environ |= {f"HUB_{name.upper()}": str(path) for name, path in named.items() if path is not None}
    os.environ |= {"SSL_CERT_FILE": str(folder / "apple" / "root.pem"), "HUB_PUSHES_PER_S": str(rate)}
    os.environ["HUB_PUSH_URL"] = (await stdout.readline()).decode().strip()
    try:
        yield taken
    finally:
        process.terminate()
        await process.wait()


async def _be_apple(folder: Path) -> None:
    """Print where we serve, then answer each line with the number of pushes taken."""
    async with an_apple(folder) as apple:
        print(apple.url, flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(len(apple.pushes), flush=True)


if __name__ == "__main__":
    main()
