"""The whole API against its description, by schemathesis with all its checks: a hub in processes of its own.

A failure is a fault of the API or of its description; what it prints can be sent again by `curl`. More cases:
`PYTHONPATH=. schemathesis --config-file tests/handlers/openapi/schemathesis.toml run URL/openapi.json --seed=1
--max-examples=50 -H "Authorization: ..."`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api import ADMIN_KEY
from tests.end_to_end.site import ROOT, Site

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
OFTEN_S = 600


@pytest.mark.long
def test_every_operation_answers_as_the_document_says(site_database: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    folder.mkdir()
    site = Site(folder, **site_database)
    try:
        found = subprocess.run(
            [
                sys.executable,
                "-m",
                "schemathesis.cli",
                f"--config-file={CONFIGURATION}",
                "run",
                f"{site.url}/openapi.json",
                f"--header=Authorization: Api-Key {ADMIN_KEY}",
                "--phases=examples,fuzzing,stateful",
                "--generation-deterministic",
                "--no-shrink",
                "--no-color",
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=OFTEN_S,
            check=False,
        )
    finally:
        site.close()
    assert found.returncode == 0, found.stdout[-8000:] + found.stderr[-2000:]
    assert "passed" in found.stdout
