"""The proxies of deploy/, as they are: nginx and Caddy before two hubs, with sockets, scans and files through them."""

import json
import os
import re
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from websockets.sync.client import ClientConnection, connect

from tests.api import ADMIN_KEY
from tests.end_to_end.site import ROOT, Site
from tests.eventually import PATIENCE_S, until
from tests.hub.mail.tls import make_certificate
from tests.ports import free_port

PATHS = os.environ.get("PATH", "") + ":/usr/sbin"
NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/start.log warn;
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/scan-hub.conf;
}}
"""
"""What Debian's nginx.conf has around the example, in a folder of the test's own."""


class Proxied:
    """A proxy on loopback before two hubs, whose base URL is its address."""

    def __init__(self, folder: Path, name: str, port: int, hubs: list[Site]) -> None:
        self.name, self.folder, self.url, self.hubs = name, folder, f"https://localhost:{port}", hubs
        self.log = folder / "scan-hub.log"
        certificate, key = make_certificate("localhost", datetime.now(UTC))
        self.chain, self.key = folder / "chain.pem", folder / "key.pem"
        self.chain.write_bytes(certificate.public_bytes(Encoding.PEM))
        self.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.tls = ssl.create_default_context(cafile=str(self.chain))
        self._process = getattr(self, f"_{name}")(port)
        until(self._serves, f"{name} serves; see {folder}")

    def _nginx(self, port: int) -> "subprocess.Popen[bytes]":
        text = (ROOT / "deploy/nginx/scan-hub.conf").read_text()
        first, second = (site.url.removeprefix("http://") for site in self.hubs)
        for old, new in (
            ("127.0.0.1:8888", first),
            ("127.0.0.1:8889", second),
            ("/etc/letsencrypt/live/hub.example.org/fullchain.pem", str(self.chain)),
            ("/etc/letsencrypt/live/hub.example.org/privkey.pem", str(self.key)),
            ("hub.example.org", "localhost"),
            ("/var/log/nginx", str(self.folder)),
            ("listen 443 ", f"listen 127.0.0.1:{port} "),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ):
            assert old in text, f"the example has no {old}"
            text = text.replace(old, new)
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
        (self.folder / "scan-hub.conf").write_text(text)
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder))
        return self._start("nginx", "-p", str(self.folder), "-c", "nginx.conf")

    def _caddy(self, port: int) -> "subprocess.Popen[bytes]":
        text = (ROOT / "deploy/caddy/Caddyfile").read_text()
        own = f"{{$HUB_DOMAIN:hub.example.org}} {{\n\ttls {self.chain} {self.key}"
        for old, new in (
            ("{\n", "{\n\tadmin off\n\tauto_https disable_redirects\n"),
            ("{$HUB_DOMAIN:hub.example.org} {", own),
        ):
            assert old in text, f"the example has no {old}"
            text = text.replace(old, new, 1)
        (self.folder / "Caddyfile").write_text(text)
        hubs = " ".join(site.url.removeprefix("http://") for site in self.hubs)
        own_settings = {"HUB_DOMAIN": self.url, "HUB_UPSTREAMS": hubs, "HUB_LOG": str(self.log)}
        return self._start("caddy", "run", "--adapter", "caddyfile", "--config", "Caddyfile", **own_settings)

    def _start(self, program: str, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        with (self.folder / "output.log").open("wb") as output:
            return subprocess.Popen(
                [shutil.which(program, path=PATHS) or program, *arguments],
                cwd=self.folder,
                env={**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _serves(self) -> bool:
        assert self._process.poll() is None, (self.folder / "output.log").read_text()
        try:
            return self.ask("GET", "/readyz")[0] == 200
        except OSError:
            return False

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, key: str = ADMIN_KEY, **headers: str
    ) -> tuple[int, bytes]:
        """Ask through the proxy; return status and body."""
        kind = {"Content-Type": "application/json", "Authorization": f"Api-Key {key}", **headers}
        request = urllib.request.Request(self.url + path, method=method, data=body, headers=kind)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S, context=self.tls) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read()

    @contextmanager
    def socket(self, key: str) -> Iterator[ClientConnection]:
        """A live socket through the proxy, welcomed."""
        address = self.url.replace("https", "wss", 1) + "/live"
        headers = {"Authorization": f"Api-Key {key}"}
        with connect(address, ssl=self.tls, additional_headers=headers, subprotocols=["scanhub.v1"]) as socket:  # type: ignore[list-item]
            assert json.loads(socket.recv(PATIENCE_S))["type"] == "welcome"
            yield socket

    def pair(self, token: str) -> str:
        """Pair a device; return its key."""
        key: str = json.loads(self.ask("GET", f"/scan/{token}/pair")[1])["api_key"]
        return key

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE_S)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxied(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]
) -> Iterator[Proxied]:
    name = request.param
    if shutil.which(name, path=PATHS) is None and not (name == "nginx" and os.environ.get("CI") == "true"):
        pytest.skip(f"needs {name}: apt-get install {name}")
    port = free_port()
    settings = {"HUB_BASE_URL": f"https://localhost:{port}", "HUB_TRUSTED_PROXIES": "127.0.0.1", **site_database}
    with ExitStack() as held:
        hubs = []
        for number in (1, 2):
            site = Site(tmp_path_factory.mktemp(f"hub{number}") / "data", **settings)
            held.callback(site.close)
            hubs.append(site)
        proxied = Proxied(tmp_path_factory.mktemp(name), name, port, hubs)
        held.callback(proxied.close)
        yield proxied


def until_found(socket: ClientConnection, kind: str) -> dict[str, Any]:
    """Return the next frame of a kind."""
    while True:
        frame: dict[str, Any] = json.loads(socket.recv(PATIENCE_S))
        if frame["type"] == kind:
            return frame


def test_scan_by_one_connection_is_heard_on_sockets_of_both_hubs(proxied: Proxied) -> None:
    site = proxied.hubs[0]
    event = site.make_event(name="Behind a proxy")
    (code,) = site.book(event, 1)
    token = site.make_device(event).split("/")[4]
    key = proxied.pair(token)
    with ExitStack() as held:
        sockets = [held.enter_context(proxied.socket(ADMIN_KEY)) for _ in range(4)]
        for socket in sockets:
            socket.send(json.dumps({"type": "subscribe", "id": 1, "event": event["uuid"], "since": None}))
            until_found(socket, "snapshot")
        status, body = proxied.ask(
            "POST", "/scan/ticket/", json.dumps({"qrcode_data": code, "nonce": "by-proxy"}).encode(), key=key
        )
        assert (status, json.loads(body)["code"]) == (200, "admitted")
        for socket in sockets:
            kinds = [item["kind"] for item in until_found(socket, "updates")["items"]]
            assert "ticket.scanned" in kinds
    served = {json.loads(proxied.ask("GET", "/healthz")[1])["hub"] for _ in range(20)}
    assert len(served) == 2, "both hubs answer"
    assert token not in proxied.log.read_text() and key not in proxied.log.read_text()


def test_scan_over_a_socket_comes_through(proxied: Proxied) -> None:
    site = proxied.hubs[0]
    event = site.make_event(name="Scans over a socket")
    (code,) = site.book(event, 1)
    with proxied.socket(proxied.pair(site.make_device(event).split("/")[4])) as socket:
        socket.send(json.dumps({"type": "scan", "id": 7, "qrcode_data": code, "nonce": "by-socket"}))
        assert until_found(socket, "result")["code"] == "admitted"


def test_file_of_tickets_of_many_megabytes_reaches_the_hub(proxied: Proxied) -> None:
    times = [{"date": "2090-12-24", "time": "20:30", "capacity": 20_000}]
    event = proxied.hubs[0].make_event(name="A large file", showings=times)
    rows = [f"code-{number:06},Ada,{'Lovelace' * 40}" for number in range(12_000)]
    file = "\n".join(["barcode,first_name,last_name", *rows]).encode()
    assert len(file) > 4_000_000
    path = f"/api/events/{event['uuid']}/import"
    status, body = proxied.ask("POST", path, file, **{"Content-Type": "text/csv"})
    assert status == 202, body[:300]


def test_log_names_no_more_of_an_address_than_its_first_part(proxied: Proxied) -> None:
    secret = "s3cret-token-in-an-address"
    for path in (f"/scan/{secret}/pair", f"/ticket/{secret}/{secret}", f"/book?token={secret}"):
        proxied.ask("GET", path)
    before = proxied.log.read_text()
    until(lambda: proxied.log.read_text().count("\n") >= 4, "the log has its lines")
    everything = "".join(path.read_text(errors="replace") for path in proxied.folder.glob("*.log"))
    assert before and secret not in everything


def test_an_id_leads_through_the_proxy_to_the_hub(proxied: Proxied) -> None:
    def answered(**shown: str) -> str:
        headers = {name.replace("_", "-"): value for name, value in shown.items()}
        status, body = proxied.ask("GET", "/api/scans?limit=x", None, **headers)
        assert status == 422
        request_id: str = json.loads(body)["request_id"]
        return request_id

    assert answered(X_Request_ID="asked-by-me") == "asked-by-me"
    made = answered(X_Request_ID="no good <id>")
    assert made != answered() and len(made) == 32
    if proxied.name == "nginx":
        until(lambda: made in proxied.log.read_text(), "the log names the request")
        assert "no good" not in proxied.log.read_text()


def test_hub_that_is_gone_is_passed_over_and_no_error_tells_of_a_key(proxied: Proxied) -> None:
    gone = proxied.hubs[1]
    gone.stop()
    try:
        answers = [proxied.ask("GET", "/book?token=s3cret-of-a-lost-hub")[0] for _ in range(12)]
        assert answers == [200] * 12
        everything = "".join(path.read_text(errors="replace") for path in proxied.folder.glob("*.log"))
        assert "s3cret-of-a-lost-hub" not in everything
    finally:
        gone.start()
