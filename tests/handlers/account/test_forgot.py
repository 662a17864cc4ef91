"""Forgotten passwords: a mailed link sets a new one, and what is answered says nothing on who is a user."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.account.people import (
    BROWSER,
    as_user,
    link_of,
    log_in_status,
    make_proved,
    make_user,
    post,
    token_of,
)
from tests.handlers.api.test_mail import book_as_guest
from tests.handlers.credentials import PASSWORD
from tests.hub.mail.inbox import Inbox, text_of, words_of
from tests.jobs.second_hub import another_hub, entries, everything_kept

NEW = "quite another long password"
SECURE = "__Host-hub"


async def ask(api: Api, address: str = "ada@example.org", **headers: str) -> Answer:
    return await post(api, "/forgot", headers, email=address)


async def mailed(api: Api, inbox: Inbox, address: str = "ada@example.org") -> str:
    """Ask for a link; return its token once it is mailed."""
    before = len(inbox.mails)
    assert (await ask(api, address)).status == 200
    await eventually(lambda: len(inbox.mails) > before)
    return token_of(inbox.mails[-1])


async def reset(api: Api, token: str, password: str = NEW) -> Answer:
    return await post(api, "/reset", token=token, new=password)


async def nothing_comes(hub: Hub, inbox: Inbox) -> None:
    """Wait until all that was asked for is looked at, and mailed."""
    await hub.account_links.stop()
    await eventually(lambda: is_idle(hub))
    assert inbox.mails == []


async def is_idle(hub: Hub) -> bool:
    waiting = await hub.store.database.letters.count_documents({"consumer": "account-mail", "state": "waiting"})
    cursor = await hub.store.database.cursors.find_one({"consumer": "account-mail", "stream": "hub"})
    stream = await hub.store.database.streams.find_one({"_id": "hub"})
    assert stream is not None
    return waiting == 0 and cursor is not None and cursor["seq"] == stream["seq"]


@pytest.mark.gen_test
async def test_mailed_link_sets_a_new_password_once_and_ends_every_login(api: Api, hub: Hub, inbox: Inbox) -> None:
    user = await make_proved(api, inbox)
    before = await as_user(api, "ada")
    await ask(api, "Ada@EXAMPLE.org", User_Agent=BROWSER)
    await eventually(lambda: inbox.mails)
    (mail,) = inbox.mails
    assert inbox.recipients == ["ada@example.org"]
    assert mail["Subject"] == "Set a new password: Example Organization"
    text = text_of(mail)
    assert "Hello ada" in text and "1 hour" in text
    assert "Asked for on 24 December 2026, 18:30 UTC." in text and "Firefox, Windows, 127.0.0.x" in text
    assert link_of(mail).startswith("https://hub.example.org/reset?token=")
    token = token_of(mail)
    page = await api.get(f"/reset?token={token}")
    assert page.status == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    assert (await before.get("/api/me")).status == 200, "a mail scanner that opens the link changes nothing"
    done = await reset(api, token)
    assert (done.status, done.headers["Location"]) == (303, "/login?reset=done")
    assert (await before.get("/api/me")).status == 401
    assert [await log_in_status(api, "ada", each) for each in (PASSWORD, NEW)] == [401, 303]
    assert (await reset(api, token, "a third long password")).status == 410
    assert (await api.get(f"/reset?token={token}")).status == 410
    (entry,) = [each for each in await entries(hub, "hub", "user.changed") if each.data.get("way")]
    assert entry.data == {"id": user["id"], "by": user["id"], "changed": ["password"], "way": "mail"}


@pytest.mark.gen_test
async def test_answer_is_the_same_whether_or_not_an_address_is_a_users(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    await make_user(api, "bob", email="bob@example.org")
    await eventually(lambda: inbox.mails)
    inbox.mails.clear()
    await make_proved_then_disabled(api, inbox)
    answers = [
        await ask(api, f"{name}@example.org")
        for name in ("nobody", "bob", "eve")  # unknown, not proved, disabled
    ]
    await nothing_comes(hub, inbox)
    answers.append(await ask(api))
    assert b"If nobody@example.org is the confirmed address" in answers[0].raw
    pages = {re.sub(rb"\w+@example\.org", b"", answer.raw) for answer in answers}
    heads = {tuple(sorted(set(answer.headers) - {"Date"})) for answer in answers}
    assert {answer.status for answer in answers} == {200} and len(pages) == len(heads) == 1
    await eventually(lambda: inbox.recipients == ["ada@example.org"])


async def make_proved_then_disabled(api: Api, inbox: Inbox) -> None:
    user = await make_proved(api, inbox, "eve")
    await api.admin.request("PATCH", f"/api/users/{user['id']}", {"disabled": True})


@pytest.mark.gen_test
async def test_answer_does_not_wait_for_the_database(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    found, asked = asyncio.Event(), hub.store.users.by_mailbox

    async def slow(mailbox: str) -> Any:
        await found.wait()
        return await asked(mailbox)

    hub.store.users.by_mailbox = slow  # type: ignore[method-assign]
    answers = [await ask(api), await ask(api, "nobody@example.org")]
    assert {answer.status for answer in answers} == {200} and inbox.mails == []
    found.set()
    await eventually(lambda: inbox.mails)


@pytest.mark.gen_test
async def test_only_the_newest_link_is_good(api: Api, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    first, second = await mailed(api, inbox), await mailed(api, inbox)
    assert first != second
    assert (await reset(api, first)).status == 410
    assert (await reset(api, second)).status == 303


@pytest.mark.gen_test
async def test_link_lasts_an_hour(api: Api, inbox: Inbox, clock: SettableClock) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    clock.advance(timedelta(minutes=59, seconds=59))
    assert (await api.get(f"/reset?token={token}")).status == 200
    clock.advance(timedelta(seconds=1))
    assert (await api.get(f"/reset?token={token}")).status == 410
    assert (await reset(api, token)).status == 410
    assert await log_in_status(api, "ada", PASSWORD) == 303


@pytest.mark.gen_test
async def test_one_link_sent_twice_at_once_to_two_processes_is_used_once(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    async with another_hub(hub) as other:
        work = [each.account_links.reset(token, f"{NEW} {n}") for n, each in enumerate((hub, other) * 3)]
        done = await asyncio.gather(*work, return_exceptions=True)
    assert len([each for each in done if each is None]) == 1
    assert {getattr(each, "code", "done") for each in done} == {"bad_link", "done"}


@pytest.mark.parametrize(
    "change",
    [
        {"password": "one that an owner chose"},
        {"disabled": True},
        {"role": "viewer"},
        {"email": "else@example.org"},
        {"email": None},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.gen_test
async def test_any_change_of_the_user_makes_an_open_link_void(api: Api, inbox: Inbox, change: dict[str, Any]) -> None:
    user = await make_proved(api, inbox)
    token = await mailed(api, inbox)
    assert (await api.admin.request("PATCH", f"/api/users/{user['id']}", change)).status == 200
    assert (await api.get(f"/reset?token={token}")).status == 410
    assert (await reset(api, token)).status == 410
    assert await log_in_status(api, "ada", NEW) == 401


@pytest.mark.gen_test
async def test_own_change_of_password_or_address_makes_an_open_link_void(api: Api, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    who = await as_user(api, "ada")
    changed = await who.post("/api/me/email", {"email": "new@example.org", "password": PASSWORD})
    assert changed.status == 204, changed.raw
    assert (await reset(api, token)).status == 410
    assert (await who.get("/api/me")).status == 200, "one's own address changes without a logout"


@pytest.mark.gen_test
async def test_link_of_a_deleted_user_opens_nothing(api: Api, inbox: Inbox) -> None:
    user = await make_proved(api, inbox)
    token = await mailed(api, inbox)
    assert (await api.admin.request("DELETE", f"/api/users/{user['id']}")).status == 204
    assert (await api.get(f"/reset?token={token}")).status == 410
    assert (await reset(api, token)).status == 410


@pytest.mark.gen_test
async def test_short_password_leaves_the_link_as_it_is(api: Api, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    refused = await reset(api, token, "short")
    assert refused.status == 422 and b"must have 10 characters or more" in refused.raw
    assert (await reset(api, token)).status == 303


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\x00", "é", "a.b"])
@pytest.mark.gen_test
async def test_token_that_is_none_is_refused_as_one_that_is_over(api: Api, inbox: Inbox, token: str) -> None:
    assert (await reset(api, token)).status == 410


@pytest.mark.gen_test
async def test_link_names_the_configured_address_whatever_host_was_asked_for(api: Api, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    await ask(api, Host="evil.example", X_Forwarded_Host="evil.example", Origin="https://hub.example.org")
    await eventually(lambda: inbox.mails)
    assert "evil" not in words_of(inbox.mails[0])


@pytest.mark.gen_test
async def test_token_is_kept_nowhere_and_logged_nowhere(
    api: Api, hub: Hub, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    assert token not in everything_kept(hub)
    await reset(api, token)
    assert token not in caplog.text and NEW not in caplog.text


@pytest.mark.gen_test
async def test_one_address_gets_three_mails_an_hour_and_further_requests_are_answered_alike(
    api: Api, hub: Hub, inbox: Inbox, clock: SettableClock
) -> None:
    await make_proved(api, inbox)
    for _ in range(3):
        await mailed(api, inbox)
    last = token_of(inbox.mails[-1])
    fourth = await ask(api)
    assert fourth.status == 200 and b"on its way" in fourth.raw
    await hub.account_links.stop()
    assert (await reset(api, last)).status == 303, "nor does it void the link that was sent"
    assert len(inbox.mails) == 3
    clock.advance(timedelta(hours=1))
    await mailed(api, inbox)


@pytest.mark.gen_test
async def test_client_that_asks_for_many_addresses_is_slowed_down(api: Api, hub: Hub, inbox: Inbox) -> None:
    most = hub.settings.password_links_per_client_per_h
    answers = [await ask(api, f"{n}@example.org") for n in range(most + 1)]
    assert [answer.status for answer in answers] == [200] * most + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", "ad\u00e4@example.org", "ada@example.org\r\nBcc: x@y.org", "a" * 300]
)
@pytest.mark.gen_test
async def test_what_is_no_address_is_said_to_be_none(api: Api, inbox: Inbox, address: str) -> None:
    refused = await ask(api, address)
    assert refused.status == 422 and b"This is no e-mail address." in refused.raw


@pytest.mark.gen_test
async def test_letters_that_only_look_alike_or_fold_together_find_no_user(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox, "kim")
    for address in ("\u212aim@example.org", "k\u0131m@example.org", "kim@ex\u0430mple.org"):
        assert (await ask(api, address)).status == 422
    await nothing_comes(hub, inbox)


@pytest.mark.gen_test
async def test_form_of_another_site_asks_for_nothing(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    assert (await ask(api, Origin="https://evil.example")).status == 403
    assert (await ask(api, Sec_Fetch_Site="cross-site")).status == 403
    await nothing_comes(hub, inbox)


@pytest.mark.gen_test
async def test_mail_is_tried_again_with_a_link_that_is_good(
    api: Api, hub: Hub, inbox: Inbox, clock: SettableClock
) -> None:
    await make_proved(api, inbox)
    inbox.answers["ada@example.org"] = "451 later"
    tries = inbox.tries
    await ask(api)
    await eventually(lambda: inbox.tries > tries)
    inbox.answers.clear()

    async def comes() -> bool:
        clock.advance(timedelta(seconds=3))
        return bool(inbox.mails)

    await eventually(comes)
    assert (await reset(api, token_of(inbox.mails[0]))).status == 303


@pytest.mark.gen_test
async def test_pages_are_in_the_readers_language_and_the_mail_too(api: Api, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    page = await api.get("/forgot", Accept_Language="de")
    assert b"Passwort vergessen?" in page.raw
    await ask(api, Accept_Language="fr")
    await eventually(lambda: inbox.mails)
    assert inbox.mails[0]["Subject"] == "Choisir un nouveau mot de passe\u202f: Example Organization"
    assert "Bonjour ada" in text_of(inbox.mails[0])


class TestWithoutMail:
    """A hub that has no mail server."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings without one."""
        return msgspec.structs.replace(settings, smtp_host=None)

    @pytest.mark.gen_test
    async def test_page_says_whom_to_ask_and_asks_for_no_address(self, api: Api) -> None:
        for page in (await api.get("/forgot"), await ask(api)):
            assert page.status == 200 and b"Ask one of its owners" in page.raw and b"<input" not in page.raw
        assert b'href="/forgot"' in (await api.get("/login")).raw


