"""Options of `run.py serve`: the settings of `hub/settings.py` that are marked, each with its help and default."""

from collections.abc import Callable
from typing import Any

import click

from hub.settings import Option, Settings

Function = Callable[..., Any]


def settings_options(command: Function) -> Function:
    """Decorate a click command with the options; each not given is None, so that its variable counts."""
    for option in reversed(Settings.options()):
        command = _decorator(option)(command)
    return command


def _decorator(option: Option) -> Callable[[Function], Function]:
    name = f"--{option.field.replace('_', '-')}"
    default = f"  [default: {option.default}]" if option.default else ""
    if option.is_flag:
        return click.option(name, is_flag=True, default=None, help=option.description)
    return click.option(name, help=option.description + default)
