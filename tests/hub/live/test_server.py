import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from hub.errors import Unavailable
from hub.live.protocol import CloseCode
from tests.eventually import eventually
from tests.hub.live.small_hub import EVENT, FAST, SmallHub, settle


def since(seq: int, epoch: str = "k1") -> dict[str, Any]:
    return {"epoch": epoch, "seq": seq}


@pytest.mark.gen_test
async def test_scanner_is_welcomed_by_the_key_of_its_upgrade(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    welcome = await client.until("welcome")
    assert "id" not in welcome
    assert welcome["you"] == {"kind": "device", "id": "d1", "name": "Door 1"}
    assert welcome["hub"] == "p1"
    assert welcome["protocol"] == 1


@pytest.mark.gen_test
async def test_first_subscription_gets_a_snapshot_and_then_the_live_flow(small_hub: SmallHub) -> None:
    small_hub.write("ticket.booked", "ticket.scanned")
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT)
    assert (await client.until("subscribed"))["recovered"] is False
    snapshot = await client.until("snapshot")
    assert snapshot["seq"] == 2
    assert snapshot["state"]["occupancy"]["admitted"] == 1
    assert [item["kind"] for item in snapshot["state"]["recent"]] == ["ticket.scanned"]
    small_hub.write("ticket.scanned", "ticket.exited")
    await client.until("updates")
    assert client.seqs() == [3, 4]
    assert (await client.until("occupancy"))["inside"] == 1


@pytest.mark.gen_test
async def test_client_that_was_away_gets_exactly_what_it_missed(small_hub: SmallHub) -> None:
    small_hub.write(*["ticket.scanned"] * 250)
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT, since=since(7))
    assert (await client.until("subscribed"))["recovered"] is True
    await client.until("updates", 3)
    small_hub.write("ticket.scanned")
    await client.until("updates", 4)
    assert client.seqs() == list(range(8, 252))
    assert client.all("snapshot") == []


@pytest.mark.gen_test
async def test_position_beyond_the_journal_is_not_recovered(small_hub: SmallHub) -> None:
    small_hub.write("ticket.scanned")
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT, since=since(9))
    assert (await client.until("subscribed"))["recovered"] is False
    assert (await client.until("snapshot"))["seq"] == 1


@pytest.mark.gen_test
async def test_position_of_another_epoch_is_not_recovered(small_hub: SmallHub) -> None:
    small_hub.write("ticket.scanned")
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT, since=since(1, "k0"))
    assert (await client.until("subscribed"))["recovered"] is False


@pytest.mark.gen_test
async def test_client_ahead_of_this_process_waits_for_the_tail_and_is_recovered(small_hub: SmallHub) -> None:
    small_hub.write("ticket.scanned")
    first = small_hub.connect("scanner")
    first.say("subscribe", id=1, event=EVENT)
    await first.until("snapshot")
    small_hub.write("ticket.scanned", "ticket.scanned", ring=False)
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT, since=since(3))
    await settle()
    assert client.all("subscribed") == []
    small_hub.ring()
    assert (await client.until("subscribed"))["recovered"] is True
    small_hub.write("ticket.scanned")
    await client.until("updates")
    assert client.seqs() == [4]


@pytest.mark.gen_test
async def test_unknown_event_is_an_error_and_leaves_no_subscription(small_hub: SmallHub) -> None:
    client = small_hub.connect("organiser")
    client.say("subscribe", id=2, event="nowhere")
    error = await client.until("error")
    assert (error["id"], error["code"], error["retry"]) == (2, "unknown_event", False)
    client.say("subscribe", id=3, event=EVENT)
    await client.until("subscribed")


@pytest.mark.gen_test
async def test_database_away_is_an_error_to_try_again(small_hub: SmallHub) -> None:
    client = small_hub.connect("organiser")
    await client.until("welcome")
    small_hub.wrong = Unavailable()
    client.say("subscribe", id=2, event=EVENT)
    error = await client.until("error")
    assert (error["code"], error["retry"]) == ("unavailable", True)
    small_hub.wrong = None
    client.say("subscribe", id=3, event=EVENT)
    await client.until("subscribed")


@pytest.mark.gen_test
async def test_organiser_gets_names_and_scanner_does_not(small_hub: SmallHub) -> None:
    clients = [small_hub.connect(key) for key in ("scanner", "named", "organiser")]
    for client in clients:
        client.say("subscribe", id=2, event=EVENT)
        await client.until("snapshot")
    small_hub.write("ticket.scanned")
    for client in clients:
        await client.until("updates")
    names = [client.items()[0]["data"].get("name") for client in clients]
    assert names == [None, "Guest t1", "Guest t1"]