@pytest.mark.gen_test
async def test_ending_all_logins_leaves_an_open_link_good(api: Api, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    thief = await as_user(api, "ada")
    assert (await thief.post("/api/me/logins/end")).status == 204
    assert (await api.get(f"/reset?token={token}")).status == 200
    assert (await reset(api, token)).status == 303


@pytest.mark.gen_test
async def test_strangers_of_ones_network_take_no_reset_away(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    token = await mailed(api, inbox)
    most = hub.settings.password_links_per_client_per_h
    answers = [await reset(api, "no link") for _ in range(most + 1)]
    assert [answer.status for answer in answers[: most - 1]] == [410] * (most - 1)
    assert answers[-1].status == 429 and b"<form" not in answers[-1].raw
    assert b"This link is not valid any more" in answers[-1].raw and int(answers[-1].headers["Retry-After"]) > 0
    assert (await reset(api, token)).status == 303


@pytest.mark.gen_test
async def test_bookings_with_a_users_address_use_no_mails_of_their_account_up(api: Api, hub: Hub, inbox: Inbox) -> None:
    await make_proved(api, inbox)
    event = await api.make_event(booking="open", phone_limit=100)
    most = hub.settings.mails_per_recipient_per_h
    for _ in range(most):
        assert (await book_as_guest(api, event, "ada@example.org")).status == 201
    await eventually(lambda: len(inbox.mails) == most)
    assert (await reset(api, await mailed(api, inbox))).status == 303
