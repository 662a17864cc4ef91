"""pretix as its documentation sets it up: PostgreSQL, gunicorn, nginx, in a folder of its own, on the loopback alone.

All of it is stopped by process id when the block ends. PostgreSQL does not run as root: then it runs as `postgres`.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.served import free_port
from bench.stage import answers, running

HERE = Path(__file__).parent
VERSION = "2026.8.0"
PACKAGES = (f"pretix=={VERSION}", "gunicorn==27.0.1")
WORKERS_PER_CORE = 2
"""As pretix' own image has it."""
DEBIAN = "/usr/lib/postgresql/*/bin"

NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header Host $http_host;
        }}
    }}
}}
"""


class MissingProgram(Exception):
    """A program of Debian that is not installed, with the words that install it."""


class Filled(msgspec.Struct):
    """Output of `fill.py`: a device's token, the check-in list's number, and the tickets' secrets."""

    token: str
    check_in_list: int
    secrets: list[str]


class Pretix(NamedTuple):
    """pretix that serves, and what a client needs to redeem its tickets."""

    port: int
    filled: Filled


def install(folder: Path) -> Path:
    """Install pretix and gunicorn into `folder`, once; return that environment's Python.

    Raises `MissingProgram` where PostgreSQL or nginx is not there.
    """
    for name in ("initdb", "postgres"):
        _postgres(name)
    if _nginx() is None:
        raise MissingProgram("nginx is missing: apt-get install nginx")
    python, done = folder / "bin" / "python", folder / f"has-{VERSION}"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True
        )
        done.touch()
    return python


@asynccontextmanager
async def serve_pretix(python: Path, folder: Path, tickets: int) -> AsyncIterator[Pretix]:
    """Start PostgreSQL, make pretix' tables and an event with so many tickets, start gunicorn and nginx."""
    port, behind = free_port(), free_port()
    environ = _environ(folder, port)
    async with AsyncExitStack() as held:
        await held.enter_async_context(_postgresql(folder))
        await _run(python, environ, "-m", "pretix", "migrate", "--verbosity", "0")
        filled = msgspec.json.decode(await _run(python, environ, str(HERE / "fill.py"), str(tickets)), type=Filled)
        workers = str(WORKERS_PER_CORE * (os.cpu_count() or 1))
        words = ("pretix.wsgi", "--workers", workers, "--bind", f"127.0.0.1:{behind}", "--log-level", "warning")
        gunicorn = running(environ, "-m", "gunicorn", *words, program=str(python))
        await answers(await held.enter_async_context(gunicorn), behind)
        config = folder / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, port=port, behind=behind))
        nginx = running({}, "-c", str(config), "-e", str(folder / "nginx.log"), program=str(_nginx()))
        await answers(await held.enter_async_context(nginx), port)
        yield Pretix(port, filled)


def _environ(folder: Path, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
        "DATA_DIR": str(folder / "data"),
        "PRETIX_PRETIX_URL": f"http://127.0.0.1:{port}",
        "PRETIX_DATABASE_BACKEND": "postgresql",
        "PRETIX_DATABASE_NAME": "postgres",
        "PRETIX_DATABASE_USER": "postgres",
        "PRETIX_DATABASE_HOST": str(folder / "postgresql"),
        "PRETIX_DATABASE_PORT": "5432",
    }


@asynccontextmanager
async def _postgresql(folder: Path) -> AsyncIterator[None]:
    """Run a cluster of its own, which listens on a socket in its folder alone."""
    home = folder / "postgresql"
    user = await asyncio.to_thread(_make_cluster, folder, home)
    words = ("-D", str(home / "cluster"), "-k", str(home), "-c", "listen_addresses=")
    async with running({}, *words, program=_postgres("postgres"), user=user, cwd=home) as process:
        async with asyncio.timeout(60):
            while not (home / ".s.PGSQL.5432").exists():
                if process.returncode is not None:
                    raise RuntimeError("PostgreSQL ended before it served; its words are above")
                await asyncio.sleep(0.1)
        yield


def _make_cluster(folder: Path, home: Path) -> str | None:
    """Make a cluster in `home`, and return the user that it runs as; None: our own."""
    home.mkdir()
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if user is not None:
        os.chown(home, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
    name = user.pw_name if user is not None else None
    words = ("-D", home / "cluster", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
    made = (_postgres("initdb"), *words)
    subprocess.run(made, check=True, user=name, stdout=subprocess.DEVNULL, cwd=home)
    return name


async def _run(python: Path, environ: Mapping[str, str], *words: str) -> bytes:
    """Run a program of pretix to its end, and return its output. Raises where it fails."""
    process = await asyncio.create_subprocess_exec(
        python, *words, env={**os.environ, **environ}, stdout=asyncio.subprocess.PIPE
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:  # cancelled: PostgreSQL ends only after its clients
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed; its words are above")
    return output.splitlines()[-1] if output else b""


def _postgres(name: str) -> str:
    """Return the path of a program of PostgreSQL, which Debian keeps out of the path."""
    places: Sequence[str] = sorted(map(str, Path("/").glob(DEBIAN.lstrip("/"))), reverse=True)
    found = shutil.which(name, path=os.pathsep.join(places)) or shutil.which(name)
    if found is None:
        raise MissingProgram(f"{name} is missing: apt-get install postgresql")
    return found


def _nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
