"""The wheel in an empty environment elsewhere: it serves the demo with its pages and reads a ticket by camera."""

import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from handlers.pages.vendor import FILES, PACKAGES, address_of
from hub.formats.qr_images import qr_png
from hub.version import VERSION
from tests.api import ADMIN_KEY
from tests.end_to_end.film import film
from tests.end_to_end.scanner import PATIENT, expect_verdict, pair
from tests.end_to_end.site import CHROMIUM, FLAGS, ROOT, Site
from tests.eventually import PATIENCE_S

pytestmark = pytest.mark.skipif(not PACKAGES.exists(), reason="needs npm: make setup")


def run(*command: str | Path, **environment: str) -> str:
    """Run a command and return its output; it knows neither this checkout nor Node."""
    plain = {"PATH": "/nowhere", "HOME": os.environ.get("HOME", "/"), **environment}
    done = subprocess.run(command, cwd="/", env=plain, capture_output=True, text=True, timeout=10 * PATIENCE_S)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel"]
    run(*pip, "--no-index", "--no-deps", "--no-build-isolation", "--quiet", "-w", folder, str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scan_hub(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `scan-hub` of an environment with the wheel; its dependencies lie in the environment of the tests."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", "--quiet", wheel)
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "scan-hub"


@pytest.fixture(scope="module")
def installed(scan_hub: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, served by the installed hub on its own embedded database, from a folder without a checkout."""
    folder = tmp_path_factory.mktemp("installed")

    class Installed(Site):
        command = (str(scan_hub), "serve", "--demo")
        cwd = folder

    site = Installed(folder / "data", PATH=str(scan_hub.parent))
    yield site
    site.close()


def read(url: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=PATIENCE_S) as answer:
        body: bytes = answer.read()
    return body


def test_wheel_holds_all_that_the_checkout_serves(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("handlers", "hub", "jobs", "store", "web/locales", "web/mail", "web/static", "web/templates"):
        files = (file for file in (ROOT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        assert {f"scan_hub/{file.relative_to(ROOT)}" for file in files} <= inside
    assert {f"scan_hub/web/node_modules/{package}/{path}" for package, path in FILES.values()} <= inside
    assert {"scan_hub/run.py", "scan_hub/__main__.py"} <= inside
    tops = {name.split("/")[0] for name in inside}
    assert tops == {"scan_hub", f"scan_hub-{VERSION}.dist-info"}, "nothing else is put into an environment"


def wanted_by(file: str) -> set[str]:
    wanted = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / file).read_text(), re.MULTILINE)
    return {each.replace(".", "-") for each in wanted}


def test_wheel_names_what_it_depends_on_and_its_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"scan_hub-{VERSION}.dist-info/METADATA").decode()
    assert wanted_by("requirements.txt") == set(
        re.findall(r"^Requires-Dist: ([\w.-]+)(?!.*extra)", metadata, re.MULTILINE)
    )
    of_otel = re.findall(r"^Requires-Dist: ([\w.-]+)[^\n]*; extra == 'otel'$", metadata, re.MULTILINE)
    assert wanted_by("requirements-otel.txt") == set(of_otel)
    assert re.findall(r"^License-File: (.*)$", metadata, re.MULTILINE) == ["LICENSE", "NOTICE"]


def test_version_is_the_same_wherever_it_is_said(scan_hub: Path, installed: Site) -> None:
    assert run(scan_hub, "--version") == f"scan-hub, version {VERSION}\n"
    assert installed.call("GET", "/healthz")["version"] == VERSION
    metrics = read(f"{installed.url}/metrics", Authorization=f"Api-Key {ADMIN_KEY}").decode()
    assert f'scanhub_build_info{{version="{VERSION}"}} 1.0' in metrics


def test_command_runs_as_a_module_too(scan_hub: Path) -> None:
    assert run(scan_hub.with_name("python"), "-m", "scan_hub", "--version") == f"scan-hub, version {VERSION}\n"


def test_installed_hub_serves_the_demo_its_pages_and_their_packages(installed: Site) -> None:
    event = next(each for each in installed.call("GET", "/api/events") if each["name"] == "Demo night")
    for path in ("/login", "/book", "/scanner", f"/book/{event['uuid']}", "/static/scanner/scan.js"):
        assert read(installed.url + path)
    assert b'lang="fr"' in read(f"{installed.url}/book", **{"Accept-Language": "fr"})
    for name, file in FILES:
        assert read(installed.url + address_of(name, file)), (name, file)


def test_installed_hub_reads_a_ticket_by_camera(installed: Site, browser: Browser, tmp_path: Path) -> None:
    event = installed.make_event(name="Before the camera of an installed hub")
    (code,) = installed.book(event, 1)
    shown = film(qr_png(code), tmp_path / "ticket.y4m", tilted=0)
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={shown}"]
    filming = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, *camera, "--use-fake-ui-for-media-stream"]
    )
    try:
        phone = filming.new_context(base_url=installed.url).new_page()
        phone.add_init_script(PATIENT)
        pair(installed, phone, event)  # which starts the camera
        expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    finally:
        filming.close()
