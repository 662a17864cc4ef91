"""User management from the shell, for an owner who is locked out: REST calls with the administrator's key."""

import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import msgspec

PATIENCE_S = 30


class ShellError(Exception):
    """Error of a command that failed; the text is one line for a person."""


class UserShell:
    """REST client for users of the hub at `url`, with `key`. Each method raises `ShellError`."""

    def __init__(self, url: str, key: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ShellError(f"{url} is no address of a hub")
        self._url = url.rstrip("/")
        self._key = key

    def all(self) -> list[dict[str, Any]]:
        """Return the users, as `GET /api/users` does."""
        users: list[dict[str, Any]] = self._ask("GET", "/api/users")
        return users

    def add(self, username: str, password: str, role: str) -> None:
        """Make a user."""
        self._ask("POST", "/api/users", {"username": username, "password": password, "role": role})

    def set_password(self, username: str, password: str) -> None:
        """Give a user another password, and let them log in again if they were disabled."""
        found = [user for user in self.all() if user["username"] == username.casefold()]
        if not found:
            raise ShellError(f"there is no user {username}")
        self._ask("PATCH", f"/api/users/{found[0]['id']}", {"password": password, "disabled": False})

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        payload = None if body is None else msgspec.json.encode(body)
        headers = {"Authorization": f"Api-Key {self._key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, payload, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return msgspec.json.decode(answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise ShellError(_reason(refusal.read())) from refusal
        except OSError as error:
            raise ShellError(f"the hub at {self._url} does not answer: is it running?") from error


def _reason(raw: bytes) -> str:
    """Return a problem's text, in one line."""
    try:
        problem = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return "the hub refused"
    fields = [f"{field} {text}" for field, text in problem.get("errors", {}).items()]
    return "; ".join([problem["title"], *fields])
