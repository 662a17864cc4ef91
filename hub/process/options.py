"""Options of `run.py serve`: the marked settings of `hub/settings.py`, and a list of all others for its help."""

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import click
import msgspec
from typing_extensions import override

from hub.live_limits import LiveLimits
from hub.setting_checks import variable
from hub.settings import Option, Settings, as_text

Function = Callable[..., Any]


class ServeCommand(click.Command):
    """Command whose help names every setting: its options, then those that are variables alone."""

    @override
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the settings that are variables alone, each with what it is and its default."""
        with formatter.section("Settings that are variables alone"):
            formatter.write_dl(list(variables()))


def variables() -> Iterator[tuple[str, str]]:
    """Yield the settings that are no options, by their variable's name, with a description and the default."""
    options = {option.field for option in Settings.options()}
    for kind in (Settings, LiveLimits):
        texts = descriptions(kind)
        for field in msgspec.structs.fields(kind):
            if field.name not in options and field.type is not LiveLimits:
                default = f"[default: {text}]" if (text := as_text(field.default)) else ""
                yield variable(field.name), f"{texts.get(field.name, '')}  {default}".strip() or "[not set]"


def descriptions(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return the first sentence of the text under each field, as the class is written."""
    (struct,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(struct, ast.ClassDef)
    found = {}
    for field, text in zip(struct.body, struct.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            sentence = " ".join(str(text.value.value).split()).partition(". ")[0]
            found[ast.unparse(field.target)] = sentence.removesuffix(".") + "."
    return found


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
