"""Lists that correct more tickets than doors may wait for: in batches, exact at every moment, one entry at the end."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import Unavailable
from hub.importing.batches import ALIVE_FOR, BatchCorrector, CorrectTickets
from hub.importing.corrections import Correction
from hub.importing.file.rows import Row
from hub.model.kinds import PASS_FIELDS
from hub.wallet.pass_changes import is_visible
from tests.api import Api
from tests.handlers.api.test_import_again import again, counts, kinds, tickets_of
from tests.handlers.importing import a_file, before_completion, import_file, send
from tests.jobs.second_hub import Worker, entries

Compared = tuple[list[tuple[Row, Correction]], Counter[str]]
HEAD = "barcode,first_name,product,status"
STATUSES = ("paid", "refunded", "blocked", "pending")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few corrections be many."""
    monkeypatch.setattr("hub.importing.checked.CORRECTED_AT_ONCE", 3)
    monkeypatch.setattr("hub.importing.importer.AT_ONCE", 4)


def listed(*tickets: tuple[str, str, str]) -> bytes:
    return a_file(
        *(f"B{n:02},{name},{product},{status}" for n, (name, product, status) in enumerate(tickets)), head=HEAD
    )


async def sums(api: Api, hub: Hub, event: Any) -> tuple[int, dict[str | None, int]]:
    """Return what the journal's effects and products come to, which must be what is booked."""
    stream = await hub.store.journal.stream(event["uuid"])
    assert stream is not None
    products = (await api.admin.get(f"/api/events/{event['uuid']}/stats")).body["products"]
    return stream.booked, {each["name"]: each["booked"] for each in products if each["booked"]}


@pytest.mark.gen_test
async def test_a_long_list_corrects_in_batches_and_is_summed_up_by_one_entry(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(20))))
    assert (await gate.scan("B07")).body["code"] == "admitted"
    changed = [(f"Eva{n}", "VIP" if n % 2 else "Standard", STATUSES[n % 4]) for n in range(18)]
    newer = listed(*changed, ("Ada18", "Standard", "paid"), ("Ada19", "Standard", "paid"), ("Zoe", "VIP", "paid"))
    expected = {"added": 1, "changed": 12, "canceled": 5, "unchanged": 2, "untouched": 1}
    assert kinds((await send(api.admin, event, newer, "?dry_run=1")).body) == expected
    assert kinds(await again(api, event, newer)) == expected
    found = await tickets_of(api, event)
    seated = Counter(ticket["product"] for ticket in found.values() if ticket["status"] != "canceled")
    assert await counts(api, event) == (16, 16)
    assert await sums(api, hub, event) == (16, dict(seated))
    assert (found["Ada7"]["status"], found["Ada1"]["status"], found["Eva2"]["status"]) == (
        "valid",
        "canceled",
        "blocked",
    )
    [_, completed] = await entries(hub, event["uuid"], "import.completed")
    assert {name: completed.data[name] for name in expected} == expected
    progress = await entries(hub, event["uuid"], "import.progress")
    assert sum(each.effect.get("booked", 0) for each in progress) == -5
    history = (await api.admin.get(f"/api/tickets/{found['Eva2']['id']}/history")).body
    assert [each["kind"] for each in history] == ["import.completed", "import.completed"]
    codes = [(await gate.scan(f"B{n:02}")).body["code"] for n in (1, 2, 4, 7, 20)]
    assert codes == ["canceled", "blocked", "admitted", "already_scanned", "admitted"]
    assert kinds(await again(api, event, newer))["unchanged"] == 20


@pytest.mark.gen_test
async def test_a_ticket_that_changes_while_its_batch_is_compared_is_compared_anew(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(8))))
    tickets = await tickets_of(api, event)
    compare = BatchCorrector.compare
    blocked: list[int] = []

    async def block_after(self: BatchCorrector, rows: Sequence[Row]) -> Compared:
        compared = await compare(self, rows)
        if not blocked:
            blocked.append((await api.admin.post(f"/api/tickets/{tickets['Ada5']['id']}/block")).status)
        return compared

    monkeypatch.setattr(BatchCorrector, "compare", block_after)
    ended = await again(api, event, listed(*((f"Eva{n}", "Standard", "paid") for n in range(8))))
    assert (blocked, kinds(ended)) == ([200], {"changed": 8})
    assert (await tickets_of(api, event))["Eva5"]["status"] == "blocked"


@pytest.mark.gen_test
async def test_a_long_list_that_fails_half_way_says_so_and_passes_and_scanners_look_again(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(12))))
    manifest = (await gate.get("/scan/manifest/")).body
    decide, decided = CorrectTickets.decide, 0

    def third_breaks(self: CorrectTickets, unit: Any) -> Any:
        nonlocal decided
        decided += 1
        if decided > 2:
            raise RuntimeError("a fault of ours")
        return decide(self, unit)

    monkeypatch.setattr(CorrectTickets, "decide", third_breaks)
    newer = listed(
        *((f"Eva{n}", "Standard", "refunded" if n < 2 else "paid") for n in range(12)), ("Zoe", "VIP", "paid")
    )
    ended = await again(api, event, newer)
    assert (ended["state"], ended["changed"], ended["canceled"], ended["added"]) == ("failed", 6, 2, None)
    assert "8 tickets were corrected before" in ended["error"]["message"]
    assert await counts(api, event) == (10, 10)
    assert (await sums(api, hub, event)) == (10, {"Standard": 10})
    [failed] = await entries(hub, event["uuid"], "import.failed")
    assert "import.failed" in PASS_FIELDS
    assert is_visible(failed)
    since = f"?epoch={manifest['epoch']}&since={manifest['seq']}"
    assert len((await gate.get(f"/scan/manifest/{since}")).body["tickets"]) == 12
    monkeypatch.undo()
    assert kinds(await again(api, event, newer)) == {"added": 1, "changed": 4, "unchanged": 8}


