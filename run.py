"""Command line: `python run.py` serves the hub; other commands simulate a night, manage users, check wallet passes."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

try:
    import click

    from hub.errors import Unavailable
except ModuleNotFoundError as missing:
    sys.exit(f"{missing.name} is not installed for {sys.executable}: `make setup`, then .venv/bin/python run.py ...")

from hub.process.command_line import admin_key_of, refuse, settings_of
from hub.process.options import ServeCommand, settings_options
from hub.process.supervisor import GRACE_S, HubStopped, Supervisor, watch_parent
from hub.process.user_commands import user
from hub.setting_checks import SettingsError, variable
from hub.settings import Settings
from hub.tasks import cause_of
from hub.version import VERSION
from store.embedded.mongod import MongodError
from store.migrations import WrongSecret
from store.mongo.primary import DatabaseRefused


class DefaultsToServe(click.Group):
    """Command group whose default command is `serve`: `python run.py --demo`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `serve` before arguments that begin with no command's name."""
        if not args or args[0] not in (*self.commands, "--help", "--version"):
            args = ["serve", *args]
        return super().parse_args(ctx, args)


@click.group(cls=DefaultsToServe)
@click.version_option(VERSION, prog_name="scan-hub")
def main() -> None:
    """Scan Hub: every door shares one truth. Each option of serve can be set as HUB_<OPTION> too."""


@main.command(cls=ServeCommand)
@settings_options
def serve(**options: Any) -> None:
    """Serve the hub (the default)."""
    _serve(settings_of(options))


@main.command()
@click.option("--upstream", required=True, help="The hub, like https://hub.example.org.")
@click.option("--key", help="A key of the hub with the scope relay, for the event; or set HUB_UPSTREAM_KEY.")
@click.option("--name", default="Relay", show_default=True, help="The relay's name, as the hub's organisers read it.")
@click.option("--data", help="Its data folder, which is its identity.  [default: relay-data]")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", help="Port to listen on.  [default: 8889]")
@click.option("--base-url", help="The address at which phones reach it.")
@click.option("--tls-cert", help="Certificate chain (PEM).")
@click.option("--tls-key", help="Its private key (PEM).")
@click.option("--seal", is_flag=True, help="Ask for a passphrase that seals its keys; or set HUB_RELAY_PASSPHRASE.")
def relay(upstream: str, key: str | None, name: str, seal: bool, **options: Any) -> None:
    """Serve one event's doors in the venue, also while the line to its hub is gone (docs/relay.md)."""
    from hub.process.relay_secrets import opened_settings

    own = {"upstream": upstream.rstrip("/"), "upstream_key": key, "relay_name": name}
    beside = {"data": "relay-data", "port": "8889"}  # so that it runs beside a hub, unless it is told otherwise
    unset = {
        name: value for name, value in beside.items() if options[name] is None and variable(name) not in os.environ
    }
    folder = Path(options["data"] or os.environ.get("HUB_DATA") or unset["data"]).expanduser()
    try:
        opened = opened_settings(folder, key or os.environ.get("HUB_UPSTREAM_KEY"), is_asked=seal)
    except SettingsError as error:
        refuse(error, code=2)
    _serve(settings_of(options | unset | own | opened))


def _serve(settings: Settings) -> None:
    """Supervise a hub, or a relay, until it is stopped."""
    if settings.upstream:
        from hub.process.relay_bootstrap import prepare_relay as prepare
    else:
        from hub.process.bootstrap import prepare

    command = [sys.executable, str(Path(__file__).resolve()), "worker"]
    supervisor = Supervisor(settings, prepare, command)
    try:
        asyncio.run(_until_signalled(supervisor.run))
        _end_at_once()
    except (SettingsError, WrongSecret, DatabaseRefused) as error:
        refuse(error, code=2, form=settings.log)
    except (HubStopped, MongodError) as error:
        refuse(error, code=1, form=settings.log)


