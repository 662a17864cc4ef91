"""The examples of the OpenAPI document, each sent to a hub as it stands."""

import pytest

from handlers.openapi.examples import EXAMPLES
from handlers.openapi.links import MAKERS
from handlers.openapi.route import Described, described
from handlers.routes.table import ROUTES
from hub.app import Hub
from tests.api import Api

OPERATIONS = {each.operation_id: each for each in described(ROUTES)}


@pytest.mark.gen_test
async def test_every_example_is_taken_in_the_order_in_which_they_stand(hub: Hub, api: Api) -> None:
    made: dict[str, str] = {}
    for operation_id, body in EXAMPLES.items():
        operation = OPERATIONS[operation_id]
        answer = await api.admin.request(operation.method.upper(), _path(operation, made), body)
        assert answer.status == operation.operation.status, f"{operation_id}: {answer.raw!r}"
        for name, (maker, pointer) in MAKERS.items():
            if maker == operation_id and pointer.count("/") == 1:
                made[name] = answer.body[pointer.removeprefix("/")]


def _path(operation: Described, made: dict[str, str]) -> str:
    return operation.path.format(**{name: made[name] for name in operation.parameters})
