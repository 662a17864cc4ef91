"""Checker of passes: each refusal of a phone by a pass that has this fault alone, beside one that has none."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hub.wallet.apple.artwork import GROUNDS, draw_artwork
from hub.wallet.apple.certificates import Credentials
from hub.wallet.apple.check import check_file
from hub.wallet.apple.check_content import is_date
from hub.wallet.apple.package import bundle, manifest_of, pack, signature_of
from hub.wallet.apple.pass_json import pass_json
from hub.wallet.apple.refusal import RefusalCode
from tests.hub.wallet.apple.test_pass_json import view
from tests.hub.wallet.authority import PASS_TYPE, TEAM, Authority, issue
from tests.hub.wallet.pass_file import files_of

NOW = datetime.now(UTC)
CODES = set(get_args(RefusalCode))
ARTWORK = draw_artwork(GROUNDS[0])
DOCUMENT: dict[str, Any] = json.loads(
    pass_json(msgspec.structs.replace(view(), pass_type=PASS_TYPE, team=TEAM, token="1.token-of-24-characters"))
)


@pytest.fixture(scope="session")
def credentials(authority: Authority) -> Credentials:
    return Credentials(authority.leaf.certificate, authority.leaf.key, authority.wwdr.certificate)


@pytest.fixture(scope="session")
def root(authority: Authority) -> x509.Certificate:
    return authority.root.certificate


@pytest.fixture(scope="session")
def good(credentials: Credentials) -> bytes:
    return packed(credentials)


@pytest.fixture(scope="session")
def make(good: bytes) -> Callable[[], bytes]:
    """The same pass for property tests, which print what they are given."""
    return lambda: good


def packed(credentials: Credentials, pictures: Mapping[str, bytes | None] = {}, **fields: Any) -> bytes:
    """Return a pass that is whole, but for the given fields (None: without it) and pictures."""
    document = {name: value for name, value in {**DOCUMENT, **fields}.items() if value is not None}
    files = {"pass.json": json.dumps(document).encode(), **ARTWORK, **pictures}
    return pack({name: content for name, content in files.items() if content is not None}, credentials)


def zipped(files: Mapping[str, bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def changed(body: bytes, **files: bytes | None) -> bytes:
    """Return a pass with files added, changed or (None) taken away, `_` for the dot of their names."""
    return zipped({**files_of(body), **{name.replace("_", "."): content for name, content in files.items()}})


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


def refused(body: bytes, root: x509.Certificate | None, now: datetime = NOW) -> list[str]:
    codes = [refusal.code for checked in check_file(body, now, root) for refusal in checked.refusals]
    assert set(codes) <= CODES
    return sorted(set(codes))


# --- the file and its manifest ---


def test_a_good_pass_is_refused_nothing(good: bytes, root: x509.Certificate) -> None:
    (checked,) = check_file(good, NOW, root)
    assert checked.refusals == []
    assert checked.document["serialNumber"] == DOCUMENT["serialNumber"]


@pytest.mark.parametrize("body", [b"", b"nonsense", b"PK\x03\x04"])
def test_a_file_that_is_no_zip(body: bytes) -> None:
    assert refused(body, None) == ["not_a_zip"]


def test_a_zip_with_nothing_in_it_lacks_its_files() -> None:
    assert refused(b"PK\x05\x06" + bytes(18) + b"x", None) == ["file_missing"]


def test_a_zip_cut_short(good: bytes) -> None:
    assert refused(good[: len(good) // 2], None) == ["not_a_zip"]


def test_a_zip_that_unpacks_without_end(good: bytes, root: x509.Certificate) -> None:
    assert refused(changed(good, huge_bin=bytes(51 * 1024 * 1024)), root) == ["too_large"]


def test_a_file_that_stands_twice(good: bytes, root: x509.Certificate) -> None:
    out = io.BytesIO(good)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("pass.json", b"{}")
    assert refused(out.getvalue(), root) == ["duplicate_file"]


def test_a_pass_in_a_folder_of_the_zip(good: bytes, root: x509.Certificate) -> None:
    assert refused(zipped({f"ticket/{name}": content for name, content in files_of(good).items()}), root) == [
        "not_at_root"
    ]


@pytest.mark.parametrize("name", ["pass_json", "manifest_json", "signature", "icon_png"])
def test_a_needed_file_is_missing(good: bytes, root: x509.Certificate, name: str) -> None:
    assert "file_missing" in refused(changed(good, **{name: None}), root)


def test_a_file_changed_after_signing(good: bytes, root: x509.Certificate) -> None:
    assert refused(changed(good, pass_json=json.dumps(DOCUMENT).encode() + b"\n"), root) == ["file_changed"]


def test_a_file_added_after_signing(good: bytes, root: x509.Certificate) -> None:
    assert refused(changed(good, readme_txt=b"hello"), root) == ["file_not_listed"]


def test_a_listed_file_that_is_missing(good: bytes, root: x509.Certificate) -> None:
    assert refused(changed(good, logo_png=None), root) == ["file_missing"]


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"a": 1}', b"\xff", b"{"])
def test_a_manifest_that_cannot_be_read(
    good: bytes, root: x509.Certificate, credentials: Credentials, manifest: bytes
) -> None:
    body = changed(good, manifest_json=manifest, signature=signature_of(manifest, credentials))
    assert refused(body, root) == ["manifest_unreadable"]


# --- pass.json ---


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe{}", b"null", b"[" * 100_000])
def test_a_pass_json_that_cannot_be_read(content: bytes, credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(pack({"pass.json": content, **ARTWORK}, credentials), root) == ["pass_unreadable"]


@pytest.mark.parametrize(
    "name", ["formatVersion", "serialNumber", "passTypeIdentifier", "teamIdentifier", "organizationName", "description"]
)
def test_a_required_field_is_missing(name: str, credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, **dict[str, Any]({name: None})), root) == ["field_missing"]


@pytest.mark.parametrize(
    "fields",
    [
        {"formatVersion": 2},
        {"formatVersion": "1"},
        {"formatVersion": True},
        {"serialNumber": 7},
        {"serialNumber": ""},
        {"description": ["x"]},
        {"backgroundColor": "#183d7a"},
        {"labelColor": 5},
        {"voided": "no"},
    ],
)
def test_a_field_of_the_wrong_form(fields: dict[str, Any], credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, **fields), root) == ["field_wrong"]


@pytest.mark.parametrize("fields", [{"eventTicket": None}, {"generic": {}}, {"eventTicket": []}])
def test_a_pass_without_exactly_one_style(
    fields: dict[str, Any], credentials: Credentials, root: x509.Certificate
) -> None:
    assert refused(packed(credentials, **fields), root) == ["style_wrong"]


@pytest.mark.parametrize(
    "fields",
    [
        {"expirationDate": "2026-12-24"},
        {"expirationDate": "2026-12-24T20:30"},
        {"relevantDate": "2026-02-30T20:30Z"},
        {"relevantDate": 1766601000},
        {"relevantDates": [{"date": "tomorrow"}]},
        {"relevantDates": [{"startDate": "2026-12-24T20:30Z"}]},
        {"relevantDates": ["2026-12-24T20:30Z"]},
        {"relevantDates": "2026-12-24T20:30Z"},
    ],
)
def test_a_date_that_is_none(fields: dict[str, Any], credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, **fields), root) == ["date_wrong"]


@given(st.datetimes(timezones=st.timezones()))
def test_a_date_with_time_and_zone_is_one(moment: datetime) -> None:
    offset = moment.utcoffset()
    if offset is not None and offset % timedelta(minutes=1) == timedelta(0):
        assert is_date(moment.isoformat())
    assert not is_date(moment.replace(tzinfo=None).isoformat())


@pytest.mark.parametrize(
    "barcodes",
    [
        [{"format": "QR", "message": "x", "messageEncoding": "utf-8"}],
        [{"format": "PKBarcodeFormatQR", "messageEncoding": "utf-8"}],
        [{"format": "PKBarcodeFormatQR", "message": "x"}],
        [{"format": "PKBarcodeFormatQR", "message": "☃", "messageEncoding": "iso-8859-1"}],
        [{"format": "PKBarcodeFormatQR", "message": "x", "messageEncoding": "no such"}],
        [{"format": ["PKBarcodeFormatQR"], "message": "x", "messageEncoding": "utf-8"}],
        ["x"],
        "x",
    ],
)
def test_a_barcode_that_cannot_be_drawn(barcodes: Any, credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, barcodes=barcodes), root) == ["barcode_wrong"]


@pytest.mark.parametrize(
    "fields",
    [
        {"webServiceURL": "http://hub.example.org/"},
        {"webServiceURL": "https://"},
        {"webServiceURL": "https://[::1"},
        {"webServiceURL": 5},
        {"authenticationToken": "too short"},
        {"authenticationToken": None},
    ],
)
def test_a_web_service_that_a_phone_never_asks(
    fields: dict[str, Any], credentials: Credentials, root: x509.Certificate
) -> None:
    assert refused(packed(credentials, **fields), root) == ["web_service_wrong"]


def test_a_pass_without_a_web_service_is_taken(credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, webServiceURL=None, authenticationToken=None), root) == []


# --- pictures ---


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("icon.png", 28, 28),
        ("icon.png", 29, 30),
        ("icon@2x.png", 29, 29),
        ("icon@3x.png", 1024, 1024),
        ("logo.png", 161, 50),
        ("logo@2x.png", 320, 101),
        ("strip.png", 376, 98),
        ("strip@3x.png", 1126, 294),
        ("thumbnail.png", 91, 90),
        ("de.lproj/logo.png", 400, 50),
    ],
)
def test_a_picture_of_the_wrong_size(
    name: str, width: int, height: int, credentials: Credentials, root: x509.Certificate
) -> None:
    assert refused(packed(credentials, {name: png(width, height)}), root) == ["picture_size"]


def test_a_small_file_that_claims_a_huge_picture(credentials: Credentials, root: x509.Certificate) -> None:
    picture = bytearray(png(29, 29))
    picture[16:24] = (2**31 - 1).to_bytes(4) * 2
    assert refused(packed(credentials, {"icon.png": bytes(picture)}), root) == ["picture_size"]


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(40), png(29, 29)[:60], png(29, 29)[:24]])
def test_a_picture_that_cannot_be_read(content: bytes, credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, {"icon.png": content}), root) == ["picture_unreadable"]


# --- the signature ---


@pytest.mark.parametrize("signature", [b"", b"nonsense", b"0\x80", b"0\x03\x02\x01\x05"])
def test_a_signature_that_cannot_be_read(good: bytes, root: x509.Certificate, signature: bytes) -> None:
    assert refused(changed(good, signature=signature), root) == ["signature_unreadable"]


def test_a_signature_of_another_manifest(good: bytes, root: x509.Certificate, credentials: Credentials) -> None:
    assert refused(changed(good, signature=signature_of(b"{}", credentials)), root) == ["manifest_changed"]


def test_a_signature_by_another_key(authority: Authority, root: x509.Certificate) -> None:
    stranger = issue(f"Pass Type ID: {PASS_TYPE}", authority.wwdr)
    body = packed(Credentials(authority.leaf.certificate, authority.leaf.key, authority.wwdr.certificate))
    signature = bytearray(files_of(body)["signature"])
    forged = signature_of(
        files_of(body)["manifest.json"],
        Credentials(stranger.certificate, stranger.key, authority.wwdr.certificate),
    )
    signature[-256:] = forged[-256:]
    assert refused(changed(body, signature=bytes(signature)), root) == ["signature_wrong"]


def signed_by(credentials: Credentials, manifest: bytes, *options: PKCS7Options) -> bytes:
    signer = PKCS7SignatureBuilder().set_data(manifest)
    signer = signer.add_signer(credentials.certificate, credentials.key, hashes.SHA256())
    return signer.sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary, *options])


def test_a_signature_without_its_time(good: bytes, root: x509.Certificate, credentials: Credentials) -> None:
    manifest = files_of(good)["manifest.json"]
    signer = PKCS7SignatureBuilder().set_data(manifest)
    signer = signer.add_signer(credentials.certificate, credentials.key, hashes.SHA256())
    signer = signer.add_certificate(credentials.intermediate)
    options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary, PKCS7Options.NoAttributes]
    body = changed(good, signature=signer.sign(Encoding.DER, options))
    assert refused(body, root) == ["signing_time_missing"]


def test_a_signature_without_the_intermediate(good: bytes, root: x509.Certificate, credentials: Credentials) -> None:
    signature = signed_by(credentials, files_of(good)["manifest.json"])
    assert refused(changed(good, signature=signature), root) == ["intermediate_missing"]


def test_a_signature_without_any_certificate(good: bytes, root: x509.Certificate, credentials: Credentials) -> None:
    signature = signed_by(credentials, files_of(good)["manifest.json"], PKCS7Options.NoCerts)
    assert refused(changed(good, signature=signature), root) == ["signer_missing"]


def test_an_intermediate_of_the_right_name_that_issued_nothing(authority: Authority, root: x509.Certificate) -> None:
    namesake = issue("Worldwide Developer Relations", authority.root, is_authority=True)
    body = packed(Credentials(authority.leaf.certificate, authority.leaf.key, namesake.certificate))
    assert refused(body, root) == ["chain_broken"]


def test_a_chain_that_leads_to_another_root(good: bytes) -> None:
    other = issue("Example Root CA", None, is_authority=True)
    assert refused(good, other.certificate) == ["not_apple"]


def test_without_a_root_an_intermediate_that_is_not_apples(good: bytes) -> None:
    assert refused(good, None) == ["not_apple"]


def test_an_expired_certificate(good: bytes, authority: Authority, root: x509.Certificate) -> None:
    ended = authority.leaf.certificate.not_valid_after_utc
    assert refused(good, root, ended - timedelta(seconds=1)) == []
    assert refused(good, root, ended) == ["expired"]


def test_a_certificate_that_had_expired_when_it_signed(authority: Authority, root: x509.Certificate) -> None:
    old = issue(f"Pass Type ID: {PASS_TYPE}", authority.wwdr, ends_at=datetime(2024, 1, 1, tzinfo=UTC))
    body = packed(Credentials(old.certificate, old.key, authority.wwdr.certificate))
    assert refused(body, root, datetime(2023, 12, 31, tzinfo=UTC)) == ["expired"]


def test_a_certificate_of_the_future(good: bytes, authority: Authority, root: x509.Certificate) -> None:
    begins = authority.leaf.certificate.not_valid_before_utc
    assert refused(good, root, begins - timedelta(seconds=1)) == ["not_yet_valid"]


def test_a_pass_type_that_the_certificate_is_not_for(credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, passTypeIdentifier="pass.org.other"), root) == ["pass_type_differs"]


def test_a_team_that_the_certificate_is_not_of(credentials: Credentials, root: x509.Certificate) -> None:
    assert refused(packed(credentials, teamIdentifier="OTHERTEAM1"), root) == ["team_differs"]


def test_a_pass_signed_with_an_elliptic_curve_is_as_good(authority: Authority, root: x509.Certificate) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = authority.leaf.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(leaf.subject)
        .issuer_name(leaf.issuer)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(leaf.not_valid_before_utc)
        .not_valid_after(leaf.not_valid_after_utc)
    )
    certificate = builder.sign(authority.wwdr.key, hashes.SHA256())
    assert refused(packed(Credentials(certificate, key, authority.wwdr.certificate)), root) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_changed_anywhere_in_the_signature_never_breaks_the_check(
    data: st.DataObject, make: Callable[[], bytes], root: x509.Certificate
) -> None:
    signature = bytearray(files_of(make())["signature"])
    where = data.draw(st.integers(0, len(signature) - 1))
    signature[where] ^= data.draw(st.integers(1, 255))
    found = refused(changed(make(), signature=bytes(signature)), root)
    if where >= len(signature) - 256:
        assert found == ["signature_wrong"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_changed_anywhere_in_the_file_never_breaks_the_check(
    data: st.DataObject, make: Callable[[], bytes], root: x509.Certificate
) -> None:
    body = bytearray(make())
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    refused(bytes(body), root)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from(sorted(DOCUMENT)), JSON, min_size=1, max_size=4))
def test_whatever_pass_json_says_the_check_ends(
    fields: dict[str, Any], make: Callable[[], bytes], root: x509.Certificate
) -> None:
    files = files_of(make())
    files["pass.json"] = json.dumps({**DOCUMENT, **fields}).encode()
    files["manifest.json"] = manifest_of({n: c for n, c in files.items() if n not in ("manifest.json", "signature")})
    assert "manifest_changed" in refused(zipped(files), root)


# --- bundles ---


def test_each_pass_of_a_bundle_is_checked(good: bytes, root: x509.Certificate) -> None:
    checked = check_file(bundle({"a.pkpass": good, "b.pkpass": b"nonsense", "c.pkpass": good}), NOW, root)
    assert {each.name: [refusal.code for refusal in each.refusals] for each in checked} == {
        "a.pkpass": [],
        "b.pkpass": ["not_a_zip"],
        "c.pkpass": [],
    }


def test_a_bundle_of_more_than_ten(good: bytes, root: x509.Certificate) -> None:
    assert refused(bundle({f"{n}.pkpass": good for n in range(10)}), root) == []
    assert refused(bundle({f"{n}.pkpass": good for n in range(11)}), root) == ["bundle_too_large"]
