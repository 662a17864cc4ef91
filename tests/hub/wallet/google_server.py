"""A server in Google's place: HTTPS, access for a signed assertion, and what the hub uses of its API."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from tests.hub.wallet.authority import Authority
from tests.hub.wallet.discovery import wrong_fields

EMAIL, KEY_ID, ISSUER = "hub@example.iam.gserviceaccount.com", "key1", "3388000000012345678"
KINDS = {"eventTicketClass": "EventTicketClass", "eventTicketObject": "EventTicketObject"}


class Google:
    """State of Google's server: classes and objects by id, accesses given, and faults of requests."""

    def __init__(self, public_key: RSAPublicKey) -> None:
        self.public_key = public_key
        self.kept: dict[str, dict[str, Any]] = {}
        self.granted = 0
        self.wrong: list[str] = []
        self.calls: list[tuple[str, str]] = []
        self.failing = 0
        self.url = ""

    def save(self, url: str) -> dict[str, Any]:
        """Do what a guest's click on a link does: check it, and keep its object. Return its claims."""
        token = url.removeprefix("https://pay.google.com/gp/v/save/")
        claims: dict[str, Any] = jwt.decode(
            token, self.public_key, algorithms=["RS256"], audience="google", options={"verify_iat": False}
        )
        (saved,) = claims["payload"]["eventTicketObjects"]
        self.wrong += wrong_fields(saved, "EventTicketObject")
        assert saved["classId"] in self.kept, "the class is to be there beforehand"
        self.kept.setdefault(saved["id"], saved)
        return claims


class TokenHandler(RequestHandler):
    """`POST /token`."""

    def initialize(self, google: Google) -> None:
        self.google = google

    def post(self) -> None:
        form = {name: values[0] for name, values in parse_qs(self.request.body.decode()).items()}
        assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        claims = jwt.decode(
            form["assertion"],
            self.google.public_key,
            algorithms=["RS256"],
            audience=f"{self.google.url}/token",
            options={"verify_iat": False, "verify_exp": False},
        )
        assert claims["iss"] == EMAIL
        assert claims["scope"] == "https://www.googleapis.com/auth/wallet_object.issuer"
        assert claims["exp"] - claims["iat"] <= 3600
        self.google.granted += 1
        self.write({"access_token": f"access{self.google.granted}", "expires_in": 3600, "token_type": "Bearer"})


class WalletHandler(RequestHandler):
    """`/walletobjects/v1/{kind}[/{id}]`."""

    def initialize(self, google: Google) -> None:
        self.google = google

    def prepare(self) -> None:
        self.google.calls.append((self.request.method or "", self.request.path.rpartition("v1/")[2]))
        if self.google.failing:
            self.send_error(self.google.failing)
        elif self.request.headers.get("Authorization") != f"Bearer access{self.google.granted}":
            self.send_error(401)

    def post(self, kind: str, _: str | None = None) -> None:
        body = self.body(kind)
        self.set_status(409 if body["id"] in self.google.kept else 200)
        self.google.kept.setdefault(body["id"], body)

    def patch(self, kind: str, name: str) -> None:
        body = self.body(kind)
        if name not in self.google.kept:
            self.set_status(404)
        else:
            self.google.kept[name] = {k: v for k, v in {**self.google.kept[name], **body}.items() if v is not None}

    def body(self, kind: str) -> dict[str, Any]:
        said: dict[str, Any] = msgspec.json.decode(self.request.body)
        self.google.wrong += wrong_fields(said, KINDS[kind])
        return said

    def log_exception(self, *_: Any) -> None:
        """Log nothing: errors are kept for the test."""


@asynccontextmanager
async def a_google(authority: Authority, folder: Path, port: int) -> AsyncIterator[Google]:
    """Serve in Google's place; its root is in `folder/root.pem`."""
    google = Google(authority.leaf.key.public_key())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    routes: list[Any] = [
        ("/token", TokenHandler, {"google": google}),
        (r"/walletobjects/v1/(\w+)(?:/(.+))?", WalletHandler, {"google": google}),
    ]
    server = HTTPServer(Application(routes, log_function=lambda _: None), ssl_options=context)
    server.listen(port, "127.0.0.1")
    google.url = f"https://127.0.0.1:{port}"
    try:
        yield google
    finally:
        server.stop()
        await server.close_all_connections()
