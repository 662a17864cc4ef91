"""From JSON to a form: every field error at once, in the hub's own words, and never anything but `BadInput`."""

import ast
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.account.passkeys import NewPasskey, PasskeyPatch, PasskeyRequest, ShownPasskey
from handlers.account.second_factor import CodeOnly, PasswordAndCode, PasswordAndMaybeCode, PasswordOnly
from handlers.api.devices import DevicesQuery
from handlers.api.door_sales import DoorSaleForm
from handlers.api.events import EventsQuery
from handlers.api.forms import ReservationForm, ReservationPatch, TicketForm, TicketPatch
from handlers.api.outbox import MessagesQuery
from handlers.api.payments import PaymentForm, RefundForm
from handlers.api.sales import SaleForm
from handlers.api.scans import ScansQuery
from handlers.api.showings import ShowingsQuery
from handlers.api.takings import ClosingsQuery, TillForm
from handlers.api.ticket_batch import BatchForm
from handlers.api.tickets import TicketsQuery
from handlers.api.waiting import JoinForm, WaitingQuery
from handlers.http.paging import PageQuery, WholeQuery
from hub.access.keys import KeyForm
from hub.access.users import AddressForm, PasswordForm, UserForm, UserPatch
from hub.devices.service import DeviceForm, DevicePatch, DoorChoice
from hub.door.corrections import HeadcountBody, RecountBody, UndoBody
from hub.door.guest_search import ListBody, SearchBody
from hub.door.manifest import Since as ManifestSince
from hub.door.offline_scan import OfflineBody
from hub.door.request import ScanBody
from hub.errors import BadInput
from hub.events.form import EventForm, NewEvent, ShowingForm, ShowingPatch
from hub.live.protocol import HelloRequest, PongRequest, SubscribeRequest, UnsubscribeRequest
from hub.live.protocol import Since as LiveSince
from hub.relay.wire import AfterQuery, FactsForm, ForwardForm, PullForm, RelayForm, SpanQuery
from hub.tickets.waves import WaveForm
from hub.validation import MOST_ERRORS, Problems, collect, read_form, read_list, read_message, read_query
from hub.webhooks.form import NewWebhook, WebhookPatch

ROOT = Path(__file__).parents[2]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FOREIGN = re.compile(
    r"`|Expected|\bgot\b|\bstr\b|\bint\b|\bbool\b|\bfloat\b|\bdict\b|\barray\b|\bNone\b|Object missing"
)


