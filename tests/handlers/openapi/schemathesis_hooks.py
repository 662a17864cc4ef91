"""Hooks of schemathesis: sequences of calls have bodies that a hub takes, so that they come beyond their first step.

What they are called with one after another is found by the links of the document. Single calls stay as generated.
"""

from typing import Any

import schemathesis
from schemathesis.core import NOT_SET

from handlers.openapi.examples import body_of
from handlers.openapi.links import BODIES


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """Give a step of a sequence the example's body, with what the step before made."""
    meta = case.meta
    if meta is None or meta.phase.name.value != "stateful" or not meta.generation.mode.is_positive:
        return
    name = case.operation.definition.raw["operationId"]
    example = body_of(name)
    if not isinstance(example, dict) or case.body is NOT_SET:
        return
    linked = {field for (_, then), fields in BODIES.items() if then == name for field in fields}
    sent = case.body if isinstance(case.body, dict) else {}
    case.body = example | {field: sent[field] for field in linked if field in sent}
