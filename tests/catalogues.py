"""Check of the message catalogues, and that converted pages hold no text beside them: `python -m tests.catalogues`.

`make lint` runs it, and `tests/test_catalogues.py`. What is not converted yet stands in lists here, which only shrink.
"""

import re
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax.ast import (
    Message,
)

from handlers.pages import admin, dashboard, relay, scanner
from hub.language.catalogue import SOURCE, texts_of
from tests.catalogue_english import check_english
from tests.catalogue_errors import check_errors
from tests.catalogue_glossary import check_glossaries
from tests.catalogue_languages import TAG, check_languages, messages_of
from tests.catalogue_literals import check_literals
from tests.said_ids import said_in

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "web" / "templates"
MAILS = ROOT / "web" / "mail"

SCRIPTS = ROOT / "web" / "static"

NOT_YET = ("design.html", "reference")
"""Templates that are not converted, and folders of them: pages for those who build, in English like the API."""
SCRIPTS_NOT_YET = ("design.js", "reference.js")
"""Scripts that are not converted yet, or folders of them; those that say messages of the catalogues are."""
NAMES = {"https", "iPhone", "Android", "QR", "Apple", "Google", "Wallet"}
"""Words that are the same in every language: names of products."""
BUILT = {
    "ticket-": "web/templates/pass.html",
    "pass-": "hub/wallet/apple/pass_json.py",
    "unpaid-": "hub/tickets/pricing.py",
    "report-row-": "handlers/pages/report.py",
    "field-": "web/static/admin/field_problem.js",
    "mend-": "web/static/admin/field_problem.js",
    "kind-": "web/static/admin/kinds_field.js",
    "kinds-": "web/templates/admin/kinds.html",
    "letters-": "web/static/admin/deliveries.js",
    "keys-may-": "web/static/admin/keys.js",
    "keys-tick-": "web/templates/admin/keys.html",
    "users-role-": "web/static/admin/users.js",
    "passes-": "web/static/admin/wallet_detail.js",
    "practice-shows-": "web/static/admin/practice_detail.js",
    "import-change-": "web/static/admin/imports.js",
    "import-choice-": "web/static/admin/import_choices.js",
    "import-column-": "web/static/admin/sheet.js",
    "import-means-": "web/static/admin/imports.js",
    "import-past-": "web/static/admin/past_import.js",
    "import-separator-": "web/static/admin/imports.js",
    "import-why-": "web/static/admin/imports.js",
    "csv-": "hub/formats/csv_heads.py",
    "job-": "web/static/admin/running.js",
    "check-": "web/static/admin/checks.js",
    "checks-": "web/static/admin/checks.js",
    "aspect-": "web/static/admin/checks.js",
    "live-": "web/static/admin/running.js",
    "running-": "web/static/admin/running.js",
    "wallet-": "web/static/admin/running.js",
    "database-": "web/static/admin/running.js",
    "certificate-": "web/static/admin/running.js",
    "proxy-": "web/static/admin/running.js",
    "schedule-": "web/static/admin/schedule.js",
    "held-": "web/static/admin/device_held.js",
    "nav-": "web/static/admin/event_nav.js",
    "admin-ticket-": "web/static/admin/ticket_detail.js",
    "admin-reservation-did-": "web/static/admin/reservation_detail.js",
    "tickets-ask-": "web/static/admin/ticket_batch.js",
    "tickets-all-": "web/static/admin/ticket_all.js",
    "tickets-by-": "web/templates/admin/tickets.html",
    "history-": "web/static/admin/history.js",
    "payment-method-": "web/static/admin/payment.js",
    "payment-by-": "web/static/admin/payment.js",
}
"""Beginnings of ids that are put together while the program runs, and where."""
BOUNDS = "problem-field-"
"""Bounds of fields, which `hub/validation.py` puts together of two parts."""
CALL = re.compile(r"\b(?:say|rich)\(\s*(\"[^\"]+\"|'[^']+')")
LETTERS = re.compile(r"[^\W\d_]{2,}")
TORNADO = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
CONSTANT = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
FILLED = re.compile(r"\$\{[^}]*\}")
SPOKEN_OF = re.compile(r"[A-Z][a-z]+(?:[ .,:!?].*)?|.*[A-Za-z]{2,}[.,:!?]? [A-Za-z]+[.!?]", re.DOTALL)
"""A text for people: a word that begins as a sentence does, or words that end as one."""
NO_TEXTS = {"Enter", "Escape", "Tab", "Home", "End", "Link", "Scan Hub"}
"""Constants that look like a text: names of keys, headers and this product."""
WIRE_LABELS = {"Valid and not scanned", "Valid and scanned", "Not paid", "Guest"}
"""Labels of states that the scan API fixes in English, and the hub's name of guests who gave none."""
SAYS = '/say.js"'
IMPORT = re.compile(r'(?:from|import|import\()\s*"(\.[^"]+)"')
SPOKEN = re.compile(r"\b(?:alt|aria-label|title|placeholder)=\"([^\"]*)\"")


