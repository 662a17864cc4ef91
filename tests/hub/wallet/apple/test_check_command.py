"""`run.py wallet check`: a file or an event's pass, its web service over real TLS, and the exit code."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import Encoding
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from hub.wallet.apple.certificates import Credentials
from hub.wallet.apple.check_service import check_web_service
from hub.wallet.apple.package import bundle
from run import main
from tests.api import Api
from tests.hub.wallet.apple.test_check import DOCUMENT, packed
from tests.hub.wallet.authority import Authority

NOWHERE = "2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111"


@pytest.fixture
def credentials(authority: Authority) -> Credentials:
    return Credentials(authority.leaf.certificate, authority.leaf.key, authority.wwdr.certificate)


class PassService(RequestHandler):
    """Answers as a web service of passes does, with the status of the test."""

    asked: list[tuple[str, str]]

    def initialize(self, status: int, asked: list[tuple[str, str]]) -> None:
        self.status, self.asked = status, asked

    def get(self) -> None:
        self.asked.append((self.request.path, self.request.headers["Authorization"]))
        self.set_status(self.status)
        if 300 <= self.status < 400:
            self.set_header("Location", "/elsewhere")


@asynccontextmanager
async def a_service(authority: Authority, folder: Path, status: int, asked: list[Any]) -> AsyncIterator[str]:
    """Serve over TLS, with a certificate of the authority's; yield the address."""
    authority.files(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    routes: list[Any] = [("/.*", PassService, {"status": status, "asked": asked})]
    server = HTTPServer(Application(routes, log_function=lambda _: None), ssl_options=context)
    socket, port = bind_unused_port()
    server.add_socket(socket)
    try:
        yield f"https://127.0.0.1:{port}/"
    finally:
        server.stop()
        await server.close_all_connections()


async def codes_of(url: str, trusted: Path | None) -> list[str]:
    verify = ssl.create_default_context(cafile=str(trusted)) if trusted else ssl.create_default_context()

    def check() -> list[str]:
        with httpx.Client(verify=verify, trust_env=False) as client:
            return [refusal.code for refusal in check_web_service({**DOCUMENT, "webServiceURL": url}, client)]

    return await asyncio.to_thread(check)


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("status", "codes"),
    [
        (200, []),
        (401, ["service_token_refused"]),
        (404, ["service_failed"]),
        (302, ["service_failed"]),
        (503, ["service_failed"]),
    ],
)
async def test_the_web_service_is_asked_as_a_phone_asks(
    authority: Authority, tmp_path: Path, status: int, codes: list[str]
) -> None:
    asked: list[tuple[str, str]] = []
    async with a_service(authority, tmp_path, status, asked) as url:
        assert await codes_of(url, tmp_path / "root.pem") == codes
    path = f"/v1/passes/{DOCUMENT['passTypeIdentifier']}/{DOCUMENT['serialNumber']}"
    assert asked == [(path, f"ApplePass {DOCUMENT['authenticationToken']}")]


@pytest.mark.gen_test
async def test_a_web_service_whose_certificate_no_phone_trusts(authority: Authority, tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []
    async with a_service(authority, tmp_path, 200, asked) as url:
        assert await codes_of(url, None) == ["service_not_trusted"]
    assert asked == []


@pytest.mark.gen_test
async def test_a_web_service_that_is_not_there(authority: Authority, tmp_path: Path) -> None:
    async with a_service(authority, tmp_path, 200, []) as url:
        pass
    assert await codes_of(url, tmp_path / "root.pem") == ["service_unreachable"]


@pytest.mark.parametrize(
    "url", ["https://", "https://[::1", "https://a b/", "https://127.0.0.1:99999999/", "https://\u2603./"]
)
def test_an_address_that_cannot_be_asked_is_refused_and_breaks_nothing(url: str) -> None:
    with httpx.Client(trust_env=False) as client:
        assert [each.code for each in check_web_service({"webServiceURL": url}, client)] == ["service_unreachable"]


# --- the command ---


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["wallet", "check", *map(str, words)])


