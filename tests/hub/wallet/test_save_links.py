"""Save links: each wallet provider of the table has its names where people read them."""

import re
from pathlib import Path

from hub.wallet.save_links import SAVE_LINKS

ENGLISH = Path(__file__).parents[3] / "web/locales/en"


def test_each_provider_is_named_beside_its_links_and_can_be_set_up() -> None:
    tickets = (ENGLISH / "admin-tickets.ftl").read_text()
    named = set(re.findall(r"^admin-ticket-link-(\w+) =", tickets, re.MULTILINE))
    assert {provider.kind for provider in SAVE_LINKS} <= named