@pytest.mark.gen_test
async def test_a_long_list_whose_new_tickets_find_no_seats_any_more_says_what_stays_corrected(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 13}])
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(12))))

    async def the_last_seat_goes() -> None:
        await api.book(event)

    before_completion(monkeypatch, hub.store.journal, the_last_seat_goes)
    newer = listed(*((f"Eva{n}", "Standard", "paid") for n in range(12)), ("Zoe", "Standard", "paid"))
    ended = await again(api, event, newer)
    assert (ended["state"], ended["changed"], ended["error"]["code"]) == ("failed", 12, "sold_out")
    assert ended["error"]["message"] == (
        "There are not seats enough: 1 mistake. 12 tickets were corrected before: the same list again corrects the rest"
    )
    assert await counts(api, event) == (13, 13)


@pytest.mark.gen_test
async def test_doors_scan_while_a_long_list_is_corrected_and_no_ticket_is_let_in_after_its_cancellation(
    api: Api, hub: Hub
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(40))))
    newer = listed(*((f"Ada{n}", "Standard", "refunded" if n % 2 else "paid") for n in range(40)))
    answer, *answers = await asyncio.gather(again(api, event, newer), *(gate.scan(f"B{n:02}") for n in range(40)))
    assert answer["state"] == "completed", answer
    codes = [each.body["code"] for each in answers]
    assert set(codes) <= {"admitted", "canceled"}
    later = [(await gate.scan(f"B{n:02}")).body["code"] for n in range(40)]
    assert later == ["already_scanned" if code == "admitted" else "canceled" for code in codes]
    left = 40 - codes.count("canceled")
    assert await counts(api, event) == (left, left)
    assert await sums(api, hub, event) == (left, {"Standard": left})


@pytest.mark.parametrize("is_written", [False, True], ids=["nothing was written", "the answer was lost"])
@pytest.mark.gen_test
async def test_an_election_in_the_middle_of_a_long_list_ends_nothing_and_all_is_counted_once(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch, is_written: bool
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(12))))
    append, known, lost = hub.store.journal.append, hub.store.imports.known, Counter[str]()

    async def unanswered(stream: str, command: Any) -> Any:
        if not isinstance(command, CorrectTickets) or lost["batch"] > 2:
            return await append(stream, command)
        lost["batch"] += 1
        if is_written:
            await append(stream, command)
            await gate.scan("B03")  # a door is quicker than the next try
        raise Unavailable

    async def unread(event_id: str, identities: Any) -> Any:
        lost["read"] += 1
        if lost["read"] == 3:
            raise Unavailable
        return await known(event_id, identities)

    monkeypatch.setattr(hub.store.journal, "append", unanswered)
    monkeypatch.setattr(hub.store.imports, "known", unread)
    newer = listed(*((f"Eva{n}", "Standard", "refunded" if n < 2 else "paid") for n in range(12)))
    assert kinds(await again(api, event, newer)) == {"changed": 10, "canceled": 2}
    assert lost["batch"] == 3 and lost["read"] > 3
    assert await counts(api, event) == (10, 10)
    assert await sums(api, hub, event) == (10, {"Standard": 10})
    [_, completed] = await entries(hub, event["uuid"], "import.completed")
    assert (completed.data["changed"], completed.data["canceled"]) == (10, 2)


@pytest.mark.gen_test
async def test_a_long_list_of_tickets_that_stay_as_they_are_is_not_taken_for_dead(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.importing.importer.TELL_EVERY_S", 0)
    event = await api.make_event()
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(20))))
    rest = hub.importer.rest

    async def slow(took_s: float) -> None:
        clock.advance(ALIVE_FOR / 2)
        await Worker(hub).run("imports")
        await rest(took_s)

    monkeypatch.setattr(hub.importer, "rest", slow)
    newer = listed(*((f"{'Ada' if n < 16 else 'Eva'}{n}", "Standard", "paid") for n in range(20)))
    assert kinds(await again(api, event, newer)) == {"changed": 4, "unchanged": 16}


@pytest.mark.gen_test
async def test_a_door_that_looks_in_the_middle_of_a_long_list_gets_what_was_corrected_so_far(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(*((f"Ada{n}", "Standard", "paid") for n in range(12))))
    whole = (await gate.get("/scan/manifest/")).body
    deltas: list[Any] = []

    async def look() -> None:
        deltas.append((await gate.get(f"/scan/manifest/?epoch={whole['epoch']}&since={whole['seq']}")).body)

    before_completion(monkeypatch, hub.store.journal, look)
    newer = listed(*((f"Ada{n}", "Standard", STATUSES[n % 4] if n < 9 else "paid") for n in range(12)))
    assert kinds(await again(api, event, newer)) == {"changed": 4, "canceled": 2, "unchanged": 6}
    [delta] = deltas
    assert delta["is_full"] is False
    after = {each["uuid"]: each for each in (await gate.get("/scan/manifest/")).body["tickets"]}
    assert {each["uuid"]: each for each in delta["tickets"]} == {
        uuid: each for uuid, each in after.items() if each["status"] != "valid"
    }
    assert len(delta["tickets"]) == 6
