"""What becomes of a PDF when LibreOffice fails, and what is mended in one; stand-ins and small PDFs, no LibreOffice."""

import json
import os
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell
from pikepdf import Array, Dictionary, Name

from generator.formats.pdf import libreoffice
from generator.formats.pdf import repair as repairing
from generator.formats.pdf.completeness import INCOMPLETE, find_lacking
from generator.formats.pdf.conformance import make_conformant, read_verdict, validate
from generator.formats.pdf.conversion import Conformance, NoPdf, Pdf, find_soffice, make_pdf
from generator.formats.pdf.libreoffice import libreoffice_environment
from generator.formats.pdf.outcome import Judgement
from generator.formats.pdf.validator_child import opinion
from generator.formats.pdf.word_marks import WordCell, WordMarks, WordRow, WordTable, read_marks
from generator.formats.process.bounded import Ended
from tests.formats.pdf.pdfs import (
    FACTS,
    SUMMARY,
    add_figure,
    attribute,
    makes,
    put_in_paragraphs,
    small_document,
    small_pdf,
    stand_in,
    structure,
)

DOCUMENT = small_document()
BOTH = (Conformance.UA_1, Conformance.A_2A)
WAITS = "import threading\nthreading.Event().wait()"


def certified(made: bytes, document: bytes = DOCUMENT) -> Pdf:
    outcome = make_conformant(made, document, FACTS, seconds=60, cancelled=None)
    assert isinstance(outcome, Pdf), outcome
    return outcome


def opened(pdf: Pdf) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.data))


def failed(soffice: Path | None, seconds: float = 60) -> NoPdf:
    outcome = make_pdf(DOCUMENT, FACTS, soffice=soffice, seconds=seconds)
    assert isinstance(outcome, NoPdf)
    assert outcome.reason.format(value=outcome.value) and outcome.advice
    return outcome


def test_without_libreoffice_there_is_no_pdf(tmp_path: Path) -> None:
    for nowhere in (None, tmp_path / "soffice", tmp_path):
        assert failed(nowhere) == NoPdf(*libreoffice.MISSING)


@pytest.mark.parametrize(
    ("body", "reason", "value"),
    [
        ("pass", libreoffice.NOTHING, "–"),
        ("print('Error: no\\n\\n', file=sys.stderr)", libreoffice.NOTHING, "Error: no"),
        ("os.mkdir(target)", libreoffice.NOTHING, "–"),
        ("open(target, 'wb').write(b'%PDF-1.7')\nsys.exit(77)", libreoffice.CRASHED, "77"),
        ("open(target, 'wb').write(b'junk')", repairing.NOT_A_PDF, ""),
        ("open(target, 'wb')", repairing.NOT_A_PDF, ""),
    ],
    ids=["nothing", "a word and nothing", "a folder", "dies after writing", "junk", "an empty file"],
)
def test_a_program_that_makes_no_pdf_is_found_out(
    tmp_path: Path, body: str, reason: tuple[str, str], value: str
) -> None:
    outcome = failed(stand_in(tmp_path, body))
    assert (outcome.reason, outcome.advice) == reason
    assert outcome.value == value or (reason == repairing.NOT_A_PDF and outcome.value)


def test_a_program_that_cannot_be_started_is_said_to_be_so(tmp_path: Path) -> None:
    program = tmp_path / "soffice.exe"
    program.touch(mode=0o755)
    outcome = failed(program)
    assert (outcome.reason, outcome.advice) == libreoffice.NOT_RUN and outcome.value


@contextmanager
def program_with_child(folder: Path) -> Iterator[tuple[Path, socket.socket]]:
    """A stand-in that starts a child and waits for ever, and the socket that the child connects to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        child = f"import socket\nheld = socket.create_connection({server.getsockname()!r})\n{WAITS}"
        begin = f"import subprocess\nsubprocess.Popen([sys.executable, '-c', {child!r}])\n{WAITS}"
        yield stand_in(folder, begin), server


def has_ended(child: socket.socket) -> bool:
    """Waits until the child's end of the connection is closed, as happens when it dies."""
    child.settimeout(30)
    return child.recv(1) == b""


