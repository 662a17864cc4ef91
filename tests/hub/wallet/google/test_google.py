"""Google Wallet against a real HTTPS server in Google's place, checked by Google's own description of its API."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from hub.wallet.google.client import AccountError, load_account
from tests.api import Api
from tests.eventually import eventually, passing
from tests.hub.wallet.authority import Authority
from tests.hub.wallet.discovery import wrong_fields
from tests.hub.wallet.event_pictures import a_picture
from tests.hub.wallet.google_server import EMAIL, ISSUER, KEY_ID, Google, a_google
from tests.ports import free_port

TWO_TIMES = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:00")]


@pytest.fixture
def port() -> int:
    return free_port()


def account_file(authority: Authority, folder: Path, url: str) -> Path:
    """Write a service account's key as Google hands it out."""
    key = authority.leaf.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    said = {"type": "service_account", "client_email": EMAIL, "private_key": key, "private_key_id": KEY_ID}
    (folder / "account.json").write_text(json.dumps({**said, "token_uri": f"{url}/token"}))
    return folder / "account.json"


@pytest.fixture
def public_url() -> str:
    """The hub's address where it is a public one; a test may name it."""
    return ""


@pytest.fixture
def settings(
    settings: Settings,
    authority: Authority,
    port: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    public_url: str,
) -> Settings:
    authority.files(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    monkeypatch.setenv("NO_PROXY", "*")
    url = f"https://127.0.0.1:{port}"
    return msgspec.structs.replace(
        settings,
        google_account=account_file(authority, tmp_path, url),
        google_issuer=ISSUER,
        google_api_url=url,
        pushes_per_s=1000.0,
        base_url=public_url or settings.base_url,
    )


async def link_of(api: Api, ticket: Any) -> str:
    answer = await api.get(f"/tickets/{ticket['id']}/pkpass?token={ticket['access_token']}")
    assert answer.status == 200, answer.raw
    return str(answer.body["googleWalletUrl"])


async def becomes(google: Google, name: str, **fields: Any) -> None:
    async def is_so() -> bool:
        return all(google.kept[name].get(field) == value for field, value in fields.items())

    await eventually(is_so)


@pytest.mark.gen_test
async def test_a_link_is_signed_short_and_names_class_and_object(
    api: Api, authority: Authority, port: int, tmp_path: Path
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    async with a_google(authority, tmp_path, port) as google:
        url = await link_of(api, ticket)
        assert len(url) <= 1800
        claims = google.save(url)
        assert (claims["iss"], claims["aud"], claims["typ"]) == (EMAIL, "google", "savetowallet")
        (saved,) = claims["payload"]["eventTicketObjects"]
        assert saved["id"] == f"{ISSUER}.{ticket['id']}.1"
        assert saved["classId"] == f"{ISSUER}.{event['uuid']}"
        assert saved["barcode"] == {"type": "QR_CODE", "value": ticket["code"], "alternateText": ticket["id"][:8]}
        assert (saved["state"], saved["ticketHolderName"]) == ("ACTIVE", "Ada Lovelace")
        assert google.kept[saved["classId"]]["eventName"]["defaultValue"]["value"] == "Winter concert"
        assert google.kept[saved["classId"]]["venue"]["name"]["defaultValue"]["value"] == "The Old Mill"
        assert google.wrong == []
        await link_of(api, ticket)
        assert google.granted == 1
        assert google.calls == [("POST", "eventTicketClass")]


@pytest.mark.parametrize("name", ["A" * 99, "Ж" * 99, "語" * 99, "🎤" * 99, '"' * 99])
@pytest.mark.gen_test
async def test_a_link_is_short_whatever_the_name(
    api: Api, authority: Authority, port: int, tmp_path: Path, name: str
) -> None:
    event = await api.make_event(products=[{"name": "Ж" * 150}])
    guest = {"first_name": name[:50], "last_name": name[50:], "product": "Ж" * 150}
    (ticket,) = await api.book(event, tickets=[guest])
    async with a_google(authority, tmp_path, port) as google:
        url = await link_of(api, ticket)
        assert len(url) <= 1800
        google.save(url)
        assert google.wrong == []


@pytest.mark.gen_test
async def test_what_was_saved_follows_ticket_and_event(
    api: Api, authority: Authority, port: int, tmp_path: Path
) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    saved, unsaved = await api.book(event, 2)
    name, event_name = f"{ISSUER}.{saved['id']}.1", f"{ISSUER}.{event['uuid']}"
    async with a_google(authority, tmp_path, port) as google:
        google.save(await link_of(api, saved))
        await link_of(api, unsaved)
        for ticket in (saved, unsaved):
            await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", {"time": "22:00"})
        words = {"en": "Begins", "de": "Beginn", "es": "Comienzo", "fr": "Début"}
        values = [{"language": tag, "value": word} for tag, word in words.items()]
        header = {"header": "Begins", "localizedHeader": {"defaultValue": values[0], "translatedValues": values}}
        times = {
            "en": "Thursday 24 December 2026, 22:00",
            "de": "Donnerstag, 24. Dezember 2026, 22:00",
            "es": "jueves, 24 de diciembre de 2026, 22:00",
            "fr": "jeudi 24 décembre 2026, 22:00",
        }
        moved = [{"language": tag, "value": time} for tag, time in times.items()]
        body = {"body": times["en"], "localizedBody": {"defaultValue": moved[0], "translatedValues": moved}}
        await becomes(google, name, textModulesData=[{"id": "starts", **header, **body}])
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"venue": "The New Mill"})
        place = {"defaultValue": {"language": "en", "value": "The New Mill"}}
        await becomes(google, event_name, venue={"name": place, "address": place})
        await api.admin.post(f"/api/tickets/{saved['id']}/block")
        await becomes(google, name, state="INACTIVE")
        assert google.wrong == []


