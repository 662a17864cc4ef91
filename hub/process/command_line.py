"""Basis of the commands: settings and keys that they begin with, how they end, and how a person calls them."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click
import structlog

from hub.process.logs import configure_logs
from hub.setting_checks import SettingsError
from hub.settings import Settings, log_form


def own_command() -> str:
    """Return the start of a command: `scan-hub` where the hub is installed, `run.py` by its Python in a checkout."""
    return ".venv/bin/python run.py" if Path(sys.argv[0]).name == "run.py" else "scan-hub"


def settings_of(options: dict[str, Any]) -> Settings:
    """Read the settings, with the logs in the form that they ask for; wrong ones end the program."""
    form = log_form(options)
    configure_logs(form)
    try:
        return Settings.load(options)
    except SettingsError as error:
        refuse(error, code=2, form=form)


def admin_key_of(settings: Settings) -> str:
    """Return the administrator's key: the one that is set, else the one in the data folder; without one, end."""
    kept = settings.data / "admin-key"
    if settings.admin_key is None and not kept.exists():
        refuse(f"there is no {kept}: give --admin-key", code=2)
    return settings.admin_key or kept.read_text().strip()


def refuse(reason: object, *, code: int, form: str = "text") -> NoReturn:
    """End the program with a reason in one line, and an exit code."""
    if form == "json":
        structlog.get_logger("run").critical("the hub ends", reason=str(reason))
    else:
        click.echo(f"scan-hub: {reason}", err=True)
    sys.exit(code)
