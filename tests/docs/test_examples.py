"""Every example of the documentation, run as it stands there against a hub: a page that lies fails."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.docs.examples import HUB_IN_PAGES, PAGES, ROOT, Example, differences, examples_of, run
from tests.docs.night import Night
from tests.end_to_end.site import Site

NAMES = (
    "scan-api",
    "live-protocol",
    "booking-api",
    "wallet",
    "webhooks",
    "import",
    "relay",
    "guides/operators",
    "guides/programmers",
)
EXEMPLARY = [ROOT / "README.md", *(PAGES / f"{name}.md" for name in NAMES)]
AT_ONCE = 4
EXAMPLES = [example for page in EXEMPLARY for example in examples_of(page)]


Printed = dict[str, Future[str]]


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    """Output of the examples by their labels: several run at once, each on an event of its own."""
    chosen = {item.callspec.id for item in request.session.items if hasattr(item, "callspec")}
    with ThreadPoolExecutor(AT_ONCE) as threads:

        def start(example: Example) -> Future[str]:
            return threads.submit(run_on_its_own, example, site, tmp_path_factory.mktemp("example"))

        yield {example.label: start(example) for example in EXAMPLES if example.label in chosen}


def run_on_its_own(example: Example, site: Site, folder: Path) -> str:
    """Run an example on a new event, and return what it prints, with the hub's address as the pages write it."""
    night = Night(site)
    variables = night.prepare(example.names(set(night.variables)))
    text = run(example, {"HUB": site.url, **variables}, folder)
    host = site.url.partition("://")[2]
    return text.replace(site.url, HUB_IN_PAGES).replace(host, HUB_IN_PAGES.partition("://")[2])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.label)
def test_example_does_what_its_page_says(example: Example, printed: Printed) -> None:
    text = printed[example.label].result()
    if example.answer is not None:
        assert differences(example.answer, json.loads(text)) == []
    else:
        assert not is_refused(text), text


def is_refused(printed: str) -> bool:
    """Whether one of the printed answers is a refusal."""
    return any(sign in printed for sign in ('"success":false', '"/problems/', "Traceback"))


def test_every_page_has_examples() -> None:
    assert {example.page for example in EXAMPLES} == {page.name for page in EXEMPLARY}
    languages = {example.language for example in EXAMPLES if example.page == "scan-api.md"}
    assert languages == {"bash", "js", "python"}
