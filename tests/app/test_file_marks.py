"""Our own files are known by their marks until a person or a program changes them."""

import json
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from generator.app.file_marks import is_unchanged
from generator.app.provenance import Digests, PdfProof, Proof, provenance_bytes
from generator.domain.base.finding import Finding, Place
from generator.domain.base.settings import Rollup
from generator.domain.follow_up.merge import merge
from generator.domain.follow_up.open_by_kind import NOTHING_OPEN
from generator.domain.follow_up.status import StoredSave, make_status
from generator.domain.output.receipt import AnsweredFile, make_receipt
from generator.domain.plan.form import Identity, make_form
from generator.domain.submission.answers import EntryCells
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.checks import Verdict
from generator.domain.submission.feedback import make_feedback
from generator.domain.submission.workbook import Workbook
from generator.formats.docx.document_mark import mark_of
from generator.formats.docx.package import read_package
from generator.formats.docx.printed_values import printed_values, values_digest
from generator.formats.html.receipt_page import receipt_page
from generator.formats.html.status_page import StatusLinks, status_page
from generator.formats.opc import package as opc
from generator.formats.opc.editing import Package
from generator.formats.opc.xml import PackageError
from generator.formats.opc.zip_writer import write_parts
from generator.formats.xlsx.answer_workbook import answer_workbook
from generator.formats.xlsx.decisions_file import WorkbookContent, decisions_bytes
from generator.formats.xlsx.final_sheet import FinalQuestion
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.open_items_sheet import AskedItems
from generator.formats.xlsx.reader import read_workbook
from generator.formats.xlsx.settlements_sheet import SettlementsMade
from generator.formats.xlsx.workbook_mark import MARK_PROPERTY, is_workbook_unchanged, marked_bytes
from generator.formats.xlsx.written_book import marked_workbook_bytes, workbook_bytes
from generator.i18n.words import Words
from tests.builders import CLERK, PLAN, SETTINGS, answer, entry
from tests.formats.docx import reports
from tests.formats.xlsx.test_answer_workbook import FINDINGS, excel
from tests.formats.xlsx.test_reader import zipped

WORDS = Words(SETTINGS.language)
KEY, IDENTITY = b"key", Identity("2026-1", CLERK, PLAN.digest, 7)
TIME = "2026-08-12T14:05:00+03:00"
ERROR = Finding("degree-missing", Place("Seuranta", "F4"), "01.01", allowed=("1", "2"))
CELLS = EntryCells("S!D5", "S!E5", "S!F5", "S!G5")
OUR_KINDS = ("report.docx", "X.kuittaus.html", "tilanne.html", "report.json", "X.xlsx", "X.korjattavaa.xlsx", "p.xlsx")


@cache
def ours(name: str) -> bytes:
    """A file of each kind as we write it."""
    return {
        "report.docx": reports.write,
        "X.kuittaus.html": receipt,
        "tilanne.html": status,
        "report.json": provenance,
        "X.xlsx": form,
        "X.korjattavaa.xlsx": lambda: answered(excel(), *FINDINGS),
        "p.xlsx": decisions,
    }[name]()


def receipt(officer: str = CLERK) -> bytes:
    held = StoredSave(1, f"{officer}.xlsx", TIME, officer, Verdict.NEEDS_CORRECTION, (ERROR,), 0)
    return receipt_page(
        make_receipt(AnsweredFile(held, ()), merge(PLAN, (), Rollup.NONE), waiting=(), is_late=False), SETTINGS, WORDS
    )


def status() -> bytes:
    made = make_status(SETTINGS.period, PLAN, merge(PLAN, (), Rollup.MEDIAN), files=())
    return status_page(made, StatusLinks(report=None), SETTINGS, WORDS)


def provenance(file: str = "X.xlsx") -> bytes:
    held = replace(answer(entry("01.01", CLERK, cells=CELLS)), file=file)
    proof = Proof(Digests("p", "t", "s", "d"), PdfProof())
    return provenance_bytes("2026-1", merge(PLAN, (held,), Rollup.MEDIAN), {1: "x"}, proof)


def form(officer: str = CLERK) -> bytes:
    made = make_form(PLAN, officer, unowned_reporter="", language="fi", previous=())
    pairs = replace(IDENTITY, officer=officer).pairs(KEY)
    return marked_bytes(Package(form_bytes(made, pairs, SETTINGS, WORDS)))


def decisions() -> bytes:
    content = WorkbookContent(AskedItems(()), SettlementsMade(), FinalQuestion("0" * 16, NOTHING_OPEN))
    return marked_bytes(Package(decisions_bytes(content, SETTINGS, WORDS)))