def test_a_program_that_is_late_is_ended_with_all_that_it_began(tmp_path: Path) -> None:
    with program_with_child(tmp_path) as (program, server):
        assert failed(program, seconds=3) == NoPdf(*libreoffice.LATE, value="3")
        connection, _ = server.accept()
        with connection:
            assert has_ended(connection)


def test_a_pdf_that_is_given_up_ends_the_program_with_all_that_it_began(tmp_path: Path) -> None:
    cancelled = threading.Event()
    with program_with_child(tmp_path) as (program, server), ThreadPoolExecutor(1) as background:
        pdf = background.submit(make_pdf, DOCUMENT, FACTS, soffice=program, seconds=600, cancelled=cancelled)
        connection, _ = server.accept()
        assert not pdf.done()
        cancelled.set()
        with connection:
            assert has_ended(connection)
        assert pdf.result(timeout=30) is None


def test_a_pdf_that_is_given_up_early_starts_no_program(tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    program = stand_in(tmp_path, f"open({str(tmp_path / 'started')!r}, 'w')")
    assert make_pdf(DOCUMENT, FACTS, soffice=program, cancelled=cancelled) is None
    assert not (tmp_path / "started").exists()


class GivenUpWhileWaiting(threading.Event):
    """Is set after it was first asked, that is, while the child runs."""

    def is_set(self) -> bool:
        was_set = super().is_set()
        self.set()
        return was_set


def test_a_pdf_that_is_given_up_ends_the_judge() -> None:
    assert validate(small_pdf(), BOTH, 600, cancelled=GivenUpWhileWaiting()) is None
    assert make_conformant(small_pdf(), DOCUMENT, FACTS, seconds=600, cancelled=GivenUpWhileWaiting()) is None


def test_a_pdf_that_nobody_gives_up_is_made_in_any_thread_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    says = "print('to stdout', flush=True)\nprint('to stderr', file=sys.stderr)\nimport shutil\n"
    (tmp_path / "made.pdf").write_bytes(small_pdf())
    program = stand_in(tmp_path, f"{says}shutil.copy({str(tmp_path / 'made.pdf')!r}, target)")
    with ThreadPoolExecutor(2) as background:
        pdfs = [
            background.submit(make_pdf, DOCUMENT, FACTS, soffice=program, cancelled=threading.Event()) for _ in range(2)
        ]
    assert pdfs[0].result() == pdfs[1].result() and isinstance(pdfs[0].result(), Pdf)
    assert capfd.readouterr() == ("", "")


def test_the_program_gets_its_own_environment_and_nothing_of_the_callers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PATH", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "LC_ALL", "TMPDIR", "SECRET"):
        monkeypatch.setenv(name, f"caller-{name}")
    monkeypatch.setenv("HOME" if os.name == "posix" else "USERPROFILE", "home")
    failed(stand_in(tmp_path, f"import json\njson.dump(dict(os.environ), open({str(tmp_path / 'log')!r}, 'w'))"))
    environment = json.loads((tmp_path / "log").read_text())
    assert "home" in environment.values()
    assert not any("caller" in value for value in environment.values())
    added = {"PWD", "SHLVL", "_", "OLDPWD", "PROMPT", "LC_CTYPE"}  # by the shell of the stand-in, and its Python
    assert set(environment) - added <= set(libreoffice_environment(tmp_path))


def test_each_run_has_a_profile_of_its_own_and_leaves_nothing_behind(tmp_path: Path) -> None:
    program = stand_in(tmp_path, f"import json\nprint(json.dumps(sys.argv), file=open({str(tmp_path / 'log')!r}, 'a'))")
    failed(program)
    failed(program)
    first, second = ([*map(str, json.loads(line))] for line in (tmp_path / "log").read_text().splitlines())
    assert first[1].startswith("-env:UserInstallation=file:///") and first[1] != second[1]
    assert not Path(first[-1]).parent.exists() and not Path(second[-1]).parent.exists()


def test_libreoffice_is_found_by_the_search_path_or_in_its_usual_place(tmp_path: Path) -> None:
    usual = tmp_path / "LibreOffice" / "program" / "soffice.com"
    usual.parent.mkdir(parents=True)
    usual.touch()
    places = {"PATH": str(tmp_path), "PROGRAMFILES": str(tmp_path)}
    assert find_soffice(places) == usual
    program = stand_in(tmp_path, "pass")
    assert find_soffice(places) == program


def test_the_pdf_that_libreoffice_made_is_given_with_its_claims(tmp_path: Path) -> None:
    outcome = make_pdf(DOCUMENT, FACTS, soffice=makes(tmp_path, small_pdf()))
    assert isinstance(outcome, Pdf)
    assert (outcome.claims, outcome.is_accessible) == (BOTH, True)
    assert [(judgement.claim, judgement.agrees) for judgement in outcome.verdict] == [(claim, True) for claim in BOTH]
    assert all(" rules kept, 0 faults" in judgement.said for judgement in outcome.verdict)
    assert "PDF-1" not in repr(outcome)


def test_tables_get_the_headings_and_summaries_of_the_document() -> None:
    with opened(certified(small_pdf())) as pdf:
        assert [attribute(cell, "Scope") for cell in structure(pdf, "TH")] == ["/Column", "/Column"]
        assert len(structure(pdf, "TD")) == 2
        assert [attribute(table, "Summary") for table in structure(pdf, "Table")] == [SUMMARY]


def test_what_a_table_has_already_stays() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        (table,) = structure(pdf, "Table")
        table.A = Dictionary(O=Name.Table, Summary="Oma")
        structure(pdf, "TD")[0].A = Array(
            [Dictionary(O=Name.Layout, Width=1), 0, Dictionary(O=Name.Table, Scope=Name.Row)]
        )
        rows = structure(pdf, "TR")
        group = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Joukko, P=table, K=Array(rows)))
        for row in rows:
            row.P = group
        table.K, pdf.Root.StructTreeRoot.RoleMap = group, Dictionary(Joukko=Name.TBody)

    with opened(certified(small_pdf(change))) as pdf:
        assert [attribute(cell, "Scope") for cell in structure(pdf, "TH")] == ["/Row", "/Column"]
        assert [attribute(table, "Summary") for table in structure(pdf, "Table")] == ["Oma"]