@pytest.mark.gen_test
@pytest.mark.parametrize("small_hub", [replace(FAST, names_s=600)], indirect=True)
async def test_scanner_goes_on_while_names_hang(small_hub: SmallHub) -> None:
    scanner, organiser = small_hub.connect("scanner"), small_hub.connect("organiser")
    for client in (scanner, organiser):
        client.say("subscribe", id=2, event=EVENT)
        await client.until("snapshot")
    small_hub.names_wait.clear()
    small_hub.write("ticket.scanned")
    await scanner.until("updates")
    small_hub.names_wait.set()
    await organiser.until("updates")
    assert organiser.items()[0]["data"]["name"] == "Guest t1"


@pytest.mark.gen_test
async def test_organiser_gets_updates_without_names_that_hang(small_hub: SmallHub) -> None:
    organiser = small_hub.connect("organiser")
    organiser.say("subscribe", id=2, event=EVENT)
    await organiser.until("snapshot")
    small_hub.names_wait.clear()
    small_hub.write("ticket.scanned")
    await organiser.until("updates")
    assert "name" not in organiser.items()[0]["data"]


@pytest.mark.gen_test
async def test_entries_that_arrive_while_names_are_joined_keep_their_order(small_hub: SmallHub) -> None:
    organiser = small_hub.connect("organiser")
    organiser.say("subscribe", id=2, event=EVENT)
    await organiser.until("snapshot")
    small_hub.names_wait.clear()
    for _ in range(5):
        small_hub.write("ticket.scanned", "ticket.denied")
        await settle()
    small_hub.names_wait.set()
    await settle()
    assert organiser.seqs() == list(range(1, 11))


@pytest.mark.gen_test
async def test_what_a_scanner_may_not_see_keeps_its_number(small_hub: SmallHub) -> None:
    scanner, organiser = small_hub.connect("scanner"), small_hub.connect("organiser")
    for client in (scanner, organiser):
        client.say("subscribe", id=2, event=EVENT)
        await client.until("snapshot")
    small_hub.write("device.silent", "ticket.denied")
    await scanner.until("updates")
    await organiser.until("updates")
    assert scanner.items()[0] == {"kind": "hidden"}
    assert scanner.seqs() == [1, 2]
    assert organiser.items()[0]["kind"] == "device.silent"


@pytest.mark.gen_test
async def test_counts_come_five_times_a_second_at_most_and_the_newest_always(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT)
    await client.until("snapshot")
    begun = asyncio.get_running_loop().time()
    for _ in range(60):
        small_hub.write("ticket.scanned")
        await asyncio.sleep(0.01)  # more than five times a second, for longer than a fifth of one
    await eventually(lambda: client.all("occupancy")[-1]["admitted"] == 60)
    took_s = asyncio.get_running_loop().time() - begun
    assert 2 <= len(client.all("occupancy")) <= 2 + 5 * took_s


@pytest.mark.gen_test
async def test_resumed_client_gets_the_counts_without_waiting_for_a_change(small_hub: SmallHub) -> None:
    small_hub.write("ticket.scanned")
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT, since=since(1))
    assert (await client.until("occupancy"))["admitted"] == 1


@pytest.mark.gen_test
async def test_new_epoch_resyncs_everybody(small_hub: SmallHub) -> None:
    small_hub.write("ticket.scanned")
    clients = [small_hub.connect("scanner"), small_hub.connect("organiser")]
    for client in clients:
        client.say("subscribe", id=2, event=EVENT)
        await client.until("snapshot")
    small_hub.restore("k2")
    for client in clients:
        assert (await client.until("resync"))["reason"] == "epoch"
        snapshot = await client.until("snapshot", 2)
        assert (snapshot["epoch"], snapshot["seq"]) == ("k2", 0)
    small_hub.write("ticket.scanned")
    for client in clients:
        assert (await client.until("updates"))["epoch"] == "k2"


@pytest.mark.gen_test
async def test_changed_doors_stand_in_the_next_snapshot(small_hub: SmallHub) -> None:
    first = small_hub.connect("scanner")
    first.say("subscribe", id=2, event=EVENT)
    await first.until("snapshot")
    small_hub.view = type(small_hub.view)(id=EVENT, name="Concert", doors=[])
    small_hub.write("event.changed")
    second = small_hub.connect("organiser")
    second.say("subscribe", id=2, event=EVENT)
    assert (await second.until("snapshot"))["state"]["doors"] == []


@pytest.mark.gen_test
async def test_unsubscribed_client_hears_no_more(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT)
    await client.until("snapshot")
    client.say("unsubscribe", id=3, event=EVENT)
    assert (await client.until("unsubscribed"))["id"] == 3
    small_hub.write("ticket.scanned")
    await settle()
    assert client.all("updates") == []


