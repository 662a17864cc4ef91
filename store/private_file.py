"""Private files that only their owner may read: keys, passwords, secrets."""

import os
from collections.abc import Callable
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Return the text kept in `path`; where there is none yet, keep the result of `make`, mode 600."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        text = make()
        write_private(path, text)
        return text


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path`, mode 600, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(descriptor)
    draft.replace(path)
