"""User management from the shell, for an owner who is locked out: REST calls with the administrator's key."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
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

    def lines(self) -> Iterator[str]:
        """Yield a line for each user: name, role or events with a role, and what else is set for them."""
        users = self.all()
        names = self._event_names() if any(user["events"] for user in users) else {}
        for user in users:
            roles = [f"{names.get(each['event'], each['event'])}={each['role']}" for each in user["events"]]
            marks = {
                "disabled": user["disabled"],
                "must change": user["must_change"],
                "second factor": user["second_factor"],
                f"{user['email']}{'' if user['email_verified'] else ' (not confirmed)'}": user["email"],
            }
            yield "  ".join(
                [user["username"], user["role"], *roles, *(mark for mark, is_set in marks.items() if is_set)]
            )

    def event_roles(self, given: Sequence[str]) -> list[dict[str, str]]:
        """Return roles for single events, each given as EVENT=ROLE, the event by its id or its name."""
        names = self._event_names() if given else {}
        return [self._event_role(each, names) for each in given]

    def add(
        self,
        username: str,
        password: str,
        role: str,
        events: Sequence[dict[str, str]] = (),
        email: str | None = None,
        *,
        must_change: bool = False,
    ) -> None:
        """Make a user."""
        form = {"username": username, "password": password, "role": role, "events": [*events]}
        self._ask("POST", "/api/users", {**form, "email": email, "must_change": must_change})

    def set_password(self, username: str, password: str, *, must_change: bool = False) -> None:
        """Give a user another password, and let them log in again if they were disabled."""
        changes = {"password": password, "disabled": False, "must_change": must_change}
        self._ask("PATCH", f"/api/users/{self._id_of(username)}", changes)

    def set_email(self, username: str, address: str) -> None:
        """Give a user another mail address, or none."""
        self._ask("PATCH", f"/api/users/{self._id_of(username)}", {"email": address})

    def reset_second_factor(self, username: str) -> None:
        """Turn a user's second factor off."""
        self._ask("POST", f"/api/users/{self._id_of(username)}/second_factor/reset")

    def _id_of(self, username: str) -> str:
        found = [user["id"] for user in self.all() if user["username"] == username.casefold()]
        if not found:
            raise ShellError(f"there is no user {username}")
        return str(found[0])

    def _event_names(self) -> dict[str, str]:
        return {event["uuid"]: event["name"] for event in self._ask("GET", "/api/events")}

    def _event_role(self, given: str, names: Mapping[str, str]) -> dict[str, str]:
        event, _, role = given.rpartition("=")
        found = [uuid for uuid, name in names.items() if event in (uuid, name)]
        if not found:
            raise ShellError(f"there is no event {event or given}: give EVENT=ROLE, the event by its id or name")
        if len(found) > 1:
            raise ShellError(f"several events are called {event}: give its id, one of {', '.join(found)}")
        return {"event": found[0], "role": role}

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
