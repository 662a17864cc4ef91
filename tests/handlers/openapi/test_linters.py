"""The descriptions of the API, looked through by the linters that programmers use."""

import os
import subprocess
from pathlib import Path

import msgspec

from handlers.openapi.async_document import make_async_document
from handlers.openapi.document import make_document
from handlers.routes.table import ROUTES
from tests.eventually import PATIENCE_S
from tests.npm import FOLDER, PACKAGES, needs_packages

BASE = "https://hub.example.org"


def run(*command: str | Path) -> str:
    """Run a tool of the folder; return what it says, or an empty text where it finds nothing."""
    quiet = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    said = subprocess.run(
        [*map(str, command)], cwd=FOLDER, env=quiet, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    return (
        ""
        if said.returncode == 0 and "warning" not in said.stderr.split("validated")[-1]
        else said.stdout + said.stderr
    )


@needs_packages
def test_redocly_finds_nothing_in_the_openapi_document(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_bytes(msgspec.json.encode(make_document(ROUTES, BASE)))
    redocly = PACKAGES / ".bin" / "redocly"
    assert run(redocly, "lint", "--config", FOLDER / "redocly.yaml", file) == ""
    file.write_bytes(file.read_bytes().replace(b'"operationId":"get_me"', b'"operationId":"list_keys"'))
    assert "operation-operationId-unique" in run(redocly, "lint", "--config", FOLDER / "redocly.yaml", file)


@needs_packages
def test_the_parser_of_asyncapi_finds_nothing_in_its_document(tmp_path: Path) -> None:
    file = tmp_path / "asyncapi.json"
    document = make_async_document(BASE)
    file.write_bytes(msgspec.json.encode(document))
    assert run("node", FOLDER / "asyncapi.mjs", file) == ""
    file.write_bytes(msgspec.json.encode(document | {"operations": {"push": {"action": "shout"}}}))
    assert "asyncapi-document-resolved at operations.push" in run("node", FOLDER / "asyncapi.mjs", file)
