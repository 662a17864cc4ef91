"""First import of a process: what it loads keeps no door waiting."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from hub.formats.csv_heads import english_heads
from tests.api import Api
from tests.handlers.importing import a_file, import_file


@pytest.mark.gen_test
async def test_the_languages_heads_are_loaded_in_a_thread_before_the_loop_asks_for_them(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[threading.Thread] = []

    def note(head: Sequence[str], *about: Any) -> Sequence[str]:
        asked.append(threading.current_thread())
        return english_heads(head, *about)

    monkeypatch.setattr("hub.importing.file.columns.english_heads", note)
    ended = await import_file(api.admin, await api.make_event(), a_file("B1,Ada,Lovelace"))
    assert ended["state"] == "completed"
    assert asked[0] is not threading.main_thread()
    assert threading.main_thread() in asked, "the loop finds them loaded"