# --- the catalogues and the program ----------------------------------------------------------------------------------


def converted_templates() -> list[Path]:
    """Return the templates whose texts are in the catalogues."""
    pages = {path: str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html"))}
    return [*(path for path, name in pages.items() if not name.startswith(NOT_YET)), *sorted(MAILS.iterdir())]


def converted_scripts() -> list[Path]:
    """Return the scripts of pages whose texts are in the catalogues."""
    return [path for path in sorted(SCRIPTS.rglob("*.js")) if _is_converted(path)]


def _is_converted(path: Path) -> bool:
    is_listed = str(path.relative_to(SCRIPTS)).startswith(SCRIPTS_NOT_YET)
    return not is_listed or SAYS in path.read_text("utf-8")


def sources() -> Iterator[Path]:
    """Yield what may say a message: templates, mails and the program."""
    yield from TEMPLATES.rglob("*.html")
    yield from MAILS.iterdir()
    yield from SCRIPTS.rglob("*.js")
    for top in ("hub", "handlers", "jobs", "store"):
        yield from (ROOT / top).rglob("*.py")


def check_uses() -> Iterator[str]:
    """Yield ids that are said and are not in the English catalogue, and those that nothing says."""
    known = messages_of(SOURCE)
    texts = {path: path.read_text("utf-8") for path in sources()}
    said = {match[1].strip("\"'"): path for path, text in texts.items() for match in CALL.finditer(text)}
    everything = "\n".join(texts.values())
    for name, path in said.items():
        is_built = name in BUILT or name == "unpaid"
        is_of_a_table = "." in name and f'"{name}":' in everything
        if name not in known and not is_built and not is_of_a_table:
            yield f"{path.relative_to(ROOT)}: says {name}, which is in no catalogue"
    declared = [each for path in declaring_scripts() for said in said_in(texts[path]) for each in said.ids]
    for name, facts in known.items():
        is_problem = name.startswith("problem-")
        is_said = max(facts.texts, key=len).strip() in everything if is_problem else f'"{name}"' in everything
        is_said |= name in declared or name.startswith(tuple(each[:-1] for each in declared if each.endswith("*")))
        is_said |= name.startswith(tuple(BUILT)) or (name.startswith(BOUNDS) and bool(facts.variables))
        if not is_said:
            yield f"{name} is said nowhere"


def check_said() -> Iterator[str]:
    """Yield ids that scripts say or declare and no catalogue has, and those that they build without a list."""
    known = messages_of(SOURCE).keys()
    for path in declaring_scripts():
        for said in said_in(path.read_text("utf-8")):
            name = path.relative_to(ROOT)
            if said.wrong:
                yield f"{name}: {said.wrong}"
            yield from (
                f"{name}: says {each}, which is in no catalogue" for each in said.ids if not _is_in(each, known)
            )


def declaring_scripts() -> Iterator[Path]:
    """Yield the scripts that declare the ids they build: all but the administration's, see `BUILT`."""
    for path in sorted(SCRIPTS.rglob("*.js")):
        is_admins = path.is_relative_to(SCRIPTS / "admin")
        if SAYS in path.read_text("utf-8") and not is_admins:
            yield path


def _is_in(declared: str, known: Collection[str]) -> bool:
    if declared.endswith("*"):
        return any(each.startswith(declared[:-1]) for each in known)
    return declared in known


def check_templates() -> Iterator[str]:
    """Yield texts that stand in a converted template itself."""
    for path in converted_templates():
        for text in texts_in(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}: {text!r} is in no catalogue"


def check_scripts() -> Iterator[str]:
    """Yield texts that stand in a converted script itself."""
    for path in converted_scripts():
        for text in texts_in_script(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}: {text!r} is in no catalogue"


def texts_in_script(script: str) -> list[str]:
    """Return the texts for people that a script holds itself."""
    found = [FILLED.sub("", "".join(each)).strip() for each in CONSTANT.findall(COMMENT.sub("", script))]
    return [text for text in found if SPOKEN_OF.fullmatch(text) and text not in NO_TEXTS | WIRE_LABELS]


def check_pages() -> Iterator[str]:
    """Yield what the scripts of a page say and the catalogues that it loads have not."""
    files = {tag_file: set(_ids_of(text)) for tag_file, text in texts_of(SOURCE).items()}
    declaring = set(declaring_scripts())
    for main, catalogues in pages_with_scripts():
        known = {name for each in catalogues for name in files[f"{each}.ftl"]}
        for path in sorted(modules_of(SCRIPTS / main)):
            text = path.read_text("utf-8")
            said = {name for match in CALL.finditer(text) if "." not in (name := match[1].strip('"'))}
            if path in declaring:
                said |= {name for each in said_in(text) for name in each.ids}
            missing = [name for name in sorted(said) if not _is_in(name, known)]
            yield from (f"{main}: {path.name} says {name}, which its page does not load" for name in missing)


def _ids_of(text: str) -> Iterator[str]:
    body = FluentParser(with_spans=False).parse(text).body
    return (entry.id.name for entry in body if isinstance(entry, Message))


def pages_with_scripts() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the main script of each page that loads catalogues, and their names."""
    yield "dashboard/main.js", dashboard.CATALOGUES
    yield "relay/main.js", relay.CATALOGUES
    yield "relay/strip.js", (*dashboard.CATALOGUES, *dashboard.RELAYS)
    yield "scanner/main.js", (*scanner.CATALOGUES, scanner.AT_DOOR)
    for section in (*admin.SECTIONS.values(), *admin.DETAILS.values()):
        catalogues = (*admin.CATALOGUES, *section.catalogues)
        yield from ((f"admin/{name}.js", catalogues) for name in ("frame", section.page))


def modules_of(main: Path) -> set[Path]:
    """Return a script with all that it imports."""
    found, ahead = set(), [main]
    while ahead:
        path = ahead.pop()
        if path not in found:
            found.add(path)
            ahead += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text("utf-8"))]
    return found


def texts_in(template: str) -> list[str]:
    """Return the texts that a template holds itself: between tags, in what is read out, and in its expressions."""
    constants = [text for part in TORNADO.findall(template) for text in _constants_of(part)]
    bare = TORNADO.sub(" ", template)
    between = TAG.sub("\n", re.sub(r"<(style|script)\b.*?</\1>", "", bare, flags=re.DOTALL)).split("\n")
    found = [*constants, *between, *SPOKEN.findall(bare)]
    texts = [text.strip() for text in found if not text.strip().startswith("#")]
    return [text for text in texts if any(word not in NAMES for word in LETTERS.findall(text))]


def _constants_of(part: str) -> Iterator[str]:
    """Yield the texts of an expression that are sentences: constants with a space between words."""
    for text in re.findall(r"\"([^\"]*)\"|'([^']*)'", part):
        whole = text[0] or text[1]
        if re.search(r"[^\W\d_]{2,} [^\W\d_]", whole) and "<" not in whole:
            yield whole


def problems() -> list[str]:
    """Return all that is wrong."""
    return [
        *check_languages(),
        *check_glossaries(),
        *check_english(),
        *check_uses(),
        *check_said(),
        *check_templates(),
        *check_scripts(),
        *check_pages(),
        *check_errors(),
        *check_literals(),
    ]


def main() -> int:
    """Print what is wrong; return 1 where something is."""
    found = problems()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
