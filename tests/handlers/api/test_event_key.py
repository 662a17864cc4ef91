"""What docs/security.md promises of keys of an event: how long printed codes are good, how they are replaced."""

from base64 import urlsafe_b64encode

import msgspec
import pytest

from hub.door.codes import Signer, make_key
from tests.api import Api
from tests.handlers.importing import import_file


@pytest.mark.gen_test
async def test_a_printed_code_stays_good_through_changes_of_its_event(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    path = f"/api/events/{event['uuid']}"
    public = (await api.get(f"{path}/")).body["publicKeyPem"]
    assert (await api.admin.request("PATCH", path, {"name": "Moved", "venue": "The New Mill"})).status == 200
    assert (await api.get(f"{path}/")).body["publicKeyPem"] == public
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["code"] == ticket["code"]
    gate = await api.make_device(event)
    assert (await gate.scan(ticket["code"])).status == 200


@pytest.mark.gen_test
async def test_a_guest_list_that_is_copied_into_a_new_event_has_new_codes_and_the_old_are_refused_there(
    api: Api,
) -> None:
    old, new = await api.make_event(), await api.make_event()
    await api.book(old, 2)
    exported = (await api.admin.get(f"/api/events/{old['uuid']}/tickets.csv")).raw
    printed = (await api.admin.get(f"/api/tickets?event={old['uuid']}")).body
    assert (await import_file(api.admin, new, exported))["state"] == "completed"
    copied = (await api.admin.get(f"/api/tickets?event={new['uuid']}")).body
    assert [len(copied), len({ticket["code"] for ticket in (*printed, *copied)})] == [2, 4]
    gate = await api.make_device(new)
    for ticket in printed:
        refused = await gate.scan(ticket["code"])
        assert (refused.status, refused.body["code"]) == (406, "wrong_event")
    assert [(await gate.scan(ticket["code"])).status for ticket in copied] == [200, 200]


@pytest.mark.gen_test
async def test_of_a_sellers_keys_the_newest_is_good_alone(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    keys = [make_key("seller") for _ in range(2)]
    gate = await api.make_device(event)
    for key in keys:
        form = {"publicKeyPem": key.public_pem}
        assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", form)).status == 200
    statuses = [(await gate.scan(code_of_seller(ticket["id"], key))).status for key in keys]
    assert statuses == [400, 200]


def code_of_seller(ticket_id: str, key: Signer) -> str:
    """Return a code as another server writes it: without the id of its key."""
    data = urlsafe_b64encode(msgspec.json.encode({"uuid": ticket_id})).rstrip(b"=")
    return f"{data.decode()}:{urlsafe_b64encode(key.private_key.sign(data)).rstrip(b'=').decode()}"
