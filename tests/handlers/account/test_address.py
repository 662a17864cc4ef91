"""Mail addresses of users: unique by their normal form, and good for a new password once they are proved."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import Unavailable
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.account.people import as_user, make_proved, make_user, post, token_of
from tests.handlers.credentials import PASSWORD
from tests.hub.mail.inbox import Inbox
from tests.jobs.second_hub import entries


async def shown(api: Api, user: Any) -> Any:
    (found,) = [each for each in (await api.admin.get("/api/users")).body if each["id"] == user["id"]]
    return found


async def change(who: Api, email: str | None, password: str = PASSWORD) -> Any:
    return await who.post("/api/me/email", {"email": email, "password": password})


@pytest.mark.gen_test
async def test_owner_gives_an_address_and_its_user_proves_it_by_the_link(api: Api, hub: Hub, inbox: Inbox) -> None:
    user = await make_user(api, "ada", email=" Ada@Example.org ")
    assert (user["email"], user["email_verified"]) == ("Ada@Example.org", False)
    await eventually(lambda: inbox.recipients == ["Ada@Example.org"])
    assert inbox.mails[0]["Subject"] == "Confirm your e-mail address: Example Organization"
    token = token_of(inbox.mails[0])
    who = await as_user(api, "ada")
    page = await who.get(f"/verify?token={token}")
    assert page.status == 200 and b"Ada@Example.org" in page.raw
    assert not (await shown(api, user))["email_verified"], "looking at the page confirms nothing"
    csrf = who.headers["X-CSRF-Token"]
    assert (await post(who, "/verify", token=token, csrf=csrf)).status == 200
    assert (await shown(api, user))["email_verified"]
    account = (await who.get("/api/me/account")).body
    shown_there = {name: account[name] for name in ("username", "email", "email_verified", "sends_mail")}
    assert shown_there == {"username": "ada", "email": "Ada@Example.org", "email_verified": True, "sends_mail": True}
    assert (await post(who, "/verify", token=token, csrf=csrf)).status == 410
    assert [each.data["changed"] for each in await entries(hub, "hub", "user.changed")] == [["email_verified"]]


@pytest.mark.gen_test
async def test_link_proves_an_address_for_nobody_but_its_user(api: Api, inbox: Inbox) -> None:
    user = await make_user(api, "ada", email="ada@example.org")
    await make_user(api, "eve")
    await eventually(lambda: inbox.mails)
    token = token_of(inbox.mails[0])
    eve = await as_user(api, "eve")
    stranger = await api.get(f"/verify?token={token}")
    assert (stranger.status, stranger.headers["Location"]) == (303, f"/login?next=%2Fverify%3Ftoken%3D{token}")
    assert (await eve.get(f"/verify?token={token}")).status == 403
    assert (await post(eve, "/verify", token=token, csrf=eve.headers["X-CSRF-Token"])).status == 403
    assert (await post(api.admin, "/verify", token=token)).status == 403
    assert not (await shown(api, user))["email_verified"]


@pytest.mark.gen_test
async def test_form_without_the_logins_proof_confirms_nothing(api: Api, inbox: Inbox) -> None:
    user = await make_user(api, "ada", email="ada@example.org")
    await eventually(lambda: inbox.mails)
    who = await as_user(api, "ada")
    bare = Api(api.url, headers={"Cookie": who.headers["Cookie"]})
    assert (await post(bare, "/verify", token=token_of(inbox.mails[0]))).status == 403
    assert not (await shown(api, user))["email_verified"]


@pytest.mark.gen_test
async def test_two_users_never_share_an_address(api: Api, inbox: Inbox) -> None:
    await make_user(api, "ada", email="ada@example.org")
    form = {"username": "eve", "password": PASSWORD, "role": "viewer", "email": "ADA@Example.ORG"}
    refused = await api.admin.post("/api/users", form)
    assert (refused.status, refused.body["errors"]) == (409, {"email": "is another user's address"})
    eve = await make_user(api, "eve")
    patched = await api.admin.request("PATCH", f"/api/users/{eve['id']}", {"email": "Ada@example.org"})
    own = await change(await as_user(api, "eve"), "ada@example.org")
    assert (patched.status, own.status) == (409, 409)
    assert (await shown(api, eve))["email"] is None


@pytest.mark.gen_test
async def test_two_who_take_one_address_at_once_do_not_both_get_it(api: Api, inbox: Inbox) -> None:
    form = {"password": PASSWORD, "role": "viewer", "email": "ada@example.org"}
    made = await asyncio.gather(*(api.admin.post("/api/users", {"username": f"u{n}", **form}) for n in range(6)))
    assert sorted(answer.status for answer in made) == [201, *[409] * 5]


@pytest.mark.gen_test
async def test_another_address_has_to_be_proved_anew_and_the_same_in_other_letters_has_not(
    api: Api, inbox: Inbox
) -> None:
    user = await make_proved(api, inbox)
    who = await as_user(api, "ada")
    assert (await change(who, "ADA@example.org")).status == 204
    assert (await shown(api, user))["email_verified"] and (await shown(api, user))["email"] == "ADA@example.org"
    assert (await change(who, "new@example.org")).status == 204
    assert not (await shown(api, user))["email_verified"]
    await eventually(lambda: inbox.recipients == ["new@example.org"])
    assert (await change(who, None)).status == 204
    assert (await shown(api, user))["email"] is None
    page = await who.get(f"/verify?token={token_of(inbox.mails[0])}")
    assert page.status == 410, "a link to an address that was removed"


@pytest.mark.gen_test
async def test_own_address_needs_the_password_and_tries_are_limited(api: Api, hub: Hub, inbox: Inbox) -> None:
    user = await make_user(api, "ada")
    who = await as_user(api, "ada")
    most = hub.settings.failed_logins_per_account_per_min
    answers = [await change(who, "ada@example.org", "a wrong password") for _ in range(most + 1)]
    assert [answer.status for answer in answers] == [422] * most + [429]
    assert answers[0].body["errors"] == {"password": "is not your password"}
    assert (await shown(api, user))["email"] is None


@pytest.mark.parametrize(
    "address", ["ada", "ada@host", "a b@example.org", "ad\u00e4@example.org", "a@b.org, c@d.org", 7]
)
@pytest.mark.gen_test
async def test_what_is_no_address_is_refused_at_its_field(api: Api, inbox: Inbox, address: Any) -> None:
    form = {"username": "ada", "password": PASSWORD, "role": "viewer", "email": address}
    refused = await api.admin.post("/api/users", form)
    assert refused.status == 422 and refused.body["errors"].keys() == {"email"}


@pytest.mark.gen_test
async def test_link_is_mailed_again_for_ones_asking_and_only_while_it_is_needed(
    api: Api, hub: Hub, inbox: Inbox, clock: SettableClock
) -> None:
    await make_user(api, "ada", email="ada@example.org")
    await eventually(lambda: inbox.mails)
    who = await as_user(api, "ada")
    clock.advance(timedelta(minutes=1))
    assert (await who.post("/api/me/email/verify")).status == 204
    await eventually(lambda: len(inbox.mails) == 2)
    old, new = map(token_of, inbox.mails)
    csrf = who.headers["X-CSRF-Token"]
    assert [(await post(who, "/verify", token=each, csrf=csrf)).status for each in (old, new)] == [410, 200]
    asked = len(await entries(hub, "hub", "user.link"))
    assert (await who.post("/api/me/email/verify")).status == 204
    assert len(await entries(hub, "hub", "user.link")) == asked


@pytest.mark.gen_test
async def test_keys_and_logins_with_a_made_password_have_no_account(api: Api, inbox: Inbox) -> None:
    made = await make_user(api, "ada", must_change=True)
    cookie_of = await post(api, "/login", username="ada", password=PASSWORD)
    cookie = str(cookie_of.headers["Set-Cookie"]).partition(";")[0]
    for who in (api.admin, Api(api.url, headers={"Cookie": cookie})):
        assert (await who.get("/api/me/account")).status == 403
    assert made["must_change"]


@pytest.mark.gen_test
async def test_owner_changes_no_password_or_address_of_their_own_as_if_they_were_another(
    api: Api, inbox: Inbox
) -> None:
    user = await make_user(api, "ada", "owner", email="ada@example.org")
    who = await as_user(api, "ada")
    for told in ({"password": "quite another long password"}, {"email": "thief@example.org"}, {"email": None}):
        refused = await who.request("PATCH", f"/api/users/{user['id']}", told)
        assert refused.status == 403 and "My account" in refused.body["detail"]
    assert (await shown(api, user))["email"] == "ada@example.org"
    other = await make_user(api, "eve", email="eve@example.org")
    told = {"password": "quite another long password", "email": "new@example.org"}
    assert (await who.request("PATCH", f"/api/users/{other['id']}", told)).status == 200
    assert (await api.admin.request("PATCH", f"/api/users/{user['id']}", told | {"email": None})).status == 200


@pytest.mark.gen_test
async def test_links_to_prove_an_address_are_limited_on_every_way_to_them(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_user(api, "ada")
    who = await as_user(api, "ada")
    most = hub.settings.mails_per_recipient_per_h
    statuses = [(await change(who, f"ada{n}@example.org")).status for n in range(most + 1)]
    assert statuses == [204] * most + [429]
    assert (await who.post("/api/me/email/verify")).status == 429
    assert (await change(who, None)).status == 204, "to remove it needs no mail"


@pytest.mark.gen_test
async def test_address_that_is_sent_again_is_not_mailed_to_again(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_user(api, "ada", email="ada@example.org")
    who = await as_user(api, "ada")
    asked = len(await entries(hub, "hub", "user.link"))
    assert (await change(who, "ADA@example.org")).status == 204
    assert len(await entries(hub, "hub", "user.link")) == asked == 1


@pytest.mark.gen_test
async def test_made_password_is_answered_though_the_link_cannot_be_asked_for(
    api: Api, hub: Hub, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise Unavailable

    monkeypatch.setattr(hub.account_links, "ask_to_prove", fail)
    for name, email in (("ada", "ada@example.org"), ("eve", None)):
        made = await api.admin.post("/api/users", {"username": name, "role": "viewer", "email": email})
        assert made.status == 201 and len(made.body["password"]) > 20
