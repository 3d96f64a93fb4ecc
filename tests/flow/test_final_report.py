"""What is published as final, what stays in the house, and what makes no second final."""

import json
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import openpyxl
import pytest

from generator.app.finalize import Finalized, Refused, Unchanged, make_final
from generator.app.owned_files import Placer
from generator.app.run import run as run_once
from generator.domain.follow_up.open_items import UNKNOWN, Signature
from generator.domain.plan.goals import Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.store.journal import Journal
from generator.store.journal_file import JournalFile
from generator.store.state_folder import StateFolder
from generator.store.store import open_store
from generator.workspace.folders import DECISIONS_FILE, EARLIER_FILE, Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, HEADINGS, PLAN, goal, line
from tests.final_sheets import FINAL_SHEET, fill_final, final_rows, remarks, typed
from tests.flow.test_pass import NOON, clock
from tests.workspaces import change_settings, command, cut_off_at, files_in, fill, make_workspace_with_forms, put_files

SECRETARY = Signature("maija.meikalainen", "2026-08-03T12:00:00+03:00", "Raili on sairaana.")
# What must not be published: the account, the reason, the names of people's files.
INTERNAL = (
    b"maija.meikalainen",
    b"Raili on sairaana",
    b"Maijan kopio",
    b"Siiri Sihteeri",
    b"uusi.xlsx",
    b"Hallintojohtaja.xlsx",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, open_matters())
    return open_workspace(tmp_path)


@cache
def open_matters() -> dict[str, bytes | None]:
    """A workspace after a run in which something of every kind is open; made once, and copied."""
    with TemporaryDirectory() as folder:
        made = make_workspace_with_forms(Path(folder), extracts=["division"], identity="confirm")
        own, other = ({"degree": value, "narrative": "Etenee."} for value in (2, 4))
        fill(made.inbox / f"{CLERK}.xlsx", {"01.01": own, "01.10": own, "01.01.01": {"degree": 9}})
        fill(made.inbox / f"{DIRECTOR}.xlsx", {"01.10": other})
        run_once(made.root, clock())
        fill(made.inbox / f"{CLERK}.xlsx", {"01.01": other}, made.inbox / "Maijan kopio.xlsx")
        book = openpyxl.Workbook()
        for row in (HEADINGS, line("02", degree=3, officer=DIRECTOR)):
            book.active.append(row)
        book.save(made.inbox / "uusi.xlsx")
        plan = Plan((*PLAN.goals, goal("03", title="Uimahalli")), PLAN.officers)
        made.plan.write_bytes(plan_bytes(plan, made.settings.headings, Words(made.settings.language)))
        run_once(made.root, clock())
        return files_in(made.root)


