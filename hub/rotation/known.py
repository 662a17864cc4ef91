"""Secrets that this host knows: of its settings, and of the file in its data folder, one a line."""

from collections.abc import Iterable
from pathlib import Path

from hub.settings import Settings
from store.private_file import write_private

FILE = "hub-secret"


def secret_file(settings: Settings) -> Path:
    """Return the path of the file that holds secrets, whether it is there or not."""
    return settings.data / FILE


def known_secrets(settings: Settings) -> list[str]:
    """Return the secrets of `HUB_SECRET`, `HUB_OTHER_SECRETS` and the file, each once, in this order."""
    given = [settings.secret, *settings.other_secrets, *secrets_in_file(settings)]
    return list(dict.fromkeys(each for each in given if each))


def secrets_in_file(settings: Settings) -> list[str]:
    """Return the lines of the file that are not empty; none where there is no file."""
    try:
        text = secret_file(settings).read_text()
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]


def write_secrets(settings: Settings, secrets: Iterable[str]) -> None:
    """Write the file, whole or not at all, for its owner alone."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(secret_file(settings), "\n".join(secrets))
