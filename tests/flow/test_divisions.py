"""Extracts of divisions: headed with the division's own organ, case number and date, never with the council's."""

from pathlib import Path

import pytest
from docx import Document

from generator.workspace.folders import Workspace, open_workspace
from tests.workspaces import change_settings, command, make_workspace_with_forms

CASE = "HAV/1/2026"
DIVISION = "Konsernipalvelut"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    make_workspace_with_forms(tmp_path)
    return change_settings(tmp_path, case_number=CASE, extracts=["division", "officer"])


def add_divisions(workspace: Workspace, text: str) -> None:
    path = workspace.root / "seuranta.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[[divisions]]\n{text}\n", encoding="utf-8")


def head(workspace: Workspace, name: str) -> str:
    """All that stands above the first heading of goals, and in the page's header."""
    assert command(workspace.root, "run").code == 0
    document = Document(str(next(workspace.outbox.rglob(f"*{name}-LUONNOS.docx"))))
    return "\n".join(
        paragraph.text for paragraph in (*document.paragraphs[:8], *document.sections[0].header.paragraphs)
    )


def test_an_extract_names_no_organ_and_no_case_number_of_others(workspace: Workspace) -> None:
    said = head(workspace, DIVISION)
    assert workspace.settings.organ not in said and CASE not in said
    assert f"{workspace.settings.municipality}, {DIVISION}" in said
    assert f"{workspace.settings.municipality}, {workspace.settings.organ}" in head(workspace, "raportti-2026-1")


def test_a_division_has_its_own_organ_case_number_and_date(workspace: Workspace) -> None:
    add_divisions(
        workspace,
        f'name = "{DIVISION.upper()}"\norgan = "Kunnanhallitus"\ncase_number = "KH/7/2026"\ndate = 2026-09-01',
    )
    said = head(workspace, DIVISION)
    assert f"{workspace.settings.municipality}, Kunnanhallitus" in said
    assert "KH/7/2026" in said and CASE not in said and "1.9.2026" in said
    other = head(workspace, "2026-1-Sivistys")
    assert "Kunnanhallitus" not in other and "KH/7/2026" not in other


def test_a_division_that_the_plan_lacks_is_asked_about(workspace: Workspace) -> None:
    add_divisions(workspace, 'name = "Konsernipalvelu"\norgan = "Kunnanhallitus"')
    answered = command(workspace.root, "plan", "check", "--json")
    asked = [finding for finding in answered.json["findings"] if finding["rule"] == "plan-division-unknown"]
    assert [finding["value"] for finding in asked] == ["Konsernipalvelu"]


@pytest.mark.parametrize("text", ["", 'organ = "Kunnanhallitus"', 'name = "X"\nday = 2026-09-01'])
def test_a_division_without_its_name_or_with_an_unknown_key_is_refused(workspace: Workspace, text: str) -> None:
    add_divisions(workspace, text)
    answered = command(workspace.root, "run")
    assert answered.code == 2 and "divisions.1" in answered.err


def test_a_division_of_the_settings_is_read(workspace: Workspace) -> None:
    add_divisions(workspace, f'name = "{DIVISION}"')
    division = open_workspace(workspace.root).settings.division(DIVISION)
    assert (division.name, division.organ, division.case_number, division.date) == (DIVISION, "", "", None)
