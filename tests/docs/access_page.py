"""Generator of docs/access.md, the table of access rules of all paths: `python -m tests.docs.access_page`."""

import re
from collections.abc import Iterator

from handlers.http.access import ALL_ROLES, ID, Rule
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


def role_words(rule: Rule) -> str:
    """Return the roles for one event that a rule names."""
    if rule.within is None or not rule.scopes:
        return ""
    return "all" if rule.within.roles == ALL_ROLES else ", ".join(rule.within.roles).replace("_", " ")


def rule_words(rule: Rule) -> str:
    """Return a rule in words."""
    who = " or ".join(f"`{scope}`" for scope in rule.scopes) or "any credential"
    if not rule.is_keyed:
        return "the ticket's token"
    if rule.holder:
        who += ", or the ticket's token"
    if rule.is_open:
        who = f"anybody; of credentials {who}" if rule.scopes else "anybody"
    right = f"a device with the right `{rule.may}`" if rule.may else ""
    return "; ".join(part for part in (who, right, rule.but) if part)


if __name__ == "__main__":
    PAGE.write_text(page())
