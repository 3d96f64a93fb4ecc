"""What is not allowed in seuranta.toml is named by its key, with what is allowed there."""

import re
from pathlib import Path

import pytest

from generator.domain.base.settings import Language
from generator.errors import SettingsError
from generator.workspace.settings_file import parse_settings
from tests.builders import EXAMPLE

TEXT = (EXAMPLE / "seuranta.toml").read_text(encoding="utf-8")
PATH = Path("seuranta.toml")


def with_line(name: str, line: str) -> str:
    text, count = re.subn(rf"(?m)^(# )?{name} = .*$", lambda _: line, TEXT, count=1)
    assert count == 1
    return text


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (with_line("municipality", ""), "municipality: –", "municipality: "),
        (with_line("municipality", 'municipality = "Hav\\u0007"'), "municipality: ", "without control characters"),
        (with_line("rollup", 'rollup = "mean"'), "rollup: mean", "'median', 'lowest' or 'none'"),
        (with_line("extracts", 'extracts = ["whole"]'), "extracts.1: whole", "'officer' or 'division'"),
        (with_line("pdf", "pdf = 1"), "pdf: 1", "boolean"),
        (f"colour = 1\n{TEXT}", "colour: 1", "municipality, organ, languages"),
        (TEXT.replace("[period]", '[period]\nfoo = "x"'), "period.foo: x", "id, label, end, deadline"),
        (f'{TEXT}\n[names.sv]\nfoo = "x"\n', "names.sv.foo: x", "names.sv.foo: municipality, organ, period"),
        (f'{TEXT}\n[names.de]\norgan = "x"\n', "names.de: de", "'fi', 'sv' or 'en'"),
    ],
)
def test_what_is_not_allowed_is_named_by_its_key(text: str, key: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(text, PATH)
    assert f"  {key}" in str(refused.value)
    assert allowed in refused.value.advice.format(**refused.value.values)


def test_names_in_another_language_are_those_given_and_otherwise_the_municipalitys_own() -> None:
    settings = parse_settings(f'{TEXT}\n[names.sv]\nmunicipality = "Havulax"\nperiod = "våren"\n', PATH)
    municipality, organ, period = settings.names_in(Language.SWEDISH)
    assert (municipality, organ, period.label) == ("Havulax", settings.organ, "våren")
    assert settings.names_in(Language.ENGLISH) == (settings.municipality, settings.organ, settings.period)
