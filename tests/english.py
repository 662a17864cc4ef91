"""English words in what is said in another language: by the words of the catalogues, and the glossaries' `same`.

`python -m tests.english it` prints the words that a language's catalogues share with the English ones.
"""

import re
import sys
from functools import cache

from hub.language.catalogue import SOURCE, tags, texts_of
from tests.catalogue_glossary import same_words
from tests.catalogue_languages import files_of

TRANSLATED = [tag for tag in tags() if tag != SOURCE and texts_of(tag).keys() >= texts_of(SOURCE).keys()]
"""The languages beside English that are whole: one of which files are missing is said in English there."""
WORD = re.compile(r"[^\W\d_]{2,}")
OFTEN = {"Do", "Die", "den", "on", "no", "In", "in", "me", "a", "as", "at", "is", "so", "To", "to"}
"""Words of other languages that are English ones, too."""
NOT_WORDS = re.compile(
    r"<[^>]+>|\b[A-Z]+_\w+(?:=\w+)?|\bhttps?://\S+|`[^`]*`|\S+@\S+|--[\w-]+|/\w+(?:/\w+)+|\.\.\./\w+|\.\w+\b|\bstate=|"
    r"\brun\.py(?: [a-z-]+)+|\bchmod \d+|timedatectl set-ntp true|certbot renew|ulimit -n|LimitNOFILE|fullchain\.pem"
)
"""What is typed as it stands: markup, settings, addresses, commands, names of files."""


def words_in(text: str) -> set[str]:
    """Return the words of a text, without what is typed as it stands."""
    return {word.casefold() for word in WORD.findall(NOT_WORDS.sub(" ", text))}


@cache
def words_of(tag: str, files: str = "") -> set[str]:
    """Return the words of a language's messages, in the files whose names begin so."""
    messages = [each for file, each in files_of(tag).items() if file.startswith(files)]
    return {word for each in messages for facts in each.values() for text in facts.texts for word in words_in(text)}


@cache
def english_words(tag: str) -> set[str]:
    """Return the words of the English catalogue that are none of a language's: where its glossary has no `same`, all
    that its own catalogues say are.
    """
    return words_of(SOURCE) - same_words(SOURCE) - (same_words(tag) or words_of(tag))


def english_words_in(tag: str, text: str) -> set[str]:
    """Return the English words of a text in a language."""
    return {word for word in WORD.findall(NOT_WORDS.sub(" ", text)) if word.casefold() in english_words(tag)} - OFTEN


if __name__ == "__main__":
    print(" ".join(sorted(words_of(SOURCE) & words_of(sys.argv[1]) - same_words(SOURCE))))
