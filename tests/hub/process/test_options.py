"""The help of `serve`: it names every setting there is."""

import re

import msgspec
import pytest
from click.testing import CliRunner

from hub.live_limits import LiveLimits
from hub.process.options import descriptions, variables
from hub.settings import Settings
from run import main

FIELDS = [
    field for kind in (Settings, LiveLimits) for field in msgspec.structs.fields(kind) if field.type is not LiveLimits
]


@pytest.fixture(scope="module")
def shown() -> str:
    result = CliRunner().invoke(main, ["serve", "--help"])
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_help_names_each_setting(shown: str, field: msgspec.structs.FieldInfo) -> None:
    option = f"--{field.name.replace('_', '-')}"
    assert re.search(rf"^  ({option}|HUB_{field.name.upper()})\b", shown, re.MULTILINE)


def test_setting_is_an_option_or_a_variable_and_never_both() -> None:
    alone = {name for name, _ in variables()}
    options = {f"HUB_{option.field.upper()}" for option in Settings.options()}
    assert not alone & options and len(alone | options) == len(FIELDS)


def test_variable_is_shown_with_the_sentence_under_it_and_its_default() -> None:
    texts = dict(variables())
    assert texts["HUB_DELIVERIES_DAYS"].endswith("is kept on record.  [default: 30]")
    assert texts["HUB_PING_S"] == "[default: 20.0]"
    assert texts["HUB_SMTP_USER"] == "[not set]"
    assert descriptions(LiveLimits)["recheck_s"].startswith("A key may end quietly")
