"""The doctor: each aspect of a deployment, sound, doubtful and broken, with what to do about it."""

import asyncio
import json
import os
import smtplib
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace
from pymongo import MongoClient
from tornado.ioloop import IOLoop

from hub.app import Hub
from hub.checks.checks import has_failed, lines_of, run_checks
from hub.checks.database import about_database, check_database
from hub.checks.machine import GB, about_disk, check_open_files, check_secrets
from hub.checks.mail import check_mail
from hub.checks.network import about_end, check_network
from hub.checks.passes import check_passes
from hub.checks.result import Check, guarded
from hub.settings import Settings
from hub.version import VERSION
from store.health import DatabaseHealth, Member
from tests.end_to_end.site import ROOT
from tests.ports import free_port

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TODAY = NOW.date()


def levels(checks: list[Check]) -> dict[str, str]:
    return {each.name: each.level for each in checks}


# --- the network ---------------------------------------------------------------------------------------------------


class Door(BaseHTTPRequestHandler):
    """A web server that is no hub, or one whose proxy passes no upgrades."""

    version = VERSION
    status = 200

    def do_GET(self) -> None:
        is_health = self.path == "/healthz" and self.version
        body = json.dumps({"version": self.version}).encode() if is_health else b"[]"
        self.send_response(self.status if self.path == "/healthz" else 400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    # Addresses of loopback are refused before they are asked: a base URL that phones could reach is what is checked.
    monkeypatch.setattr(Settings, "is_for_this_machine", False)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_base_url_of_this_machine_reaches_no_phone() -> None:
    (check,) = check_network(Settings(), NOW)
    assert (check.level, "HUB_BASE_URL" in check.text) == ("warn", True)


def test_proxy_that_passes_no_upgrades_is_named(server: str) -> None:
    checks = check_network(Settings(base_url=server), NOW)
    assert levels(checks) == {"base URL": "ok", "live connection": "fail"}
    assert "upgrades on /live" in checks[-1].text


def test_hub_of_another_version_and_a_server_that_is_no_hub_are_told_apart(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Door, "version", "0.1.0")
    assert check_network(Settings(base_url=server), NOW)[0].level == "warn"
    monkeypatch.setattr(Door, "version", "")
    (check,) = check_network(Settings(base_url=server), NOW)
    assert (check.level, "another server" in check.text) == ("fail", True)
    monkeypatch.setattr(Door, "status", 502)
    (check,) = check_network(Settings(base_url=server), NOW)
    assert (check.level, "status 502" in check.text) == ("fail", True)


@pytest.mark.parametrize(
    ("url", "says"),
    [("http://127.0.0.1:{port}", "refuses the connection"), ("http://no-such-host.invalid", "DNS record")],
)
def test_address_without_a_hub_is_a_failure(monkeypatch: pytest.MonkeyPatch, url: str, says: str) -> None:
    monkeypatch.setattr(Settings, "is_for_this_machine", False)
    (check,) = check_network(Settings(base_url=url.format(port=free_port())), NOW)
    assert check.level == "fail" and says in check.text


@pytest.mark.parametrize(("days", "level"), [(80, "ok"), (21, "ok"), (20, "warn"), (0, "warn")])
def test_certificate_is_to_be_renewed_in_time(days: int, level: str) -> None:
    check = about_end(NOW + timedelta(days=days), NOW)
    assert (check.level, f"({days} days)" in check.text) == (level, True)


# --- the machine ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("free", "level"), [(0, "fail"), (GB - 1, "fail"), (GB, "warn"), (5 * GB, "ok")])
def test_disk_is_judged_by_what_is_left(free: int, level: str) -> None:
    assert about_disk(free, Path("/srv")).level == level


def test_secret_that_others_may_read_is_a_failure_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "hub-secret").write_text("x")
    (tmp_path / "hub-secret").chmod(0o600)
    assert levels(check_secrets(Settings(data=tmp_path))) == {"secrets": "ok"}
    (tmp_path / "hub-secret").chmod(0o640)
    (check,) = check_secrets(Settings(data=tmp_path))
    assert check.level == "fail" and f"chmod 600 {tmp_path}/hub-secret" in check.text


def test_open_files_are_those_of_the_hub_that_runs(tmp_path: Path) -> None:
    code = "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (256, 256)); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as process:
        (tmp_path / "hub.lock").write_text(str(process.pid))
        limits = Path(f"/proc/{process.pid}/limits")
        while "256 " not in limits.read_text().partition("Max open files")[2].partition("\n")[0]:
            assert process.poll() is None
        (check,) = check_open_files(Settings(data=tmp_path))
        process.communicate(b"\n")
    assert (check.level, check.text.startswith("256 for")) == ("warn", True)


@pytest.mark.gen_test
async def test_check_that_breaks_is_doubtful_itself_and_names_no_secret() -> None:
    async def broken() -> list[Check]:
        raise RuntimeError("a secret")

    (check,) = await guarded("disk", broken(), 5)
    assert (check.level, "secret" in check.text) == ("warn", False)


@pytest.mark.gen_test
async def test_check_that_is_late_is_doubtful_and_holds_up_none_of_the_others() -> None:
    never: asyncio.Future[list[Check]] = asyncio.get_running_loop().create_future()
    (check,) = await guarded("mail", never, 0.01)
    assert (check.level, check.code) == ("warn", "late")


