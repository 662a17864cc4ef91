"""Described routes: paths with their operations, as the OpenAPI document has them. Pure."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import msgspec

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
from handlers.http.operation import Operation, operation_of

GROUP = re.compile(r"\(([^()]*)\)")
"""Variable part of a route's path: any part of a path, or one of several words."""
ANY_PART = "[^/]+"


class DescribableRoute(Protocol):
    """Route, as far as its description goes."""

    @property
    def path(self) -> str:
        """Pattern of the path."""

    @property
    def handler(self) -> type:
        """Class of the handlers."""

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Access rules, by method."""


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """Described operation of one path of the document: `choice` is the word that stands in the path."""

    path: str
    method: str
    handler: type[BaseHandler]
    rule: Rule
    operation: Operation
    operation_id: str
    parameters: tuple[str, ...]
    summary: str
    choice: str | None = None


def described(routes: Iterable[DescribableRoute]) -> Iterator[Described]:
    """Yield every operation that is described; a path with words to choose from is one path for each of them."""
    for route in routes:
        for method, rule in route.rules.items():
            found = operation_of(route.handler, method)
            if found is not None:
                yield from _of_method(route, method, rule, found)


def _of_method(route: DescribableRoute, method: str, rule: Rule, found: Operation) -> Iterator[Described]:
    function = getattr(route.handler, method.lower())
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    is_alias = function.__name__ != method.lower()
    for path, chosen in _paths(route.path, names):
        name = found.id.format(**{"last": path.rpartition("/")[2]} | chosen)
        yield Described(
            path=path,
            method=method.lower(),
            handler=route.handler,
            rule=rule,
            operation=found,
            operation_id=f"{name}_by_{method.lower()}" if is_alias else name,
            parameters=tuple(re.findall(r"{(\w+)}", path)),
            summary=summary_of(function),
            choice=next(iter(chosen.values()), None),
        )


def _paths(pattern: str, names: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the paths of a route in the document, each with the words that were chosen in it."""
    found = GROUP.search(pattern)
    if found is None:
        yield with_slash(pattern), {}
        return
    name, *rest = names
    if found[1] == ANY_PART:
        for path, chosen in _paths(pattern[found.end() :], rest):
            yield f"{pattern[: found.start()]}{{{name}}}{path}", chosen
        return
    for word in found[1].split("|"):
        for path, chosen in _paths(pattern[found.end() :], rest):
            yield f"{pattern[: found.start()]}{word}{path}", {name: word} | chosen


def with_slash(path: str) -> str:
    """Return a path as its callers write it: the phones of doors end those without a variable in a slash."""
    return f"{path}/" if path.startswith("/scan/") else path


def summary_of(function: object) -> str:
    """Return the first sentence of a method's docstring."""
    text = inspect.getdoc(function) or ""
    return text.split("\n\n", maxsplit=1)[0].replace("\n", " ").rstrip(".")