def answered(data: bytes, *findings: Finding) -> bytes:
    made = answer_workbook(data, make_feedback(findings), WORDS, stamp="answer 1 1")
    assert made is not None
    return made


def filled(data: bytes) -> bytes:
    """The form as openpyxl saves it, with a narrative in its first row."""
    book = openpyxl.load_workbook(BytesIO(data))
    book.worksheets[0].cell(HEADING_ROW + 1, 7, "Työ etenee.")
    return saved(book)


def saved(book: openpyxl.Workbook | docx.document.Document) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def properties(data: bytes) -> tuple[tuple[str, str], ...]:
    workbook = read_workbook(data)
    assert isinstance(workbook, Workbook)
    return workbook.properties


# What is ours


@pytest.mark.parametrize("name", OUR_KINDS)
def test_a_file_as_we_wrote_it_is_ours(name: str) -> None:
    assert is_unchanged(name, ours(name)) and is_unchanged(name.upper(), ours(name))


@pytest.mark.parametrize("name", OUR_KINDS)
def test_the_same_file_has_the_same_bytes(name: str) -> None:
    ours.cache_clear()
    first = ours(name)
    ours.cache_clear()
    assert ours(name) == first


@pytest.mark.parametrize("name", OUR_KINDS)
def test_a_file_under_an_ending_of_another_kind_is_not_ours(name: str) -> None:
    others = {".docx", ".html", ".json", ".xlsx", ".pdf", ".txt", ""} - {Path(name).suffix}
    assert not any(is_unchanged(f"X{ending}", ours(name)) for ending in others)


def test_a_macro_workbook_is_known_too() -> None:
    assert is_unchanged("X.xlsm", ours("X.xlsx"))


def test_a_report_that_prints_no_value_is_ours() -> None:
    made = reports.write(template=reports.template_of("{{ title }}"))
    assert is_unchanged("x.docx", made) and mark_of(made) == values_digest(())


def test_a_file_name_that_is_no_utf8_can_stand_in_a_record() -> None:
    made = provenance("\udcffX.xlsx")
    assert is_unchanged("x.json", made)
    assert json.loads(made)["goals"][1]["values"][0]["file"] == "\udcffX.xlsx"


def test_marked_workbooks_keep_to_their_format(tmp_path: Path) -> None:
    for name in ("X.xlsx", "p.xlsx"):
        (tmp_path / name).write_bytes(ours(name))
        assert OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(tmp_path / name).errors == []


# What somebody has changed


def test_a_report_that_python_docx_saved_is_not_ours() -> None:
    document = docx.Document(BytesIO(ours("report.docx")))
    assert not is_unchanged("x.docx", saved(document))
    document.add_paragraph("Esipuhe")
    edited = saved(document)
    assert not is_unchanged("x.docx", edited)
    assert printed_values(edited) == printed_values(ours("report.docx")), "its values are as they were"
    assert mark_of(edited) == mark_of(ours("report.docx")), "and it still tells which draft it was made from"


def test_a_report_with_another_value_is_not_ours() -> None:
    xml = reports.parts(ours("report.docx"))["word/document.xml"].replace(b"Rahoitus puuttuu.", b"Rahoitus on.")
    assert not is_unchanged("x.docx", rewritten(ours("report.docx"), "word/document.xml", xml))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("docProps/app.xml", b"Seuranta", b"Microsoft Office Word"),
        ("docProps/app.xml", b"<Application>Seuranta</Application>", b""),
        ("docProps/custom.xml", b"seuranta_values", b"seuranta_other"),
        ("docProps/custom.xml", b'"><vt:lpwstr>', b'"><vt:lpwstr>0'),
        ("docProps/custom.xml", b"<Properties", b"<Properties" + b" " * 2**20),
        ("word/document.xml", b"</w:body>", b"<w:p/>" * 4_000_000 + b"</w:body>"),
        ("word/document.xml", b"</w:body>", b""),
        ("[Content_Types].xml", b"document.main+xml", b"document+xml"),
        ("[Content_Types].xml", b"<Types", b"<Types" + b" " * 2**20),
        ("[Content_Types].xml", b"</Types>", b""),
    ],
)
def test_a_report_of_which_another_part_says_otherwise_is_not_ours(part: str, old: bytes, new: bytes) -> None:
    content = reports.parts(ours("report.docx"))[part]
    assert old in content
    assert not is_unchanged("x.docx", rewritten(ours("report.docx"), part, content.replace(old, new)))


