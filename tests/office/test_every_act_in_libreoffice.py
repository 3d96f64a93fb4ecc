"""Each kind of act that the secretary types into her workbook in LibreOffice: it is carried out, once and alone."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from docx import Document

from generator.app.finalize import Finalized
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.domain.output.text_rows import LANGUAGE_COLUMNS
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.final_sheets import ANSWER, FINAL_SHEET, final_rows, remarks
from tests.flow.test_draft_edits import HERS, LATER, NARRATIVE, OFFICERS, draft, edit, printed, replacing
from tests.flow.test_pass import clock
from tests.flow.test_whose_answer import unsigned
from tests.office.conftest import Calc
from tests.settlement_sheets import OPEN_SHEET, SETTLED_SHEET, WORDS, columns_of, rows_of
from tests.text_sheets import TEXTS_SHEET, column_of, remark_of, row_of
from tests.workspaces import files_in, fill, make_workspace_with_forms, put_files

pytestmark = pytest.mark.libreoffice

COPY, SENT = f"{CLERK} - Kopio.xlsx", "uudet.xlsx"
FOREWORD, FOREWORD_SV, REMARK = "Ohjelma on alkanut.\nTyö jatkuu.", "Programmet har börjat.", "1.2.2026"
CHOICES = {"01.10 ": CLERK, "01.01.01 ": COPY, SENT: "kyllä", "01.01 ": "oma muokkaus", DIRECTOR: "kyllä"}
Typed = list[tuple[str, int, int, str]]


@cache
def asked() -> dict[str, bytes | None]:
    """A workspace in which each kind of open matter waits; made once, and copied."""
    with TemporaryDirectory() as folder:
        made = make_workspace_with_forms(Path(folder), extracts=[], identity="confirm", languages=("fi", "sv"))
        forms = {name: (made.inbox / f"{name}.xlsx").read_bytes() for name in (CLERK, DIRECTOR)}
        first = {"01.01": said(3, OFFICERS), "01.01.01": said(2, "Ensin."), "01.10": said(2, "Johdon teksti.")}
        fill(made.inbox / f"{CLERK}.xlsx", first)
        fill(made.inbox / f"{DIRECTOR}.xlsx", {"01.10": said(4, "Sivistyksen teksti.")})
        run(made)
        (made.inbox / COPY).write_bytes(forms[CLERK])
        fill(made.inbox / COPY, {"01.01.01": said(5, "Kopiossa.")})
        (made.inbox / SENT).write_bytes(forms[DIRECTOR])
        unsigned(made.inbox / SENT)
        fill(made.inbox / SENT, {"01.01.02": {**said(4, "Lähetetty."), "officer": DIRECTOR}})
        edit(made, replacing(OFFICERS, HERS))
        run(made)
        fill(made.inbox / f"{CLERK}.xlsx", {"01.01": said(3, LATER)})
        run(made)
        return files_in(made.root)


def said(degree: int, narrative: str) -> dict[str, object]:
    return {"degree": degree, "narrative": narrative}


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, asked())
    return open_workspace(tmp_path)


def acts(workspace: Workspace) -> list[str]:
    """The journal's records but for those of documents placed and workbooks read."""
    lines = (workspace.state / "archive/journal.jsonl").read_text("utf-8").splitlines()
    return [kind for line in lines if (kind := json.loads(line)["record"]) not in ("placed", "heard")]


def choices(path: Path, texts: Mapping[str, str], column: str, sheet_name: str = OPEN_SHEET) -> Typed:
    """What to type into a column, on the first row about each place."""
    sheet = openpyxl.load_workbook(path)[sheet_name]
    columns = {WORDS(kind): at for kind, at in headings(sheet_name, sheet).items()}
    places = [str(cell.value or "") for cell in sheet["B"]]
    found = {place: next(at for at, each in enumerate(places, 1) if each.startswith(place)) for place in texts}
    return [(sheet_name, found[place], columns[column], text) for place, text in texts.items()]


def headings(name: str, sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, int]:
    from generator.domain.follow_up.open_items import ChoiceColumn
    from generator.domain.follow_up.settlements import SettlementColumn

    return columns_of(sheet, ChoiceColumn if name == OPEN_SHEET else SettlementColumn)