def changed(change: Callable[[Table], object]) -> bytes:
    """The small document with its table changed."""
    document = docx.Document(BytesIO(DOCUMENT))
    change(document.tables[0])
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def name_goal(cell: _Cell, name: str = "g_01_02_title") -> None:
    """Puts a bookmark around nothing into a cell, as the template's rows have one around a goal's title."""
    cell.paragraphs[0]._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="{name}"/>'))


def look(table: Table, **marks: str) -> None:
    """Sets what the table's look says, and nothing else."""
    for old in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(old)
    texts = " ".join(f'w:{name}="{value}"' for name, value in marks.items())
    table._tbl.tblPr.append(parse_xml(f"<w:tblLook {nsdecls('w')} {texts}/>"))


def scopes(pdf: pikepdf.Pdf) -> list[list[str | None]]:
    """The scope of each heading cell by row, None for a cell that is no heading."""
    rows = ([cell for cell in row.K if "/S" in cell] for row in structure(pdf, "TR"))
    return [[attribute(cell, "Scope") if cell.S == Name.TH else None for cell in row] for row in rows]


COLUMNS = ["/Column", "/Column"]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda table: (look(table, val="0620"), name_goal(table.cell(1, 1))), [None, "/Row"]),
        (lambda table: (look(table, val="06A0"), name_goal(table.cell(1, 1))), [None, "/Row"]),
        (lambda table: (look(table, val="0620"), name_goal(table.cell(0, 1))), ["/Row", None]),
        (lambda table: look(table, val="06A0"), ["/Row", None]),
        (lambda table: look(table, val="0000", firstColumn="1"), ["/Row", None]),
        (lambda table: look(table, val="06A0", firstColumn="0"), [None, None]),
        (lambda table: (look(table, val="0620"), name_goal(table.cell(1, 1), "g_01_02_degree")), [None, None]),
        (lambda table: look(table, val="päälle"), [None, None]),
        (lambda table: look(table, firstRow="1"), [None, None]),
    ],
    ids=[
        *("title bookmark", "bookmark before first column", "another row has a bookmark", "first column by number"),
        *("first column by word", "first column off", "bookmark of another value", "no number", "no number at all"),
    ],
)
def test_the_cell_that_names_a_row_is_its_heading(change: Callable[[Table], object], row: list[str | None]) -> None:
    with opened(certified(small_pdf(), changed(change))) as pdf:
        assert scopes(pdf) == [COLUMNS, row]


