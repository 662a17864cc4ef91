"""Calls of every operation in an order in which each of them succeeds: an event from its making to its end."""

import base64
from datetime import timedelta
from typing import Any

from hub.access.totp import STEP_S, code_at
from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.account.people import as_user, make_user
from tests.handlers.account.test_second_factor import client_of
from tests.handlers.credentials import PASSWORD
from tests.handlers.importing import a_file
from tests.handlers.openapi.recorder import Recorder
from tests.hub.wallet.phone import Phone

Values = dict[str, Any]
"""Values of variable parts of a path, by their names."""
WHEN = {"date": "2026-12-24", "time": "20:30"}
GUEST = {"name": "Grace Hopper", "phone_number": "+33 1 98 76 54"}
FULL = {"product": "Standard", "price": "Full"}
CASH = {"method": "cash", "amount": "12.50", "currency": "EUR"}
EVENT: dict[str, Any] = {
    "name": "Winter concert",
    "timezone": "Europe/Paris",
    "starts_at": "2026-12-24T20:30:00+01:00",
    "ends_at": "2026-12-25T02:00:00+01:00",
    "doors": [{"name": "North door"}],
    "products": [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}],
    "showings": [{**WHEN, "capacity": 100}],
}


class Night:
    """The event that is played, and what was made of it."""

    def __init__(self, recorder: Recorder, hub: Hub, clock: SettableClock) -> None:
        self.recorder, self.call, self.api = recorder, recorder.call, recorder.api
        self.hub, self.clock = hub, clock
        self.event: Any = None
        self.tickets: list[Any] = []
        self.gate: Api = recorder.api

    @property
    def id(self) -> str:
        """The event's id."""
        return str(self.event["uuid"])


async def play(recorder: Recorder, hub: Hub, clock: SettableClock, picture: bytes) -> None:
    """Play a night, all of it."""
    night = Night(recorder, hub, clock)
    await play_event(night, picture)
    await play_bookings(night)
    await play_door(night)
    await play_money(night)
    await play_waiting(night)
    await play_wallet(night)
    await play_lists(night)
    await play_webhooks(night)
    await play_people(night)
    await play_hub(night)


async def play_event(night: Night, picture: bytes) -> None:
    """Make the event, change it, and take its import."""
    call = night.call
    night.event = await call("create_event", EVENT)
    event: Values = {"event_id": night.id}
    await call("get_event", **event)
    await call("list_events")
    await call("change_event", {"max_inside": 500, "doors_open_min": 90, "booking": "open", "waiting": True}, **event)
    await call("add_showings", {"date": "2026-12-25", "time": "20:30", "capacity": 1}, **event)
    await call("change_showings", {"date": "2026-12-25", "time": "20:30", "capacity": 2}, **event)
    await call("list_showings", query=f"?event={night.id}")
    await call("set_event_picture", picture, **event)
    shown = (await night.api.admin.get(f"/api/events/{night.id}")).body["picture"]
    await call("get_picture", event_id=night.id, name=shown["whole"].rpartition("/")[2])
    await call("remove_event_picture", **event)
    rows = a_file("B000001,Ada,Byron,2026-12-24,20:30", head="barcode,first_name,last_name,date,time")
    begun = await call("import_tickets", rows, **event)

    async def is_over() -> bool:
        return bool((await night.api.admin.get(f"/api/imports/{begun['id']}")).body["state"] != "staging")

    await eventually(is_over)
    await call("get_import", import_id=begun["id"])
    await call("list_imports", **event)