@pytest.mark.parametrize("public_url", ["https://hub.example.org"])
@pytest.mark.gen_test
async def test_picture_of_the_event_is_the_hero_of_its_passes_follows_it_and_goes_with_it(
    api: Api, authority: Authority, port: int, tmp_path: Path, public_url: str
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    name, path = f"{ISSUER}.{event['uuid']}", f"/api/events/{event['uuid']}"

    def hero(shown: Any, text: str) -> dict[str, Any]:
        words = {"defaultValue": {"language": "en", "value": text}}
        return {"sourceUri": {"uri": public_url + shown["picture"]["whole"]}, "contentDescription": words}

    async with a_google(authority, tmp_path, port) as google:
        google.save(await link_of(api, ticket))
        assert "heroImage" not in google.kept[name]
        shown = await api.admin.request("PUT", f"{path}/picture", a_picture("red", (800, 400)))
        await becomes(google, name, heroImage=hero(shown.body, event["name"]))
        await api.admin.request("PATCH", path, {"picture_alt": "A mill at night"})
        await becomes(google, name, heroImage=hero(shown.body, "A mill at night"))
        await api.admin.request("DELETE", f"{path}/picture")
        await becomes(google, name, heroImage=None)
        assert google.wrong == []


@pytest.mark.gen_test
async def test_picture_that_google_cannot_fetch_is_left_out(
    api: Api, authority: Authority, port: int, tmp_path: Path
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    await api.admin.request("PUT", f"/api/events/{event['uuid']}/picture", a_picture("red", (800, 400)))
    async with a_google(authority, tmp_path, port) as google:
        google.save(await link_of(api, ticket))
        assert "heroImage" not in google.kept[f"{ISSUER}.{event['uuid']}"]


@pytest.mark.gen_test
async def test_a_reissued_or_deleted_tickets_object_ends_without_code_and_name(
    api: Api, authority: Authority, port: int, tmp_path: Path
) -> None:
    reissued, deleted = await api.book(await api.make_event(), 2)
    async with a_google(authority, tmp_path, port) as google:
        for ticket in (reissued, deleted):
            google.save(await link_of(api, ticket))
        again = (await api.admin.post(f"/api/tickets/{reissued['id']}/reissue")).body
        await api.admin.request("DELETE", f"/api/tickets/{deleted['id']}")
        for ticket in (reissued, deleted):
            name = f"{ISSUER}.{ticket['id']}.1"
            await becomes(google, name, state="EXPIRED", ticketHolderName="", barcode=None)
        claims = google.save(await link_of(api, again))
        assert claims["payload"]["eventTicketObjects"][0]["id"] == f"{ISSUER}.{reissued['id']}.2"
        assert google.wrong == []


@pytest.mark.gen_test
async def test_object_of_a_holder_before_ends_and_the_next_gets_one_of_their_own(
    api: Api, authority: Authority, port: int, tmp_path: Path
) -> None:
    (ticket,) = await api.book(await api.make_event(transfers=1))
    async with a_google(authority, tmp_path, port) as google:
        google.save(await link_of(api, ticket))
        path = f"/t/{ticket['id']}/transfer?token={ticket['access_token']}"
        link = (await api.post(path, {"name": "Grace Hopper"})).body["link"]
        await becomes(google, f"{ISSUER}.{ticket['id']}.1", state="EXPIRED", ticketHolderName="", barcode=None)
        claims = google.save(await link_of(api, ticket | {"access_token": link.partition("token=")[2]}))
        made = claims["payload"]["eventTicketObjects"][0]
        assert made["id"] == f"{ISSUER}.{ticket['id']}.2"
        assert (made["ticketHolderName"], "Ada" in repr(made)) == ("Grace Hopper", False)
        assert google.wrong == []


@pytest.mark.gen_test
async def test_while_google_is_away_tickets_and_passes_come_without_the_link(api: Api) -> None:
    (ticket,) = await api.book(await api.make_event())
    answer = await api.get(f"/tickets/{ticket['id']}/pkpass?token={ticket['access_token']}")
    assert answer.status == 200
    assert "googleWalletUrl" not in answer.body
    led = await api.get(f"/tickets/{ticket['id']}/google?token={ticket['access_token']}")
    assert (led.status, led.body["code"]) == (503, "wallet_unavailable")


@pytest.mark.parametrize("status", [401, 429, 500])
@pytest.mark.gen_test
async def test_an_update_that_google_does_not_take_is_sent_again(
    api: Api, authority: Authority, port: int, tmp_path: Path, clock: SettableClock, status: int
) -> None:
    (ticket,) = await api.book(await api.make_event())
    name = f"{ISSUER}.{ticket['id']}.1"
    async with a_google(authority, tmp_path, port) as google:
        google.save(await link_of(api, ticket))
        google.failing = status
        await api.admin.post(f"/api/tickets/{ticket['id']}/block")

        async def tried() -> bool:
            return ("PATCH", f"eventTicketObject/{name}") in google.calls

        await eventually(tried)
        google.failing = 0
        await passing(clock, lambda: google.kept[name]["state"] == "INACTIVE")


@pytest.mark.gen_test
async def test_the_ticket_leads_to_google_where_it_is_offered(
    api: Api, authority: Authority, port: int, tmp_path: Path
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    path = f"/tickets/{ticket['id']}/google"
    assert ticket["links"]["google"] == f"{path}?token={ticket['access_token']}"
    async with a_google(authority, tmp_path, port) as google:
        led = await api.get(ticket["links"]["google"])
        assert led.status == 302
        google.save(led.headers["Location"])
        assert (await api.get(path)).status == 401
        assert (await api.admin.get(path)).status == 302
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"wallet": "off"})
        assert (await api.admin.get(path)).status == 404
        assert "google" not in (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["links"]


def test_a_file_that_is_no_account_is_told(authority: Authority, tmp_path: Path) -> None:
    good = account_file(authority, tmp_path, "https://example.org")
    assert load_account(good).token_url == "https://example.org/token"
    assert load_account(good, "https://elsewhere").token_url == "https://elsewhere"
    for text in ("", "[]", "{}", '{"private_key": "nonsense", "client_email": "a", "token_uri": "b"}'):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(AccountError, match="no service account key"):
            load_account(tmp_path / "bad.json")
    with pytest.raises(AccountError, match="cannot be read"):
        load_account(tmp_path / "nowhere.json")


def test_the_description_finds_what_is_wrong() -> None:
    assert wrong_fields({"id": "a", "nonsense": 1}, "EventTicketObject") == ["EventTicketObject.nonsense: unknown"]
    assert wrong_fields({"state": "GONE"}, "EventTicketObject")
    assert wrong_fields({"textModulesData": [{"body": 5}]}, "EventTicketObject")


@pytest.mark.gen_test
async def test_without_settings_there_is_no_link(settings: Settings, hub: Hub) -> None:
    without = msgspec.structs.replace(settings, google_issuer="")
    other = Hub(without)
    assert hub.save_links["google"].is_ready and not other.save_links["google"].is_ready
    assert await other.save_links["google"].subscribed_kinds() == ()
    await other.store.close()


@pytest.mark.parametrize(("reader", "is_offered"), [("Android 15", True), ("Macintosh", True), ("iPhone", False)])
@pytest.mark.gen_test
async def test_ticket_page_offers_google_where_phones_take_its_pass(api: Api, reader: str, is_offered: bool) -> None:
    (ticket,) = await api.book(await api.make_event())
    agent = f"Mozilla/5.0 ({reader}; like any)"
    page = await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}", User_Agent=agent)
    assert (b"Add to Google Wallet" in page.raw) == is_offered
