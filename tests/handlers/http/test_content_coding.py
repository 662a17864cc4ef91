"""Negotiation of content codings: gzip goes to a client that accepts it, and to none that refuses it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from handlers.http.content_coding import takes_gzip
from tests.api import Api

TAKEN = ["gzip", "GZIP", "gzip, deflate, br", "x-gzip", "*", "gzip;q=0.001", "br;q=1, gzip ; Q=0.5", "identity;q=0,*"]
TAKEN += ["gzip;q=1.000", "gzip, identity;q=0.5", "*;q=0, gzip", "identity;q=0, gzip;q=0.2", "gzip, x-gzip;q=0"]
REFUSED = [
    "",
    "gzip;q=0",
    "gzip;q=0.000",
    "*;q=0",
    "identity;q=0",
    "identity",
    "br",
    "not-gzip",
    "gzip2",
    "gzip;q=0, *",
]
REFUSED += [
    "gzip;q=0.4, identity",
    "*;q=0.5, identity;q=1",
    "gzip;q=2",
    "gzip;q=-1",
    "gzip;q=x",
    "gzip;quality=1",
    "q=1",
]


@pytest.mark.parametrize("header", TAKEN)
def test_gzip_is_sent_to_a_client_that_accepts_it(header: str) -> None:
    assert takes_gzip(header)


@pytest.mark.parametrize("header", REFUSED)
def test_gzip_is_not_sent_to_a_client_that_refuses_it_or_wants_it_less_than_none(header: str) -> None:
    assert not takes_gzip(header)


@given(st.text(max_size=60), st.sampled_from(["gzip;q=0", "*;q=0, identity", "gzip;q=0.1, identity;q=0.2"]))
def test_a_part_that_cannot_be_read_changes_nothing(noise: str, header: str) -> None:
    junk = noise.replace(",", "") + "\x00"
    assert takes_gzip(f"{junk}, {header}") == takes_gzip(header) is False
    assert takes_gzip(f"gzip, {junk}")


async def fetch(api: Api, path: str, accepted: str, **headers: str) -> HTTPResponse:
    """GET a path with a header `Accept-Encoding`, and leave its body as it was sent."""
    sent = {"Accept-Encoding": accepted, **headers}
    if api.key is not None:
        sent["Authorization"] = f"Api-Key {api.key}"
    return await AsyncHTTPClient().fetch(api.url + path, headers=sent, decompress_response=False, raise_error=False)


@pytest.mark.gen_test
@pytest.mark.parametrize("refused", ["gzip;q=0", "*;q=0", "identity, gzip;q=0.5", "deflate"])
async def test_files_and_manifests_come_plain_to_a_client_that_refuses_gzip(api: Api, refused: str) -> None:
    gate = await api.make_device(await api.make_event())
    for asked, path in ((api, "/static/css/base.css"), (gate, "/scan/manifest/")):
        packed, plain = await fetch(asked, path, "gzip"), await fetch(asked, path, refused)
        assert packed.headers["Content-Encoding"] == "gzip" and packed.body[:2] == b"\x1f\x8b"
        assert (plain.code, "Content-Encoding" in plain.headers) == (200, False)
        for each in (packed, plain):
            assert each.headers["Vary"].split(", ").count("Accept-Encoding") == 1
            assert int(each.headers.get("Content-Length", len(each.body))) == len(each.body)


@pytest.mark.gen_test
async def test_the_tag_of_a_compressed_file_is_weak_and_still_saves_fetching_it_again(api: Api) -> None:
    path = "/static/css/base.css"
    packed, plain = await fetch(api, path, "gzip"), await fetch(api, path, "identity")
    assert packed.headers["Etag"] == f"W/{plain.headers['Etag']}", "the bytes are others, the file is the same"
    for tag in (packed.headers["Etag"], plain.headers["Etag"]):
        for accepted in ("gzip", "identity"):
            assert (await fetch(api, path, accepted, **{"If-None-Match": tag})).code == 304