@pytest.mark.gen_test
async def test_subscribing_twice_at_once_answers_both(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    client.say("subscribe", id=2, event=EVENT)
    client.say("subscribe", id=3, event=EVENT)
    assert (await client.until("error"))["id"] == 2
    assert (await client.until("subscribed"))["id"] == 3


@pytest.mark.gen_test
async def test_scan_is_answered_with_its_id_and_replies_may_overtake(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    client.say("scan", id=7, qrcode_data="D:S", nonce="n")
    result = await client.until("result")
    assert (result["id"], result["status"], result["code"], result["seq"]) == (7, 200, "admitted", 1)
    assert small_hub.scans == [{"qrcode_data": "D:S", "nonce": "n"}]


@pytest.mark.gen_test
async def test_scan_that_fails_within_is_an_error_without_the_exceptions_text(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.wrong = RuntimeError("secret detail")
    client.say("scan", id=7, qrcode_data="D:S")
    error = await client.until("error")
    assert (error["code"], error["retry"]) == ("internal", True)
    assert "secret" not in str(error)


@pytest.mark.gen_test
async def test_scan_of_a_client_that_left_is_finished(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.scan_wait.clear()
    client.say("scan", id=7, qrcode_data="D:S")
    await settle()
    client.leave()
    small_hub.scan_wait.set()
    await settle()
    assert len(small_hub.scans) == 1


@pytest.mark.gen_test
async def test_pong_and_frames_are_heard_while_scans_hang(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.scan_wait.clear()
    for number in range(33):
        client.say("scan", id=number, qrcode_data="D:S")
    assert (await client.until("error"))["code"] == "slow_down"
    client.say("subscribe", id=99, event=EVENT)
    await client.until("subscribed")
    small_hub.scan_wait.set()
    await client.until("result", 32)


@pytest.mark.gen_test
async def test_ticket_page_gets_its_own_ticket_and_nothing_else(small_hub: SmallHub) -> None:
    client = small_hub.connect()
    client.say("hello", id=1, ticket="t1", token="token")
    assert (await client.until("welcome"))["you"]["kind"] == "ticket"
    assert (await client.until("ticket"))["status"] == "valid"
    small_hub.tickets["t1"] = {"status": "blocked"}
    small_hub.write("ticket.blocked", ticket="t1")
    assert (await client.until("ticket", 2))["status"] == "blocked"
    small_hub.write("ticket.blocked", ticket="t2")
    await settle()
    assert len(client.all("ticket")) == 2
    assert client.all("updates") == []
    client.say("scan", id=2, qrcode_data="D:S")
    assert (await client.until("error"))["code"] == "not_allowed"


@pytest.mark.gen_test
async def test_ticket_page_ends_when_its_ticket_is_deleted(small_hub: SmallHub) -> None:
    client = small_hub.connect()
    client.say("hello", id=1, ticket="t1", token="token")
    await client.until("ticket")
    del small_hub.tickets["t1"]
    small_hub.write("ticket.deleted", ticket="t1")
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_new_code_of_a_reissued_ticket_is_not_shown_to_the_old_holder(small_hub: SmallHub) -> None:
    client = small_hub.connect()
    client.say("hello", id=1, ticket="t1", token="token")
    await client.until("ticket")
    small_hub.token = "another"
    small_hub.tickets["t1"] = {"status": "valid", "code": "new"}
    small_hub.write("ticket.reissued", ticket="t1")
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED
    assert len(client.all("ticket")) == 1


@pytest.mark.parametrize("small_hub", [replace(FAST, feed_linger_s=0.05)], indirect=True)
@pytest.mark.gen_test
async def test_feed_that_nobody_uses_is_closed_after_a_while(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    client.say("subscribe", id=2, event=EVENT)
    await client.until("snapshot")
    assert EVENT in small_hub.followed
    client.leave()
    await eventually(lambda: EVENT not in small_hub.followed)
    again = small_hub.connect("scanner")
    again.say("subscribe", id=2, event=EVENT)
    await again.until("snapshot")


@pytest.mark.gen_test
async def test_devices_are_reported_as_seen(small_hub: SmallHub) -> None:
    client = small_hub.connect()
    client.say("hello", id=1, api_key="scanner", info={"battery": 80})
    assert (await client.until("welcome"))["id"] == 1
    client.say("pong", at={EVENT: 3})
    assert small_hub.seen == [("d1", {"battery": 80}), ("d1", None)]


@pytest.mark.gen_test
async def test_wave_of_organisers_who_come_back_asks_for_names_once(small_hub: SmallHub) -> None:
    first = small_hub.connect("organiser")
    first.say("subscribe", id=1, event=EVENT)
    await first.until("snapshot")
    small_hub.write(*["ticket.scanned"] * 5)
    await first.until("updates")
    asked = small_hub.names_asked
    for _ in range(20):
        client = small_hub.connect("organiser")
        client.say("subscribe", id=1, event=EVENT, since=since(0))
        await client.until("updates")
        assert [item["data"]["name"] for item in client.items()] == [f"Guest t{seq}" for seq in range(1, 6)]
    assert small_hub.names_asked == asked
    small_hub.write("ticket.changed", ticket="t2")
    client.say("subscribe", id=2, event=EVENT, since=since(0))
    await client.until("subscribed", 2)
    await settle()
    assert small_hub.names_asked == asked + 1