def test_a_report_whose_list_of_parts_is_broken_has_no_mark() -> None:
    assert mark_of(rewritten(ours("report.docx"), "[Content_Types].xml", b"<Types>")) is None


def rewritten(document: bytes, part: str, content: bytes) -> bytes:
    """The document with a part changed, in the container that we write ourselves."""
    parts = {**read_package(document), part: content}
    return write_parts((name, (content,)) for name, content in parts.items())


def test_a_report_in_another_container_is_not_ours() -> None:
    ours_again = rewritten(ours("report.docx"), *reports.parts(ours("report.docx")).popitem())
    assert is_unchanged("x.docx", ours_again), "how the parts are deflated does not count"
    for other in (zipped(reports.parts(ours("report.docx"))), b"x" + ours_again, ours_again + b"x"):
        assert printed_values(other) == printed_values(ours_again)
        assert not is_unchanged("x.docx", other)


@pytest.mark.parametrize("name", ["X.xlsx", "X.korjattavaa.xlsx", "p.xlsx"])
def test_a_workbook_that_openpyxl_saved_is_not_ours(name: str) -> None:
    book = openpyxl.load_workbook(BytesIO(ours("X.xlsx")))
    assert not is_unchanged(name, saved(book))


def test_a_filled_form_is_not_ours() -> None:
    data = filled(ours("X.xlsx"))
    assert MARK_PROPERTY in dict(properties(data))
    assert not is_unchanged("X.xlsx", data)


def test_a_workbook_of_which_any_part_is_changed_is_not_ours() -> None:
    parts = reports.parts(ours("X.xlsx"))
    assert is_workbook_unchanged(zipped(parts)), "the parts count, not the container"
    for name, content in parts.items():
        assert not is_workbook_unchanged(zipped({**parts, name: content + b" "})), name
        assert not is_workbook_unchanged(zipped({other: parts[other] for other in parts if other != name})), name
    assert not is_workbook_unchanged(zipped({**parts, "xl/new.xml": b""}))


def test_a_form_with_another_identity_in_its_properties_is_not_ours() -> None:
    parts = reports.parts(ours("X.xlsx"))
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b">7<", b">8<")
    assert not is_workbook_unchanged(zipped(parts))


@given(st.data())
def test_a_page_or_record_with_a_byte_changed_is_not_ours(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["tilanne.html", "report.json"]))
    content = bytearray(ours(name))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    assert not is_unchanged(name, bytes(content))


def test_a_record_written_in_another_form_is_not_ours() -> None:
    record = json.loads(ours("report.json"))
    assert list(record)[-1] == "mark"
    for text in (json.dumps(record), json.dumps(record, indent=1), json.dumps(record, indent=2) + "\n"):
        assert not is_unchanged("x.json", text.encode())
    assert not is_unchanged("x.json", ours("report.json").replace(b"\n", b"\r\n"))


def test_a_mark_of_another_file_proves_nothing() -> None:
    page, other = receipt(), receipt("Sivistysjohtaja")
    assert not is_unchanged("x.html", page[:-96] + other[-96:]) and not is_unchanged("x.html", other + page[-96:])
    document = reports.write(reports.report(reports.answer("01", "Talousjohtaja", 5)))
    custom = reports.parts(ours("report.docx"))["docProps/custom.xml"]
    assert not is_unchanged("x.docx", rewritten(document, "docProps/custom.xml", custom))
    one, two = reports.parts(form()), reports.parts(form("Sivistysjohtaja"))
    assert not is_workbook_unchanged(zipped({**two, "docProps/custom.xml": one["docProps/custom.xml"]}))
    assert not is_workbook_unchanged(zipped({**one, "docProps/custom2.xml": one["docProps/custom.xml"]}))


# Real programs


# A mark is put in once


def test_an_answer_to_a_marked_form_has_a_mark_of_its_own() -> None:
    first = answered(filled(ours("X.xlsx")), ERROR)
    again = answered(filled(first), ERROR)
    for made in (first, again, answered(first, ERROR)):
        names = [name for name, _ in properties(made)]
        assert names.count(MARK_PROPERTY) == 1 and is_unchanged("X.korjattavaa.xlsx", made)
        assert dict(properties(made))[MARK_PROPERTY] != dict(properties(ours("X.xlsx")))[MARK_PROPERTY]


def test_the_identity_of_a_marked_form_stays_signed() -> None:
    for data in (ours("X.xlsx"), filled(ours("X.xlsx")), answered(filled(ours("X.xlsx")), ERROR)):
        workbook = read_workbook(data)
        sender = read_sender(workbook, "", KEY)
        assert sender.claim is not None and (sender.signer, sender.claim.identity) == (CLERK, IDENTITY)