# --- mail and passes -----------------------------------------------------------------------------------------------


def test_mail_server_that_is_not_reached_and_none_at_all() -> None:
    assert levels(check_mail(Settings())) == {"mail": "warn"}
    gone = Settings(smtp_host="127.0.0.1", smtp_port=free_port(), smtp_from="t@example.org", smtp_security="none")
    (check,) = check_mail(gone)
    assert check.level == "fail" and "HUB_SMTP_HOST" in check.text


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "HUB_SMTP_PASSWORD"),
        (ssl.SSLError("x"), "TLS"),
        (smtplib.SMTPNotSupportedError("x"), "HUB_SMTP_SECURITY"),
    ],
)
def test_mail_server_that_refuses_is_told_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    def greet(*_: object) -> None:
        raise error

    monkeypatch.setattr("hub.checks.mail._greet", greet)
    (check,) = check_mail(Settings(smtp_host="mail.example.org", smtp_from="t@example.org"))
    assert check.level == "fail" and says in check.text


def test_passes_without_a_certificate_are_a_choice_and_a_lost_one_is_a_failure(tmp_path: Path) -> None:
    assert levels(check_passes(Settings(data=tmp_path), NOW)) == {"wallet passes": "ok"}
    (check,) = check_passes(Settings(data=tmp_path, wallet_cert=tmp_path / "gone.pem"), NOW)
    assert check.level == "fail" and "HUB_WALLET_KEY" in check.text


# --- the database --------------------------------------------------------------------------------------------------


def health(*members: tuple[str, float | None], missing: list[str] | None = None, ahead: float = 0) -> DatabaseHealth:
    named = [
        Member(host=f"db{number}:27017", state=state, lag=None if lag is None else timedelta(seconds=lag))
        for number, (state, lag) in enumerate(members)
    ]
    return DatabaseHealth(
        version="8.0.17",
        clock_ahead=timedelta(seconds=ahead),
        hosts=len(named),
        members=named,
        missing_indexes=missing or [],
    )


SOUND: list[tuple[str, float | None]] = [("PRIMARY", 0), ("SECONDARY", 1), ("SECONDARY", 0)]


@pytest.mark.parametrize(
    ("found", "name", "level"),
    [
        (health(*SOUND), "replica set", "ok"),
        (health(*SOUND[:2], ("(not reachable/healthy)", None)), "replica set", "fail"),
        (health(*SOUND[:2], ("SECONDARY", 60)), "replica set", "warn"),
        (health(*SOUND[:2], ("ARBITER", None)), "replica set", "warn"),
        (health(*SOUND[:1]), "replica set", "warn"),
        (health(*SOUND), "indexes", "ok"),
        (health(*SOUND, missing=["tickets (x_1)"]), "indexes", "fail"),
        (health(*SOUND, ahead=-3), "database clock", "warn"),
        (health(*SOUND, ahead=1), "database clock", "ok"),
    ],
)
def test_database_is_judged_by_its_members_indexes_and_clock(found: DatabaseHealth, name: str, level: str) -> None:
    checks = [each for each in about_database(found, TODAY, is_embedded=False) if each.name == name]
    assert level in {each.level for each in checks}
    assert level != "ok" or len(checks) == 1


def test_login_that_may_not_see_the_members_is_told_what_it_lacks() -> None:
    unseen = replace(health(*SOUND), members=None)
    (check,) = [each for each in about_database(unseen, TODAY, is_embedded=False) if each.name == "replica set"]
    assert check.level == "warn" and "clusterMonitor" in check.text


def test_database_of_a_hub_that_runs_is_sound_until_an_index_is_dropped(
    io_loop: IOLoop, hub: Hub, settings: Settings, mongod_uri: str
) -> None:
    sound = io_loop.run_sync(lambda: check_database(settings, date(2025, 7, 1)))
    assert levels(sound) == {
        "database version": "ok",
        "replica set": "warn",  # one member alone
        "indexes": "ok",
        "database clock": "ok",
    }
    with MongoClient[dict[str, object]](mongod_uri) as client:
        devices = client[settings.database].devices
        devices.drop_index("event_1")
        try:
            broken = io_loop.run_sync(lambda: check_database(settings, TODAY))
        finally:
            devices.create_index("event")
    assert levels(broken)["indexes"] == "fail" and levels(broken)["database version"] == "warn"
    assert "devices (event_1)" in next(each.text for each in broken if each.name == "indexes")


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_every_aspect_is_there_once_at_least(tmp_path: Path) -> None:
    checks = await run_checks(Settings(data=tmp_path), NOW)
    wanted = {"base URL", "database", "clock", "disk", "open files", "secrets", "mail", "wallet passes"}
    assert wanted == {each.name for each in checks}
    assert has_failed(checks), "no hub runs there"
    assert all(line.split()[0] == each.level for line, each in zip(lines_of(checks), checks, strict=True))


def test_command_prints_a_line_for_each_aspect_and_fails_where_one_does(tmp_path: Path) -> None:
    command = [sys.executable, "run.py", "check", "--data", str(tmp_path)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert f"fail  database       no hub runs on {tmp_path}" in done.stdout
    as_json = subprocess.run([*command, "--json"], cwd=ROOT, env=kept, capture_output=True, text=True)
    assert {"name", "level", "code", "values", "text"} == set(json.loads(as_json.stdout)[0])
