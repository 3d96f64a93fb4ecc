"""The values that a report prints: read from its bookmarks, and known while it is printed."""

import json
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.settings import ScopeKind
from generator.domain.output.frame import Scope
from generator.formats.docx.document_mark import is_document_unchanged, mark_of
from generator.formats.docx.package import read_package
from generator.formats.docx.printed_values import (
    PrintedValue,
    document_text,
    printed_values,
    read_values_record,
    values_digest,
    values_record,
)
from generator.formats.opc.xml import PackageError
from tests.formats.docx.reports import (
    ANSWERS,
    PREVIOUS,
    answer,
    edited,
    follow_up,
    parts,
    report,
    template_of,
    with_parts,
    write,
)

ALL_VALUES = ("title", "main_risks", "overall_status", "degree", "narrative", "officer")
odd_texts = (
    st.lists(
        st.text(max_size=20)
        | st.sampled_from(["\n", "\r", "\r\n", "\t", "&", "<", ">", '"', "]]>", "\ud800", "\udcff", "\x07", "\u00ad"]),
        min_size=1,
        max_size=5,
    )
    .map("".join)
    .filter(str.strip)
)


def knows_its_values(made: bytes) -> bool:
    """Whether the digest that was computed while printing is that of the values read from the document."""
    return mark_of(made) == values_digest(printed_values(made)) and is_document_unchanged(made)


def test_each_value_is_read_with_its_goal_and_column() -> None:
    values = dict(printed_values(write(report(previous=follow_up(*PREVIOUS)))))
    assert len(values) == 8 * len(ALL_VALUES)
    assert values["g_01_title"] == "01 Talous on tasapainossa"
    assert values["g_01_degree"].startswith("4 ") and "→" not in values["g_01_degree"], "remarks are no value"
    assert values["g_01_01_narrative"] == (
        "Talousjohtaja\nMenot ovat kehyksessä.\nTekninen johtaja\nTilojen menot ylittyvät."
    )
    value = PrintedValue("g_01_02_main_risks", "–")
    assert (value.code, value.field) == ("01.02", "main_risks")


@given(odd_texts, odd_texts, odd_texts)
def test_values_are_known_while_they_are_printed(narrative: str, risks: str, other: str) -> None:
    answers = (
        answer("01", "Talousjohtaja", 3, narrative, risks=risks),
        answer("01.01", "Talousjohtaja", 3, other, risks=narrative, status="viivästynyt"),
        answer("01.01", "Tekninen johtaja", 2, narrative + other),
    )
    assert knows_its_values(write(report(*answers, previous=follow_up(*PREVIOUS))))


@pytest.mark.parametrize(
    "scope", [Scope(ScopeKind.OFFICER, "Ympäristöpäällikkö"), Scope(ScopeKind.DIVISION, "Tekninen")]
)
def test_values_of_an_extract_are_known(scope: Scope) -> None:
    assert knows_its_values(write(report(scope=scope)))


