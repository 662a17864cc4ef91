"""Consumers of the outbox: each is named on the page of its messages."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from hub.outbox.consumer import Consumer

ENGLISH = Path(__file__).parents[3] / "web/locales/en"


def names(kind: type[Consumer] = Consumer) -> Iterator[str]:
    """Yield the names of the hub's consumers that are imported."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("hub.") and "name" in vars(each):
            yield each.name
        yield from names(each)


def test_each_consumer_has_words_on_the_page_of_its_messages() -> None:
    import_module("hub.app")  # and with it all of them
    words = (ENGLISH / "admin-hub.ftl").read_text()
    assert set(re.findall(r"^letters-to-([\w-]+) =", words, re.MULTILINE)) == set(names())