class Part(msgspec.Struct, kw_only=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    size: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None


class Whole(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One field of each type that forms hold."""

    title: Annotated[str, msgspec.Meta(max_length=5)]
    code: Annotated[str, msgspec.Meta(pattern="^[a-z]+$", extra={"error": "must be small letters"})] = "a"
    secret: Annotated[str, msgspec.Meta(min_length=3)] | msgspec.UnsetType = msgspec.UNSET
    count: int = 1
    low: Annotated[int, msgspec.Meta(gt=0)] = 1
    below: Annotated[int, msgspec.Meta(ge=0, lt=2**53)] = 1
    ratio: float = 1.0
    flag: bool = False
    kind: Literal["a", "b"] = "a"
    at: datetime | None = None
    when: datetime | Annotated[int, msgspec.Meta(ge=0)] | None = None
    uuid: UUID | None = None
    parts: Annotated[list[Part], msgspec.Meta(max_length=1000)] = []
    tags: list[str] | None = None
    seqs: dict[str, int] = {}
    anything: dict[str, Any] | None = None
    wire_name: str | None = msgspec.field(default=None, name="wireName")


def errors_of(raw: object) -> dict[str, str]:
    with pytest.raises(BadInput) as caught:
        read_form(raw, Whole, "The whole cannot be used")
    assert (caught.value.status, caught.value.code) == (422, "invalid")
    return caught.value.errors


def test_all_that_is_wrong_is_named_at_once_in_the_hubs_words() -> None:
    raw: dict[str, Any] = {
        "code": "A",
        "secret": "ab",
        "count": True,
        "low": 0,
        "ratio": "1",
        "flag": 1,
        "kind": "c",
        "at": "2026-13-01",
        "when": [],
        "uuid": "x",
        "parts": [{}, 5, {"name": "", "size": 101}, {"name": "fine"}],
        "tags": [1],
        "seqs": {"e": "1"},
        "anything": [],
        "wireName": 5,
        "more": 1,
    }
    assert errors_of(raw) == {
        "title": "is missing",
        "code": "must be small letters",
        "secret": "must be at least 3 characters",
        "count": "must be a whole number",
        "low": "must be at least 1",
        "ratio": "must be a number",
        "flag": "must be true or false",
        "kind": "must be one of: a, b",
        "at": "must be a time with a UTC offset, like 2026-12-24T20:30:00+01:00",
        "when": "must be a time with a UTC offset, like 2026-12-24T20:30:00+01:00 or must be a whole number",
        "uuid": "must be a uuid",
        "parts[0].name": "is missing",
        "parts[1]": "must be an object",
        "parts[2].name": "must be 1 to 20 characters",
        "parts[2].size": "must be 1 to 100",
        "tags[0]": "must be text",
        "seqs.e": "must be a whole number",
        "anything": "must be an object",
        "wireName": "must be text",
        "more": "is not known here",
    }


def test_a_body_that_is_no_object_is_told_so() -> None:
    bodies: list[object] = [[], "x", 5, None, True]
    for raw in bodies:
        with pytest.raises(BadInput) as caught:
            read_form(raw, Whole, "")
        assert (caught.value.status, caught.value.code) == (400, "bad_request")


def test_no_body_makes_an_answer_larger_than_a_hundred_errors() -> None:
    assert len(errors_of({"title": "x", "parts": [5] * 900})) == MOST_ERRORS
    assert len(errors_of({"title": "x", **{f"f{n}": 1 for n in range(900)}})) == MOST_ERRORS
    assert all(len(path) < 200 for path in errors_of({"title": "x", "n" * 5000: 1, "seqs": {"m" * 5000: "x"}}))


class Span(msgspec.Struct, kw_only=True):
    first: int
    last: int
    name: Annotated[str, msgspec.Meta(min_length=1)]
    rows: list[Part] = []


def check_span(span: Span, problems: Problems) -> None:
    if span.last < span.first:
        problems.add("last", "must not be before first")
    if len({part.name for part in span.rows}) < len(span.rows):
        problems.add("rows", "names must differ")
    for n, part in enumerate(span.rows):
        if part.name == span.name:
            problems.add(f"rows[{n}].name", "is the name of the whole")


def span_errors(**raw: Any) -> dict[str, str]:
    with pytest.raises(BadInput) as caught:
        read_form(raw, Span, "", check_span)
    return caught.value.errors


def test_rules_between_fields_speak_beside_wrong_types() -> None:
    assert span_errors(first=2, last=1, name=5) == {"name": "must be text", "last": "must not be before first"}
    rows = [{"name": "a"}, {"name": "a"}, {"name": "w"}]
    assert span_errors(first=1, last=2, name="w", rows=rows) == {
        "rows": "names must differ",
        "rows[2].name": "is the name of the whole",
    }


def test_nothing_is_said_of_what_stands_in_for_an_unreadable_field() -> None:
    assert span_errors(first=1, last="x", name="w") == {"last": "must be a whole number"}
    assert span_errors(first=1, last=2, name="w", rows=[{"name": ""}, {"name": 5}]) == {
        "rows[0].name": "must be 1 to 20 characters",
        "rows[1].name": "must be text",
    }


def test_a_list_names_the_rows_and_one_alone_is_a_list_of_one() -> None:
    assert [part.name for part in read_list({"name": "a"}, Part, "", "parts")] == ["a"]
    with pytest.raises(BadInput) as caught:
        read_list([{"name": "a"}, {"name": 1, "size": 0}, 7], Part, "", "parts")
    assert caught.value.errors == {
        "parts[1].name": "must be text",
        "parts[1].size": "must be 1 to 100",
        "parts[2]": "must be an object",
    }


def test_a_message_names_all_of_it_in_one_line() -> None:
    with pytest.raises(BadInput) as caught:
        read_message({"first": "1", "name": ""}, Span)
    refusal = caught.value
    assert (refusal.status, refusal.code) == (400, "bad_request")
    assert refusal.message == "first: must be a whole number; last: is missing; name: must not be empty"


class Query(msgspec.Struct, kw_only=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100
    since: datetime | None = None
    all_of: bool = msgspec.field(default=False, name="all")
    event: str | None = None


def test_a_query_is_read_from_its_texts() -> None:
    texts = {"limit": "7", "since": "2026-12-24T20:30:00 01:00", "all": "true", "event": "null", "more": "x"}
    query = read_query(texts, Query, "")
    assert (query.limit, query.all_of, query.event) == (7, True, "null")
    assert query.since == datetime(2026, 12, 24, 19, 30, tzinfo=UTC)
    for wrong in ("", "0", "1001", "1.0", "x", "null", "٣", "1_0", "9" * 400):
        with pytest.raises(BadInput) as caught:
            read_query({"limit": wrong, "all": "1"}, Query, "")
        assert list(caught.value.errors) == ["limit", "all"]


FORMS: list[Any] = [
    *(Span, Part, Query),
    *(
        EventForm,
        NewEvent,
        DeviceForm,
        DevicePatch,
        DoorChoice,
        KeyForm,
        UserForm,
        UserPatch,
        PasswordForm,
        AddressForm,
    ),
    *(RelayForm, AfterQuery, SpanQuery, PullForm, ForwardForm, FactsForm),
    *(PasswordOnly, CodeOnly, PasswordAndCode, PasswordAndMaybeCode),
    *(NewPasskey, PasskeyPatch, PasskeyRequest, ShownPasskey),
    *(
        TicketForm,
        ReservationForm,
        TicketPatch,
        ReservationPatch,
        PaymentForm,
        RefundForm,
        BatchForm,
        SaleForm,
        TillForm,
        DoorSaleForm,
        NewWebhook,
        WebhookPatch,
    ),
    *(ScanBody, OfflineBody, UndoBody, HeadcountBody, RecountBody, SearchBody, ListBody),
    *(
        ShowingForm,
        ShowingPatch,
        ManifestSince,
        LiveSince,
        PageQuery,
        WholeQuery,
        DevicesQuery,
        EventsQuery,
        ScansQuery,
        TicketsQuery,
        ClosingsQuery,
        ShowingsQuery,
        MessagesQuery,
        JoinForm,
        WaitingQuery,
        WaveForm,
    ),
    *(HelloRequest, SubscribeRequest, UnsubscribeRequest, PongRequest),
]


FEW = 30
"""Examples for each form: one rule reads them all, and `Whole` has all types of field for a hundred."""

READERS = {"read_form", "read_list", "read_message", "read_query", "read_page", "collect", "read"}
"""Functions whose second argument is a form; `read` of a request on the socket has it as its first."""


def forms_read_in(text: str) -> set[str]:
    """The names of classes that a module's code reads bodies and queries as."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    named = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call.args) for call in calls]
    arguments = [each for name, args in named if name in READERS for each in args[:2]]
    return {
        each.id for each in arguments if isinstance(each, ast.Name) and each.id[:1].isupper() and not each.id.isupper()
    }


def test_every_form_that_is_read_anywhere_is_held_to_these_properties() -> None:
    files = [file for top in ("hub", "handlers") for file in (ROOT / top).rglob("*.py")]
    found = set().union(*(forms_read_in(file.read_text()) for file in files))
    assert {"ScanBody", "TicketForm", "HelloRequest", "ScansQuery", "ShowingForm"} <= found
    assert found <= {form.__name__ for form in FORMS}


def raw_of(form: Any) -> st.SearchStrategy[Any]:
    """Any JSON, most often an object with some of the form's fields."""
    names = [field.encode_name for field in msgspec.structs.fields(form)]
    return JSON | st.dictionaries(st.sampled_from(names), JSON | st.integers(0, 3) | st.just("in"))


def check_is_read_or_refused(raw: Any, form: Any) -> None:
    for read in (partial(read_form, summary="It cannot be used"), read_message):
        try:
            assert isinstance(read(raw, form), form)
        except BadInput as refusal:
            assert refusal.errors or refusal.status == 400, "what is no object at all names no field"
            for text in [refusal.message, *refusal.errors.values()]:
                assert not FOREIGN.search(re.sub(r"(?s)^.*: ", "", text)), text


def check_names_what_types_refuse(raw: Any, form: Any) -> None:
    _, problems = collect(raw, form)
    try:
        msgspec.convert(raw, form)
    except msgspec.ValidationError:
        assert problems.errors and "cannot be used" not in problems.errors.values()
    else:
        assert problems.errors == {}


@given(raw_of(Whole))
def test_whatever_is_sent_is_the_whole_or_bad_input_in_our_own_words(raw: Any) -> None:
    check_is_read_or_refused(raw, Whole)


@given(raw_of(Whole))
def test_problems_of_the_whole_are_named_exactly_where_the_types_refuse(raw: Any) -> None:
    check_names_what_types_refuse(raw, Whole)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=FEW)
@given(data=st.data())
def test_whatever_is_sent_is_a_form_or_bad_input_in_our_own_words(form: Any, data: st.DataObject) -> None:
    check_is_read_or_refused(data.draw(raw_of(form)), form)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=FEW)
@given(data=st.data())
def test_problems_are_named_exactly_where_the_types_refuse(form: Any, data: st.DataObject) -> None:
    check_names_what_types_refuse(data.draw(raw_of(form)), form)
