"""Check of the message catalogues for English words left in a language that lists those it shares (`same`)."""

from collections.abc import Iterator

from hub.language.catalogue import SOURCE, tags
from tests.catalogue_glossary import NAME, same_words
from tests.catalogue_languages import files_of
from tests.english import english_words_in


def check_english() -> Iterator[str]:
    """Yield the English words in each language's messages."""
    for tag in (each for each in tags() if each != SOURCE and same_words(each)):
        for file, messages in files_of(tag).items():
            for name, facts in messages.items():
                for word in sorted(english_words_in(tag, " ".join(facts.texts))):
                    yield f"{tag}/{file}: {name}: {word} is English; if it is yours, too, it goes under same in {NAME}"
