"""A Word template for a language: what its reports say, what happens when it is at fault, and what the check asks."""

import json
from pathlib import Path

import pytest
from docx import Document

from generator.app.run import run as run_once
from generator.app.status import current_status
from generator.domain.base.settings import Language
from generator.workspace.folders import Workspace
from generator.workspace.templates import TemplateFile, own_path, template_file
from tests.flow.test_pass import clock
from tests.formats.docx.reports import edited
from tests.workspaces import change_settings, command, make_workspace

FOREWORD = "Alkusanat vain suomeksi."
SWEDISH_FOREWORD = "Förord bara på svenska."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path, languages=["fi", "sv", "en"], extracts=[])
    made.template.write_bytes(edited("{{ closing }}", f"{{{{ closing }}}} {FOREWORD}"))
    return made


def give_swedish(workspace: Workspace, words: str = SWEDISH_FOREWORD) -> Path:
    """Gives Swedish a template of its own, with these words below the report."""
    own = own_path(workspace, Language.SWEDISH)
    own.write_bytes(edited("{{ closing }}", f"{{{{ closing }}}} {words}"))
    return own


def texts(workspace: Workspace) -> dict[str, str]:
    """The last paragraph of each whole report, by language."""
    return {language: last_text(path_of(workspace, language)) for language in ("fi", "sv", "en")}


def path_of(workspace: Workspace, language: str) -> Path:
    stem = f"seurantaraportti-{workspace.settings.period.id}"
    if language == "fi":
        return workspace.outbox / f"{stem}-LUONNOS.docx"
    return workspace.outbox / "kieliversiot" / f"{stem}-{language}-LUONNOS.docx"


def last_text(path: Path) -> str:
    return Document(str(path)).paragraphs[-1].text


def test_each_language_is_printed_with_its_own_template(workspace: Workspace) -> None:
    run_once(workspace.root, clock())
    assert all(text.endswith(FOREWORD) for text in texts(workspace).values())
    before = path_of(workspace, "fi").read_bytes(), path_of(workspace, "en").read_bytes()
    own = give_swedish(workspace)
    run_once(workspace.root, clock())
    assert texts(workspace)["sv"].endswith(SWEDISH_FOREWORD) and FOREWORD not in texts(workspace)["sv"]
    assert (path_of(workspace, "fi").read_bytes(), path_of(workspace, "en").read_bytes()) == before
    own.unlink()
    run_once(workspace.root, clock())
    assert texts(workspace)["sv"].endswith(FOREWORD)


def test_a_template_at_fault_stops_only_its_language(workspace: Workspace) -> None:
    own = give_swedish(workspace)
    run_once(workspace.root, clock())
    last_good = path_of(workspace, "sv").read_bytes()
    own.write_bytes(edited("{{ closing }}", "{{ closnig }}"))
    workspace.template.write_bytes(edited("{{ closing }}", "{{ closing }} Kiitos."))
    assert any(str(own.name) in problem.place for problem in current_status(workspace.root).problems)
    result = run_once(workspace.root, clock())
    assert [own.name in problem.place for problem in result.problems if "docx" in problem.place] == [True]
    assert texts(workspace)["fi"].endswith("Kiitos.") and path_of(workspace, "sv").read_bytes() == last_good


@pytest.mark.parametrize("asked", [("finalize", "--because", "Kokous."), ("report", "--lang", "sv")])
def test_a_command_that_a_template_stops_says_which_one_it_is(workspace: Workspace, asked: tuple[str, ...]) -> None:
    own = give_swedish(workspace)
    own.write_bytes(edited("{{ closing }}", "{{ closnig }}"))
    told = command(workspace.root, *asked)
    assert told.code == 3 and told.err.count("report.sv.docx: ") == 1 and "closnig" in told.err