@main.command(hidden=True)
def worker() -> None:
    """Serve as one of a supervisor's processes."""
    gc.disable()  # modules that load leave nothing to collect: a tenth of the start
    import uvloop

    from handlers.server import serve_worker

    settings = settings_of({})

    async def work(stop: asyncio.Event) -> None:
        watch_parent(stop, grace_s=settings.live.drain_s + GRACE_S)
        await serve_worker(settings, stop)
        _end_at_once()

    _freeze_loaded_modules()
    try:
        uvloop.run(_until_signalled(work))
    except Unavailable as error:
        refuse(f"the database does not answer: {cause_of(error)}", code=1, form=settings.log)


@main.command()
@click.option("--guests", type=click.IntRange(1), default=500, show_default=True, help="Tickets to bring.")
@click.option("--doors", type=click.IntRange(1, 64), default=4, show_default=True, help="Phones that scan.")
@click.option("--seconds", default=20.0, show_default=True, help="How long the guests take to arrive.")
@click.option("--seed", default=1, show_default=True, help="The same seed plays the same night.")
@click.option("--url", default="http://127.0.0.1:8888", show_default=True, help="The hub.")
@click.option("--admin-key", help="Its administrator's key; by default the one in <data>/admin-key.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def simulate(
    guests: int, doors: int, seconds: float, seed: int, url: str, admin_key: str | None, data: str | None
) -> None:
    """Let guests arrive at a running hub, and check that doors, journal and dashboard agree (exit code 1: not)."""
    from hub.simulation import simulate as run_simulation

    key = admin_key_of(settings_of({"admin_key": admin_key, "data": data}))
    agrees = asyncio.run(run_simulation(url=url, admin_key=key, guests=guests, doors=doors, seconds=seconds, seed=seed))
    sys.exit(0 if agrees else 1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key-file", type=click.Path(path_type=Path), help="File of the key to encrypt with.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def backup(file: Path, key_file: Path | None, data: str | None) -> None:
    """Write all of the hub as of one moment to FILE, while it runs; the settings are those of serve."""
    from hub.process.backup_commands import back_up, read_key

    settings = settings_of({"data": data})
    os.nice(5)  # doors go first
    _run(lambda: back_up(settings, file, read_key(key_file), click.echo))


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key-file", type=click.Path(path_type=Path), help="File of the key that it is encrypted with.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def restore(file: Path, key_file: Path | None, data: str | None) -> None:
    """Restore the backup in FILE into an empty hub, and check all of it; where it fails, nothing is changed."""
    from hub.process.backup_commands import bring_back, read_key

    settings = settings_of({"data": data})
    _run(lambda: bring_back(settings, file, read_key(key_file), click.echo))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and no progress.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def verify(as_json: bool, data: str | None) -> None:
    """Recount the journal of a hub while it runs, against its counts and its tickets (exit code 1: they differ)."""
    import msgspec

    from hub.process.backup_commands import database_of
    from hub.process.verify_command import Verified, VerifyError, lines_of
    from hub.process.verify_command import verify as run_verify

    settings = settings_of({"data": data})
    os.nice(5)  # doors go first
    say = (lambda line: None) if as_json else click.echo

    async def verified() -> Verified:
        async with database_of(settings) as uri:
            return await run_verify(uri, settings.database, say)

    try:
        result = asyncio.run(verified())
    except (VerifyError, HubStopped, MongodError, DatabaseRefused) as error:
        refuse(error, code=2)
    for line in [msgspec.json.encode(result).decode()] if as_json else lines_of(result):
        click.echo(line)
    sys.exit(1 if result.differences else 0)


@main.group()
def secret() -> None:
    """Put a new hub secret in the place of the current one, while the hub runs; the settings are those of serve."""


@secret.command("status")
@click.option("--data", help="The hub's data folder.  [default: data]")
def secret_status(data: str | None) -> None:
    """List the secrets by their fingerprints, the processes that know them, and what earlier ones still seal."""
    from hub.process.secret_commands import show_secrets

    settings = settings_of({"data": data})
    _run(lambda: show_secrets(settings, click.echo))


@secret.command("rotate")
@click.option("--data", help="The hub's data folder.  [default: data]")
def rotate_secret(data: str | None) -> None:
    """Make a new secret, have every hub learn it, and seal all by it; goes on where it was broken off."""
    from hub.process.secret_commands import rotate_secret as rotate

    settings = settings_of({"data": data})
    os.nice(5)  # doors go first
    _run(lambda: rotate(settings, click.echo))


@secret.command("retire")
@click.option("--end-links", is_flag=True, help="What earlier secrets signed ends too: links, passes' updates.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def retire_secret(end_links: bool, data: str | None) -> None:
    """End the earlier secrets, unless anything is still sealed by them."""
    from hub.process.secret_commands import retire_secret as retire

    settings = settings_of({"data": data})
    _run(lambda: retire(settings, click.echo, end_links=end_links))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def check(as_json: bool, data: str | None) -> None:
    """Check a deployment: each aspect ok, warn or fail, and what to do (exit code 1: a fail); settings as for serve."""
    import msgspec

    from hub.checks.checks import has_failed, lines_of, run_checks

    checks = asyncio.run(run_checks(settings_of({"data": data}), datetime.now(UTC)))
    for line in [msgspec.json.encode(checks).decode()] if as_json else lines_of(checks):
        click.echo(line)
    sys.exit(1 if has_failed(checks) else 0)


@main.group()
def wallet() -> None:
    """Check wallet passes."""


@wallet.command("check")
@click.argument("target")
@click.option("--root", type=click.Path(path_type=Path), help="The authority to trust, as Apple's root certificate.")
@click.option("--url", default="http://127.0.0.1:8888", show_default=True, help="The hub, for an event.")
@click.option("--admin-key", help="Its administrator's key; by default the one in <data>/admin-key.")
@click.option("--data", help="The hub's data folder.  [default: data]")
def check_wallet(target: str, root: Path | None, url: str, admin_key: str | None, data: str | None) -> None:
    """List a phone's refusals of TARGET: a pass file, a bundle, or an event's id (exit code 1: anything)."""
    from hub.wallet.apple.check_command import (
        CheckError,
        check_all,
        is_event,
        pass_of_event,
        read_pass,
        read_root,
        report,
    )

    try:
        if is_event(target):
            body = pass_of_event(target, url, admin_key_of(settings_of({"admin_key": admin_key, "data": data})))
        else:
            body = read_pass(Path(target))
        checked = check_all(body, datetime.now(UTC), read_root(root) if root else None)
    except CheckError as error:
        refuse(error, code=2)
    for line in report(checked):
        click.echo(line)
    sys.exit(1 if any(each.refusals for each in checked) else 0)


def _run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runner of a command on the database: a refusal is one line and exit code 1."""
    from hub.rotation.rotation import RotationRefused
    from store.backup.errors import BackupError

    try:
        asyncio.run(work())
    except (BackupError, RotationRefused, HubStopped, MongodError, DatabaseRefused) as error:
        refuse(error, code=1)
    except Unavailable as error:
        refuse(f"the database does not answer: {cause_of(error)}", code=1)


def _end_at_once() -> NoReturn:
    """End the process where all is closed: the interpreter would wait for every thread, also for one that hashes."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # a pipe without a reader, or closed
            stream.flush()
    os._exit(0)


def _freeze_loaded_modules() -> None:
    """Tune garbage collection: loaded modules are not gone through while doors wait, which was a tenth of the p99."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


async def _until_signalled(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `work`, which ends when its event is set: by Ctrl-C, SIGTERM, or a terminal that closes."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await work(stop)


main.add_command(user)

if __name__ == "__main__":
    main()