def test_the_document_is_not_read_to_know_its_values(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[bytes] = []
    infolist = ZipFile.infolist

    def noted(archive: ZipFile) -> list[ZipInfo]:
        assert archive.fp
        archive.fp.seek(0)
        opened.append(archive.fp.read())
        return infolist(archive)

    template = edited("Seuranta", "Seurannan")
    with monkeypatch.context() as reading:
        reading.setattr(ZipFile, "infolist", noted)
        made = write(template=template)
    assert mark_of(made)
    assert opened == [template]


FIRST = "(sections|first).goal"
ROWS = ("{%p for section in sections %}", "{%p for row in section.all_rows %}")
ENDS = ("{%p endfor %}", "{%p endfor %}")


def in_a_text_box(text: str) -> bytes:
    """A template with a tag in a text box, between words of the paragraph that the box hangs on."""
    made = docx.Document()
    made.add_paragraph(f"{{%p set kept = {FIRST}.narrative %}}")
    paragraph = made.add_paragraph("Ennen")
    box = parse_xml(
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph._p.append(box)
    paragraph.add_run("jälkeen")
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def with_footer(template: bytes, text: str) -> bytes:
    made = docx.Document(BytesIO(template))
    made.sections[0].footer.paragraphs[0].text = text
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def with_own_bookmark(template: bytes) -> bytes:
    """A template that was made from an old report, and still has one of its bookmarks."""
    start, end = '<w:bookmarkStart w:id="90" w:name="g_01_degree"/>', '<w:bookmarkEnd w:id="90"/>'
    xml = parts(template)["word/document.xml"].decode()
    first = xml.replace("<w:body><w:p>", f"<w:body><w:p><w:r><w:t>4</w:t></w:r></w:p><w:p>{start}", 1)
    return with_parts(template, word__document_xml=first.replace("</w:p>", f"{end}</w:p>", 2).encode())


TEMPLATES = {
    "in another order": template_of(*ROWS, "{{p row.narrative }}", "{{p row.degree }}", "{{p row.action }}", *ENDS),
    "narratives alone": template_of(*ROWS, "{{p row.narrative }}", *ENDS),
    "printed twice": template_of(*ROWS, "{{p row.narrative }}", "{{p row.narrative }}", *ENDS),
    "no value": template_of("{{ title }}"),
    "no tag": template_of("Seuranta"),
    "kept, then printed twice": template_of(
        *ROWS, "{%p set kept %}", "{{p row.narrative }}", "{%p endset %}", "{{p kept }}", "{{p kept }}", *ENDS
    ),
    "kept, never printed": template_of(*ROWS, "{%p set kept %}", "{{p row.narrative }}", "{%p endset %}", *ENDS),
    "in a text box": in_a_text_box("{{p kept }}"),
    "in the footer alone": with_footer(template_of("{{ title }}"), f"{{{{p {FIRST}.degree }}}}"),
    "a bookmark of its own": with_own_bookmark(template_of("Aste", *ROWS, "{{p row.degree }}", *ENDS)),
    "one row less": edited("{{p row.main_risks }}", "{{ row.code }}"),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_values_are_known_whatever_a_template_prints(name: str) -> None:
    made = write(report(*ANSWERS, answer("02.11", "Ympäristöpäällikkö", 3, "a\nb\tc & <d>")), template=TEMPLATES[name])
    assert knows_its_values(made)


def test_what_a_template_does_not_print_is_no_printed_value() -> None:
    assert {value.field for value in printed_values(write(template=TEMPLATES["narratives alone"]))} == {"narrative"}
    assert printed_values(write(template=TEMPLATES["no value"])) == ()
    assert printed_values(write(template=TEMPLATES["in the footer alone"])) == ()


def test_a_text_box_reads_apart_from_the_paragraph_it_hangs_on() -> None:
    text = document_text(read_package(write(template=TEMPLATES["in a text box"])))
    assert text.values == (PrintedValue("g_01_narrative", "Budjetti on tasapainossa."),)
    assert text.others == ("Ennenjälkeen",)


def test_the_record_is_the_same_in_any_order_and_gives_the_values_back() -> None:
    values = (PrintedValue("g_01_title", 'Ä "\n'), PrintedValue("g_01_degree", "\ud800"))
    record = values_record(values)
    assert record == '{"g_01_degree":"\\ud800","g_01_title":"Ä \\"\\n"}'.encode()
    assert values_record(reversed(values)) == record
    assert set(read_values_record(record)) == set(values)
    assert values_digest(()) == values_digest(read_values_record(b"{}"))
    for other in (b"[]", b"{", b""):
        with pytest.raises(ValueError):
            read_values_record(other)


@given(st.dictionaries(st.text(), st.text() | st.just("\udfff")))
def test_a_record_can_be_read_back(values: dict[str, str]) -> None:
    assert dict(read_values_record(values_record(values.items()))) == values
    assert json.loads(values_record(values.items())) == values


def test_bookmarks_without_end_cost_no_time() -> None:
    """Each paragraph is read for at most as many bookmarks as a document can have open at once."""
    starts = "".join(f'<w:bookmarkStart w:id="{n}" w:name="g_01_{"a" * n}"/>' for n in range(1, 400))
    body = f"<w:p>{starts}<w:r><w:t>x</w:t></w:r></w:p>" + "<w:p><w:r><w:t>y</w:t></w:r></w:p>" * 400
    xml = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
    values = printed_values(with_parts(write(), word__document_xml=xml.encode()))
    assert sum(len(value.text) for value in values) < 399 + 50 * 400 * len("\ny")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", template_of("x")[:-10]])
def test_what_is_no_word_document_is_said(data: bytes) -> None:
    with pytest.raises(PackageError):
        printed_values(data)
    assert mark_of(data) is None


def test_a_document_of_others_has_no_mark() -> None:
    assert mark_of(template_of("x")) is None