def told(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of each member of a zip."""
    data = path.read_bytes()
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            yield from (package.read(name) for name in package.namelist())


def journal_of(workspace: Workspace) -> list[str]:
    lines = (workspace.state / "archive" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(each).get("record", "save") for each in lines]


def test_the_command_lists_what_is_open_by_kind_and_takes_one_reason_for_all(workspace: Workspace) -> None:
    asked = command(workspace.root, "finalize")
    assert asked.code == 1 and not (workspace.outbox / "lopulliset").exists()
    headings = [each for each in asked.out.splitlines() if each.endswith(":") and not each.startswith(" ")]
    assert headings == [
        "Ei raportoitu:",
        "Arviot eroavat:",
        "Saman vastuuhenkilön kaksi tiedostoa eroavat:",
        "Lähettäjiä, joita ei ole tarkistettu:",
        "Tallennuksia, joissa on korjattavaa:",
        "Toteutusohjelma on muuttunut kauden aikana:",
    ]
    assert "uusi: 03 Uimahalli" in asked.out and "uusi.xlsx (Sivistysjohtaja): 02" in asked.out
    made = command(workspace.root, "finalize", "--because", "Kokous on tänään.")
    assert made.code == 0 and "Lue asiakirja ennen julkaisemista" in made.out
    final = Journal(JournalFile(workspace.state / "archive" / "journal.jsonl"))
    final.read()
    kept = final.history.last_final("2026-1")
    assert kept and kept.version == 1 and {text for _, text in kept.reasons} == {"Kokous on tänään."}
    assert [kind for kind, _ in kept.reasons] == ["missing", "disagreement", "files", "sender", "refused", "plan"]


def test_what_is_published_names_no_account_no_reason_and_no_file_of_a_person(workspace: Workspace) -> None:
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized)
    published = [path for path in made.docx.parent.rglob("*") if path.is_file()]
    assert {path.name for path in published} >= {made.docx.name, "seurantaraportti-2026-1-SHA256SUMS.txt"}
    assert [(path.name, word) for path in published for data in told(path) for word in INTERNAL if word in data] == []
    internal = made.docx.parent.parent / "sisaiset"
    proof = json.loads((internal / "seurantaraportti-2026-1.json").read_bytes())
    assert proof["final"]["reasons"][0] == {"kind": "missing", "text": "Raili on sairaana."}
    reasons = (internal / "seurantaraportti-2026-1-perustelut.txt").read_text(encoding="utf-8")
    assert "maija.meikalainen" in reasons and "Maijan kopio.xlsx" in reasons
    assert reasons.count("Perustelu: Raili on sairaana.") == 6


def test_a_workbook_that_does_not_tell_who_saved_it_is_told_in_words(workspace: Workspace) -> None:
    made = make_final(workspace, Signature(UNKNOWN, SECRETARY.time, SECRETARY.because))
    assert isinstance(made, Finalized)
    reasons = made.docx.parent.parent / "sisaiset" / "seurantaraportti-2026-1-perustelut.txt"
    assert "Vahvistaja ei tiedossa (työkirja ei kerro, kuka sen tallensi)" in reasons.read_text(encoding="utf-8")


def test_a_second_final_without_a_change_is_none(workspace: Workspace) -> None:
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized)
    before, files = journal_of(workspace), {path: path.read_bytes() for path in made.docx.parent.parent.rglob("*.*")}
    again = command(workspace.root, "finalize")
    assert again.code == 0 and "Mikään ei ole muuttunut version 1 jälkeen" in again.out
    assert journal_of(workspace) == before
    run_once(workspace.root, clock())
    fill_final(workspace.outbox / DECISIONS_FILE)
    asked = command(workspace.root, "run", "--json").json["final"]
    assert asked == {"outcome": "unchanged", "version": 1, "docx": str(made.docx), "open": [], "edited": []}
    assert journal_of(workspace).count("finalize") == 1 and "refuse-final" not in journal_of(workspace)
    assert not any(typed(workspace.outbox / DECISIONS_FILE).values())
    assert {path: path.read_bytes() for path in made.docx.parent.parent.rglob("*.*")} == files


def test_another_template_or_an_edited_final_makes_a_new_version(workspace: Workspace) -> None:
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized)
    made.docx.write_bytes(made.docx.read_bytes() + b" ")
    second = make_final(workspace, SECRETARY)
    assert isinstance(second, Finalized) and second.docx.name == "seurantaraportti-2026-1-versio-2.docx"
    assert isinstance(make_final(workspace, SECRETARY), Unchanged)
    stand = command(workspace.root, "status")
    assert "Lopullinen raportti, versio 2" in stand.out and str(second.docx) in stand.out
    assert command(workspace.root, "status", "--json").json["final"]["version"] == 2
    run_once(workspace.root, clock())
    assert "versio 2, vahvistettu" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_an_edited_final_is_told_until_it_is_put_back(workspace: Workspace) -> None:
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized)
    (made.docx.parent / "Muistio.docx").write_bytes(b"a person's own file")
    first, edited = made.docx.read_bytes(), "seurantaraportti-2026-1.docx: joku on muuttanut tätä tiedostoa sen jälkeen"
    assert edited not in command(workspace.root, "status").out
    made.docx.write_bytes(first + b" ")
    assert edited in command(workspace.root, "status").out
    run_once(workspace.root, clock())
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "joku on muuttanut tätä tiedostoa" in page and "Muistio" not in page
    made.docx.write_bytes(first)
    run_once(workspace.root, clock())
    assert command(workspace.root, "status", "--json").json["problems"] == []


def test_a_final_of_an_earlier_version_stays_and_counts(tmp_path: Path) -> None:
    fixture = Path(__file__).parent.parent / "fixtures" / "workspace-0.1.0.zip"
    with zipfile.ZipFile(fixture) as package:
        package.extractall(tmp_path)
    workspace = change_settings(tmp_path, pdf=False)
    old = {path: path.read_bytes() for path in (workspace.outbox / "lopulliset").rglob("*.*")}
    stand = command(tmp_path, "status", "--json").json["final"]
    assert stand["version"] == 1 and stand["docx"].endswith("lopulliset/2026-1/seurantaraportti-2026-1.docx")
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized) and made.version == 2
    assert made.docx.relative_to(workspace.outbox).parts[-2:] == (
        "julkaistavat",
        "seurantaraportti-2026-1-versio-2.docx",
    )
    assert {path: path.read_bytes() for path in old} == old


def test_the_row_of_an_earlier_workbook_points_to_the_sheet(tmp_path: Path) -> None:
    fixture = Path(__file__).parent.parent / "fixtures" / "workspace-0.1.0.zip"
    with zipfile.ZipFile(fixture) as package:
        package.extractall(tmp_path)
    workspace = change_settings(tmp_path, pdf=False)
    path, earlier = workspace.outbox / DECISIONS_FILE, workspace.outbox / EARLIER_FILE
    book = openpyxl.load_workbook(earlier)
    row = next(cells for cells in book.worksheets[0].iter_rows() if cells[0].value == "Vahvista raportti lopulliseksi")
    row[3].value, row[4].value = "kyllä", "Kokous on tänään."
    book.save(earlier)
    assert isinstance(run_once(tmp_path, clock()).final, Refused)
    assert not earlier.exists()
    assert "”kyllä”" in remarks(path)[""] and "tällä välilehdellä" in remarks(path)[""]
    assert journal_of(workspace).count("finalize") == 1


def test_each_cell_tells_what_is_missing_and_reasons_that_were_right_stay(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(
        path,
        "Kokous on tänään.",
        period="2026-2",
        names="",
        reasons={"files": "–", "refused": "=Taul1!C7", "plan": "kyllä"},
    )
    assert isinstance(run_once(workspace.root, clock()).final, Refused)
    told_at = remarks(path)
    assert list(told_at) == ["files", "refused", "plan", "period", "names"]
    assert "”2026-2”" in told_at["period"] and "Kirjoita 2026-1" in told_at["period"]
    assert "Solussa luki: (tyhjä)" in told_at["names"]
    assert "Perustelu puuttuu" in told_at["files"] and "”kyllä”" in told_at["plan"]
    assert "1 ratkaisua ei voitu toteuttaa" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    kept = {name: text for name, text in typed(path).items() if text}
    assert kept == dict.fromkeys(("missing", "disagreement", "sender"), "Kokous on tänään.")
    book = openpyxl.load_workbook(path)  # saved again without anything new
    book.save(path)
    assert run_once(workspace.root, clock()).final is None and list(remarks(path)) == list(told_at)
    fill_final(path, "Kokous on tänään.", reasons={"plan": "Valtuusto muutti ohjelmaa."})
    final = run_once(workspace.root, clock()).final
    assert isinstance(final, Finalized) and remarks(path) == {}


def test_a_row_or_a_sheet_that_stands_twice_carries_nothing_out(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book[FINAL_SHEET])
    book.save(path)
    assert isinstance(run_once(workspace.root, clock()).final, Refused)
    assert all("kahteen kertaan" in text for text in remarks(path).values())


def test_answers_on_the_rows_of_others_carry_nothing_out(workspace: Workspace) -> None:
    """As when the first columns are sorted, and the last one is not."""
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    book = openpyxl.load_workbook(path)
    sheet = book[FINAL_SHEET]
    rows = list(final_rows(sheet).values())
    labels = [[sheet.cell(row, column).value for column in (1, 2, 3)] for row in rows]
    for row, values in zip(rows, sorted(labels), strict=True):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    book.save(path)
    assert isinstance(run_once(workspace.root, clock()).final, Refused)
    assert "toisen kohdan rivillä" in remarks(path)["names"]


def test_a_workbook_in_which_a_final_was_asked_for_asks_for_no_other(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    saved = path.read_bytes()
    assert isinstance(run_once(workspace.root, clock()).final, Finalized)
    form = workspace.inbox / f"{CLERK}.xlsx"
    before = form.read_bytes()
    for data, degree in ((before, 5), (before, 2)):
        form.write_bytes(data)
        fill(form, {"01.01": {"degree": degree, "narrative": "Etenee."}})
        path.write_bytes(saved)
        assert not isinstance(run_once(workspace.root, clock()).final, Finalized)
    assert journal_of(workspace).count("finalize") == 1


def test_a_sheet_without_its_headings_is_left_as_it_is_and_told(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    book = openpyxl.load_workbook(path)
    book[FINAL_SHEET]["C5"] = "Jotain muuta"
    book.save(path)
    saved = path.read_bytes()
    assert run_once(workspace.root, clock()).final is None
    assert path.read_bytes() == saved
    assert "ei voi lukea" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_a_new_refused_save_makes_the_sheet_old(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 8, "narrative": "Etenee."}})
    assert not isinstance(run_once(workspace.root, clock()).final, Finalized)
    assert "se on muuttunut" in remarks(path)[""]
    assert "”Valtuusto kokoontuu.”" in remarks(path)["refused"]


@pytest.mark.parametrize("name", ["perustelut.txt", "2026-1.docx", "SHA256SUMS.txt"])
def test_an_attempt_that_was_cut_off_is_no_version(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as cut:
        cut_off_at(cut, name)
        with pytest.raises(KeyboardInterrupt):
            make_final(workspace, SECRETARY)
    assert "finalize" not in journal_of(workspace)
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized) and made.version == 1
    names = sorted(path.name for path in made.docx.parent.parent.rglob("*.*"))
    assert names == [
        "seurantaraportti-2026-1-Konsernipalvelut.docx",
        "seurantaraportti-2026-1-SHA256SUMS.txt",
        "seurantaraportti-2026-1-Sivistys.docx",
        "seurantaraportti-2026-1-perustelut.txt",
        "seurantaraportti-2026-1.docx",
        "seurantaraportti-2026-1.json",
    ]


def test_a_final_that_was_cut_off_before_it_was_journaled_is_the_same_version(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, opened = workspace.state / "archive" / "journal.jsonl", Path.open

    def cut_off(path: Path, *given: str, **named: str) -> IO[Any]:
        """Nothing is journaled once the list of digests is there."""
        if path == journal and given == ("ab",) and list(workspace.outbox.rglob("*SUMS.txt")):
            raise KeyboardInterrupt
        return opened(path, *given, **named)  # type: ignore[call-overload, no-any-return]

    with monkeypatch.context() as cut:
        cut.setattr(Path, "open", cut_off)
        with pytest.raises(KeyboardInterrupt):
            make_final(workspace, SECRETARY)
    assert "finalize" not in journal_of(workspace)
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized) and made.version == 1 and journal_of(workspace).count("finalize") == 1
    assert isinstance(make_final(workspace, SECRETARY), Unchanged)


def test_a_persons_file_in_the_folder_of_a_version_is_kept(workspace: Workspace) -> None:
    folder = workspace.outbox / "lopulliset" / "2026-1" / "julkaistavat"
    folder.mkdir(parents=True)
    (folder / "seurantaraportti-2026-1.docx").write_bytes(b"somebody's")
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized) and made.version == 2
    assert (folder / "seurantaraportti-2026-1.docx").read_bytes() == b"somebody's"


def test_the_pdf_of_a_final_is_known_as_ours_by_the_provenance_in_the_house(workspace: Workspace) -> None:
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized)
    proof = made.docx.parent.parent / "sisaiset" / "seurantaraportti-2026-1.json"
    pdf = made.docx.with_suffix(".pdf")
    pdf.write_bytes(b"%PDF")
    paths = StateFolder(workspace.root / "another-state")
    with open_store(paths, Journal(paths.journal_lines()), NOON) as store:
        assert not Placer(store, workspace.root).is_ours(pdf)
        assert Placer(store, workspace.root).is_ours(proof)


@pytest.mark.parametrize("is_read", [True, False])
def test_finalize_names_the_saves_that_no_run_has_read(tmp_path: Path, *, is_read: bool) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    run_once(workspace.root, clock())
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 2, "narrative": "Etenee."}})
    if is_read:
        run_once(workspace.root, clock())
    said = command(workspace.root, "finalize", "--because", "Kokous.")
    assert said.code == 0 and ("niiden tietoja ei ole raportissa" in said.out) == (not is_read)
    assert (f"{CLERK}.xlsx" in said.out) == (not is_read)
