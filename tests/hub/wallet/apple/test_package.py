import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hub.wallet.apple.artwork import GROUNDS, draw_artwork, ground_of
from hub.wallet.apple.certificates import Credentials
from hub.wallet.apple.package import bundle, manifest_of, pack, signature_of
from tests.hub.wallet.authority import Authority
from tests.hub.wallet.pass_file import BadPass, check_signature, check_sums, files_of, opened

PASS = json.dumps({"formatVersion": 1, "text": "with\nlines\r\nand é"}).encode()


@pytest.fixture(scope="session")
def credentials(authority: Authority) -> Credentials:
    return Credentials(authority.leaf.certificate, authority.leaf.key, authority.wwdr.certificate)


@pytest.fixture(scope="session")
def body(credentials: Credentials) -> bytes:
    return pack({"pass.json": PASS, **draw_artwork(GROUNDS[0])}, credentials)


def test_openssl_verifies_a_pass_up_to_the_root(body: bytes, root_pem: Path, tmp_path: Path) -> None:
    assert opened(body, root_pem, tmp_path) == json.loads(PASS)


def test_all_files_lie_at_the_root_and_the_manifest_names_them(body: bytes) -> None:
    files = files_of(body)
    pictures = {f"{name}{scale}.png" for name in ("icon", "logo", "strip") for scale in ("", "@2x", "@3x")}
    assert files.keys() == {"pass.json", "manifest.json", "signature", *pictures}
    assert json.loads(files["manifest.json"]).keys() == {"pass.json", *pictures}


def test_the_signature_holds_certificate_intermediate_and_signing_time(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "signature").write_bytes(files_of(body)["signature"])
    words = ["openssl", "asn1parse", "-inform", "DER", "-in", str(tmp_path / "signature")]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "signingTime" in shown
    assert "sha256" in shown
    assert "S/MIME Capabilities" not in shown
    words = ["openssl", "pkcs7", "-inform", "DER", "-in", str(tmp_path / "signature"), "-print_certs", "-noout"]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert shown.count("subject=") == 2
    assert "Pass Type ID" in shown and "Worldwide Developer Relations" in shown


def test_the_same_files_give_the_same_bytes_but_for_the_signature(credentials: Credentials) -> None:
    files = {"pass.json": PASS, "icon.png": b"a picture"}
    first, second = (files_of(pack(files, credentials)) for _ in range(2))
    first.pop("signature"), second.pop("signature")
    assert first == second
    assert bundle({"a.pkpass": b"1", "b.pkpass": b"2"}) == bundle({"b.pkpass": b"2", "a.pkpass": b"1"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_changed_in_any_file_is_found(
    data: st.DataObject, body: bytes, root_pem: Path, tmp_path: Path
) -> None:
    files = files_of(body)
    name = data.draw(st.sampled_from(sorted(files)))
    # What stands before the signature's value also names algorithms in fields that readers may skip.
    first = len(files[name]) - 256 if name == "signature" else 0
    where = data.draw(st.integers(first, len(files[name]) - 1))
    changed = bytearray(files[name])
    changed[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadPass):
        tampered = files | {name: bytes(changed)}
        check_sums(tampered)
        check_signature(tampered, root_pem, tmp_path)


@pytest.mark.parametrize("change", [{"extra.png": b"x"}, {"pass.json": None}])
def test_a_file_added_or_taken_away_is_found(body: bytes, change: dict[str, bytes | None]) -> None:
    changed = {name: content for name, content in {**files_of(body), **change}.items() if content is not None}
    with pytest.raises(BadPass):
        check_sums(changed)


def test_a_manifest_with_lines_verifies(credentials: Credentials, root_pem: Path, tmp_path: Path) -> None:
    manifest = b'{\n"a": "b"\r\n}\n'
    files = {"manifest.json": manifest, "signature": signature_of(manifest, credentials)}
    check_signature(files, root_pem, tmp_path)  # raises nothing


def test_another_authority_is_not_believed(body: bytes, authority: Authority, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    authority._replace(root=authority.wwdr).files(folder)
    with pytest.raises(BadPass):
        opened(body, folder / "root.pem", tmp_path)


def test_a_bundle_holds_whole_passes(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle({"1.pkpass": body, "2.pkpass": body}))) as archive:
        assert archive.namelist() == ["1.pkpass", "2.pkpass"]
        assert archive.read("2.pkpass") == body


def test_pictures_have_the_sizes_that_wallet_wants_and_are_small() -> None:
    files = draw_artwork(GROUNDS[3])
    sizes = {name: Image.open(io.BytesIO(content)).size for name, content in files.items()}
    assert [sizes[f"icon{scale}.png"] for scale in ("", "@2x", "@3x")] == [(29, 29), (58, 58), (87, 87)]
    assert [sizes[f"strip{scale}.png"] for scale in ("", "@2x", "@3x")] == [(375, 98), (750, 196), (1125, 294)]
    assert all(width <= 160 * n and height <= 50 * n for n in (1, 2, 3) for width, height in [_logo(sizes, n)])
    assert sum(len(content) for content in files.values()) < 100_000


def _logo(sizes: dict[str, tuple[int, int]], scale: int) -> tuple[int, int]:
    return sizes[f"logo@{scale}x.png" if scale > 1 else "logo.png"]


def test_an_event_keeps_its_colour_and_white_is_read_on_all_of_them() -> None:
    assert ground_of("an event") == ground_of("an event")
    assert {ground_of(str(n)) for n in range(200)} == set(GROUNDS)
    assert min(1.05 / (_luminance(ground) + 0.05) for ground in GROUNDS) >= 7


def _luminance(colour: tuple[int, int, int]) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_manifest_names_sums_in_hex() -> None:
    assert manifest_of({"a": b"abc"}) == b'{"a": "a9993e364706816aba3e25717850c26c9cd0d89d"}'
