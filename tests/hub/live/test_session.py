"""The session and the hello are pure: these tests need no loop."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import NotAllowed, SlowDown
from hub.live.actions import Action, Alive, Call, Close, Follow, Identify, Recheck, Send, StartOver, Unfollow
from hub.live.handshake import Handshake, HandshakeState
from hub.live.ports import KeyCredential, TicketCredential
from hub.live.protocol import CloseCode, Since
from hub.live.session import Session, SessionState
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.model.journal import HUB_STREAM
from tests.hub.live.small_hub import EVENT, GUEST, NOW, ORGANISER, OTHER, SCANNER, as_struct

LIMITS = LiveLimits()


def said(step: Action) -> dict[str, Any]:
    assert isinstance(step, Send)
    frame: dict[str, Any] = json.loads(step.frame)
    return frame


def session(principal: Principal = SCANNER, limits: LiveLimits = LIMITS) -> Session:
    return Session(limits, principal, now=0.0, take=lambda *_: None)


def say(one: Session, now: float = 1.0, **frame: Any) -> list[Action]:
    return one.receive(json.dumps(frame), now)


# --- hello -------------------------------------------------------------------------------------------------------


def test_hello_with_a_key_asks_whom_it_stands_for() -> None:
    steps = Handshake(LIMITS, now=0).receive('{"type": "hello", "id": 1, "api_key": "k", "info": {"app": "x"}}')
    assert steps == [Identify(credential=KeyCredential("k"), info={"app": "x"})]


def test_hello_with_a_ticket_asks_whom_it_stands_for() -> None:
    steps = Handshake(LIMITS, now=0).receive('{"type": "hello", "id": 1, "ticket": "t", "token": "x"}')
    assert steps == [Identify(credential=TicketCredential("t", "x"))]


@pytest.mark.parametrize(
    ("text", "code", "close"),
    [
        ("nonsense", "bad_request", CloseCode.PROTOCOL_ERROR),
        ('{"type": "hello", "id": 1}', "bad_request", CloseCode.PROTOCOL_ERROR),
        ('{"type": "hello", "api_key": "k"}', "bad_request", CloseCode.PROTOCOL_ERROR),
        ('{"type": "hello", "id": 1, "api_key": 7}', "bad_request", CloseCode.PROTOCOL_ERROR),
        (b"\x00", "bad_request", CloseCode.PROTOCOL_ERROR),
        ('{"type": "subscribe", "id": 1, "event": "e"}', "not_allowed", CloseCode.NOT_AUTHENTICATED),
        ('{"type": "hello", "id": 1, "api_key": "' + "k" * 4096 + '"}', "too_large", CloseCode.TOO_BIG),
    ],
)
def test_first_frame_that_is_no_hello_ends_the_socket(text: str | bytes, code: str, close: CloseCode) -> None:
    hello = Handshake(LIMITS, now=0)
    first, second = hello.receive(text)
    assert said(first)["code"] == code
    assert isinstance(second, Close) and second.code is close
    assert hello.state is HandshakeState.DONE
    assert hello.receive('{"type": "hello", "id": 1, "api_key": "k"}') == []


def test_hello_that_does_not_come_is_closed_after_five_seconds() -> None:
    hello = Handshake(LIMITS, now=100)
    assert hello.tick(104.9) == []
    (close,) = hello.tick(105)
    assert isinstance(close, Close) and close.code is CloseCode.HELLO_TIMEOUT
    assert hello.tick(106) == []


def test_key_that_takes_too_long_to_check_is_not_the_clients_fault() -> None:
    hello = Handshake(LIMITS, now=100)
    hello.present(KeyCredential("k"))
    (close,) = hello.tick(105)
    assert isinstance(close, Close) and close.code is CloseCode.UNAVAILABLE


def test_frames_before_the_welcome_are_held_but_not_many() -> None:
    hello = Handshake(LiveLimits(hello_held_frames=1), now=0)
    hello.present(KeyCredential("k"))
    assert hello.receive('{"type": "pong"}') == []
    assert hello.held == ['{"type": "pong"}']
    assert isinstance(hello.receive('{"type": "pong"}')[-1], Close)


def test_refused_hello_says_why() -> None:
    hello = Handshake(LIMITS, now=0)
    hello.receive('{"type": "hello", "id": 9, "api_key": "k"}')
    first, second = hello.refused(NotAllowed("bad_key", "Invalid or missing API key"))
    assert said(first) == {
        "type": "error",
        "id": 9,
        "code": "bad_key",
        "message": "Invalid or missing API key",
        "retry": False,
    }
    assert isinstance(second, Close) and second.code is CloseCode.NOT_AUTHENTICATED


# --- following ---------------------------------------------------------------------------------------------------


def test_subscribe_carries_position_and_mode() -> None:
    steps = say(session(), type="subscribe", id=2, event=EVENT, since={"epoch": "k", "seq": 3}, mode="state")
    assert steps == [Follow(id=2, event=EVENT, since=Since(epoch="k", seq=3), mode="state")]


@pytest.mark.parametrize(
    ("principal", "event", "may"),
    [
        (SCANNER, EVENT, True),
        (SCANNER, OTHER, False),
        (SCANNER, HUB_STREAM, False),
        (Principal(kind="device", id="d", name=""), OTHER, True),
        (Principal(kind="device", id="d", name=""), HUB_STREAM, False),
        (ORGANISER, OTHER, True),
        (ORGANISER, HUB_STREAM, True),
        (Principal(kind="key", id="k", name="", scopes=frozenset({"scan"})), OTHER, True),
        (Principal(kind="key", id="k", name="", scopes=frozenset({"scan"})), HUB_STREAM, False),
        (Principal(kind="key", id="k", name="", scopes=frozenset({"devices:write"})), OTHER, False),
        (Principal(kind="user", id="u", name="", scopes=frozenset({"admin"})), HUB_STREAM, True),
        (Principal(kind="user", id="u", name="", scopes=frozenset({"tickets:read"})), HUB_STREAM, False),
        (Principal(kind="user", id="u", name="", scopes=frozenset({"tickets:read"})), OTHER, True),
        (Principal(kind="ticket", id="t", name="", event=OTHER), OTHER, False),
        (GUEST, OTHER, False),
    ],
)
def test_who_may_follow_what(principal: Principal, event: str, may: bool) -> None:
    (step,) = say(session(principal), type="subscribe", id=2, event=event)
    if may:
        assert isinstance(step, Follow)
    else:
        assert said(step)["code"] == "not_allowed"


def test_one_subscription_too_many_is_slowed_down_and_a_repeated_one_is_not() -> None:
    one = session(ORGANISER, LiveLimits(subscriptions_per_socket=1))
    say(one, type="subscribe", id=1, event=EVENT)
    assert said(say(one, type="subscribe", id=2, event=OTHER)[0])["code"] == "slow_down"
    assert isinstance(say(one, type="subscribe", id=3, event=EVENT)[0], Follow)
    assert say(one, type="unsubscribe", id=4, event=EVENT)[0] == Unfollow(EVENT)
    assert isinstance(say(one, type="subscribe", id=5, event=OTHER)[0], Follow)


# --- calls -------------------------------------------------------------------------------------------------------


def test_scan_is_handed_on_without_its_envelope() -> None:
    steps = say(session(), type="scan", id="a", qrcode_data="D:S", nonce="n")
    assert steps == [Call(id="a", verb="scan", body={"qrcode_data": "D:S", "nonce": "n"})]


def test_refused_ticket_is_a_result_and_not_an_error() -> None:
    one = session()
    say(one, type="scan", id=1, qrcode_data="D:S")
    (step,) = one.answered(1, 406, as_struct({"success": False, "code": "wrong_event"}), "r-1")
    envelope = {"type": "result", "id": 1, "status": 406, "request_id": "r-1"}
    assert said(step) == {**envelope, "success": False, "code": "wrong_event"}


def test_one_call_too_many_is_slowed_down_until_another_is_answered() -> None:
    one = session(limits=LiveLimits(scans_under_way=1))
    say(one, type="scan", id=1)
    error = said(say(one, type="check", id=2)[0])
    assert (error["code"], error["retry"], error["after"]) == ("slow_down", True, 1.0)
    (step,) = one.failed(1, SlowDown("later", after_s=3), "r-1")
    assert (said(step)["after"], said(step)["request_id"]) == (3, "r-1")
    assert isinstance(say(one, type="undo", id=3)[0], Call)


# --- what goes wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"type": 7}',
        '{"type": "scan", "id": 1.5}',
        '{"type": "scan", "id": true}',
        '{"type": "scan", "id": null}',
        '{"type": "subscribe", "id": 1}',
        '{"type": "subscribe", "id": 1, "event": "e", "since": {"epoch": "k", "seq": -1}}',
        '{"type": "subscribe", "id": 1, "event": "e", "since": {"epoch": "k", "seq": 99999999999999999999999}}',
        '{"type": "subscribe", "id": 1, "event": "e", "mode": "other"}',
        '{"type": "pong", "at": [1]}',
        "[" * 60_000,
        "\ud800",
        b"binary",
    ],
)
def test_malformed_frame_is_an_error_and_the_session_goes_on(text: str | bytes) -> None:
    one = session(ORGANISER)
    (step,) = one.receive(text, 1.0)
    assert said(step)["code"] == "bad_request"
    assert one.state is SessionState.OPEN


def test_error_names_the_request_that_it_answers() -> None:
    assert said(say(session(), type="subscribe", id=5)[0])["id"] == 5


def test_ten_malformed_frames_in_a_minute_close_for_good() -> None:
    one = session()
    for moment in range(9):
        assert len(one.receive("{", float(moment))) == 1
    *_, close = one.receive("{", 9.0)
    assert isinstance(close, Close) and close.code is CloseCode.PROTOCOL_ERROR
    assert one.receive("{", 10.0) == []


def test_malformed_frames_seldom_enough_are_borne() -> None:
    one = session()
    for moment in range(50):
        assert len(one.receive("{", moment * 7.0)) == 1


def test_unknown_type_is_an_error_and_no_offence() -> None:
    one = session()
    for _ in range(20):
        (step,) = say(one, type="dance", id=1)
        assert said(step)["code"] == "unknown_type"


def test_unknown_fields_are_ignored() -> None:
    assert isinstance(say(session(), type="subscribe", id=2, event=EVENT, colour="red")[0], Follow)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_whatever_value_stands_anywhere_a_frame_leads_to_an_action(value: Any) -> None:
    for kind in ("subscribe", "unsubscribe", "pong", "scan", "hello", "dance"):
        for field in ("event", "since", "mode", "id", "at", "type"):
            one = session(ORGANISER)
            frame = {"type": kind, "id": 1, "event": EVENT, field: value}
            assert one.receive(json.dumps(frame), 1.0), frame


# --- the time ----------------------------------------------------------------------------------------------------


def test_ping_comes_every_twenty_seconds() -> None:
    one = session()
    pings = []
    for moment in range(100):
        pings += [moment for step in one.tick(float(moment), NOW) if isinstance(step, Send)]
        say(one, now=float(moment), type="pong", at={})
    assert pings == [20, 40, 60, 80]


def test_silence_of_thirty_seconds_closes_but_may_come_back() -> None:
    one = session()
    assert one.receive('{"type": "pong"}', 10.0) == [Alive()]
    assert not [step for step in one.tick(39.9, NOW) if isinstance(step, Close)]
    (close,) = one.tick(40.0, NOW)
    assert isinstance(close, Close) and close.code is CloseCode.NO_PONG
    assert one.tick(41.0, NOW) == []


def test_a_tick_that_does_something_is_one_that_was_due() -> None:
    one = session(limits=LiveLimits(recheck_s=7))
    assert not one.is_due(0.0)
    for moment in range(100):
        is_due = one.is_due(float(moment))
        assert bool(one.tick(float(moment), NOW)) == is_due or one.state is SessionState.CLOSED, moment


def test_pong_acknowledges_what_is_followed() -> None:
    one = session()
    say(one, type="subscribe", id=1, event=EVENT)
    say(one, type="pong", at={EVENT: 7, OTHER: 9})
    assert one.acknowledged == {EVENT: 7}


def test_credential_is_looked_at_again_now_and_then() -> None:
    one = session(limits=LiveLimits(recheck_s=5))
    assert one.tick(5.0, NOW) == [Recheck()]
    assert one.tick(6.0, NOW) == []


def test_hello_after_a_cookie_starts_over_and_after_a_key_is_unknown() -> None:
    hello = '{"type": "hello", "id": 1, "api_key": "k"}'
    by_cookie = Session(LIMITS, ORGANISER, now=0, take=lambda *_: None, by_cookie=True)
    assert by_cookie.receive(hello, 1.0) == [StartOver(hello)]
    assert said(session().receive(hello, 1.0)[0])["code"] == "unknown_type"


def test_all_that_is_wrong_with_a_request_is_named_in_the_hubs_words() -> None:
    (step,) = session(ORGANISER).receive('{"type": "subscribe", "id": 7, "since": {"seq": -1}, "mode": 5}', 1.0)
    assert said(step)["message"] == (
        f"event: is missing; since.epoch: is missing; since.seq: must be 0 to {2**53 - 1}; "
        "mode: must be one of: events, state"
    )
