"""Letters of languages, and the likeness of a word to one of theirs: by these a code page is judged. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

WESTERN: Mapping[str, str] = {
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßéèá",
    "es": "áéíóúüñç",
    "pt": "áàâãçéêíóôõúü",
    "it": "àèéìíîòóùú",
    "ca": "àáçéèíïòóúüñ",
    "gd": "àèéìòóùá",
    "is": "áéíóúýðþæöø",
    "nordic": "æøåäöéèêëóòôüá",
    "et": "äõöüšž",  # and Finnish
    "nl": "áäéèêëíïóöúüûç",
    "cs without carons": "áéíóúýšžäô",
    "en": "éèêëïöôçñ",
}
"""Letters beyond ASCII by language, as Windows-1252, Mac Roman and code page 850 have them."""
EASTERN: Mapping[str, str] = {
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîşţșț",
    "hr": "čćđšž",
    "tr": "âçğıîöşûüi̇",  # noqa: RUF001
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
}
SCRIPTS = frozenset({"GREEK", "CYRILLIC", "HEBREW", "ARABIC", "CJK", "HANGUL"})
LANGUAGES: Mapping[str, frozenset[str]] = {name: frozenset(each) for name, each in {**WESTERN, **EASTERN}.items()}
EVERY = frozenset({*LANGUAGES, *SCRIPTS})
LONGEST_UNIT = 3
"""Letters before a small number, at most: m², cm³."""
NO_LETTERS = str.maketrans("", "", "ªºµ")
BEFORE_NO_E = re.compile(r"õ(?!e)", re.I)
"""An õ as Portuguese has none: Estonian, or a Hungarian ő."""
OPENING, CLOSING = "«“„‘’¡¿–—…·•€§©®™°´`'-", "»”“’‘°™®©…–—·•€´`'-"  # noqa: RUF001
WITHIN = frozenset("’‘´`'·–-")  # noqa: RUF001
LETTERS = re.compile(r"[^\x00-&(-,./0-@[-_{-\x7f\s]+")
"""Parts of a text between separators: letters of any kind, with the signs that stand at or within words."""
VOWELS = "aeiouyáéíóúýàèìòùâêîôûäëïöüåæø"
CONSONANT = "[b-df-hj-np-tv-xz]"
SQUEEZED = re.compile(
    rf"{CONSONANT}[čďěňřťľĺŕůń]{CONSONANT}|^[čďňřťľĺŕń]{CONSONANT}{{2}}|[{VOWELS}][øèìù][{VOWELS}]", re.I
)
"""A consonant with a caron between two others, or a vowel with an accent between two others: read by a wrong page."""
NO_TEXT = re.compile(r"[\x80-\x9f\ufffd]")
CROWDED = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŸŽž]{3}")


def languages_of(text: str) -> frozenset[str]:
    """Return the languages and scripts that a text may be a word of; all of them for signs and ASCII alone."""
    found = EVERY
    for part in LETTERS.findall(text):
        if not part.isascii():
            found &= _languages_of_part(part)
    return found


def _languages_of_part(part: str) -> frozenset[str]:
    if len(part) > 1 and NO_TEXT.search(part):
        return frozenset()
    bare = part.lstrip(OPENING)
    word = (bare if len(bare) > LONGEST_UNIT else bare.rstrip("²³¹")).rstrip(CLOSING)
    if not any(each.isalpha() for each in word.translate(NO_LETTERS)):
        return EVERY
    if word[0] in "ªº":
        return frozenset()
    word = word.translate(NO_LETTERS)
    if not all(each.isalpha() or each in WITHIN or unicodedata.category(each) == "Mn" for each in word):
        return frozenset()
    return EVERY if word.isascii() else _languages_of_word(word)


def _languages_of_word(word: str) -> frozenset[str]:
    letters = [each for each in word if each not in WITHIN]
    if any(one.islower() and other.isupper() and not (one + other).isascii() for one, other in pairwise(word)):
        return frozenset()
    scripts = {_script(each) for each in letters}
    if scripts != {"LATIN"}:
        return frozenset(scripts & SCRIPTS) if len(scripts) == 1 else frozenset()
    if SQUEEZED.search(word):
        return frozenset()
    high = {each for each in word.lower() if not each.isascii() and each not in WITHIN}
    found = {name for name, letters_of in LANGUAGES.items() if high <= letters_of}
    if BEFORE_NO_E.search(word):
        found.discard("pt")
    return frozenset(found - WESTERN.keys() if CROWDED.search(word) else found)


def _script(letter: str) -> str:
    """Return the script of a letter, as its name in Unicode begins."""
    if "\uff61" <= letter <= "\uff9f":
        return "HALFWIDTH"
    name = unicodedata.name(letter, "?").split()[0]
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC") else name