@pytest.fixture
def root(authority: Authority, tmp_path: Path) -> Path:
    (tmp_path / "root.cer").write_bytes(authority.root.certificate.public_bytes(Encoding.DER))
    return tmp_path / "root.cer"


def test_a_good_file_ends_with_0(credentials: Credentials, root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pkpass").write_bytes(packed(credentials, webServiceURL=None, authenticationToken=None))
    done = run(tmp_path / "a.pkpass", "--root", root)
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        ["a phone takes this pass", "note: it names no web service, so it never changes on the phone"],
    )


def test_refusals_are_listed_and_end_with_1(credentials: Credentials, root: Path, tmp_path: Path) -> None:
    wrong = packed(credentials, webServiceURL=None, teamIdentifier="OTHERTEAM1", description=None)
    (tmp_path / "a.pkpass").write_bytes(wrong)
    done = run(tmp_path / "a.pkpass", "--root", root)
    assert done.exit_code == 1
    assert "refused: pass.json has no description (field_missing)" in done.output
    assert "(team_differs)" in done.output
    assert "takes" not in done.output


def test_a_bundle_is_listed_by_pass(credentials: Credentials, root: Path, tmp_path: Path) -> None:
    good = packed(credentials, webServiceURL=None)
    (tmp_path / "a.pkpasses").write_bytes(bundle({"1.pkpass": good, "2\x1b[31m.pkpass": b"nonsense"}))
    done = run(tmp_path / "a.pkpasses", "--root", root)
    assert done.exit_code == 1
    assert "1.pkpass: a phone takes this pass" in done.output
    assert r"2\x1b[31m.pkpass: refused: the file is no zip that can be unpacked (not_a_zip)" in done.output


def test_a_check_that_cannot_be_made_ends_with_2(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pkpass").write_bytes(b"x")
    for words in (
        [tmp_path / "missing.pkpass"],
        [tmp_path],
        [tmp_path / "a.pkpass", "--root", tmp_path / "a.pkpass"],
        [NOWHERE, "--url", "http://127.0.0.1:9", "--admin-key", "x", "--data", tmp_path],
        [NOWHERE, "--url", "nonsense", "--admin-key", "x", "--data", tmp_path],
        [NOWHERE, "--data", tmp_path],
    ):
        done = run(*words)
        assert done.exit_code == 2, words
        assert done.stderr.startswith("scan-hub: ") and "Traceback" not in done.stderr


@pytest.mark.gen_test
async def test_an_events_pass_is_fetched_from_the_hub(api: Api, tmp_path: Path) -> None:
    event = await api.make_event()
    await api.book(event, 2)
    words = [event["uuid"], "--url", api.url, "--admin-key", api.admin.key, "--data", tmp_path]
    done = await asyncio.to_thread(run, *words)
    assert done.exit_code == 1
    said = "refused: the pass certificate is not Apple's, but issued by Scan Hub development root (not_apple)"
    assert said in done.output.splitlines()
    root = tmp_path / "wallet-development" / "root.pem"
    assert (await asyncio.to_thread(run, *words, "--root", root)).exit_code == 0
    assert (await asyncio.to_thread(run, NOWHERE, *words[1:])).exit_code == 2
    empty = await api.make_event(wallet="off")
    await api.book(empty)
    refused = await asyncio.to_thread(run, empty["uuid"], *words[1:])
    assert (refused.exit_code, "offered a pass" in refused.stderr) == (2, True)
    other = f"other.{'x' * 40}"
    wrong_key = await asyncio.to_thread(run, event["uuid"], "--url", api.url, "--admin-key", other, "--data", tmp_path)
    assert (wrong_key.exit_code, wrong_key.stderr) == (
        2,
        "scan-hub: the hub refused: the key is not good, or may not read tickets\n",
    )
