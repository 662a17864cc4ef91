"""The plan of a night and its audit: an honest night agrees, and each kind of lie is found."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from hub.door.codes import InvalidCode, Keyring, make_key, parse, sign
from hub.simulation.audit import KIND_OF, Evidence, Recorded, ScanAnswer, reckon
from hub.simulation.plan import STORIES, Guest, Night, Show, plan_night, shown_text
from hub.simulation.report import table, verdict

TICKET = "00000000-0000-4000-8000-000000000000"


class HonestHub:
    """Answers a whole night from memory, and writes all of it down."""

    def __init__(self, night: Night) -> None:
        self.answers: list[ScanAnswer] = []
        self.journal = [
            Recorded(seq=n + 1, kind="ticket.booked", effect={"booked": 1}) for n in range(len(night.guests))
        ]
        self._night = night
        self._passed: dict[int, list[str]] = {}

    def scan(self, guest: Guest, show: Show, door: int) -> None:
        before = self._passed.setdefault(guest.number, [])
        code = self._decide(guest, show, door, before)
        path = f"doors.d{door + 1}"
        match code:
            case "admitted":
                effect = {"inside": 1, f"{path}.admitted": 1} | ({} if before else {"admitted": 1})
            case "exited":
                effect = {"inside": -1, f"{path}.exited": 1}
            case _:
                effect = {"denied": 1, f"{path}.denied": 1} if show.direction == "in" else {}
        if code in KIND_OF:
            before.append(code)
        self._write(guest, show, door, code, effect)

    def _decide(self, guest: Guest, show: Show, door: int, before: list[str]) -> str:
        is_inside = bool(before) and before[-1] == "admitted"
        if show.text != "genuine":
            return {"garbage": "invalid_code", "forged": "bad_signature"}[show.text]
        if show.direction == "out":
            return "exited" if is_inside else "not_inside"
        if not guest.paid:
            return "unpaid"
        if not self._night.doors[door].takes(guest.product):
            return "wrong_door"
        may_enter = not is_inside if guest.product == "Come and go" else not before
        return "admitted" if may_enter else "already_scanned"

    def _write(self, guest: Guest, show: Show, door: int, code: str, effect: dict[str, int]) -> None:
        about: dict[str, Any] = {
            "seq": len(self.journal) + 1,
            "code": code,
            "ticket": f"ticket {guest.number}" if show.text == "genuine" else None,
            "device": f"phone {door}",
        }
        self.journal.append(Recorded(kind=KIND_OF.get(code, "ticket.denied"), effect=effect, **about))
        self.answers.append(ScanAnswer(guest=guest.number, door=door, wire="REST", direction=show.direction, **about))

    def occupancy(self) -> dict[str, Any]:
        counts: Counter[str] = Counter()
        for entry in self.journal:
            counts.update(entry.effect)
        doors = [
            {"id": door, **{name: counts[f"doors.{door}.{name}"] for name in ("admitted", "exited", "denied")}}
            for door in ("d1", "d2", "d3")
        ]
        return {"seq": len(self.journal), **counts, "doors": doors}


@pytest.fixture
def honest() -> Evidence:
    """Records after a night at which nothing went wrong."""
    night = plan_night(seed=7, guests=60, doors=3)
    hub = HonestHub(night)
    for guest in night.guests:
        for show in guest.shows:
            for door in show.doors:
                hub.scan(guest, show, door)
    return Evidence(
        night=night,
        door_ids=("d1", "d2", "d3"),
        tickets={guest.number: f"ticket {guest.number}" for guest in night.guests},
        answers=hub.answers,
        journal=hub.journal,
        occupancy=hub.occupancy(),
        shown=hub.occupancy(),
    )


# --- the plan ----------------------------------------------------------------------------------------------------


def test_the_same_seed_plans_the_same_night() -> None:
    assert plan_night(3, 200, 4) == plan_night(3, 200, 4)
    assert plan_night(3, 200, 4) != plan_night(4, 200, 4)


def test_each_story_is_told_even_in_a_small_night() -> None:
    assert {guest.story for guest in plan_night(1, 20, 3).guests} == {*STORIES}


@pytest.mark.parametrize(("guests", "doors"), [(1, 1), (5, 2), (60, 3), (500, 4)])
def test_every_guest_is_booked_once(guests: int, doors: int) -> None:
    night = plan_night(1, guests, doors)
    assert sorted(guest.number for party in night.parties for guest in party.guests) == [*range(guests)]


def test_half_of_the_doors_scan_over_each_wire() -> None:
    assert Counter(door.wire for door in plan_night(1, 10, 4).doors) == {"REST": 2, "WebSocket": 2}


def test_a_forged_code_reads_well_but_is_not_genuine() -> None:
    signer, keyring = make_key("k1"), Keyring()
    keyring.add("event", signer.kid, signer.public_pem)
    guest = next(guest for guest in plan_night(1, 60, 3).guests if guest.shows[0].text == "forged")
    forged = parse(shown_text(guest.shows[0], guest, sign(TICKET, 1, signer)))
    assert (forged.uuid, keyring.owner(forged, [])) == (TICKET, None)


def test_garbage_is_no_code() -> None:
    for guest in plan_night(1, 1000, 3).guests:
        if guest.shows[0].text == "garbage":
            with pytest.raises(InvalidCode):
                parse(shown_text(guest.shows[0], guest, "a:b"))


# --- the audit ---------------------------------------------------------------------------------------------------


def test_an_honest_night_agrees(honest: Evidence) -> None:
    assert reckon(honest) == []
    assert "agree exactly" in verdict(honest, [])[-1]
    assert any("already_scanned" in line for line in table(honest.answers))


def change_answer(evidence: Evidence, code: str, /, **fields: Any) -> Evidence:
    """Falsify the first answer of a door with `code`."""
    number = next(n for n, answer in enumerate(evidence.answers) if answer.code == code)
    answers = [*evidence.answers]
    answers[number] = replace(answers[number], **fields)
    return replace(evidence, answers=answers)


def change_entry(evidence: Evidence, code: str, /, **fields: Any) -> Evidence:
    """Falsify the first journal entry with `code`."""
    number = next(n for n, entry in enumerate(evidence.journal) if entry.code == code)
    journal = [*evidence.journal]
    journal[number] = replace(journal[number], **fields)
    return replace(evidence, journal=journal)


def without_last_entry(evidence: Evidence) -> Evidence:
    return replace(evidence, journal=evidence.journal[:-1])


def with_an_unanswered_scan(evidence: Evidence) -> Evidence:
    seq = len(evidence.journal) + 1
    entry = Recorded(seq=seq, kind="ticket.denied", code="unpaid", device="phone 0")
    return replace(evidence, journal=[*evidence.journal, entry], occupancy={**evidence.occupancy, "seq": seq})


def with_an_entry_twice(evidence: Evidence) -> Evidence:
    return replace(evidence, journal=[*evidence.journal, evidence.journal[-1]])


def with_one_seq_for_two(evidence: Evidence) -> Evidence:
    return change_answer(evidence, "already_scanned", seq=evidence.answers[0].seq)


def with_a_scan_left_out(evidence: Evidence) -> Evidence:
    return replace(evidence, answers=evidence.answers[1:])


def with_two_admitted(evidence: Evidence) -> Evidence:
    """Both sides tell the same lie: the journal alone would not show it."""
    twice = next(guest.number for guest in evidence.night.guests if guest.story == "shows it twice")
    lie = next(answer for answer in evidence.answers if answer.guest == twice and answer.code == "already_scanned")
    answers = [replace(each, code="admitted") if each is lie else each for each in evidence.answers]
    journal = [
        replace(entry, code="admitted", kind="ticket.scanned") if entry.seq == lie.seq else entry
        for entry in evidence.journal
    ]
    return replace(evidence, answers=answers, journal=journal)


def with_another_door_counted(evidence: Evidence) -> Evidence:
    first, *others = evidence.shown["doors"]
    return replace(evidence, shown={**evidence.shown, "doors": [{**first, "exited": first["exited"] + 1}, *others]})


LIES: dict[str, Callable[[Evidence], Evidence]] = {
    "was told admitted, without a seq": lambda night: change_answer(night, "admitted", seq=None),
    "the journal lacks 1 of": without_last_entry,
    "which the journal has not": without_last_entry,
    "the journal tells entries twice": with_an_entry_twice,
    "the journal goes on after": lambda night: replace(night, occupancy={**night.occupancy, "seq": 100}),
    "which no door was told": with_an_unanswered_scan,
    "were both told seq": with_one_seq_for_two,
    "'unpaid', 'ticket": lambda night: change_entry(night, "unpaid", code="blocked"),
    "('ticket.denied', 'exited'": lambda night: change_entry(night, "exited", kind="ticket.denied"),
    "'phone 9')": lambda night: change_entry(night, "admitted", device="phone 9"),
    "('ticket.scanned', 'admitted', 'ticket 999'": lambda night: change_entry(night, "admitted", ticket="ticket 999"),
    "another guest's ticket": lambda night: change_answer(night, "admitted", ticket="ticket 999"),
    "is right": with_a_scan_left_out,
    "though ticket": with_two_admitted,
    "occupancy: admitted is 0": lambda night: replace(night, occupancy={**night.occupancy, "admitted": 0}),
    "occupancy: booked is 61": lambda night: replace(night, occupancy={**night.occupancy, "booked": 61}),
    "the dashboard: inside is -1": lambda night: replace(night, shown={**night.shown, "inside": -1}),
    "the dashboard: doors.d1.exited is": with_another_door_counted,
    "the dashboard: denied is 0": lambda night: replace(night, shown={}),
    "effects: denied is": lambda night: change_entry(night, "unpaid", effect={}),
}


@pytest.mark.parametrize("sentence", LIES)
def test_a_lie_is_found(honest: Evidence, sentence: str) -> None:
    falsified = LIES[sentence](honest)
    differences = reckon(falsified)
    assert any(sentence in difference for difference in differences), differences
    assert "DO NOT AGREE" in verdict(falsified, differences)[0]
