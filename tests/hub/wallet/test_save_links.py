"""Save links: each wallet provider of the table has its setting, its names where people read them, and its address."""

import re
from pathlib import Path

from hub.settings import Settings
from hub.tickets.wallet_offer import SAVE_LINKS, TicketLinks, save_links_of

ENGLISH = Path(__file__).parents[3] / "web/locales/en"


def test_none_is_set_up_by_itself_and_each_by_a_setting_of_its_own() -> None:
    assert save_links_of(Settings()) == ()
    assert {provider.set_up_by for provider in SAVE_LINKS} <= set(Settings.__struct_fields__)
    assert save_links_of(Settings(google_account=Path("account.json"))) == ("google",)


def test_each_provider_is_named_beside_its_links() -> None:
    tickets = (ENGLISH / "admin-tickets.ftl").read_text()
    named = set(re.findall(r"^admin-ticket-link-(\w+) =", tickets, re.MULTILINE))
    assert {provider.kind for provider in SAVE_LINKS} <= named


def test_each_provider_has_its_address_among_the_links_of_a_ticket() -> None:
    assert {provider.kind for provider in SAVE_LINKS} <= set(TicketLinks.__struct_fields__)
