"""`python -m bench.peer`: scans at the hub and at pretix, by the same client, as a ratio in one run.

Each is set up as its own documentation says, on this machine: the hub with one worker, pretix with gunicorn's two for
each core behind nginx. Rounds take turns; each ticket is redeemed once, under a nonce.
"""

import asyncio
import contextlib
import statistics
import tempfile
from pathlib import Path

import click
import msgspec

from bench.load import Order, Report
from bench.peer.served import MissingProgram, Pretix, install, serve_pretix
from bench.report import Row, write
from bench.stage import ROOT, ask_load, running, set_stage

CONNECTIONS = 16
REDEEM = "/api/v1/organizers/bench/checkinrpc/redeem/"


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds that count; one more warms up.")
@click.option("--scans", default=1200, show_default=True, help="Of the hub in each round.")
@click.option("--redeems", default=120, show_default=True, help="Of pretix in each round.")
@click.option("--folder", default=ROOT / "dist" / "peer", type=click.Path(path_type=Path), help="For its packages.")
def main(rounds: int, scans: int, redeems: int, folder: Path) -> None:
    """Measure scans a second at the hub and at pretix."""
    try:
        python = install(folder)
    except MissingProgram as missing:
        raise click.ClickException(str(missing)) from None
    with tempfile.TemporaryDirectory() as temporary:
        hub, peer = asyncio.run(_measure(python, Path(temporary), rounds, scans, redeems))
    told = []
    for name, played in (("hub", hub), ("pretix", peer)):
        latencies = sorted(1000 * each for report in played for each in report.latencies_s)
        rate = statistics.median(report.per_second for report in played)
        p50, p99 = (latencies[int(len(latencies) * part)] for part in (0.5, 0.99))
        told.append(f"{rate:.0f}/s")
        click.echo(f"{name:<8}{rate:8.1f} a second   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms")
    ratios = [one.per_second / other.per_second for one, other in zip(hub, peer, strict=True)]
    row = Row(key="peer.rate", value=statistics.median(ratios), note=" and ".join(told))
    click.echo(f"hub to pretix: {row.value:.0f} times (least {min(ratios):.0f}, most {max(ratios):.0f})")
    write("peer", [row])


async def _measure(
    python: Path, folder: Path, rounds: int, scans: int, redeems: int
) -> tuple[list[Report], list[Report]]:
    async with contextlib.AsyncExitStack() as held:
        stage = await held.enter_async_context(set_stage(folder, tickets=scans * (rounds + 1)))
        pretix = await held.enter_async_context(serve_pretix(python, folder, redeems * (rounds + 1)))
        bodies = folder / "redeems"
        bodies.write_bytes(b"\n".join(_body(pretix, secret) for secret in pretix.filled.secrets))
        load = await held.enter_async_context(running({}, "-m", "bench.load", str(bodies), talks=True))
        hub, peer = [], []
        for number in range(rounds + 1):
            hub.append(await stage.play("hub", first=number * scans, count=scans, connections=CONNECTIONS))
            order = Order(
                port=pretix.port,
                path=REDEEM,
                authorization=f"Device {pretix.filled.token}",
                first=number * redeems,
                count=redeems,
                connections=CONNECTIONS,
                expect='"status":"ok"',
            )
            peer.append(await ask_load(load, order, "pretix"))
        return hub[1:], peer[1:]


def _body(pretix: Pretix, secret: str) -> bytes:
    return msgspec.json.encode({"secret": secret, "lists": [pretix.filled.check_in_list], "nonce": f"n{secret}"})


if __name__ == "__main__":
    main()
