from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.door.codes import InvalidCode, parse
from hub.door.manual_codes import HAND_KID, ManualCodes
from hub.vault import TokenPurpose, Vault

NOW = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)
TICKET, EVENT, DEVICE = (str(UUID(int=n)) for n in (1, 2, 3))
HANDS = ManualCodes(Vault("a secret of the tests, long enough").token_key(TokenPurpose.MANUAL))
CODE = HANDS.make(TICKET, 1, EVENT, DEVICE, NOW)


@given(ticket=st.uuids(), issue=st.integers(1, 1000), event=st.uuids(), device=st.uuids())
def test_a_hand_code_names_its_ticket_for_its_device(ticket: UUID, issue: int, event: UUID, device: UUID) -> None:
    code = parse(HANDS.make(str(ticket), issue, str(event), str(device), NOW))
    assert code.kid == HAND_KID
    hand = HANDS.read(code, str(device), NOW)
    assert hand is not None
    assert (hand.uuid, hand.g, hand.event, hand.device) == (str(ticket), issue, str(event), str(device))


def test_a_hand_code_is_good_for_ten_minutes_and_one_device() -> None:
    code = parse(CODE)
    assert HANDS.read(code, DEVICE, NOW + timedelta(minutes=9, seconds=59)) is not None
    assert HANDS.read(code, DEVICE, NOW + timedelta(minutes=10)) is None
    assert HANDS.read(code, TICKET, NOW) is None
    others = ManualCodes(Vault("the secret of another hub").token_key(TokenPurpose.MANUAL))
    assert others.read(code, DEVICE, NOW) is None


@given(at=st.integers(0, len(CODE) - 1), other=st.characters(codec="ascii"))
def test_a_hand_code_with_any_character_changed_is_refused(at: int, other: str) -> None:
    changed = CODE[:at] + other + CODE[at + 1 :]
    if changed == CODE:
        return
    try:
        code = parse(changed)
    except InvalidCode:
        return
    assert HANDS.read(code, DEVICE, NOW) is None


def test_two_hand_codes_of_a_ticket_differ_by_device() -> None:
    assert HANDS.make(TICKET, 1, EVENT, EVENT, NOW) != CODE
    with pytest.raises(InvalidCode):
        parse(CODE.replace(":", ""))
