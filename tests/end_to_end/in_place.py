"""A page in several languages as it stands: opened and used in one, and said in the others without another walk.

What scripts say is marked (in_place.js); what the hub wrote is found by asking for the page in the other language, too.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, Page

from hub.language.catalogue import FORMATS, language, resource_of
from hub.language.pseudo import PSEUDO
from tests.end_to_end.accessibility import serious
from tests.end_to_end.site import Site
from tests.english import TRANSLATED, english_words_in, words_in, words_of

SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
BASE = "fr"
"""The language that a page is really used in."""
REAL = tuple(tag for tag in TRANSLATED if tag != BASE)
OTHERS = (*REAL, *PSEUDO)
"""Those it is looked at in besides: the real ones, one in which each word is longer, and the other way."""
SPOKEN = ("aria-label", "placeholder", "title", "alt")
DATES = set(
    "lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche "
    "janv févr avr juil sept oct nov déc "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre heure min h".split()
)
"""Words of dates and durations, which the browser writes."""


PRODUCTS = re.compile("Scan Hub|MongoDB|(?:Apple|Google) Wallet")


class Walk:
    """A walk through pages, used in one language and looked at in all; made before the first page is opened.

    What people called things, and what matches `made_up`, is read as a name.
    """

    def __init__(self, site: Site, page: Page, made_up: re.Pattern[str]) -> None:
        self.page = page
        self._names = names_in_use(site)
        self._made_up = made_up
        page.add_init_script(SCRIPT)

    def look(self, which: str, *, closely: bool = False) -> None:
        """Check that nothing is too wide in any language, nothing English, and nothing from beside the catalogues.

        `closely` with what a screen reader stumbles over.
        """
        page = self.page
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{which}.png")
        catalogues = page.evaluate("inPlace.needs()")
        if catalogues is not None:
            languages = languages_of(page, catalogues)
            found = self._english_of_hub(languages)
            assert found == {}, (which, found)
            page.evaluate("(languages) => inPlace.give(languages)", languages)
        found = page.evaluate("inPlace.look()")
        assert found["wide"] == [], f"{which} is wider than the screen in {found['wide']}"
        english = english_in(found["said"]) | {BASE: english_words_in(BASE, self._bare(found["texts"]))}
        assert not any(english.values()), (which, english)
        strange = words_in(self._bare(found["rest"])) - beside()
        assert strange == set(), (which, strange)
        assert not closely or serious(page) == [], which

    def _english_of_hub(self, languages: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
        """Return the English words that the hub writes in a language: what is the same in both is a name."""
        found: dict[str, set[str]] = {}
        for tag, hub in ((each["tag"], each["hub"]) for each in languages[: len(REAL)]):
            text = " ".join(said for own, said in hub.items() if said != own)
            if words := english_words_in(tag, self._bare(text)):
                found[tag] = words
        return found

    def _bare(self, text: str) -> str:
        for name in self._names:
            text = text.replace(name, " ")
        return PRODUCTS.sub(" ", self._made_up.sub(" ", text))


def english_in(said: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Return the English words in messages as the other languages say them, without what is filled in."""
    found: dict[str, set[str]] = {}
    for each in said:
        values = {name: value if isinstance(value, int) else "" for name, value in each["values"].items()}
        for tag in REAL:
            if english := english_words_in(tag, language(tag).say(each["id"], **values)):
                found.setdefault(tag, set()).update(english)
    return found


@cache
def beside() -> set[str]:
    """Return the words on a page that its catalogues do not say: of dates, and of the API's errors."""
    return DATES | words_of(BASE, "problems")


def names_in_use(site: Site) -> list[str]:
    """Return all names that people gave on the hub, which other tests share, the longest first."""
    events, devices = site.call("GET", "/api/events"), site.call("GET", "/api/devices")
    named = [*events, *devices, *(part for event in events for part in (*event["doors"], *event["zones"]))]
    names = {each["name"] for each in named}
    names |= {event[field] for event in events for field in ("venue", "picture_alt") if event[field]}
    return sorted(names, key=len, reverse=True)


# --- what the hub writes -------------------------------------------------------------------------------------------


def languages_of(page: Page, catalogues: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the page needs to be said in the other languages."""
    own = texts_in(page_in(page.context, page.url, BASE))
    return [
        {
            "tag": tag,
            "locale": FORMATS.get(tag, tag).replace("_", "-"),
            "dir": language(tag).direction,
            "texts": [resource_of(tag, name) for name in catalogues],
            "hub": pairs(own, texts_in(page_in(page.context, page.url, tag))),
        }
        for tag in OTHERS
    ]


def page_in(context: BrowserContext, url: str, tag: str) -> str:
    """Return the page that the hub writes in a language, for the same reader."""
    kept = [
        f"{each.get('name')}={each.get('value')}" for each in context.cookies(url) if each.get("name") != "language"
    ]
    request = Request(url, headers={"Cookie": "; ".join([*kept, f"language={tag}"]), "Accept": "text/html"})
    try:
        with urlopen(request) as answer:
            return str(answer.read().decode())
    except HTTPError as refused:
        return refused.read().decode()


SWITCH = re.compile(r'<details class="languages">.*?</details>', re.DOTALL)
"""The switch of languages, which leaves out the one that is chosen."""


IS_TEXT = re.compile("|".join((*SPOKEN, "data-")))
EMPTY = {"br", "img", "input", "link", "meta", "hr", "source", "wbr", "col"}


class Texts(HTMLParser):
    """Texts of a page: those of each element, in order, with what is read out of it, and what scripts take from it."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[str]]] = []
        self._open: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spoken = [value for name, value in attrs if value and IS_TEXT.match(name) and value[0] not in "{["]
        self.elements.append((tag, spoken))
        if tag not in EMPTY:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self.elements[self._open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and data.strip() and self.elements[self._open[-1]][0] not in ("script", "style"):
            self.elements[self._open[-1]][1].append(data.strip())


def texts_in(html: str) -> list[tuple[str, list[str]]]:
    """Return the elements of a page with their texts."""
    parser = Texts()
    parser.feed(SWITCH.sub("", html))
    return parser.elements


def pairs(own: list[tuple[str, list[str]]], other: list[tuple[str, list[str]]]) -> dict[str, str]:
    """Return the texts of a page by those of the same page in another language."""
    assert len(own) == len(other), "a page has other parts in another language"
    return {text: said for mine, theirs in zip(own, other, strict=True) for text, said in _paired(mine[1], theirs[1])}


def _paired(mine: list[str], theirs: list[str]) -> Iterator[tuple[str, str]]:
    """Yield texts with their translation; where a sentence is cut by markup elsewhere, the first has all of it."""
    if len(mine) == len(theirs):
        yield from zip(mine, theirs, strict=True)
    elif mine:
        yield mine[0], " ".join(theirs)
        yield from ((each, "") for each in mine[1:])