def texts(path: Path) -> Typed:
    sheet = openpyxl.load_workbook(path)[TEXTS_SHEET]
    columns = {language: column_of(sheet, LANGUAGE_COLUMNS[language]) for language in ("fi", "sv")}
    return [
        (TEXTS_SHEET, row_of(sheet, "Alkusanat"), columns["fi"], FOREWORD),
        (TEXTS_SHEET, row_of(sheet, "Alkusanat"), columns["sv"], FOREWORD_SV),
        (TEXTS_SHEET, row_of(sheet, "01 "), columns["fi"], REMARK),
        (TEXTS_SHEET, row_of(sheet, "Loppusanat"), columns["fi"], "=Vuosi on kesken"),
    ]


def finals(path: Path, **answers: str) -> Typed:
    rows = final_rows(openpyxl.load_workbook(path)[FINAL_SHEET])
    return [(FINAL_SHEET, row, ANSWER, answers.get(name, "Kokous.")) for name, row in rows.items()]


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_each_act_is_carried_out_undone_and_made_final(calc: Calc, workspace: Workspace) -> None:
    book, before = workspace.outbox / DECISIONS_FILE, acts(workspace)
    calc.save(book)
    run(workspace)
    assert acts(workspace) == before and len(rows_of(book)) == len(CHOICES)
    reasons = choices(book, dict.fromkeys(CHOICES, "-50 %; ks. muistio 1.2."), "Perustelu")
    calc.save(book, typed=[*choices(book, CHOICES, "Ratkaisu"), *reasons, *texts(book)])
    run(workspace)
    assert rows_of(book) == []
    said = printed(workspace)
    assert said[NARRATIVE] == HERS and said["g_01_01_01_degree"][0] == "5" and said["g_01_01_02_degree"][0] == "4"
    assert "yhteensovitettu" in said["g_01_10_degree"] and said["g_01_10_degree"][0] == "2"
    lines = paragraphs(draft(workspace))
    assert [*FOREWORD.split("\n"), REMARK] == [line for line in lines if line in (*FOREWORD.split("\n"), REMARK)]
    assert FOREWORD_SV in paragraphs(next((workspace.outbox / "kieliversiot").glob("*-sv-LUONNOS.docx")))
    assert "Kirjoita itse teksti: =Vuosi on kesken" in remark_of(book, "Loppusanat")
    settled = rows_of(book, SETTLED_SHEET)
    assert {row["Because"] for row in settled} == {"", "-50 %; ks. muistio 1.2."}
    once = acts(workspace)
    calc.save(book)
    run(workspace)
    assert acts(workspace) == once
    undo(calc, workspace, book)
    finish(calc, workspace, book)


def undo(calc: Calc, workspace: Workspace, book: Path) -> None:
    calc.save(book, typed=choices(book, {"01.10 ": "kyllä", SENT: "kyllä", DIRECTOR: "kyllä"}, "Peru", SETTLED_SHEET))
    run(workspace)
    assert sorted(row["Concerns"].split(" ")[0] for row in rows_of(book)) == ["01.10", DIRECTOR]
    (sent,) = [row for row in rows_of(book, SETTLED_SHEET) if row["Concerns"] == SENT]
    assert "ei toteutettu: tätä ratkaisua ei voi perua tässä" in sent["State"]
    assert "yhteensovitettu" not in printed(workspace)["g_01_10_degree"]


def finish(calc: Calc, workspace: Workspace, book: Path) -> None:
    calc.save(book, typed=finals(book, period="2026-2", names="kyllä"))
    assert not isinstance(run(workspace).final, Finalized)
    assert "”2026-2”" in remarks(book)["period"]
    calc.save(book, typed=finals(book, period="2026-1", names="kyllä"))
    made = run(workspace).final
    assert isinstance(made, Finalized), remarks(book)
    assert "Kokous." in (made.docx.parent.parent / "sisaiset/seurantaraportti-2026-1-perustelut.txt").read_text("utf-8")
