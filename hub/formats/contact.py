"""Contact data: which e-mail addresses, phone numbers and names are accepted. Pure."""

import re

PHONE = re.compile(r"[0-9+\-(). ]{3,20}", re.ASCII)


ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
"""What HTML takes for a mail address (WHATWG, valid e-mail address), with a dot in its domain."""


LONGEST_ADDRESS = 254


def is_name(text: str) -> bool:
    """Tell whether `text` can be somebody's name: of 1 to 100 characters, none of which steers a page or a printer."""
    return 1 <= len(text) <= 100 and text.isprintable()


def is_address(text: str) -> bool:
    """Tell whether `text` looks like a mail address; whether there is such a box, only mail can tell."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None
