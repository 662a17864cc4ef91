"""Operation: the description of one method of a path for the OpenAPI document, beside its handler.

Who may and the path come from the route, parameters from the handler's arguments and its query's form, the summary from
its docstring; here stands only what the handler's code alone knows: its forms, its answers and its refusals.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

JSON = "application/json"
CSV = "text/csv"
F = TypeVar("F", bound=Callable[..., Any])


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """Operation of the API: `answer` and `body` are types that msgspec encodes and converts.

    `refuses` are the codes of refusals beside those that the access rule, the body and the path bring along.
    """

    id: str
    """Name of the operation; in braces a word that is chosen in its path, or `last`: the path's last part."""
    answer: Any = None
    """Type of the answer's JSON; None for an answer without."""
    status: int = 200
    also: tuple[tuple[int, Any], ...] = ()
    """Other answers that are no problem, by status."""
    media: tuple[str, ...] = (JSON,)
    """Content types of the answer."""
    body: Any = None
    is_part: bool = False
    """Whether the body may leave out any field: the form is what it makes of the stored one."""
    is_body_optional: bool = False
    file: tuple[str, ...] = ()
    """Content types of a body that is a file."""
    query: Any = None
    """Form of the query."""
    query_texts: Mapping[str, Any] = {}
    """Parameters of the query that are read one by one, with their types."""
    headers: tuple[str, ...] = ()
    """Headers of the request that change what is done."""
    refuses: tuple[str, ...] = ()
    problem: Any = None
    """Type of the answer to a refusal, where it is none of the family's."""


OPERATION = "operation"


def operation(operation_id: str, **fields: Any) -> Callable[[F], F]:
    """Return a decorator that describes a handler's method."""
    described = Operation(id=operation_id, **fields)

    def describe(method: F) -> F:
        setattr(method, OPERATION, described)
        return method

    return describe


def operation_of(handler: type, method: str) -> Operation | None:
    """Return the description of a handler's method; None where it has none."""
    found: Operation | None = getattr(getattr(handler, method.lower(), None), OPERATION, None)
    return found
