"""The reference of the API: every operation and type on one page, which loads nothing from elsewhere."""

import re

import pytest

from handlers.openapi.document import make_document
from handlers.openapi.reference import make_reference, words
from handlers.openapi.tags import TAGS
from handlers.routes.table import ROUTES
from tests.api import Api

DOCUMENT = make_document(ROUTES, "http://hub.example.org")


@pytest.mark.gen_test
async def test_the_page_holds_every_operation_and_type_and_loads_nothing_foreign(api: Api) -> None:
    page = await api.get("/docs", Accept="text/html")
    assert page.status == 200
    text = page.raw.decode()
    ids = set(re.findall(r'<details class="reference-entry" id="([^"]+)"', text))
    operations = {each["operationId"] for methods in DOCUMENT["paths"].values() for each in methods.values()}
    assert ids == operations | {f"type-{name}" for name in DOCUMENT["components"]["schemas"]}
    assert all(url.startswith("/") for url in re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', text))
    assert {link for link in re.findall(r'href="#([^"]+)"', text)} - {"main"} <= ids


def test_every_family_has_operations() -> None:
    families = make_reference(DOCUMENT).families
    assert [family.name for family in families] == list(TAGS)
    assert all(family.entries for family in families)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "maxLength": 200}, "text, 200 characters at most"),
        ({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}, "whole number, at least 1 or null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Door"}}, "list of Door"),
        ({"enum": ["in", "out"]}, "one of in, out"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of text"),
        ({"type": "string", "format": "date-time"}, "instant"),
        ({}, "anything"),
    ],
)
def test_a_schema_is_said_in_words(schema: dict[str, object], said: str) -> None:
    assert words(schema) == said
