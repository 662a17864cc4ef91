"""The TiBillet phone, unchanged, against this hub; and the guests that doors list and search."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import msgspec
import pytest
import zxingcpp
from PIL import Image

from hub.app import Hub
from hub.clock import SettableClock
from hub.formats.qr_images import qr_png
from hub.settings import Settings
from tests.api import Answer, Api


@pytest.fixture
def settings(settings: Settings, _unused_port: tuple[object, int]) -> Settings:
    """Links lead to where the tests serve."""
    return msgspec.structs.replace(settings, base_url=f"http://127.0.0.1:{_unused_port[1]}")


class Phone:
    """A client that knows nothing but what the TiBillet phone does: what it keeps, sends, and decides by."""

    def __init__(self) -> None:
        self.base_url = ""
        self.api_key = ""
        self.tenant = ""
        self.event = ""

    async def pair(self, picture: bytes) -> None:
        """Read the organiser's QR and follow its text; the server is what stands before `/scan/`."""
        [read] = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
        self.base_url = read.text.split("/scan/")[0]
        answer = await Api("").get(read.text, Accept="application/json")
        self.api_key, self.tenant = answer.body["api_key"], answer.body["tenant_name"]

    async def events(self) -> list[Any]:
        """List the events to choose from."""
        answer = await Api(self.base_url).get("/api/events?only_futur=true", Accept="application/json")
        assert isinstance(answer.body, list)
        return answer.body

    async def describe(self) -> Any:
        """Show the chosen event."""
        return (await Api(self.base_url).get(f"/api/events/{self.event}/", Accept="application/json")).body

    async def scan(self, code: str) -> str:
        """Scan, from a web view: preflight first. Return the screen that it shows."""
        asked = "authorization, content-type"
        preflight = await self._api.request(
            "OPTIONS",
            "/scan/ticket/",
            Origin="http://localhost",
            Access_Control_Request_Method="POST",
            Access_Control_Request_Headers=asked,
        )
        assert preflight.status == 204
        assert preflight.headers["Access-Control-Allow-Origin"] in ("http://localhost", "*")
        assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
        allowed = preflight.headers["Access-Control-Allow-Headers"].lower()
        assert all(name.strip() in allowed for name in asked.split(","))
        answer = await self.post("/scan/ticket/", qrcode_data=code, event_uuid=self.event)
        assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost"
        return self._screen(answer)

    def _screen(self, answer: Answer) -> str:
        body = answer.body
        if answer.status == 406 and body.get("error") == "Event error":
            return "another event"
        if answer.status == 403:
            return "pair again"
        if body.get("message") == "Ticket already scanned":
            return "already scanned"
        return "welcome" if body.get("success") else f"refused: {body.get('error')}"

    async def guests(self, page: int = 1) -> list[dict[str, Any]]:
        """List the guests, newest booking first, as far as there are pages."""
        answer = await self.post(
            "/scan/list_tickets/",
            event_uuid=self.event,
            page=page,
            page_size=40,
            order_by="reservation__datetime",
            order_dir="desc",
        )
        more = answer.body["page"] < answer.body["total_pages"]
        return [*answer.body["results"], *(await self.guests(page + 1) if more else [])]

    async def search(self, text: str) -> list[dict[str, Any]]:
        """Search the guests by name."""
        found: list[dict[str, Any]] = (
            await self.post("/scan/search_ticket/", search=text.strip(), event_uuid=self.event)
        ).body["results"]
        return found

    async def validate(self, guest: dict[str, Any]) -> str:
        """Tap "Valider": post the guest's code back."""
        assert not guest["is_scanned"]
        answer = await self.post("/scan/ticket/", qrcode_data=guest["qrcode_data"], event_uuid=self.event)
        return "validated" if answer.status == 200 and answer.body["success"] else str(answer.body["message"])

    @property
    def _api(self) -> Api:
        return Api(self.base_url)

    async def post(self, path: str, **body: Any) -> Answer:
        """Ask as the phone's web view does."""
        return await self._api.with_key(self.api_key).post(path, body, Origin="http://localhost")


