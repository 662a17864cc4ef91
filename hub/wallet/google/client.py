"""Google Wallet REST client, with a service account (OAuth 2.0 JWT bearer grant).

Sources: Google Wallet's "JWT" and "REST" references; RFC 7523 for the exchange of a signed assertion for access.
"""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from hub.clock import Clock
from hub.loading import load
from hub.wallet.save_links import ProviderError

if TYPE_CHECKING:
    import httpx

SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer"
ASSERTION_LIVES_S = 3600
RENEW_BEFORE_S = 60
TIMEOUT_S = 8.0
log = structlog.get_logger(__name__)


class AccountError(Exception):
    """Error of an unusable service account file; the text is the reason."""


class GoogleError(ProviderError):
    """Error of a call to Google."""


class Account(NamedTuple):
    """Service account: its e-mail, RSA key with id, and OAuth token endpoint."""

    email: str
    key: RSAPrivateKey
    key_id: str
    token_url: str

    def sign(self, claims: dict[str, Any]) -> str:
        """Return a JWT (RS256) of `claims`, as short as it gets."""
        # Not jwt.encode: that writes a name in another script as escapes, which are twice as long.
        payload = json.dumps({"iss": self.email, **claims}, ensure_ascii=False, separators=(",", ":")).encode()
        return jwt.api_jws.encode(payload, self.key, algorithm="RS256", headers={"kid": self.key_id})


def load_account(path: Path, token_url: str = "") -> Account:
    """Return the account in a key file (JSON) of Google's; `token_url` overrides the file's. Raises `AccountError`."""
    try:
        said = json.loads(path.read_bytes())
        key = load_pem_private_key(said["private_key"].encode(), None)
        if not isinstance(key, RSAPrivateKey):
            raise AccountError(f"{path} holds no RSA key")
        return Account(said["client_email"], key, said.get("private_key_id", ""), token_url or said["token_uri"])
    except OSError as error:
        raise AccountError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AccountError(f"{path} is no service account key in JSON") from error


class GoogleClient:
    """REST client with a cached access token, which is renewed a minute before its end. `close` after use."""

    def __init__(self, account: Account, api_url: str, clock: Clock) -> None:
        self._account = account
        self._url = f"{api_url.rstrip('/')}/walletobjects/v1"
        self._clock = clock
        self._client: httpx.AsyncClient | None = None
        self._access = ""
        self._access_until = 0.0
        self._renewing = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    async def insert(self, kind: str, body: dict[str, Any]) -> None:
        """Create a class or object unless it exists. Raises `GoogleError`."""
        status = await self._call("POST", f"{self._url}/{kind}", body)
        if status not in (200, 409):
            raise GoogleError("refused", status)

    async def patch(self, kind: str, name: str, body: dict[str, Any]) -> int:
        """Patch a class or object; return 200, or 404 where it does not exist. Raises `GoogleError`."""
        status = await self._call("PATCH", f"{self._url}/{kind}/{name}", body)
        if status not in (200, 404):
            raise GoogleError("refused", status)
        return status

    async def _call(self, method: str, url: str, body: dict[str, Any]) -> int:
        headers = {"Authorization": f"Bearer {await self._bearer()}"}
        answer = await self._send(method, url, json=body, headers=headers)
        if answer.status_code == 401:
            self._access_until = 0.0
        return answer.status_code

    async def _bearer(self) -> str:
        async with self._renewing:
            now = self._clock.now().timestamp()
            if now >= self._access_until:
                await self._renew(int(now))
            return self._access

    async def _renew(self, now: int) -> None:
        url = self._account.token_url
        assertion = self._account.sign({"scope": SCOPE, "aud": url, "iat": now, "exp": now + ASSERTION_LIVES_S})
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
        answer = await self._send("POST", url, data=form)
        if answer.status_code != 200:
            raise GoogleError("no access", answer.status_code)
        try:
            said = answer.json()
            self._access = str(said["access_token"])
            self._access_until = now + float(said.get("expires_in", ASSERTION_LIVES_S)) - RENEW_BEFORE_S
        except (ValueError, KeyError, TypeError) as wrong:
            raise GoogleError("no access", answer.status_code) from wrong

    async def _send(self, method: str, url: str, **content: Any) -> "httpx.Response":
        await load("httpx")
        import httpx

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=TIMEOUT_S)
        try:
            return await self._client.request(method, url, **content)
        except (httpx.HTTPError, OSError) as wrong:
            log.info("google not reached", error=type(wrong).__name__)
            raise GoogleError("no answer") from None
