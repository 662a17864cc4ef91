"""The packages that pages use, as they are served: what is listed, in the version that is installed, and no more."""

import hashlib
import re
import shutil

import pytest

from handlers.pages.base import STATIC
from handlers.pages.vendor import COMMENTED, FILES, PACKAGES, address_of, without_comments
from tests.api import Api

pytestmark = pytest.mark.skipif(not PACKAGES.exists() and shutil.which("npm") is None, reason="needs npm: make setup")

NAMED = re.compile(r"/static/vendor/[\w@./-]+")
OF_THE_READER = re.compile(r'"([0-9a-f]{64})"')


@pytest.mark.gen_test
async def test_listed_files_are_served_with_their_types_and_kept_for_good(api: Api) -> None:
    kinds = {".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}
    for (name, file), (package, path) in FILES.items():
        answer = await api.get(address_of(name, file))
        file_path = PACKAGES / package / path
        whole = without_comments(str(file_path)) if file_path.resolve() in COMMENTED else file_path.read_bytes()
        assert (answer.status, answer.raw) == (200, whole), (name, file)
        assert answer.headers["Content-Type"].startswith(kinds[file[file.rindex(".") :]])
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "path",
    [
        "idb@0.0.1/index.js",
        "idb/index.js",
        "idb@8.0.4/package.json",
        "idb@8.0.4/../../package.json",
        "axe-core@4.14.1/axe.js",
        "@noble/ed25519@3.2.0/index.js",
        "",
    ],
)
async def test_nothing_else_of_the_packages_is_served(api: Api, path: str) -> None:
    answer = await api.get(f"/static/vendor/{path}")
    assert answer.status == 404 and b"<html" not in answer.raw


def test_scripts_name_packages_in_the_version_that_is_installed() -> None:
    served = {address_of(name, file) for name, file in FILES}
    named = {address for script in STATIC.rglob("*.js") for address in NAMED.findall(script.read_text())}
    assert named and named <= served


def test_wasm_is_the_one_that_the_reader_was_built_with() -> None:
    reader = (PACKAGES / "barcode-detector/dist/es/zxing-exported.js").read_text()
    wasm = (PACKAGES / "zxing-wasm/dist/reader/zxing_reader.wasm").read_bytes()
    assert hashlib.sha256(wasm).hexdigest() in OF_THE_READER.findall(reader)


def test_lock_names_packages_by_version_and_hash_and_no_registry() -> None:
    lock = (PACKAGES.parent / "package-lock.json").read_text()
    assert '"integrity"' in lock and '"resolved"' not in lock
