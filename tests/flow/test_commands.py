"""Each command's words, exit codes and JSON, as the command line gives them."""

from pathlib import Path

import pytest

from generator.cli.start import main
from generator.domain.plan.goals import Goal, Plan
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN, goal
from tests.workspaces import Answered, change_settings, fill, make_workspace


@pytest.fixture
def seuranta(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Seuranta":
    return Seuranta(monkeypatch, capsys)


class Seuranta:
    """The command in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, root: Path, *arguments: str) -> Answered:
        self._monkeypatch.chdir(root)
        self._monkeypatch.setattr("sys.argv", ["seuranta", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return Answered(int(ended.value.code or 0), said.out, said.err)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def test_a_new_workspace_works_at_once(tmp_path: Path, seuranta: Seuranta) -> None:
    made = seuranta(tmp_path, "init", "uusi")
    assert made.code == 0 and "uusi" in made.out
    change_settings(tmp_path / "uusi", pdf=False)
    ran = seuranta(tmp_path / "uusi", "run")
    assert ran.code == 0, ran.err
    assert ran.out.strip().endswith("seurantaraportti-2026-1-LUONNOS.docx")
    empty = seuranta(tmp_path / "uusi", "plan", "check")
    assert empty.code == 1 and "Toteutusohjelmassa ei ole tavoitteita" in empty.out
    again = seuranta(tmp_path, "init", "uusi")
    assert (again.code, again.out) == (4, "")


def test_a_folder_that_is_no_workspace_and_wrong_settings_are_usage_errors(
    tmp_path: Path, workspace: Workspace, seuranta: Seuranta
) -> None:
    lost = seuranta(tmp_path / "inbox", "status")
    assert lost.code == 2 and "seuranta init" in lost.err
    settings = tmp_path / "seuranta.toml"
    text = settings.read_text(encoding="utf-8").replace('rollup = "median"', 'rollup = "average"')
    settings.write_text(text, encoding="utf-8")
    wrong = seuranta(tmp_path, "run")
    assert wrong.code == 2 and 'rollup arvo ei voi olla "average"' in wrong.err and '"lowest"' in wrong.err


def test_forms_are_written_once_and_left_alone_when_touched(workspace: Workspace, seuranta: Seuranta) -> None:
    first = seuranta(workspace.root, "forms")
    assert first.code == 0 and CLERK in first.out and DIRECTOR in first.out
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    again = seuranta(workspace.root, "forms", "--officer", CLERK.upper())
    assert again.code == 0 and CLERK in again.out and DIRECTOR not in again.out
    elsewhere = seuranta(workspace.root, "forms", "--out", "lomakkeet")
    assert elsewhere.code == 0 and (workspace.root / "lomakkeet" / f"{DIRECTOR}.xlsx").exists()
    nobody = seuranta(workspace.root, "forms", "--officer", "Talonmies")
    assert nobody.code == 2 and CLERK in nobody.err


def test_check_changes_nothing_and_says_all(workspace: Workspace, seuranta: Seuranta) -> None:
    seuranta(workspace.root, "forms")
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {"01.01": {"degree": 3, "narrative": "Etenee."}, "01.10": {"degree": 8}})
    before = sorted(path.name for path in workspace.inbox.iterdir())
    text = seuranta(workspace.root, "check", str(form))
    assert text.code == 1 and "01.10" in text.out
    checked = seuranta(workspace.root, "check", str(form), "--json")
    assert checked.code == 1
    (file,) = checked.json
    assert (file["verdict"], file["officer"], file["period"]) == ("needs_correction", CLERK, "2026-1")
    rows = {row["code"]: row for row in file["rows"]}
    assert rows["01.01"]["taken"] and rows["01.01"]["state"] == "degree" and rows["01.01"]["narrative"] == "Etenee."
    assert rows["01.01"]["cells"]["narrative"].split("!")[1].startswith("G")
    assert not rows["01.10"]["taken"] and rows["01.01.01"]["state"] == "not_reported"
    assert file["findings"][0]["severity"] == "error" and file["findings"][0]["advice"]
    assert sorted(path.name for path in workspace.inbox.iterdir()) == before
    assert seuranta(workspace.root, "check", "puuttuu.xlsx").code == 4


def test_check_judges_several_new_files_one_after_the_other(workspace: Workspace, seuranta: Seuranta) -> None:
    seuranta(workspace.root, "forms")
    forms = [workspace.inbox / f"{officer}.xlsx" for officer in (CLERK, DIRECTOR)]
    fill(forms[0], {"01.01": {"degree": 3}, "01.10": {"degree": 2}})
    fill(forms[1], {"01.10": {"degree": 4}})
    copy = workspace.inbox / "kopio.xlsx"
    copy.write_bytes(forms[0].read_bytes())
    fill(copy, {"01.01": {"degree": 5}})
    checked = seuranta(workspace.root, "check", *map(str, (*forms, copy)), "--json")
    assert [file["verdict"] for file in checked.json] == ["accepted", "accepted", "needs_correction"], checked.err
    taken = [{row["code"]: row["degree"] for row in file["rows"] if row["taken"]} for file in checked.json]
    assert taken[:2] == [{"01.01": 3, "01.10": 2}, {"01.10": 4}]
    assert "files-differ" in {finding["rule"] for finding in checked.json[2]["findings"]}


def test_status_tells_who_has_reported(workspace: Workspace, seuranta: Seuranta) -> None:
    before = seuranta(workspace.root, "status")
    assert before.code == 0 and CLERK in before.out
    seuranta(workspace.root, "forms")
    for officer, value in ((CLERK, 2), (DIRECTOR, 4)):
        fill(workspace.inbox / f"{officer}.xlsx", {"01.10": {"degree": value}})
    seuranta(workspace.root, "run")
    stand = seuranta(workspace.root, "status", "--json").json
    assert stand["goals"] == {"expected": 5, "reported": 1, "missing": 4}
    assert [(o["officer"], o["state"], o["reported"]) for o in stand["officers"]] == [
        (CLERK, "partial", 1),
        (DIRECTOR, "partial", 1),
    ]
    (dispute,) = stand["disagreements"]
    assert (dispute["code"], [voice["degree"] for voice in dispute["answers"]]) == ("01.10", [2, 4])
    assert stand["report"]["docx"].endswith("LUONNOS.docx")
    assert "01.10" in seuranta(workspace.root, "status").out


def test_plan_check_gives_one_when_there_are_errors(workspace: Workspace, seuranta: Seuranta) -> None:
    import openpyxl

    book = openpyxl.load_workbook(workspace.plan)
    book.worksheets[0].append([None, 1.02])
    book.save(workspace.plan)
    text = seuranta(workspace.root, "plan", "check")
    assert text.code == 1 and "1.02" in text.out
    checked = seuranta(workspace.root, "plan", "check", "--json")
    assert "plan-code-not-text" in [finding["rule"] for finding in checked.json["findings"]]
    assert seuranta(workspace.root, "run").code == 0


@pytest.mark.parametrize(
    ("goals", "is_in_order"),
    [
        ((goal("01", CLERK),), True),
        ((goal("01"), goal("01.01", CLERK)), True),  # only a note: nobody owns 01
        ((goal("01", f"{CLERK}, {DIRECTOR}"),), False),
    ],
    ids=["nothing", "a note", "a question"],
)
def test_plan_check_says_so_when_nothing_needs_mending(
    tmp_path: Path, seuranta: Seuranta, goals: tuple[Goal, ...], *, is_in_order: bool
) -> None:
    workspace = make_workspace(tmp_path, Plan(goals, PLAN.officers))
    checked = seuranta(workspace.root, "plan", "check")
    assert checked.code == 0 and ("Korjattavaa ei löytynyt." in checked.out) is is_in_order


def test_reports_of_whom_nobody_knows_are_refused(workspace: Workspace, seuranta: Seuranta) -> None:
    assert seuranta(workspace.root, "report", "--officer", "Talonmies").code == 2
    assert seuranta(workspace.root, "report", "--division", "Muu").code == 2
    both = seuranta(workspace.root, "report", "--officer", CLERK, "--division", "Sivistys")
    assert both.code == 2 and "--division" in both.err
    (workspace.root / "oma.docx").write_bytes(b"mine")
    taken = seuranta(workspace.root, "report", "--out", "oma.docx")
    assert taken.code == 4 and (workspace.root / "oma.docx").read_bytes() == b"mine"


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_answers_come_in_the_language_asked_for(workspace: Workspace, seuranta: Seuranta, lang: str) -> None:
    refused = seuranta(workspace.root, "forms", "--officer", "x", "--lang", lang)
    names = {"fi": "Nimet ovat", "sv": "Namnen är", "en": "The names are"}
    assert names[lang] in refused.err
    made = seuranta(workspace.root, "report", "--lang", lang)
    assert made.code == 0 and (workspace.root / made.out.strip()).exists()


def test_status_shows_far_parents_and_the_commands_of_the_secretary_answer(
    workspace: Workspace, seuranta: Seuranta
) -> None:
    seuranta(workspace.root, "forms")
    answers = {code: {"degree": value, "narrative": "Etenee."} for code, value in (("01.01", 4), ("01.01.01", 2))}
    fill(workspace.inbox / f"{CLERK}.xlsx", {**answers, "01.10": {"degree": 2, "narrative": "Etenee."}})
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 3, "narrative": "Etenee."}})
    seuranta(workspace.root, "run")
    shown = seuranta(workspace.root, "status").out
    assert "01.01 Tavoite 01.01: aste 4, alla olevien tavoitteiden mediaani 2" in shown
    stand = seuranta(workspace.root, "status", "--json").json
    assert [(far["code"], far["degree"]) for far in stand["far_parents"]] == [("01.01", 4)]
    assert (stand["replies"], stand["final"]) == ([], None)
    refused = seuranta(workspace.root, "finalize")
    assert refused.code == 1 and "01.10" in refused.out
    assert seuranta(workspace.root, "decide", "02", "--take", DIRECTOR).code == 1
    assert seuranta(workspace.root, "decide", "01.10", "--take", DIRECTOR).code == 0
    final = seuranta(workspace.root, "finalize", "--because", "Valtuusto kokoontuu.")
    assert final.code == 0 and final.out.strip().endswith("seurantaraportti-2026-1.docx")
    assert seuranta(workspace.root, "status", "--json").json["final"]["because"] == "Valtuusto kokoontuu."


def test_the_template_is_checked_and_its_fields_are_listed(workspace: Workspace, seuranta: Seuranta) -> None:
    assert seuranta(workspace.root, "template", "check").code == 0
    assert "{{p row.narrative }}" in seuranta(workspace.root, "template", "fields").out
    (workspace.root / "muistio.docx").write_bytes(b"not a document")
    assert seuranta(workspace.root, "template", "check", "muistio.docx").code == 3
