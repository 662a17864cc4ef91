"""Notices of changed factors: mailed to the proved address of their user alone, whatever else is mailed to it."""

from typing import Any

import pytest

from hub.access.factor_commands import AddPasskey, RenamePasskey
from hub.app import Hub
from hub.clock import SettableClock
from hub.model.access import Passkey, Principal
from hub.model.journal import HUB_STREAM
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.account.people import as_user, make_proved, make_user, post
from tests.handlers.account.test_forgot import mailed, nothing_comes, reset
from tests.handlers.account.test_second_factor import Person, client_of
from tests.handlers.credentials import PASSWORD
from tests.hub.mail.inbox import Inbox, text_of


async def heard(inbox: Inbox) -> tuple[str, str]:
    """Return subject and text of the mail that has come, which is taken out."""
    await eventually(lambda: inbox.mails)
    (mail,) = inbox.mails
    inbox.mails.clear()
    return str(mail["Subject"]), text_of(mail)


async def by_of(hub: Hub, who: Api) -> Principal:
    by = await hub.logins.by_cookie(who.headers["Cookie"].partition("=")[2], hub.clock.now())
    assert by is not None
    return by


async def add_passkey(hub: Hub, who: Api) -> None:
    passkey = Passkey(id="eHk", name="Phone", public_key=b"\xa0", sign_count=0, created_at=hub.clock.now())
    await hub.store.journal.append(HUB_STREAM, AddPasskey(await by_of(hub, who), passkey))


class Proved(Person):
    """A user with an app and a proved address."""

    async def set_up_proved(self, inbox: Inbox) -> Any:
        """Turn the second factor on."""
        made = await make_proved(self.api, inbox, self.name)
        self.who = await as_user(self.api, self.name)
        await self.turn_on()
        return made


@pytest.mark.gen_test
async def test_each_change_of_the_factors_is_mailed_to_their_user(
    api: Api, hub: Hub, inbox: Inbox, clock: SettableClock
) -> None:
    ada = Proved(api, clock, "ada")
    user = await ada.set_up_proved(inbox)
    subject, text = await heard(inbox)
    assert subject == "Your login was changed: Example Organization"
    assert "an authenticator app was set up" in text and "https://hub.example.org/admin/account" in text
    await add_passkey(hub, ada.who)
    assert "a passkey was added" in (await heard(inbox))[1]
    await hub.store.journal.append(HUB_STREAM, RenamePasskey(await by_of(hub, ada.who), "eHk", "Old phone"))
    await nothing_comes(hub, inbox)
    removed = await ada.who.request("DELETE", "/api/me/passkeys/eHk", {"password": PASSWORD})
    assert "a passkey was removed" in (await heard(inbox))[1]
    who = await client_of(api, removed)
    await who.post("/api/me/totp/off", {"password": PASSWORD, "code": ada.next_code()})
    assert "was turned off" in (await heard(inbox))[1]
    ada.who = await as_user(api, "ada")
    await ada.turn_on()
    await heard(inbox)
    await api.admin.post(f"/api/users/{user['id']}/second_factor/reset")
    assert "an owner reset your login" in (await heard(inbox))[1]
    assert set(inbox.recipients) == {"ada@example.org"}


@pytest.mark.gen_test
async def test_address_that_is_not_proved_hears_of_nothing(
    api: Api, hub: Hub, inbox: Inbox, clock: SettableClock
) -> None:
    await make_user(api, "ada", email="ada@example.org")
    await heard(inbox)
    await add_passkey(hub, await as_user(api, "ada"))
    await nothing_comes(hub, inbox)


@pytest.mark.gen_test
async def test_notice_comes_though_the_address_has_had_all_its_mails(
    api: Api, hub: Hub, inbox: Inbox, clock: SettableClock
) -> None:
    await make_proved(api, inbox)
    for _ in range(hub.settings.mails_per_recipient_per_h * 2):
        await post(api, "/forgot", email="ada@example.org")
        await hub.account_links.stop()
    await eventually(lambda: inbox.mails)
    await add_passkey(hub, await as_user(api, "ada"))
    await eventually(lambda: any("a passkey was added" in text_of(mail) for mail in inbox.mails))


@pytest.mark.gen_test
async def test_passkey_that_is_added_voids_a_mailed_link_to_a_new_password(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    await add_passkey(hub, await as_user(api, "ada"))
    await eventually(lambda: len(inbox.mails) == 2)
    assert (await reset(api, token)).status == 410
    assert (await reset(api, await mailed(api, inbox))).status == 303, "another one that is asked for is good"


@pytest.mark.gen_test
async def test_address_of_another_that_is_changed_back_and_forth_is_limited(api: Api, hub: Hub, inbox: Inbox) -> None:
    made = await make_user(api, "ada", email="ada@example.org")
    most = hub.settings.mails_per_recipient_per_h
    statuses = []
    for n in range(most + 2):
        changed = {"email": f"{'ada' if n % 2 else f'stranger{n}'}@example.org"}
        statuses.append((await api.admin.request("PATCH", f"/api/users/{made['id']}", changed)).status)
    assert statuses == [200] * most + [429, 200], "the last is the one that they have"
    now = next(each for each in (await api.admin.get("/api/users")).body if each["id"] == made["id"])
    same = {"email": now["email"], "role": "viewer"}
    assert (await api.admin.request("PATCH", f"/api/users/{made['id']}", same)).status == 200, "the same mails nothing"
    assert (await api.admin.request("PATCH", f"/api/users/{made['id']}", {"email": None})).status == 200
    other = await make_user(api, "otto")
    changed = {"email": "otto@example.org"}
    assert (await api.admin.request("PATCH", f"/api/users/{other['id']}", changed)).status == 200