def test_a_row_of_other_cells_than_the_documents_is_left_as_it_is() -> None:
    def name_first(table: Table) -> None:
        look(table, val="06A0")
        table.rows[1]._tr.remove(table.rows[1].cells[1]._tc)

    with opened(certified(small_pdf(), changed(name_first))) as pdf:
        assert scopes(pdf) == [COLUMNS, [None, None]]
    with opened(certified(small_pdf(), changed(lambda table: (look(table, val="06A0"), table.add_row())))) as pdf:
        assert scopes(pdf) == [COLUMNS, [None, None]]


@pytest.mark.parametrize(
    ("text", "told"),
    [("–", "ei tietoa"), (" – ", "ei tietoa"), ("– kesken", None), ("3", None), ("-", None), ("–\n–", None)],
)
def test_a_dash_for_nothing_is_told_in_words(text: str, told: str | None) -> None:
    def write(table: Table) -> None:
        table.cell(1, 1).text = text
        table.cell(0, 0).text = "–"

    with opened(certified(small_pdf(put_in_paragraphs), changed(write))) as pdf:
        texts = [paragraph.get(Name.ActualText) for paragraph in structure(pdf, "P")]
    assert [None if words is None else str(words) for words in texts] == [None, None, None, told]


def test_a_dash_is_told_in_its_own_paragraph_or_not_at_all() -> None:
    def write(table: Table) -> None:
        table.cell(1, 0).text = "–"
        table.cell(1, 1).text = "–"
        table.cell(1, 1).add_paragraph("Ei raportoitu: Kunnanjohtaja")

    with opened(certified(small_pdf(put_in_paragraphs), changed(write))) as pdf:
        assert [Name.ActualText in paragraph for paragraph in structure(pdf, "P")] == [False, False, True, False]
    silent = make_conformant(
        small_pdf(put_in_paragraphs), changed(write), replace(FACTS, nothing=""), seconds=60, cancelled=None
    )
    assert isinstance(silent, Pdf)
    with opened(silent) as pdf:
        assert not any(Name.ActualText in paragraph for paragraph in structure(pdf, "P"))


def test_a_table_without_headings_is_not_called_accessible() -> None:
    outcome = certified(small_pdf(), small_document(has_heading=False))
    assert (outcome.claims, outcome.is_accessible) == ((Conformance.A_2A,), False)
    assert outcome.verdict[0].first_fault == "SEURANTA-TABLE-HEADINGS (1): table 1 has no heading cells"


def test_words_mark_of_a_first_column_alone_makes_no_headings() -> None:
    default = docx.Document()
    table = default.add_table(2, 2)
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    buffer = BytesIO()
    default.save(buffer)
    assert certified(small_pdf(), buffer.getvalue()).claims == (Conformance.A_2A,)


def filled_document() -> bytes:
    """The small document with a text in each cell."""
    document = docx.Document(BytesIO(DOCUMENT))
    for cell in (cell for row in document.tables[0].rows for cell in row.cells):
        cell.text = "Etenee"
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def without_last_cells(pdf: pikepdf.Pdf) -> None:
    del structure(pdf, "TR")[-1].K


def without_last_row(pdf: pikepdf.Pdf) -> None:
    (table,) = structure(pdf, "Table")
    table.K = Array(list(table.K)[:-1])


def without_a_cells_content(pdf: pikepdf.Pdf) -> None:
    del structure(pdf, "TD")[-1].K


@pytest.mark.parametrize("loss", [without_last_cells, without_last_row, without_a_cells_content])
def test_a_pdf_that_lacks_rows_or_cells_is_not_given_out(tmp_path: Path, loss: Callable[[pikepdf.Pdf], None]) -> None:
    assert find_lacking(small_pdf(), filled_document()) is None
    outcome = make_pdf(filled_document(), FACTS, soffice=makes(tmp_path, small_pdf(loss)))
    assert outcome == NoPdf(*INCOMPLETE, value="1")


