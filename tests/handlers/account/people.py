"""Users with a login and a mail address, and the mails that they get."""

import re
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.credentials import FORM, PASSWORD, log_in
from tests.hub.mail.inbox import Inbox, text_of

BROWSER = "Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0"


async def make_user(api: Api, username: str, role: str = "organiser", **fields: Any) -> Any:
    """Make a user with the usual password."""
    form = {"username": username, "password": PASSWORD, "role": role, **fields}
    answer = await api.admin.post("/api/users", form)
    assert answer.status == 201, answer.raw
    return answer.body


async def as_user(api: Api, username: str, password: str = PASSWORD) -> Api:
    """Log in; return the client of that login."""
    cookie, csrf = await log_in(api, username, password)
    return Api(api.url, headers={"Cookie": cookie, "X-CSRF-Token": csrf})


async def make_proved(api: Api, inbox: Inbox, username: str = "ada", role: str = "organiser") -> Any:
    """Make a user whose mail address is proved; the inbox is empty after it."""
    user = await make_user(api, username, role, email=f"{username}@example.org")
    await eventually(lambda: inbox.mails)
    token = token_of(inbox.mails.pop())
    inbox.recipients.clear()
    who = await as_user(api, username)
    assert (await post(who, "/verify", token=token, csrf=who.headers["X-CSRF-Token"])).status == 200
    return user


def link_of(mail: EmailMessage) -> str:
    """Return the link in a mail."""
    found = re.search(r"https?://\S+\?token=\S+", text_of(mail))
    assert found is not None, text_of(mail)
    return found[0]


def token_of(mail: EmailMessage) -> str:
    """Return the token in a mail."""
    return link_of(mail).partition("token=")[2]


async def post(api: Api, path: str, /, headers: dict[str, str] | None = None, **fields: str) -> Answer:
    """Send a form as a browser does."""
    return await api.post(path, urlencode(fields).encode(), **FORM, **(headers or {}))


async def log_in_status(api: Api, username: str, password: str) -> int:
    """Try to log in; return the answer's status."""
    return (await post(api, "/login", username=username, password=password)).status
