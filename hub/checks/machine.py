"""Checks of the machine: its clock, disk and open files, and who may read the secrets."""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from hub.checks.result import Check, fail, ok, warn
from hub.settings import Settings

CLOCK, DISK, FILES, SECRETS = "clock", "disk", "open files", "secrets"
GB = 1 << 30
LITTLE_DISK, NO_DISK = 5 * GB, 1 * GB
ENOUGH_FILES = 16_384
"""Sockets of 40 doors and a crowd of guests' pages, twice."""
TIMESYNCD = Path("/run/systemd/timesync/synchronized")


def check_clock() -> list[Check]:
    """Return whether a time service keeps the machine's clock, as far as the system says."""
    if TIMESYNCD.exists():
        return [ok(CLOCK, "clock-synchronised")]
    try:
        said = subprocess.run(
            ["timedatectl", "show", "--property=NTPSynchronized", "--value"], capture_output=True, text=True, timeout=5
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    if said == "yes":
        return [ok(CLOCK, "clock-synchronised")]
    if said == "no":
        return [warn(CLOCK, "clock-free")]
    return [warn(CLOCK, "clock-unknown")]


def check_disk(settings: Settings) -> list[Check]:
    """Return how much room is left where the data is."""
    folder = next(each for each in (settings.data.absolute(), *settings.data.absolute().parents) if each.exists())
    return [about_disk(shutil.disk_usage(folder).free, folder)]


def about_disk(free: int, folder: Path) -> Check:
    """Return how much room `free` bytes are."""
    room = {"size": f"{free / GB:.1f}", "folder": str(folder)}
    if free < NO_DISK:
        return fail(DISK, "disk-full", **room)
    return warn(DISK, "disk-little", **room) if free < LITTLE_DISK else ok(DISK, "disk-free", **room)


def check_open_files(settings: Settings) -> list[Check]:
    """Return how many connections a process of the hub may hold: of the one that runs, else of this one."""
    limit = _limit_of_running(settings.data) or resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit == resource.RLIM_INFINITY:
        return [ok(FILES, "files-any")]
    return [ok(FILES, "files-enough", limit=limit) if limit >= ENOUGH_FILES else warn(FILES, "files-few", limit=limit)]


def _limit_of_running(data: Path) -> int | None:
    try:
        pid = int((data / "hub.lock").read_text())
        lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    except (OSError, ValueError):
        return None
    soft = next(line.split()[3] for line in lines if line.startswith("Max open files"))
    return resource.RLIM_INFINITY if soft == "unlimited" else int(soft)


def check_secrets(settings: Settings) -> list[Check]:
    """Return whether the files with secrets are their owner's alone."""
    open_ones = [path for path in secret_files(settings) if path.is_file() and path.stat().st_mode & 0o077]
    if not open_ones:
        return [ok(SECRETS, "secrets-kept")]
    return [fail(SECRETS, "secrets-open", path=str(path)) for path in open_ones]


def secret_files(settings: Settings) -> Iterator[Path]:
    """Yield the files that hold secrets, whether they are there or not."""
    yield from (settings.data / name for name in ("hub-secret", "admin-key", "admin-password"))
    yield from (settings.data / "mongod" / name for name in ("keyfile", "password"))
    yield from (path for path in (settings.tls_key, settings.wallet_key, settings.google_account) if path)