def test_where_a_row_is_lost_a_copy_whose_rows_may_break_is_tried_once(tmp_path: Path) -> None:
    (tmp_path / "lost.pdf").write_bytes(small_pdf(without_last_row))
    (tmp_path / "whole.pdf").write_bytes(small_pdf())
    begin = f"import shutil\nagain = os.path.exists({str(tmp_path / 'lost')!r})\nopen({str(tmp_path / 'lost')!r}, 'w')"
    give = f"shutil.copy(os.path.join({str(tmp_path)!r}, 'whole.pdf' if again else 'lost.pdf'), target)"
    outcome = make_pdf(filled_document(), FACTS, soffice=stand_in(tmp_path, f"{begin}\n{give}"))
    assert isinstance(outcome, Pdf) and outcome.claims == BOTH


def test_where_tables_cannot_be_told_apart_none_is_changed() -> None:
    twice = docx.Document(BytesIO(DOCUMENT))
    twice.add_table(1, 1)
    buffer = BytesIO()
    twice.save(buffer)
    outcome = certified(small_pdf(), buffer.getvalue())
    with opened(outcome) as pdf:
        assert not structure(pdf, "TH") and not outcome.is_accessible
        assert [attribute(table, "Summary") for table in structure(pdf, "Table")] == [None]


def with_drawing(**texts: str) -> bytes:
    """The document with one more thing drawn, whose properties have these attributes."""
    document = docx.Document(BytesIO(DOCUMENT))
    drawing = parse_xml(f'<wp:docPr {nsdecls("wp")} id="1" name="Kaavio"/>')
    for name, text in texts.items():
        drawing.set(name, text)
    document.add_paragraph().add_run()._r.append(drawing)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("in_word", "in_pdf", "told"),
    [
        ({"descr": "Asteet", "title": "Kaavio"}, "", "Asteet"),
        ({"title": "Kaavio"}, "", "Kaavio"),
        ({"descr": "Asteet"}, "Oma", "Oma"),
        ({}, "Oma", "Oma"),
        ({}, "", None),
    ],
)
def test_a_chart_is_told_as_in_the_document(in_word: dict[str, str], in_pdf: str, told: str | None) -> None:
    outcome = certified(small_pdf(lambda pdf: add_figure(pdf, in_pdf)), with_drawing(**in_word))
    with opened(outcome) as pdf:
        assert [str(figure.get("/Alt")) for figure in structure(pdf, "Figure")] == [str(told)]
        assert outcome.is_accessible == bool(told)


def test_a_picture_for_decoration_is_no_picture_to_tell() -> None:
    decorative = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    document = docx.Document(BytesIO(with_drawing(descr="Viiva")))
    (drawing,) = document.element.body.iter(qn("wp:docPr"))
    drawing.append(parse_xml(f'<d:decorative xmlns:d="{decorative}" val="1"/>'))
    buffer = BytesIO()
    document.save(buffer)
    assert read_marks(buffer.getvalue()).pictures == ()


def test_a_document_that_cannot_be_read_has_no_marks() -> None:
    assert read_marks(b"junk") == WordMarks()
    row = WordRow((WordCell(1), WordCell(1)))
    assert read_marks(DOCUMENT) == WordMarks((WordTable(SUMMARY, 1, (row, row)),))


def test_the_pdf_says_what_it_is() -> None:
    with opened(certified(small_pdf())) as pdf:
        assert {str(name): str(text) for name, text in pdf.docinfo.items()} == {
            "/Title": FACTS.title,
            "/Author": "Havulahti",
            "/Subject": "tammi–kesäkuu",
            "/Creator": "Seuranta",
            "/Producer": "LibreOffice 7.4",
            "/CreationDate": "D:20260824000000Z",
            "/ModDate": "D:20260824000000Z",
        }
        assert str(pdf.Root.Lang) == "fi-FI" and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert [str(page.obj.Tabs) for page in pdf.pages] == ["/S"]
        said = pdf.open_metadata(set_pikepdf_as_editor=False)
        assert (said["dc:title"], said["dc:creator"]) == (FACTS.title, ["Havulahti"])
        assert (said["dc:language"], said["dc:identifier"]) == ({"fi-FI"}, "HAV/412/00.01.02/2026")
        assert (said["pdf:Producer"], said["xmp:CreateDate"]) == ("LibreOffice 7.4", "2026-08-24T00:00:00Z")
        assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("2", "A", "1")


