"""Route: a path with its handler and its access rules.

The rules are where access is decided, not a copy of it: a handler gets its path's rules from `make_application` and
applies them in `BaseHandler.prepare`, before anything of the request is looked at. A method without a rule is answered
405; the fast path of scans applies the rule of its path, too. docs/access.md is written out of them.
"""

from collections.abc import Mapping

from tornado.web import RequestHandler

from handlers.http.access import ID, Rule


class Route:
    """Route: a path, its handler, and for each method that it answers the rule who may.

    Raises `ValueError` for a path without rules, or with one for a method that the handler does not have.
    """

    def __init__(self, path: str, handler: type[RequestHandler], /, **rules: Rule) -> None:
        self.path = path
        self.handler = handler
        self.rules: Mapping[str, Rule] = rules
        if not rules or not all(has_method(handler, method) for method in rules):
            raise ValueError(f"{path}: each method that {handler.__name__} has needs a rule, and no other")

    @property
    def name(self) -> str:
        """The path as metrics and the log have it."""
        return self.path.replace(ID, "{id}")


def has_method(handler: type[RequestHandler], method: str) -> bool:
    """Whether a handler answers a method itself, in its class or a base other than that of all."""
    own = getattr(handler, method.lower(), None)
    return own is not None and not own.__qualname__.startswith(("RequestHandler.", "BaseHandler."))
