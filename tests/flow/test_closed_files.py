"""Files of a closed period: what their receipts say, what lies loose in the archive, and what is put back."""

from pathlib import Path
from shutil import copy

import pytest

from generator.domain.output.receipt import receipt_name
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_periods import BECAUSE, FORM, in_inbox, made_final, opened, receipt, run
from tests.workspaces import command, fill, make_workspace_with_forms, put_files

DRAFT = "seurantaraportti-2026-1-LUONNOS.docx"
ANSWER = f"{DIRECTOR}.korjattavaa.xlsx"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The second period has begun; one officer's first save needed correction."""
    put_files(tmp_path, made_final())
    opened(open_workspace(tmp_path))
    workspace = open_workspace(tmp_path)
    run(workspace)
    return workspace


def place(workspace: Workspace, name: str) -> Path:
    return workspace.inbox / "arkisto/2026-1" / name


@pytest.mark.parametrize("name", ["Myöhässä.xlsx", "Hallinto/Myöhässä.xlsx", "arkisto/2026-1/Hallinto/Myöhässä.xlsx"])
def test_the_receipt_of_a_late_save_tells_the_closed_period_and_where_the_file_lies(
    workspace: Workspace, name: str
) -> None:
    late = workspace.inbox / name
    copy(place(workspace, f"Hallinto/{FORM}"), late)
    fill(late, {"01.01": {"degree": 5}})
    run(workspace)
    lies = name if name.startswith("arkisto") else f"arkisto/2026-1/{name}"
    page = receipt(workspace, lies)
    assert (workspace.inbox / lies).exists()
    assert "arkisto/2026-1" in page and "tammi–kesäkuu 2026" in page and "heinä–joulukuu 2026" not in page
    assert "29.1.2027" not in page and f"<td>{name}" not in page


def test_a_file_moved_out_of_the_archive_takes_our_answers_to_it_away(workspace: Workspace) -> None:
    assert place(workspace, ANSWER).exists()
    place(workspace, f"{DIRECTOR}.xlsx").rename(workspace.root / "muualla.xlsx")
    place(workspace, f"Hallinto/{FORM}").unlink()
    run(workspace)
    left = {path for path in in_inbox(workspace) if path.startswith("arkisto/")}
    assert left == set()


def test_what_a_person_has_changed_beside_a_removed_file_stays(workspace: Workspace) -> None:
    own = place(workspace, ANSWER)
    fill(own, {"01.10": {"degree": 3, "narrative": "Korjasin jälkikäteen."}})
    changed = own.read_bytes()
    place(workspace, f"{DIRECTOR}.xlsx").unlink()
    run(workspace)
    assert own.read_bytes() == changed


@pytest.mark.parametrize("name", ["irto.xlsx", "2025-2/irto.xlsx", "omat/vanhat/irto.xlsx"])
def test_a_workbook_loose_in_the_archive_is_answered_and_not_read(workspace: Workspace, name: str) -> None:
    loose = workspace.inbox / "arkisto" / name
    loose.parent.mkdir(parents=True, exist_ok=True)
    fill(workspace.inbox / "Hallinto" / FORM, {"01.01": {"degree": 4, "narrative": "Etenee."}}, loose)
    stand = run(workspace)
    rules = [[finding.rule for finding in file.checked.findings] for file in stand.files]
    assert rules == [["in-archive"]] and stand.status.follow_up.reported == ()
    page = receipt(workspace, f"arkisto/{name}")
    assert "suljettujen kausien kansiossa" in page and f"Hallinto/{FORM}" in page


@pytest.mark.parametrize("name", [ANSWER, f"Hallinto/{ANSWER}", "kopio.xlsx"])
def test_an_answer_workbook_of_the_closed_period_that_is_put_back_goes_back_to_the_archive(
    workspace: Workspace, name: str
) -> None:
    copy(place(workspace, ANSWER), workspace.inbox / name)
    before = in_inbox(workspace) - {name}
    run(workspace)
    run(workspace)
    assert name not in in_inbox(workspace) and in_inbox(workspace) >= before
    (page,) = {path for path in in_inbox(workspace) - before if path.endswith(".kuittaus.html")}
    told = (workspace.inbox / page).read_text(encoding="utf-8")
    assert page.startswith("arkisto/2026-1/") and "2026-1 är avslutad" in told and f"{DIRECTOR}.xlsx" in told
    assert DIRECTOR in told