async def play_bookings(night: Night) -> None:
    """Book, and change what was booked."""
    call, place = night.call, {"event": night.id, **WHEN}
    booked = await call("book_ticket", {**place, **GUEST})
    ticket: Values = {"ticket_id": booked["id"]}
    await call("get_ticket", **ticket)
    await call("change_ticket", {"name": "Grace Brewster Hopper"}, **ticket)
    await call("change_ticket_by_patch", {"notice": "Hand out a blue wristband"}, **ticket)
    for action in ("cancel", "restore", "block", "unblock", "reissue"):
        await call(f"{action}_ticket", **ticket)
    await call("get_ticket_history", **ticket)
    await call("get_ticket_links", **ticket)
    await call("get_ticket_qr", **ticket)
    guests = [{"first_name": "Grace", "last_name": "Hopper", **FULL}, {"first_name": "Charles", **FULL}]
    order = {**place, **GUEST, "email": "grace@example.org", "paid": False, "tickets": guests}
    reserved = await call("book_reservation", order)
    reservation: Values = {"reservation_id": reserved["uuid"]}
    await call("get_reservation", **reservation)
    await call("change_reservation", {"notice": "Seats beside each other"}, **reservation)
    await call("pay_ticket", {"method": "cash"}, ticket_id=reserved["tickets"][0]["id"])
    await call("refund_ticket", {"method": "cash"}, ticket_id=reserved["tickets"][0]["id"])
    await call("pay_reservation", {"method": "card"}, **reservation)
    await call("refund_reservation", {"method": "card"}, **reservation)
    for action in ("cancel", "restore", "invite", "uninvite", "resend"):
        await call(f"{action}_reservation", **reservation)
    await call("list_tickets", query=f"?event={night.id}&sort=booked&limit=2")
    batch = {"action": "block", "event": night.id, "search": "nobody is called so", "key": "7b1f0e7a9c55d2f04a31"}
    await call("run_ticket_batch", batch)
    night.tickets = await night.api.book(night.event, 6, tickets=[{"first_name": "Ada", **FULL}] * 6)
    await call("delete_ticket", ticket_id=night.tickets.pop()["id"])


async def play_door(night: Night) -> None:
    """Pair a device, and scan at the door."""
    call, door = night.call, {"event": night.id, "door": night.event["doors"][0]["id"]}
    rights = ["force", "undo", "search", "names", "headcount", "sell", "door"]
    made = await call("create_device", {"name": "Gate 1", **door, "may": rights})
    token: Values = {"token": made["pairing"]["token"]}
    device: Values = {"device_id": made["uuid"]}
    await call("probe_pairing", by=night.api, **token)
    await call("get_pairing_offer", by=night.api, **token)
    paired = await call("pair_device", by=night.api, **token)
    gate = night.gate = night.api.with_key(paired["api_key"])
    for name in ("test_api", "check_api_scan", "check_allow_any", "check_allow_any_wildcard", "get_manifest"):
        await call(name, by=gate)
    await call("choose_door", {"door": door["door"]}, by=gate)
    first, second, third, fourth, *_ = night.tickets
    await call("check_ticket", {"qrcode_data": first["code"]}, by=gate)
    scanned = await call("scan_ticket", {"qrcode_data": first["code"], "nonce": "5f2b0c1e9a"}, by=gate)
    assert scanned["code"] == "admitted", scanned
    await call("undo_scan", {"ticket_uuid": first["id"], "seq": scanned["seq"]}, by=gate)
    await call("count_people", {"delta": 2, "kind": "crew", "nonce": "0d7c44aa11"}, by=gate)
    fact = {"verdict": "admitted", "scanned_at": "2026-12-24T18:25:00Z"}
    scans = [{"qrcode_data": second["code"], "nonce": "77e0d3f5b2", **fact}]
    await call("record_offline_scans", {"scans": scans}, by=gate)
    await call("search_guests", {"search": "Ada"}, by=gate)
    await call("list_guests", {"page": 1, "page_size": 2}, by=gate)
    await call("get_door_sales", by=gate)
    sale = {**WHEN, "tickets": [{**FULL, "count": 1}], **CASH, "nonce": "9b61c0ffee"}
    await call("sell_at_door", sale, by=gate)
    await call("get_device", **device)
    await call("change_device", {"name": "Gate 2"}, **device)
    await call("list_devices", query=f"?event={night.id}")
    for decision, ticket in (("accept", third), ("drop", fourth)):
        late = await call("create_device", {"name": "Gate 3", **door})
        key = (await night.api.get(f"/scan/{late['pairing']['token']}/pair")).body["api_key"]
        await call("renew_pairing", device_id=late["uuid"])
        await call("archive_device", device_id=late["uuid"])
        sent = {"qrcode_data": ticket["code"], "nonce": f"late-{decision}", **fact}
        held = await night.api.with_key(key).post("/scan/batch/", {"scans": [sent]})
        assert held.body.get("held"), held.raw
        await call("list_held_scans", device_id=late["uuid"])
        await call(f"{decision}_held_scans", device_id=late["uuid"])


