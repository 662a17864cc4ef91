"""Name search: names and answers as folded words, lower case and without accents; "Søren" is found by "soren". Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

MOST_WORDS = 10
"""How many words may be looked for at once: each costs the database a look at every name."""
MOST_ANSWER_WORDS = 200
"""Words by which one ticket's answers are found: each is a key of an index."""
WITHOUT_JOINERS = {0x200C: None, 0x200D: None}
"""A name with joiners is found with them, without them, and by its parts."""
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart."""


def words_of(*names: str | None) -> list[str]:
    """Return the words of `names`, folded, each once, in the order they stand."""
    text = _fold(" ".join(name for name in names if name))
    joined = text.translate(WITHOUT_JOINERS)
    found = re.findall(r"[^\W_]+", text) + (re.findall(r"[^\W_]+", joined) if joined != text else [])
    return list(dict.fromkeys(found))


def answer_words(answers: Iterable[str]) -> list[str]:
    """Return the words of answers given at booking, folded: the first 200."""
    return words_of(*answers)[:MOST_ANSWER_WORDS]


def begin_words(typed: Sequence[str], name: str) -> bool:
    """Return whether each of the folded words `typed` begins a word of `name`."""
    words = words_of(name)
    return all(any(word.startswith(each) for word in words) for each in typed)


def _fold(text: str) -> str:
    # Taking apart may bring forth letters that have a case yet: a mathematical bold A is an A.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each) and each != "\u00ad")
    return bare.translate(LETTERS)
