"""Generator of docs/access.md, the table of access rules of all paths: `python -m tests.docs.access_page`."""

import re
from collections.abc import Iterator

from handlers.http.access import ID
from handlers.http.access_words import role_words, rule_words
from handlers.routes.table import ROUTES
from tests.docs.examples import PAGES

PAGE = PAGES / "access.md"
HEAD = """# Who may what

What each path needs, as the hub itself has it (`handlers/routes/`). Keys, logins and their scopes are explained
in [booking-api.md](booking-api.md#who-may). A credential that is no good is refused wherever one is looked at; `owner`
stands for an owner's login, or a key with the scope `admin`. The last column has the
[roles for one event](booking-api.md#roles-for-one-event) that may as well, for what is of their event and nothing else.

| path | method | who may | roles for the event |
|---|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(f"| `{path_words(path)}` | {methods} | {words} |\n" for path, methods, words in rows())


def rows() -> Iterator[tuple[str, str, str]]:
    for route in ROUTES:
        by_words: dict[str, list[str]] = {}
        for method, rule in route.rules.items():
            by_words.setdefault(f"{rule_words(rule)} | {role_words(rule)}", []).append(method)
        for words, methods in by_words.items():
            yield route.path, ", ".join(methods), words


def path_words(path: str) -> str:
    """Return a path as people write it."""
    text = path.replace(ID, "{id}").replace("(.+)", "...")
    return re.sub(r"\(([^)]*)\)", lambda choice: choice[1].replace("|", "`, `"), text) or "/"


if __name__ == "__main__":
    PAGE.write_text(page())