def test_a_template_that_cannot_be_read_is_not_replaced_by_the_common_one(workspace: Workspace) -> None:
    own_path(workspace, Language.SWEDISH).mkdir()
    result = run_once(workspace.root, clock())
    assert not path_of(workspace, "sv").exists() and path_of(workspace, "fi").exists()
    assert [problem.place for problem in result.problems if "report.sv.docx" in problem.place] != []


def test_the_check_reads_each_template_and_asks_about_words_that_go_into_several_languages(
    workspace: Workspace,
) -> None:
    told = command(workspace.root, "template", "check", "--lang", "en")
    assert told.code == 0 and f"(fi, sv, en): {{{{ closing }}}} {FOREWORD}" in told.out
    give_swedish(workspace)
    told = command(workspace.root, "template", "check", "--lang", "en")
    assert told.code == 0 and f"(fi, en): {{{{ closing }}}} {FOREWORD}" in told.out
    assert "templates/report.sv.docx: nothing to mend was found" in told.out.replace("\\", "/")
    own_path(workspace, Language.ENGLISH).write_bytes(workspace.template.read_bytes())
    told = command(workspace.root, "template", "check", "--lang", "en")
    assert told.out.count("nothing to mend was found") == 3


def test_the_check_fails_by_any_of_the_templates(workspace: Workspace) -> None:
    own = give_swedish(workspace)
    own.write_bytes(edited("{{ closing }}", "{{ closnig }}"))
    assert command(workspace.root, "template", "check").code == 1
    assert command(workspace.root, "template", "check", str(workspace.template)).code == 0


@pytest.mark.parametrize("name", ["report-sv.docx", "report.se.docx", "Report Ruotsi.docx", "report_(SV).docx"])
def test_a_template_whose_name_is_not_used_is_told_with_the_right_one(workspace: Workspace, name: str) -> None:
    (workspace.template.parent / name).write_bytes(workspace.template.read_bytes())
    told = command(workspace.root, "template", "check", "--lang", "en")
    assert told.code == 0 and f"{name}: no report uses this file." in told.out and "name it report.sv.docx" in told.out


@pytest.mark.parametrize("name", ["report.sv.docx", "report.kommentit.docx", "report vanha.docx", "~$port.sv.docx"])
def test_other_files_beside_the_template_are_left_unsaid(workspace: Workspace, name: str) -> None:
    (workspace.template.parent / name).write_bytes(workspace.template.read_bytes())
    assert "no report uses" not in command(workspace.root, "template", "check", "--lang", "en").out


@pytest.mark.parametrize("words", ["Havulan kunta", "–", "{{ title }}, {{ date }}", "3 (5)"])
def test_names_and_signs_are_the_same_in_each_language(workspace: Workspace, words: str) -> None:
    workspace.template.write_bytes(edited("{{ closing }}", words))
    assert "(fi, sv, en)" not in command(workspace.root, "template", "check").out


def test_one_language_may_have_any_words(workspace: Workspace) -> None:
    change_settings(workspace.root, languages=["fi"])
    assert FOREWORD not in command(workspace.root, "template", "check").out


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("new.docx", "fi sv en"),
        ("report.sv.docx", "sv"),
        ("report.SV.docx", "sv"),
        ("uusi.en.kommentit.docx", "en"),
        ("report-sv.docx", "fi sv en"),
    ],
)
def test_a_files_name_tells_its_language(workspace: Workspace, name: str, languages: str) -> None:
    path = Path(name)
    wanted = TemplateFile(path, tuple(map(Language, languages.split())))
    assert template_file(workspace, path) == wanted


def test_templates_are_entered_in_the_journal_once_and_when_they_go(workspace: Workspace) -> None:
    own = give_swedish(workspace)
    for _ in "ab":
        run_once(workspace.root, clock())
    own.unlink()
    run_once(workspace.root, clock())
    own = give_swedish(workspace)
    run_once(workspace.root, clock())
    lines = (workspace.state / "archive" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    used = [(each["language"], bool(each["digest"])) for each in records if each["record"] == "template"]
    assert used == [("", True), ("sv", True), ("sv", False), ("sv", True)]