async def play_money(night: Night) -> None:
    """Sell at the desk, and close the till."""
    call = night.call
    event: Values = {"event_id": night.id}
    await call("get_sales", **event)
    await call("sell_tickets", {**WHEN, "tickets": [FULL], "payment": {"method": "cash"}}, **event)
    await call("get_takings", **event)
    await call("export_takings", **event)
    till = (await call("list_tills", **event))["tills"][0]
    period = {"number": till["number"]}
    own: Values = {**event, "holder": till["holder"]["id"]}
    await call("open_till", {**period, "floats": {"EUR": "50"}}, **own)
    expected = (await night.api.admin.get(f"/api/events/{night.id}/tills")).body["tills"][0]["expected"]
    counted = {each["currency"]: each["amount"] for each in expected}
    await call("close_till", {**period, "counted": counted, "note": "All there"}, **own)
    await call("list_closings", **event)


async def play_waiting(night: Night) -> None:
    """Wait for seats of a time that is sold out."""
    full = {"date": "2026-12-25", "time": "20:30"}
    await night.api.book(night.event, 2, **full, tickets=[{"first_name": "Ada", **FULL}] * 2)
    form = {"event": night.id, **full, "name": "Alan Turing", "email": "alan@example.org", "tickets": 1}
    entry = await night.call("join_waiting_list", form)
    await night.call("list_waiting", query=f"?event={night.id}")
    await night.call("leave_waiting_list", entry_id=entry["id"])


async def play_wallet(night: Night) -> None:
    """Add a pass to a phone, and offer passes to more guests."""
    call = night.call
    event: Values = {"event_id": night.id}
    held = (await night.api.admin.post("/api/tickets", {"event": night.id, **WHEN, **GUEST})).body
    await call("get_ticket_pass", by=night.api, query=f"?token={held['access_token']}", ticket_id=held["id"])
    described = Api(night.api.url, night.api.admin.key, {"Accept": "application/json"})
    await call("get_reservation_passes", by=described, reservation_id=held["reservation"])
    phone = Phone(night.api)
    await phone.add(held)
    registered: Values = {"device": phone.device, "pass_type": phone.pass_type, "serial": held["id"]}
    shows = phone.shows(held["id"])
    by = Api(night.api.url, headers=shows)
    await call("register_pass", {"pushToken": phone.push_token}, by=by, **registered)
    await call("list_changed_passes", by=night.api, device=phone.device, pass_type=phone.pass_type)
    await call("get_newest_pass", by=by, pass_type=phone.pass_type, serial=held["id"])
    await call("unregister_pass", by=by, **registered)
    await call("log_phone_errors", {"logs": ["[2026-12-24 20:30:00 +0100] Register task: not found"]}, by=night.api)
    await call("get_wallet_rollout", **event)
    await night.api.admin.request("PATCH", f"/api/events/{night.id}", {"wallet": "percent", "wallet_percent": 0})
    await call("start_wallet_wave", {"percent": 10}, **event)
    await call("stop_wallet_offer", **event)
    await call("resume_wallet_offer", **event)


async def play_lists(night: Night) -> None:
    """Read the figures, and end the event."""
    event: Values = {"event_id": night.id}
    await night.call("list_scans", query=f"?event={night.id}&limit=2")
    for name in ("get_occupancy", "get_feedback", "list_alerts", "get_statistics", "get_report", "list_practice_codes"):
        await night.call(name, **event)
    for name in ("export_report", "export_tickets", "export_scans"):
        await night.call(name, **event)
    await night.call("recount_event", {"inside": 12, "reason": "Counted by hand at 21:15"}, **event)