def test_an_answer_workbook_moved_out_of_the_archive_goes_back_with_an_answer(workspace: Workspace) -> None:
    own = place(workspace, f"{DIRECTOR}.kuittaus.html").read_bytes()
    place(workspace, ANSWER).rename(workspace.inbox / ANSWER)
    run(workspace)
    run(workspace)
    assert place(workspace, ANSWER).exists() and not (workspace.inbox / ANSWER).exists()
    page = place(workspace, f"{DIRECTOR}.korjattavaa.kuittaus.html").read_text(encoding="utf-8")
    assert "2026-1 är avslutad" in page
    assert place(workspace, f"{DIRECTOR}.kuittaus.html").read_bytes() == own


@pytest.mark.parametrize("how", ["removed", "moved within", "saved elsewhere"])
def test_a_form_that_is_gone_is_asked_about(workspace: Workspace, how: str) -> None:
    form = workspace.inbox / f"{DIRECTOR}.xlsx"
    if how == "removed":
        form.unlink()
    elif how == "moved within":
        form.rename(workspace.inbox / "Hallinto" / form.name)
    else:
        fill(form, {"01.10": {"degree": 3, "narrative": "Etenee."}}, workspace.inbox / "oma.xlsx")
        form.unlink()
    told = [problem for problem in run(workspace).problems if DIRECTOR in str(problem.details)]
    assert len(told) == (how == "removed")
    if how == "removed":
        assert command(workspace.root, "forms", "--officer", DIRECTOR).code == 0 and form.exists()
        assert run(workspace).problems == ()


def test_the_drafts_of_a_period_that_was_closed_without_a_final_go_and_an_edited_one_is_told(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, languages=("fi", "sv"))
    fill(workspace.inbox / FORM, {"01.01": {"degree": 2, "narrative": "Etenee."}})
    run(workspace)
    edited = workspace.outbox / "kieliversiot/seurantaraportti-2026-1-sv-LUONNOS.docx"
    edited.write_bytes(edited.read_bytes() + b"\0")
    assert (workspace.outbox / DRAFT).exists()
    done = opened(workspace, BECAUSE)
    assert not (workspace.outbox / DRAFT).exists() and not (workspace.outbox / DRAFT).with_suffix(".json").exists()
    assert edited.exists() and done.edited == ("kieliversiot/seurantaraportti-2026-1-sv-LUONNOS.docx",)
    run(open_workspace(tmp_path))
    assert {path.name for path in workspace.outbox.glob("*.docx")} == {"seurantaraportti-2026-2-LUONNOS.docx"}


@pytest.mark.parametrize("harm", ["removed", "damaged"])
def test_after_the_ledger_is_lost_nothing_is_told_as_new_and_the_screen_says_why(
    workspace: Workspace, harm: str
) -> None:
    ledger = workspace.state / "ledger.sqlite3"
    if harm == "removed":
        ledger.unlink()
    else:
        ledger.write_bytes(b"not a ledger")
    fill(workspace.inbox / "Hallinto" / FORM, {"01.01": {"degree": 4, "narrative": "Etenee."}})
    said = command(workspace.root, "run")
    assert said.code == 0 and "tehtiin uudelleen" in said.out
    assert f"Hallinto/{FORM}" in said.out and "arkisto/" not in said.out
    assert "tehtiin uudelleen" not in command(workspace.root, "run").out


def test_finalize_tells_what_was_accepted_as_open_and_that_the_period_has_not_ended(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    text = (workspace.root / "seuranta.toml").read_text(encoding="utf-8")
    (workspace.root / "seuranta.toml").write_text(text.replace("2026-06-30", "2999-06-30"), encoding="utf-8")
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 2, "narrative": "Etenee."}})
    run(open_workspace(tmp_path))
    said = command(workspace.root, "finalize", "--because", "Kokous on huomenna.")
    assert said.code == 0 and "30.6.2999" in said.out
    assert "Hyväksyttiin avoimena: Ei raportoitu (4)" in said.out


def test_a_receipt_of_this_period_still_tells_its_whole_path(workspace: Workspace) -> None:
    fill(workspace.inbox / "Hallinto" / FORM, {"01.01": {"degree": 4, "narrative": "Etenee."}})
    run(workspace)
    page = (workspace.inbox / receipt_name(f"Hallinto/{FORM}")).read_text(encoding="utf-8")
    assert f"Hallinto/{FORM}" in page and "heinä–joulukuu 2026" in page