def test_an_officers_own_properties_stay() -> None:
    before, after = properties(excel()), properties(answered(excel(), *FINDINGS))
    assert after[:-1] == before == (("Luokka", "Julkinen"),)


def test_marking_a_marked_workbook_changes_nothing() -> None:
    assert marked_bytes(Package(ours("X.xlsx"))) == ours("X.xlsx")


def test_a_workbook_written_from_a_marked_one_has_a_mark_only_where_asked() -> None:
    day = SETTINGS.period.end
    book = openpyxl.load_workbook(BytesIO(ours("X.xlsx")))
    assert MARK_PROPERTY not in dict(properties(workbook_bytes(book, day)))
    assert is_unchanged("X.xlsx", marked_workbook_bytes(book, day))


def test_a_part_that_nothing_links_to_is_left_alone() -> None:
    plain = reports.parts(workbook_bytes(openpyxl.Workbook(), SETTINGS.period.end))
    made = marked_bytes(Package(zipped({**plain, "docProps/custom.xml": b"<other/>"})))
    assert is_workbook_unchanged(made)
    assert reports.parts(made)["docProps/custom.xml"] == b"<other/>"
    assert [name for name, _ in properties(made)] == [MARK_PROPERTY]


def test_a_workbook_that_is_too_large_to_be_proven_is_not_ours() -> None:
    assert is_unchanged("x.xlsx", marked_bytes(Package(with_picture(decisions(), size=1))))
    assert is_unchanged("x.docx", with_picture(ours("report.docx"), size=1))
    workbook = marked_bytes(Package(with_picture(decisions(), size=opc.MOST_BYTES)))
    assert set(dict(properties(workbook))[MARK_PROPERTY]) == {"0"}
    assert not is_unchanged("x.xlsx", workbook)
    assert not is_unchanged("x.docx", with_picture(ours("report.docx"), size=opc.MOST_BYTES))


def with_picture(package: bytes, size: int) -> bytes:
    """A workbook or document with one more part, of this size in bytes."""
    return reports.with_parts(package, media__a_png=bytes(size))


# What nobody wrote


@given(st.sampled_from(OUR_KINDS), st.data())
def test_a_truncated_file_is_not_ours(name: str, data: st.DataObject) -> None:
    content = ours(name)
    assert not is_unchanged(name, content[: data.draw(st.integers(0, len(content) - 1))])


@given(st.sampled_from([".docx", ".html", ".json", ".xlsx", ".xlsm"]), st.binary(max_size=300))
def test_bytes_of_chance_are_not_ours(ending: str, data: bytes) -> None:
    for content in (data, b"PK\x03\x04" + data):
        assert not is_unchanged(f"x{ending}", content)
        assert mark_of(content) is None


damaged_places = st.lists(st.tuples(st.integers(0), st.binary(min_size=1)), max_size=5)


@given(st.sampled_from(["report.docx", "X.xlsx"]), damaged_places)
def test_a_damaged_zip_raises_nothing(name: str, damages: list[tuple[int, bytes]]) -> None:
    content = bytearray(ours(name))
    for place, damage in damages:
        start = place % len(content)
        content[start : start + len(damage)] = damage
    assert is_unchanged(name, bytes(content)) in (True, False)
    mark_of(bytes(content))


def test_a_zip_bomb_is_refused_before_it_is_inflated() -> None:
    def packed(sizes: list[int], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", compression) as archive:
            for number, size in enumerate(sizes):
                archive.writestr(f"{number}.xml", bytes(size))
        return stream.getvalue()

    assert opc.read_parts(packed([opc.MOST_BYTES]))
    with pytest.raises(opc.TooLargeError):
        opc.read_parts(packed([opc.MOST_BYTES, 1]))
    assert opc.read_parts(packed([0] * opc.MOST_PARTS))
    for unsafe in (packed([0] * (opc.MOST_PARTS + 1)), packed([1], zipfile.ZIP_BZIP2)):
        with pytest.raises(PackageError):
            opc.read_parts(unsafe)


def test_a_size_that_is_a_lie_is_found_out() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", bytes(2**20))
    lying = stream.getvalue().replace((2**20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != stream.getvalue()
    with pytest.raises(PackageError):
        opc.read_parts(lying)


def test_a_name_that_stands_twice_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.xml", "1")
        archive.writestr("a.xml", "2")
    with pytest.raises(PackageError):
        opc.read_parts(stream.getvalue())
