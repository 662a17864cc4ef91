"""`run.py user` in a terminal, against a hub that runs: for an owner who is locked out."""

import base64
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from click.testing import CliRunner

from hub.access.totp import STEP_S, code_at
from run import main
from tests.api import ADMIN_KEY
from tests.conftest import keep_logs
from tests.end_to_end.site import PASSWORD, ROOT, USERNAME, Site
from tests.eventually import PATIENCE_S

FIRST, SECOND = "a secret of seven words, the first", "a secret of seven words, the second"
ASKS = ("Password: ", "Repeat for confirmation: ")


class Done(NamedTuple):
    """How a command ended, and all that its terminal showed."""

    code: int
    shown: str


def run(site: Site, *words: str, answers: tuple[str, ...] = (), key: str | None = ADMIN_KEY) -> Done:
    """Run `run.py user` in this process, as if at a terminal; each question in turn is answered."""
    return run_at(site.url, site.folder.parent, *words, answers=answers, key=key)


def run_at(url: str, data: Path, *words: str, answers: tuple[str, ...] = (), key: str | None = ADMIN_KEY) -> Done:
    kept = {name: None for name in os.environ if name.startswith("HUB_")}
    typed = "".join(f"{answer}\n" for answer in answers)
    runner = CliRunner(env=kept | {"HUB_ADMIN_KEY": key})
    with keep_logs():
        done = runner.invoke(main, ["user", "--url", url, "--data", str(data), *words], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Done(done.exit_code, done.output)


def run_in_terminal(site: Site, *words: str, answers: tuple[str, ...] = ()) -> Done:
    """Run `run.py user` in a process of its own at a real terminal: what that shows of all that is typed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    ours, theirs = os.openpty()
    command = [sys.executable, "run.py", "user", "--url", site.url, "--data", str(site.folder.parent), *words]
    own = {"HUB_ADMIN_KEY": ADMIN_KEY}
    with open(ours, "r+b", buffering=0) as terminal:
        try:
            process = subprocess.Popen(
                command, cwd=ROOT, env=kept | own, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
            )
        finally:
            os.close(theirs)
        shown = b""
        for question, answer in zip(ASKS * 2, answers, strict=False):
            while not shown.endswith(question.encode()):
                shown += read(terminal.fileno()) or pytest.fail(shown.decode())
            terminal.write(answer.encode() + b"\n")
        while piece := read(terminal.fileno()):
            shown += piece
    return Done(process.wait(timeout=PATIENCE_S), shown.decode().replace("\r\n", "\n"))


def read(terminal: int) -> bytes:
    """Return what a terminal shows next, nothing once its program has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def logs_in(site: Site, username: str, password: str) -> bool:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = urllib.parse.urlencode({"username": username, "password": password}).encode()
    try:
        with browser.open(f"{site.url}/login", data=form, timeout=PATIENCE_S) as answer:
            # On the shared hub a viewer is led to the set-up of a second factor first.
            return urllib.parse.urlsplit(answer.url).path in ("/events", "/second-factor")
    except urllib.error.HTTPError as refused:
        with refused:
            assert refused.code == 401
        return False


def add(site: Site, role: str = "viewer") -> str:
    """Add a user by the command; return the name."""
    name = f"user-{uuid4().hex[:8]}"
    done = run(site, "add", name, "--role", role, answers=(FIRST, FIRST))
    assert done.code == 0, done.shown
    return name


# --- what it does -------------------------------------------------------------------------------------------------


def test_user_who_is_added_is_listed_with_the_role_and_can_log_in(site: Site) -> None:
    name = f"user-{uuid4().hex[:8]}"
    done = run_in_terminal(site, "add", name, "--role", "organiser", answers=(FIRST, FIRST))
    assert done.code == 0, done.shown
    listed = run_in_terminal(site, "list")
    assert listed.code == 0
    assert {f"{USERNAME}  owner", f"{name}  organiser"} <= set(listed.shown.splitlines())
    assert logs_in(site, name, FIRST)


def test_locked_out_owner_gets_a_new_password_and_the_old_one_is_none(site: Site) -> None:
    name = add(site, "owner")
    done = run(site, "password", name.upper(), answers=(SECOND, SECOND))
    assert done.code == 0, done.shown
    assert (logs_in(site, name, SECOND), logs_in(site, name, FIRST)) == (True, False)


def test_disabled_user_is_listed_as_such_until_a_new_password_lets_them_in_again(site: Site) -> None:
    name = add(site)
    (user,) = [each for each in site.call("GET", "/api/users") if each["username"] == name]
    site.call("PATCH", f"/api/users/{user['id']}", {"disabled": True})
    assert f"{name}  viewer  disabled" in run(site, "list").shown.splitlines()
    assert run(site, "password", name, answers=(SECOND, SECOND)).code == 0
    assert f"{name}  viewer" in run(site, "list").shown.splitlines()
    assert logs_in(site, name, SECOND)


def test_passwords_that_differ_are_asked_for_again(site: Site) -> None:
    name = f"user-{uuid4().hex[:8]}"
    done = run_in_terminal(site, "add", name, "--role", "viewer", answers=(FIRST, SECOND, SECOND, SECOND))
    assert done.code == 0, done.shown
    assert "do not match" in done.shown
    assert (logs_in(site, name, SECOND), logs_in(site, name, FIRST)) == (True, False)


def test_staff_of_one_event_is_added_with_address_and_a_password_to_change(site: Site) -> None:
    event = site.make_event(name=f"Night {uuid4().hex[:8]}")
    name = f"user-{uuid4().hex[:8]}"
    roles = ("--event", f"{event['name']}=box_office", "--email", f"{name}@example.org", "--must-change")
    done = run(site, "add", name, "--role", "staff", *roles, answers=(FIRST, FIRST))
    assert done.code == 0, done.shown
    said = f"{name}  staff  {event['name']}=box_office  must change  {name}@example.org (not confirmed)"
    assert said in run(site, "list").shown.splitlines()
    assert run(site, "email", name, "").code == 0
    assert run(site, "password", name, answers=(SECOND, SECOND)).code == 0
    assert f"{name}  staff  {event['name']}=box_office" in run(site, "list").shown.splitlines()
    (user,) = [each for each in site.call("GET", "/api/users") if each["username"] == name]
    assert (user["events"], user["email"]) == ([{"event": event["uuid"], "role": "box_office"}], None)


def test_second_factor_of_one_who_lost_it_is_reset(site: Site) -> None:
    name = add(site)
    turn_on(site, name)
    assert f"{name}  viewer  second factor" in run(site, "list").shown.splitlines()
    assert not logs_in(site, name, FIRST)
    assert run(site, "reset-second-factor", name.upper()).code == 0
    assert f"{name}  viewer" in run(site, "list").shown.splitlines()
    assert logs_in(site, name, FIRST)


def turn_on(site: Site, name: str) -> None:
    """Turn a user's second factor on, as their own page does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = urllib.parse.urlencode({"username": name, "password": FIRST}).encode()
    browser.open(f"{site.url}/login", data=form, timeout=PATIENCE_S).close()
    with browser.open(f"{site.url}/api/me", timeout=PATIENCE_S) as answer:
        csrf = json.load(answer)["csrf"]

    def send(path: str, **body: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf}
        request = urllib.request.Request(site.url + path, json.dumps(body).encode(), headers)
        with browser.open(request, timeout=PATIENCE_S) as answer:
            found: dict[str, str] = json.load(answer)
            return found

    secret = base64.b32decode(send("/api/me/totp", password=FIRST)["secret"].replace(" ", ""))
    send("/api/me/totp/confirm", code=code_at(secret, int(time.time()) // STEP_S))


# --- what it refuses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("add", "newcomer", "--role", "viewer"), ("password", USERNAME)], ids=" ".join)
def test_short_password_is_refused_with_the_rule_and_changes_nothing(site: Site, words: tuple[str, ...]) -> None:
    done = run(site, *words, answers=("too short", "too short"))
    assert done.code == 1
    assert re.search(r"^scan-hub: .*password .*10", done.shown, re.MULTILINE), done.shown
    assert "newcomer" not in run(site, "list").shown
    assert logs_in(site, USERNAME, PASSWORD)


def test_name_that_is_taken_is_refused(site: Site) -> None:
    done = run(site, "add", USERNAME.upper(), "--role", "viewer", answers=(FIRST, FIRST))
    assert done.code == 1 and "scan-hub: " in done.shown
    assert f"{USERNAME}  owner" in run(site, "list").shown.splitlines()


def test_name_that_cannot_be_is_refused_by_its_field(site: Site) -> None:
    done = run(site, "add", "two words", "--role", "viewer", answers=(FIRST, FIRST))
    assert done.code == 1
    assert re.search(r"^scan-hub: .*username ", done.shown, re.MULTILINE), done.shown


def test_nobodys_password_cannot_be_set(site: Site) -> None:
    done = run(site, "password", "nobody", answers=(FIRST, FIRST))
    assert (done.code, done.shown.splitlines()[-1]) == (1, "scan-hub: there is no user nobody")
    for words in (("email", "nobody", "x@example.org"), ("reset-second-factor", "nobody")):
        assert run(site, *words) == (1, "scan-hub: there is no user nobody\n")


@pytest.mark.parametrize(
    ("event", "reason"),
    [("nowhere=viewer", "there is no event nowhere"), ("=viewer", "there is no event"), ("viewer", "no event viewer")],
)
def test_event_that_there_is_not_is_refused_before_a_password_is_asked_for(site: Site, event: str, reason: str) -> None:
    done = run(site, "add", "newcomer", "--role", "staff", "--event", event)
    assert done.code == 1 and reason in done.shown


@pytest.mark.parametrize("words", [("add", "king", "--role", "king"), ("add", "king"), ("password",), ("remove", "x")])
def test_command_that_cannot_be_says_how_it_is_used(site: Site, words: tuple[str, ...]) -> None:
    done = run(site, *words)
    assert done.code == 2 and "Usage: " in done.shown


def test_wrong_key_is_refused_whatever_is_asked(site: Site) -> None:
    wrong = "admin.ffffffffffffffffffffffffffffffff"
    for words, answers in ((("list",), ()), (("add", "x", "--role", "owner"), (FIRST, FIRST))):
        done = run(site, *words, answers=answers, key=wrong)
        assert done.code == 1 and "scan-hub: " in done.shown
        assert wrong not in done.shown and USERNAME not in done.shown


def test_without_a_key_it_says_where_it_looked(site: Site) -> None:
    done = run(site, "list", key=None)
    assert (done.code, done.shown) == (2, f"scan-hub: there is no {site.folder.parent}/admin-key: give --admin-key\n")


def test_without_a_hub_it_says_so(tmp_path: Path) -> None:
    done = run_at("http://127.0.0.1:9", tmp_path, "list")
    assert (done.code, done.shown) == (1, "scan-hub: the hub at http://127.0.0.1:9 does not answer: is it running?\n")
    assert run_at("ftp://127.0.0.1", tmp_path, "list").code == 2


# --- what it keeps to itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("add", "newcomer", "--role", "viewer"), ("password", USERNAME)], ids=" ".join)
def test_password_on_the_command_line_is_refused_for_everybody_on_the_machine_would_see_it(
    site: Site, words: tuple[str, ...]
) -> None:
    done = run(site, *words, "--password", FIRST)
    assert done.code == 2 and "No such option" in done.shown
    assert logs_in(site, USERNAME, PASSWORD)


def test_passwords_and_keys_stand_neither_on_the_terminal_nor_in_the_log(site: Site) -> None:
    name = add(site)
    shown = run_in_terminal(site, "password", name, answers=(SECOND, SECOND)).shown
    shown += run_in_terminal(site, "password", name, answers=("too short", "too short")).shown
    log = (site.folder.parent / "site.log").read_text()
    assert "Repeat for confirmation" in shown
    for secret in (FIRST, SECOND, "too short", ADMIN_KEY):
        assert secret not in shown
        assert secret not in log
