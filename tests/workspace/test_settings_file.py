"""What the settings mean; their faults are in `test_settings_faults.py`."""

from pathlib import Path

from generator.domain.base.settings import Language
from generator.workspace.settings_file import parse_settings
from tests.builders import EXAMPLE

TEXT = (EXAMPLE / "seuranta.toml").read_text(encoding="utf-8")
PATH = Path("seuranta.toml")


def test_names_in_another_language_are_those_given_and_otherwise_the_municipalitys_own() -> None:
    settings = parse_settings(f'{TEXT}\n[names.sv]\nmunicipality = "Havulax"\nperiod = "våren"\n', PATH)
    municipality, organ, period = settings.names_in(Language.SWEDISH)
    assert (municipality, organ, period.label) == ("Havulax", settings.organ, "våren")
    assert settings.names_in(Language.ENGLISH) == (settings.municipality, settings.organ, settings.period)
