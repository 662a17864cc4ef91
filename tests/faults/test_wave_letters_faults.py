"""A process is killed while it mails the letters of a wave: each reservation has its letter once, or it is listed."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from typing_extensions import override

from tests.end_to_end.site import Site
from tests.eventually import until
from tests.hub.mail.inbox import Inbox

LETTER = {"subject": "Now in your wallet", "text": "Your ticket fits into your wallet."}
GUESTS = 9


class Deadly(Inbox):
    """A mail server that ends the hub in the middle of a mail: before or after it took the mail."""

    def __init__(self) -> None:
        super().__init__()
        self.kill: Callable[[], None] = lambda: None
        self.after_taking = 3
        self.before_taking = 6
        self.lost: list[str] = []

    @override
    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        taken = len(letters(self.mails))
        is_letter = LETTER["subject"].encode() in envelope.content
        if is_letter and taken + 1 == self.before_taking and not self.lost:
            self.lost = list(envelope.rcpt_tos)
            self.kill()
            return "451 the sender is gone"
        answer = await super().handle_DATA(server, session, envelope)
        if is_letter and taken + 1 == self.after_taking:
            self.kill()
        return answer


def letters(mails: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in mails if mail["Subject"] == LETTER["subject"]]


@pytest.fixture
def inbox() -> Iterator[Deadly]:
    """A mail server in a thread of its own."""
    inbox, loop = Deadly(), asyncio.new_event_loop()
    loop.run_until_complete(inbox.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield inbox
    asyncio.run_coroutine_threadsafe(inbox.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def test_a_letter_is_sent_once_whenever_its_sender_is_killed(
    inbox: Deadly, tmp_path: Path, site_database: dict[str, str], _mongo: MongoClient[dict[str, Any]]
) -> None:
    mail = {"HUB_SMTP_HOST": "127.0.0.1", "HUB_SMTP_SECURITY": "none", "HUB_SMTP_FROM": "t@example.org"}
    site = Site(tmp_path / "data", HUB_SMTP_PORT=str(inbox.port), **mail, **site_database)
    inbox.kill = partial(site.kill_workers, _mongo[site_database["HUB_DATABASE"]].leases)
    try:
        event = site.make_event(wallet="invited")
        guests = {reserve(site, event, number): f"guest{number}@example.org" for number in range(GUESTS)}
        path = f"/api/events/{event['uuid']}/wallet"
        site.call("POST", f"{path}/waves", {"percent": 100, "letter": LETTER})
        until(lambda: bool(inbox.lost) and is_over(site, path), "all letters are sent or listed")
        to = Counter(str(mail["To"]) for mail in letters(inbox.mails))
        dead = [each for each in site.call("GET", "/api/outbox") if each["consumer"] == "wallet-letters"]
        listed = {guests[each["target"].partition("/")[0]] for each in dead}
        assert set(to.values()) == {1} and set(inbox.lost) <= listed - to.keys()
        assert to.keys() | listed == set(guests.values())
        assert {each["reason"] for each in dead} == {"cut short: whether it arrived is not known"}
        assert 2 <= len(dead) <= 4, "the letters in the air at two kills, two at once at most"
    finally:
        site.close()


def reserve(site: Site, event: Any, number: int) -> str:
    """Book a ticket for a guest; return the reservation's id."""
    showing = site.call("GET", f"/api/showings?event={event['uuid']}")[0]
    order = {
        "event": event["uuid"],
        "date": showing["date"],
        "time": showing["time"],
        "name": "Ada",
        "phone_number": f"12345{number:03}",
        "email": f"guest{number}@example.org",
        "tickets": [{"first_name": "Ada", "last_name": "Lovelace"}],
    }
    reservation: str = site.call("POST", "/api/reservations", order)["uuid"]
    return reservation


def is_over(site: Site, path: str) -> bool:
    """Return whether each letter was sent or is a dead letter."""
    try:
        (wave,) = site.call("GET", path)["waves"]
        dead = [each for each in site.call("GET", "/api/outbox") if each["consumer"] == "wallet-letters"]
    except OSError:
        return False
    return bool(wave["sent"] + wave["unknown"] == GUESTS and len(dead) == wave["unknown"])