@pytest.mark.gen_test
async def test_a_tibillet_phone_works_unchanged(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Another")
    tickets = await api.book(event, 45)
    [zoe] = await api.book(event, tickets=[{"first_name": "Zoé", "last_name": "Petit"}])
    [foreign] = await api.book(other)
    device = {"name": "TiBillet phone", "app": "tibillet"}
    created = (await api.admin.post("/api/devices", device)).body

    phone = Phone()
    await phone.pair(qr_png(created["pairing"]["url"]))
    assert phone.tenant == "Example Organization"
    shown = {each["name"]: each for each in await phone.events()}
    assert shown["Winter concert"]["startDate"] == "2026-12-24T19:30:00+00:00"
    phone.event = shown["Winter concert"]["uuid"]
    assert (await phone.describe())["name"] == "Winter concert"

    assert await phone.scan(tickets[0]["code"]) == "welcome"
    assert await phone.scan(tickets[0]["code"]) == "already scanned"
    assert await phone.scan(foreign["code"]) == "another event"
    assert await phone.scan("https://example.org/") == "refused: Invalid QR code format"

    guests = await phone.guests()
    assert {guest["uuid"] for guest in guests} == {ticket["id"] for ticket in [*tickets, zoe]}
    assert [guest["uuid"] for guest in guests if guest["is_scanned"]] == [tickets[0]["id"]]
    [found] = await phone.search("zoe")
    assert (found["uuid"], found["first_name"], found["status"]) == (zoe["id"], "Zoé", "Valid and not scanned")
    assert await phone.validate(found) == "validated"
    assert [guest["is_scanned"] for guest in await phone.search("petit")] == [True]

    await api.admin.post(f"/api/devices/{created['uuid']}/archive")
    assert await phone.scan(tickets[1]["code"]) == "pair again"


@pytest.mark.gen_test
async def test_events_are_public_with_the_phones_keys_and_past_or_closed_ones_left_out(
    api: Api, clock: SettableClock
) -> None:
    tonight = await api.make_event()
    tomorrow = await api.make_event(
        name="Later", starts_at="2026-12-26T20:00:00+01:00", ends_at="2026-12-26T23:00:00+01:00"
    )
    keys = {"uuid", "name", "startDate", "publicKeyPem", "description", "url"}
    for path in ("/api/events?only_futur=true", "/api/events/?only_futur=true&filter="):
        listed = (await api.get(path)).body
        assert {tonight["uuid"], tomorrow["uuid"]} <= {each["uuid"] for each in listed}
        assert all(each.keys() == keys for each in listed)
    assert (await api.get(f"/api/events/{tonight['uuid']}/")).body.keys() == keys
    assert [each["name"] for each in (await api.get("/api/events?only_futur=true&filter=CONC")).body] == [
        "Winter concert"
    ]
    assert (await api.admin.get("/api/events?only_futur=true")).body[0].keys() == keys
    clock.advance(timedelta(hours=8))
    names = {each["name"] for each in (await api.get("/api/events?only_futur=true")).body}
    assert names == {"Box office", "Later"}


# --- the lists ---------------------------------------------------------------------------------------------------

GUESTS = ["Ada Lovelace", "ada Byron", "Zoë Ångström", "Adam Smith", "José da Silva"]


async def book_guests(api: Api, event: Any) -> None:
    for name in GUESTS:
        first, _, last = name.partition(" ")
        product = "VIP" if first == "Adam" else "Standard"
        await api.book(event, tickets=[{"first_name": first, "last_name": last, "product": product}])


def names_of(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.raw
    return [f"{each['first_name']} {each['last_name']}" for each in answer.body["results"]]


@pytest.mark.gen_test
async def test_a_search_finds_words_by_their_beginning_without_case_or_accents(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search"])
    await book_guests(api, event)
    for text, found in {
        "ada": {"Ada Lovelace", "ada Byron", "Adam Smith"},
        "ADA love": {"Ada Lovelace"},
        "love ada": {"Ada Lovelace"},
        "angstrom zo": {"Zoë Ångström"},
        "ÅNG": {"Zoë Ångström"},
        "jose": {"José da Silva"},
        "lace": set(),
        "ada smith byron": set(),
        "+33 9 99 99 99 99": set(),
    }.items():
        answer = await gate.post("/scan/search_ticket/", {"search": text})
        assert set(names_of(answer)) == found, text
        assert answer.body["total"] == answer.body["count"] == len(found)


@pytest.mark.gen_test
async def test_a_search_finds_addresses_products_prices_and_ids(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event()
    gate = await api.make_device(event, may=["search"])
    kinds = [("Ada", "VIP", "Full price"), ("Bob", "Standard", "Reduced"), ("Cy", "Standard", "Full price")]
    made = {}
    for name, product, price in kinds:
        guest = {"first_name": name, "last_name": "X", "product": product, "price": price}
        for each in (event, other):
            made[name, each["uuid"]] = (await api.book(each, tickets=[guest], email=f"{name}.Y+1@Mail.Example.org"))[0]
    bob = made["Bob", event["uuid"]]
    for text, found in {
        "bob.y": {"Bob X"},
        "BOB.Y+1@mail.example.ORG": {"Bob X"},
        "bob.y.1": set(),
        "mail.example": {"Ada X", "Bob X", "Cy X"},
        "vip": {"Ada X"},
        "andar": {"Bob X", "Cy X"},
        "full pr": {"Ada X", "Cy X"},
        "REDUCED": {"Bob X"},
        bob["id"]: {"Bob X"},
        bob["id"][:13].upper(): {"Bob X"},
        bob["reservation"]: {"Bob X"},
        f"  {bob['reservation'][:9]} ": {"Bob X"},
        bob["id"][5:]: set(),
        made["Bob", other["uuid"]]["id"]: set(),
        ".*.*": set(),
        "(((": set(),
        "^^^": set(),
    }.items():
        answer = await gate.post("/scan/search_ticket/", {"search": text})
        assert set(names_of(answer)) == found, text
        assert answer.body["total"] == answer.body["count"] == len(found)
        assert b"xample" not in answer.raw
    paged = await gate.post("/scan/search_ticket/", {"search": "mail.example", "page": 2, "page_size": 2})
    assert (paged.body["count"], paged.body["total"], paged.body["total_pages"]) == (1, 3, 2)


@pytest.mark.gen_test
async def test_a_device_made_for_tibillets_app_may_search_unless_told_otherwise(api: Api) -> None:
    for body, may in (({"app": "tibillet"}, ["search"]), ({"app": "tibillet", "may": ["undo"]}, ["undo"]), ({}, [])):
        created = await api.admin.post("/api/devices", {"name": "Phone", **body})
        assert (created.status, created.body["may"]) == (201, may)
    wrong = await api.admin.post("/api/devices", {"name": "Phone", "app": "other"})
    assert (wrong.status, list(wrong.body["errors"])) == (422, ["app"])


@pytest.mark.gen_test
async def test_anybody_may_ask_whether_the_server_answers(api: Api) -> None:
    for path in ("check_allow_any", "check_allow_any_widlcard"):
        for asker in (api, api.with_key("no.key")):
            answer = await asker.get(f"/scan/{path}/", Origin="https://elsewhere.example")
            assert (answer.status, answer.body) == (200, {"allow_any": True})
            origin = answer.headers.get("Access-Control-Allow-Origin")
            assert origin == ("*" if path.endswith("widlcard") else None)


@pytest.mark.gen_test
async def test_a_guest_in_a_list_has_no_address_and_no_code_of_the_tickets(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search", "names"])
    [ticket] = await api.book(event, email="ada@example.org")
    for path, body in (("/scan/list_tickets", {}), ("/scan/search_ticket", {"search": "love"})):
        answer = await gate.post(path, body)
        [guest] = answer.body["results"]
        assert guest == {
            "uuid": ticket["id"],
            "issue": 1,
            "first_name": "Ada",
            "last_name": "Lovelace",
            "status": "Valid and not scanned",
            "is_scanned": False,
            "product": "Standard",
            "price": None,
            "date": "2026-12-24",
            "time": "20:30",
            "reservation_uuid": ticket["reservation"],
            "reservation_datetime": "2026-12-24T18:30:00+00:00",
            "custom_form": None,
            "phone_end": "567",
            "qrcode_data": guest["qrcode_data"],
        }
        assert guest["qrcode_data"] != ticket["code"]
        assert b"example.org" not in answer.raw
        assert b"23 45 67" not in answer.raw


@pytest.mark.gen_test
async def test_a_list_is_ordered_and_cut_into_pages_as_asked(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search"])
    for name in GUESTS:
        first, _, last = name.partition(" ")
        product = "VIP" if first == "Adam" else "Standard"
        await api.book(event, tickets=[{"first_name": first, "last_name": last, "product": product}])
        clock.advance(timedelta(seconds=1))

    async def listed(**body: Any) -> list[str]:
        return names_of(await gate.post("/scan/list_tickets/", body))

    assert await listed() == GUESTS[::-1]
    assert await listed(order_by="reservation_datetime", order_dir="asc") == GUESTS
    by_last_name = ["Zoë Ångström", "ada Byron", "José da Silva", "Ada Lovelace", "Adam Smith"]
    assert await listed(order_by="last_name", order_dir="asc") == by_last_name
    assert await listed(order_by="name") == by_last_name[::-1]
    assert (await listed(order_by="first_name", order_dir="asc"))[:2] == ["ada Byron", "Ada Lovelace"]
    assert (await listed(order_by="product"))[0] == "Adam Smith"
    for order_by in ("date", "status", "uuid", "reservation__uuid"):
        assert sorted(await listed(order_by=order_by)) == sorted(GUESTS)
    pages = [await listed(order_by="name", order_dir="asc", page=page, page_size=2) for page in (1, 2, 3, 4)]
    assert pages == [by_last_name[:2], by_last_name[2:4], by_last_name[4:], []]
    answer = (await gate.post("/scan/list_tickets/", {"page": 2, "page_size": 2})).body
    assert {name: answer[name] for name in ("success", "count", "total", "page", "page_size", "total_pages")} == {
        "success": True,
        "count": 2,
        "total": 5,
        "page": 2,
        "page_size": 2,
        "total_pages": 3,
    }


@pytest.mark.gen_test
async def test_a_wrong_field_is_named(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search"])
    for path, body, name in (
        ("/scan/search_ticket/", {}, "search"),
        ("/scan/search_ticket/", {"search": "ad"}, "search"),
        ("/scan/search_ticket/", {"search": "   ad   "}, "search"),
        ("/scan/search_ticket/", {"search": "x" * 101}, "search"),
        ("/scan/search_ticket/", {"search": " ".join("abcdefghijk")}, "search"),
        ("/scan/search_ticket/", {"search": ["ada"]}, "search"),
        ("/scan/search_ticket/", {"search": {"$gt": ""}}, "search"),
        ("/scan/list_tickets/", {"page": 0}, "page"),
        ("/scan/list_tickets/", {"page": 10**30}, "page"),
        ("/scan/list_tickets/", {"page_size": 201}, "page_size"),
        ("/scan/list_tickets/", {"page_size": "40"}, "page_size"),
        ("/scan/list_tickets/", {"order_by": "phone_number"}, "order_by"),
        ("/scan/list_tickets/", {"order_by": {"$gt": 1}}, "order_by"),
        ("/scan/list_tickets/", {"order_dir": "up"}, "order_dir"),
        ("/scan/list_tickets/", {"event_uuid": "x"}, "event_uuid"),
    ):
        answer = await gate.post(path, body)
        assert (answer.status, answer.body["code"]) == (400, "bad_request"), body
        assert name in answer.body["message"], answer.body


@pytest.mark.gen_test
async def test_only_a_device_that_may_search_sees_guests_and_those_of_its_event_only(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Another")
    await api.book(event)
    plain, gate = await api.make_device(event), await api.make_device(event, may=["search"])
    everywhere = await api.make_device(event, None, event=None, may=["search"])
    for path, body in (("/scan/list_tickets/", {}), ("/scan/search_ticket/", {"search": "ada"})):
        refused = [await plain.post(path, body), await gate.post(path, body | {"event_uuid": other["uuid"]})]
        assert [(answer.status, answer.body["code"]) for answer in refused] == [(403, "not_allowed")] * 2
        assert (await api.post(path, body)).body["code"] == "bad_key"
        assert "event_uuid" in (await everywhere.post(path, body)).body["message"]
        assert names_of(await everywhere.post(path, body | {"event_uuid": event["uuid"]})) == ["Ada Lovelace"]
        assert names_of(await everywhere.post(path, body | {"event_uuid": other["uuid"]})) == []
        gone = await everywhere.post(path, body | {"event_uuid": "00000000-0000-0000-0000-000000000000"})
        assert gone.status == 404


@pytest.mark.gen_test
async def test_a_code_from_a_list_is_good_for_one_device_and_ten_minutes(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate, other = [await api.make_device(event, may=["search"]) for _ in range(2)]
    await api.book(event, 2)
    answer = await gate.post("/scan/list_tickets/", {})
    first, second = (guest["qrcode_data"] for guest in answer.body["results"])
    stolen = await other.scan(first)
    assert (stolen.status, stolen.body["code"]) == (400, "bad_signature")
    looked = await gate.post("/scan/check_ticket/", {"qrcode_data": first})
    assert looked.body["would"] == {"admit": True, "code": "admitted"}
    admitted = await gate.scan(first)
    assert admitted.body["code"] == "admitted"
    [entry] = await hub.store.journal.read(event["uuid"], admitted.body["seq"] - 1, 1)
    assert entry.by == "manual"
    clock.advance(timedelta(minutes=10))
    assert (await gate.scan(second)).body["code"] == "bad_signature"


@pytest.mark.gen_test
async def test_guests_of_one_time_are_listed_and_searched_with_how_many_are_found_at_others(api: Api) -> None:
    showings = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("18:00", "20:30")]
    event = await api.make_event(showings=showings)
    for time, count in (("18:00", 1), ("20:30", 2)):
        await api.book(event, count, time=time, phone_number="+33 6 12 34 56 78")
    gate = await api.make_device(event, may=["search"])
    late = {"date": "2026-12-24", "time": "20:30"}
    for path, body in (
        ("/scan/list_tickets/", {"order_by": "name"}),
        ("/scan/search_ticket/", {"search": "0612345678"}),
    ):
        every = (await gate.post(path, body)).body
        assert (every["total"], "other_times" in every) == (3, False)
        tonight = (await gate.post(path, body | late)).body
        assert (tonight["total"], tonight["other_times"]) == (2, 1)
        assert {(guest["time"], guest["phone_end"]) for guest in tonight["results"]} == {("20:30", "678")}
        none = (await gate.post(path, body | late | {"time": "21:00"})).body
        assert (none["total"], none["other_times"], none["results"]) == (0, 3, [])
        for wrong in ({"date": "2026-12-24"}, {"time": "20:30"}, late | {"time": "8pm"}, late | {"date": {"$gt": ""}}):
            refused = await gate.post(path, body | wrong)
            assert (refused.status, refused.body["code"]) == (400, "bad_request"), wrong


@pytest.mark.parametrize(
    ("number", "end"),
    [
        ("+33 6 12 34 56 78", "678"),
        ("12345", None),
        ("(0)6.12-34/56 78 ext 99", "678"),
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17", "567"),
    ],
)
@pytest.mark.gen_test
async def test_equal_names_are_told_apart_by_the_last_digits_of_the_phone(
    api: Api, number: str, end: str | None
) -> None:
    event = await api.make_event()
    await api.book(event, 1, phone_number=number)
    gate = await api.make_device(event, may=["search"])
    [guest] = (await gate.post("/scan/list_tickets/", {})).body["results"]
    assert guest.get("phone_end") == end


ANSWERS = [
    {"Diet": "vegan", "T-shirt": "L"},
    {"Régime alimentaire ?": "sans gluten 🌾", "名前の読み方": "ラブレース", "x.y$z": "{'a': 1}"},
]


@pytest.mark.parametrize("answers", ANSWERS, ids=["plain", "any script"])
@pytest.mark.gen_test
async def test_a_guests_answers_are_in_all_four_answers_as_the_phone_reads_them(
    api: Api, answers: dict[str, str]
) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event, tickets=[{"first_name": "Ada", "last_name": "Lovelace", "fields": answers}])
    created = (await api.admin.post("/api/devices", {"name": "TiBillet phone", "app": "tibillet"})).body
    phone = Phone()
    await phone.pair(qr_png(created["pairing"]["url"]))
    phone.event = event["uuid"]
    looked = await phone.post("/scan/check_ticket/", qrcode_data=ticket["code"], event_uuid=phone.event)
    assert looked.body["ticket"]["custom_form"] == answers
    [listed] = await phone.guests()
    words = ["lovelace", ticket["id"], ticket["reservation"][:8]]
    found = [guest for text in words for guest in await phone.search(text)]
    assert [guest["custom_form"] for guest in [listed, *found]] == [answers] * 4
    assert await phone.validate(listed) == "validated"
    again = await phone.post("/scan/ticket/", qrcode_data=ticket["code"], event_uuid=phone.event)
    assert (again.body["code"], again.body["ticket"]["custom_form"]) == ("already_scanned", answers)
    hidden = {"door_shows": ["notice"]}
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", hidden)).status == 200
    assert [guest["custom_form"] for guest in await phone.guests()] == [None]
    again = await phone.post("/scan/ticket/", qrcode_data=ticket["code"], event_uuid=phone.event)
    assert again.body["ticket"].get("custom_form") is None
