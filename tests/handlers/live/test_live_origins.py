"""Origins of sockets: every Origin with every credential (live-protocol.md, getting in)."""

from collections.abc import Iterator

import pytest
from tornado.ioloop import IOLoop

from handlers.live.websocket import SECRETS
from hub.live.protocol import CloseCode
from hub.live_limits import LiveLimits
from tests.hub.live.site import Browser, Site
from tests.hub.live.small_hub import SmallHub

OWN, OWN_BY_ADDRESS, FOREIGN = "https://hub.example.org", "own address", "https://evil.example"
COOKIE, STALE_COOKIE = {"Cookie": "__Host-hub=cookie"}, {"Cookie": "__Host-hub=stale"}
KEY, BAD_KEY = {"Authorization": "Api-Key scanner"}, {"Authorization": "Api-Key nobody"}
LOOKALIKES = ("null", "http://hub.example.org", "https://hub.example.org.evil.example", "https://hub.example.org:444")


@pytest.fixture
def site(io_loop: IOLoop) -> Iterator[Site]:
    made: list[Site] = []

    async def make() -> None:
        made.append(Site(SmallHub(LiveLimits(tick_s=0.02, close_s=0.3))))

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].stop)


def from_page(site: Site, origin: str | None) -> dict[str, str]:
    """Return the headers of a page's request."""
    if origin is None:
        return {}
    return {"Origin": f"http://127.0.0.1:{site.port}" if origin == OWN_BY_ADDRESS else origin}


async def connect(site: Site, *headers: dict[str, str]) -> Browser:
    return await site.connect("/live", offers=None, **{name: value for one in headers for name, value in one.items()})


@pytest.mark.parametrize("origin", [OWN, OWN_BY_ADDRESS])
@pytest.mark.gen_test
async def test_login_gets_in_from_an_own_page(site: Site, origin: str) -> None:
    browser = await connect(site, from_page(site, origin), COOKIE)
    assert (await browser.hear("welcome"))["you"]["kind"] == "organiser"
    await browser.close()


@pytest.mark.parametrize("origin", [None, FOREIGN, *LOOKALIKES])
@pytest.mark.gen_test
async def test_login_gets_in_from_no_other_page_and_without_origin_from_none(site: Site, origin: str | None) -> None:
    for cookie in (COOKIE, STALE_COOKIE):
        assert (await site.refusal(**from_page(site, origin), **cookie)).code == 403


@pytest.mark.gen_test
async def test_login_that_has_ended_does_not_get_in_from_an_own_page_either(site: Site) -> None:
    browser = await connect(site, from_page(site, OWN), STALE_COOKIE)
    assert (await browser.hear("error"))["code"] == "bad_key"
    assert await browser.close_code() == CloseCode.NOT_AUTHENTICATED


@pytest.mark.parametrize("cookie", [{}, COOKIE])
@pytest.mark.parametrize("origin", [OWN, OWN_BY_ADDRESS, None, FOREIGN, *LOOKALIKES])
@pytest.mark.gen_test
async def test_key_in_the_header_gets_in_from_anywhere_as_itself(
    site: Site, origin: str | None, cookie: dict[str, str]
) -> None:
    browser = await connect(site, from_page(site, origin), KEY, cookie)
    assert (await browser.hear("welcome"))["you"]["kind"] == "device"
    await browser.close()


@pytest.mark.parametrize("origin", [OWN, None, FOREIGN])
@pytest.mark.gen_test
async def test_bad_key_gets_in_from_nowhere_whatever_else_is_shown(site: Site, origin: str | None) -> None:
    browser = await connect(site, from_page(site, origin), BAD_KEY, COOKIE)
    assert (await browser.hear("error"))["code"] == "bad_key"
    assert await browser.close_code() == CloseCode.NOT_AUTHENTICATED


@pytest.mark.parametrize("origin", [OWN, OWN_BY_ADDRESS, None, FOREIGN, *LOOKALIKES])
@pytest.mark.gen_test
async def test_nobody_gets_in_without_a_hello_that_says_who_they_are(site: Site, origin: str | None) -> None:
    browser = await connect(site, from_page(site, origin))
    await browser.say("subscribe", id=1, event="any")
    assert (await browser.hear("error"))["code"] == "not_allowed"
    assert await browser.close_code() == CloseCode.NOT_AUTHENTICATED
    browser = await connect(site, from_page(site, origin))
    await browser.say("hello", id=1, api_key="scanner")
    assert (await browser.hear("welcome"))["you"]["kind"] == "device"
    await browser.close()


@pytest.mark.parametrize("shown", [{}, KEY, {**COOKIE, "Origin": OWN}])
@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.gen_test
async def test_credential_in_the_address_is_refused_whatever_else_is_shown(
    site: Site, name: str, shown: dict[str, str]
) -> None:
    assert (await site.refusal(f"/live?{name}=scanner", **shown)).code == 400