def test_what_is_not_known_is_left_out() -> None:
    facts = replace(FACTS, identifier="", subject="")
    outcome = make_conformant(small_pdf(), DOCUMENT, facts, seconds=60, cancelled=None)
    assert isinstance(outcome, Pdf) and outcome.claims == BOTH
    assert not any(name in outcome.data for name in (b"dc:identifier", b"dc:description"))
    with opened(outcome) as pdf:
        assert "/Subject" not in pdf.docinfo


def test_no_clock_of_libreoffice_reaches_the_pdf() -> None:
    def at(moment: bytes) -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            pdf.docinfo["/CreationDate"] = moment.decode()
            pdf.trailer.DocChecksum = Name("/" + moment.hex())
            pdf.trailer.ID = Array([pikepdf.String(moment), pikepdf.String(moment)])
            profile = pdf.make_stream(bytes(24) + moment * 2 + bytes(92), N=3)
            pdf.Root.OutputIntents = Array(
                [Dictionary(Type=Name.OutputIntent, DestOutputProfile=profile), Dictionary()]
            )
            pdf.Root.ViewerPreferences = Dictionary(HideToolbar=True)

        repaired = repairing.repair(small_pdf(change), FACTS, WordMarks(), ())
        assert isinstance(repaired, repairing.RepairedPdf)
        return repaired.data

    assert at(b"123456") == at(b"654321")
    assert b"/DocChecksum" not in at(b"123456")


@pytest.mark.parametrize("last", [13, 10])
def test_a_stream_that_ends_like_a_line_is_no_fault(last: int) -> None:
    content = b"/TD <</MCID 0>> BDC EMC /TD <</MCID 1>> BDC EMC /TD <</MCID 2>> BDC EMC /TD <</MCID 3>> BDC EMC"
    padded = next(
        text for text in (content + b"\t" * count for count in range(256)) if zlib.adler32(text) % 256 == last
    )

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(padded)

    outcome = certified(small_pdf(change))
    assert outcome.claims == BOTH
    with opened(outcome) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes() == padded
        assert pdf.pages[0].obj.Contents.read_raw_bytes()[-1] == last
        assert pdf.check_pdf_syntax() == []


def test_a_claim_that_the_judge_refuses_is_withdrawn() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.MarkInfo

    outcome = certified(small_pdf(change))
    assert (outcome.claims, outcome.is_accessible) == ((Conformance.A_2B,), False)
    judgements = [(judgement.claim, judgement.agrees) for judgement in outcome.verdict]
    assert judgements == [(Conformance.UA_1, False), (Conformance.A_2A, False), (Conformance.A_2B, True)]
    assert b"pdfuaid:part" not in outcome.data and b"<pdfaid:conformance>B<" in outcome.data


def test_a_pdf_that_may_claim_nothing_is_not_given_out() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.beep()")
        del pdf.Root.MarkInfo

    outcome = make_conformant(small_pdf(change), DOCUMENT, FACTS, seconds=60, cancelled=None)
    assert isinstance(outcome, NoPdf)
    assert [judgement.claim for judgement in outcome.verdict] == [Conformance.UA_1, Conformance.A_2A, Conformance.A_2B]
    assert outcome.value == outcome.verdict[0].first_fault and outcome.value.startswith("PDFUA1-")


def test_a_judge_who_says_nothing_agrees_with_nothing() -> None:
    late = validate(small_pdf(), BOTH, 0.001)
    assert isinstance(late, NoPdf) and late.value == "0.001 s"
    assert make_conformant(small_pdf(), DOCUMENT, FACTS, seconds=0.001, cancelled=None) == late
    died = read_verdict(Ended(-6, b"", b"panicked"), BOTH, 60)
    assert isinstance(died, NoPdf) and died.value == "exit code -6"


def test_the_judge_names_each_broken_rule_once() -> None:
    agrees, said = opinion(small_pdf(), "ua1")
    assert not agrees and "\nPDFUA1-METADATA-" in said
    assert len({line.partition(" ")[0] for line in said.splitlines()[1:]}) == len(said.splitlines()) - 1
    agrees, said = opinion(b"junk", "2a")
    assert not agrees and "2a: ParseError: " in said
    assert Judgement(Conformance.A_2A, agrees, said).first_fault == said