async def play_webhooks(night: Night) -> None:
    """Make a webhook whose receiver does not answer, and look at its deliveries."""
    call = night.call
    made = await call("create_webhook", {"url": "http://127.0.0.1:9/scans", "kinds": ["recount", "job.ran"]})
    webhook: Values = {"webhook_id": made["id"]}
    await call("list_webhooks")
    await call("get_webhook", **webhook)
    await call("ping_webhook", **webhook)
    await night.api.admin.post(f"/api/events/{night.id}/recount", {"inside": 13, "reason": "Once more"})

    async def delivery() -> Any:
        listed = (await night.api.admin.get(f"/api/webhooks/{made['id']}/deliveries")).body
        return next(iter(listed), None)

    sent = await eventually(delivery)
    await call("change_webhook", {"paused": True}, **webhook)
    await call("change_webhook_by_put", {"kinds": ["recount"]}, **webhook)
    await set_aside(night, sent["id"])
    await call("list_deliveries", **webhook)
    await call("list_messages")
    await call("send_message_again", message_id=sent["id"])
    await set_aside(night, sent["id"])
    await call("send_delivery_again", **webhook, delivery=sent["id"])
    await call("delete_webhook", **webhook)


async def set_aside(night: Night, message_id: str) -> None:
    """Give a message up, as after a day of failures."""
    message = await night.hub.outbox.message(message_id)
    failed = night.hub.store.messages.failed
    await failed(message, night.clock.now(), "set_aside", status=None, reason="no connection")


async def play_people(night: Night) -> None:
    """Make keys and users, and let one look after their own login."""
    call = night.call
    key = await call("create_key", {"name": "Till", "scopes": ["tickets:read", "tickets:write"]})
    await call("list_keys")
    await call("revoke_key", key_id=key["id"])
    user = await call("create_user", {"username": "grace", "role": "organiser", "email": "grace@example.org"})
    await call("list_users")
    await call("change_user", {"role": "viewer"}, user_id=user["id"])
    await call("reset_second_factor", user_id=user["id"])
    await call("delete_user", user_id=user["id"])
    await call("get_me")
    await make_user(night.api, "ada", email="ada@example.org")
    ada = await as_user(night.api, "ada")
    await call("get_own_account", by=ada)
    await call("change_own_address", {"email": "ada@example.com", "password": PASSWORD}, by=ada)
    await call("prove_own_address", by=ada)
    await call("begin_passkey", {"password": PASSWORD}, by=ada)
    await call("begin_passkey_login", {}, by=night.api)
    await play_second_factor(night, ada)
    await make_user(night.api, "alan")
    alan = await as_user(night.api, "alan")
    await call("end_own_logins", by=alan)
    alan = await as_user(night.api, "alan")
    await call("change_own_password", {"old": PASSWORD, "new": "another long enough password"}, by=alan)


async def play_second_factor(night: Night, who: Api) -> None:
    """Set up an authenticator app, and turn it off again."""
    call = night.call
    begun = await call("begin_app", {"password": PASSWORD}, by=who)
    secret = base64.b32decode(begun["secret"].replace(" ", ""))

    def code() -> str:
        night.clock.advance(timedelta(seconds=STEP_S))
        return code_at(secret, int(night.clock.now().timestamp()) // STEP_S)

    await call("confirm_app", {"code": code()}, by=who)
    who = await client_of(night.api, night.recorder.done)
    await call("renew_recovery_codes", {"password": PASSWORD, "code": code()}, by=who)
    await call("turn_app_off", {"password": PASSWORD, "code": code()}, by=who)


async def play_hub(night: Night) -> None:
    """Read what the hub says of itself, and close the event."""
    for name in ("get_health", "get_readiness", "get_security_text", "get_openapi", "get_asyncapi"):
        await night.call(name, by=night.api)
    for name in ("get_metrics", "list_jobs", "get_database_version", "get_server", "list_checks", "get_wallet_state"):
        await night.call(name)
    await night.call("close_event", event_id=night.id)
