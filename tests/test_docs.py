"""The documentation says what the code does: generated pages are fresh, links lead somewhere, commands exist."""

import re
from pathlib import Path

import pytest

from generator.formats.docx.fields import list_fields
from generator.workspace.settings_file import SettingsTable, read_settings
from tests.builders import EXAMPLE, ROOT
from tools.build_docs import PAGES

PAGES_OF_PEOPLE = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_gives(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "run: python tools/build_docs.py"


@pytest.mark.parametrize("page", PAGES_OF_PEOPLE, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", ["mallipohjan-tekijalle.md", "for-mallens-forfattare.md", "templates.md"])
def test_every_tag_of_the_authors_pages_names_a_field(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = {*re.findall(r"\{\{[pr]? +([\w.]+) +\}\}", text), *re.findall(r"for \w+ in ([\w.]+) %\}", text)}
    known = {field.name for field in list_fields()}
    rows = {name.replace("section.goal.", "row.") for name in named}
    assert rows - known == set() and len(named) > 5


def test_the_blank_settings_are_the_examples_but_for_what_is_the_municipalitys_own() -> None:
    """Both files carry the same comments and keys, so neither can fall behind."""

    def shape(path: Path) -> list[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line if line.startswith("#") and "=" not in line else line.split("=")[0].lstrip("# ") for line in lines]

    assert shape(EXAMPLE / "seuranta.toml") == shape(ROOT / "generator" / "starter.toml")
    read_settings(ROOT / "generator" / "starter.toml")


def test_every_setting_stands_in_the_file_with_a_comment_of_its_own() -> None:
    text = (EXAMPLE / "seuranta.toml").read_text(encoding="utf-8")
    for key in SettingsTable.model_fields:
        assert re.search(rf"(?m)^(#[^\n]*\n)+(?:[a-z_]+ = .*\n)?(?:# )?(\[?\[?{key}\]?\]?|{key} = )", text), key
