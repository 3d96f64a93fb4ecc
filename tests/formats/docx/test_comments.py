"""A commented copy has a Word comment at each fault, and is otherwise the template."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from generator.app.template_check import TemplateFaults, faults_of
from generator.app.template_comments import make_comments
from generator.domain.base.finding import shown
from generator.errors import TemplateError
from generator.formats.docx.comments import is_copy_unchanged, with_comments
from generator.formats.docx.faults import TemplateComment
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element, parse_xml
from generator.formats.opc.zip_writer import write_parts
from generator.formats.pdf.conversion import find_soffice
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import (
    BODY,
    NARRATIVE,
    Broken,
    before_body,
    broken,
    cell_with,
    mangled,
    run,
    with_part,
    without_text,
    xml,
)
from tests.formats.docx.reports import ENGLISH, FINNISH, TEMPLATE, parts

NOT_OPENED = ("docm", "strict")
DAMAGED = tuple(case for case in broken() if case.name.startswith("damaged") and "fontTable" not in case.name)
# Its parts are not linked with each other, so no program but ours reads them.
NOT_LINKED = "picture from outside"
CASES = tuple(case for case in broken() if case.name not in NOT_OPENED and case not in DAMAGED)


def commented(template: bytes, faults: TemplateFaults | None = None) -> bytes:
    found = faults or faults_of(template, SETTINGS)
    return with_comments(template, tuple(make_comments(found, ENGLISH)))


def texts(copy: bytes) -> list[str]:
    return [comment.text for comment in docx.Document(BytesIO(copy)).comments]


def anchors(copy: bytes) -> dict[str, Element]:
    """The paragraph at which each comment stands, by the comment's text."""
    document = docx.Document(BytesIO(copy))
    starts = {int(mark.get(w("id"))): mark for mark in document.element.body.iter(w("commentRangeStart"))}
    return {comment.text: next(starts[comment.comment_id].iterancestors(w("p"))) for comment in document.comments}


def _in_english(message: str) -> str:
    """A message as a comment words it: `30 cm` for 30.0 cm."""
    return message.replace(".0 cm", " cm")


def place_of(paragraph: Element) -> str:
    """`table 9, row 4, cell 7` of a paragraph in a cell, `paragraph` of another one."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    if cell is None:
        return "paragraph"
    row = next(cell.iterancestors(w("tr")))
    table = next(row.iterancestors(w("tbl")))
    tables = list(table.getroottree().getroot().iter(w("tbl")))
    numbers = (tables.index(table), table.findall(w("tr")).index(row), row.findall(w("tc")).index(cell))
    return "table {}, row {}, cell {}".format(*(number + 1 for number in numbers))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_template_gets_a_comment_at_its_place_and_keeps_its_faults(case: Broken) -> None:
    faults = faults_of(case.template, SETTINGS)
    copy = commented(case.template, faults)
    text, paragraph = next(
        (text, at) for text, at in anchors(copy).items() if _in_english(case.message) in text and case.place in text
    )
    first = next(paragraph.getroottree().getroot().iter(w("p")))
    if "body text, table" in text:
        assert f"body text, {place_of(paragraph)}".startswith(text.partition(":")[0])
    elif text.startswith("body text") and "reads:" in text and "was left in the document" not in text:
        assert case.name == "another file" or shown(own_text(paragraph)).rstrip("…") in text
        assert paragraph is not first
    elif not text.startswith("body text"):
        assert paragraph is first
    again = faults_of(copy, SETTINGS)
    assert [str(fault) for fault in again.errors] == [str(fault) for fault in faults.errors]
    assert list(map(str, again.questions)) == list(map(str, faults.questions))
    assert (again.document, again.sample) == (faults.document, faults.sample) or case.name == NOT_LINKED


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_of_a_damaged_template_no_copy_is_made(case: Broken) -> None:
    with pytest.raises(TemplateError, match=re.escape(case.message)):
        commented(case.template)


@pytest.mark.parametrize("case", [case for case in broken() if case.name in NOT_OPENED], ids=lambda case: case.name)
def test_a_template_that_cannot_be_opened_is_said_to_be_so(case: Broken) -> None:
    with pytest.raises(TemplateError, match=case.message):
        with_comments(case.template, ())


def _inner_table(root: Element) -> None:
    inner = xml(
        '<w:tbl><w:tblPr><w:tblW w:w="900" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p>{run("Ensin")}</w:p>'
        f"<w:p>{run('{{ row.nimi }}')}</w:p></w:tc></w:tr></w:tbl>"
    )
    cell_with(root, NARRATIVE).insert(1, inner)


@pytest.mark.parametrize(
    ("template", "read"),
    [
        (mangled(_inner_table), "{{ row.nimi }}"),
        (before_body(run("{# Huomautus tekijälle #}")), None),
        (before_body(run("{{ nimi }}") + run(" ja muuta")), "{{ nimi }} ja muuta"),
    ],
    ids=["a table in a table", "a paragraph that is left out before the fault", "one of several runs"],
)
def test_a_place_is_found_again_exactly(template: bytes, read: str | None) -> None:
    whole = template if read else _misspelt(template)
    found = {text: own_text(at) for text, at in anchors(commented(whole)).items() if "there is no field" in text}
    assert list(found.values()) == [read or "{{ sulkeva }}"]


def _misspelt(template: bytes) -> bytes:
    whole = parts(template)
    changed = {**whole, BODY: whole[BODY].replace(b"{{ closing }}", b"{{ sulkeva }}")}
    return write_parts((name, (part,)) for name, part in changed.items())


def test_faults_alike_are_one_comment_that_names_the_other_places() -> None:
    template = without_text("{{p row.narrative }}", "{{p row.narative }}")
    twice = without_text("{{ labels.total }}", "{{ labels.totl }}")
    for changed, places in ((template, 1), (twice, len(texts(commented(twice))))):
        assert len(texts(commented(changed))) == places == 1
    (told,) = texts(commented(twice))
    assert "Also here:" in told and told.endswith("seuranta template fields")


def test_a_second_round_replaces_our_comments_and_keeps_those_of_people() -> None:
    copy = commented(without_text(NARRATIVE, "{{p row.narative }}"))
    document = docx.Document(BytesIO(copy))
    document.add_comment(document.paragraphs[0].runs, "Tarkista vaakuna.", author="Sihteeri", initials="S")
    saved = BytesIO()
    document.save(saved)
    assert is_copy_unchanged(copy) and not is_copy_unchanged(saved.getvalue())
    again = commented(saved.getvalue())
    assert sorted(texts(again)) == sorted([*texts(copy), "Tarkista vaakuna."])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", TEMPLATE[:5000], TEMPLATE])
def test_only_an_unchanged_copy_is_taken_for_ours(content: bytes) -> None:
    assert not is_copy_unchanged(content)


def test_a_place_that_is_not_there_falls_to_the_first_paragraph() -> None:
    nowhere = (TemplateComment("a", 9999), TemplateComment("b", 0, "table 99"), TemplateComment("c", 0, "style X"))
    found = anchors(with_comments(TEMPLATE, nowhere))
    assert len({id(paragraph) for paragraph in found.values()}) == 1 and set(found) == {"a", "b", "c"}


@pytest.mark.parametrize("name", ["misspelt", "nested table", "text box", "deletion in a cell", "no narrative in rows"])
def test_a_copy_keeps_to_its_format(name: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == name)
    found = []
    for content in (case.template, commented(case.template)):
        (tmp_path / "report.docx").write_bytes(content)
        found.append(OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(tmp_path / "report.docx").errors)
    assert found[1] == found[0]


def test_comments_are_in_the_language_asked() -> None:
    faults = faults_of(without_text(NARRATIVE, "{{p row.narative }}"), SETTINGS)
    (comment,) = make_comments(faults, FINNISH)
    assert "kenttää ”row.narative” ei ole" in comment.text


def test_a_package_whose_body_is_not_a_document_is_said_to_be_none() -> None:
    broken_body = with_part("word/x.xml", "<x/>", "application/xml", mangled(lambda root: root.clear()))
    with pytest.raises(TemplateError):
        with_comments(broken_body, (TemplateComment("x"),))


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy_with_its_comments(tmp_path: Path) -> None:
    copy = commented(mangled(_inner_table, template=before_body(run("{{ nimi }}"))))
    (tmp_path / "report.docx").write_bytes(copy)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = (str(find_soffice()), profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path))
    subprocess.run((*convert, str(tmp_path / "report.docx")), capture_output=True, timeout=120, check=True)
    content = parse_xml(ZipFile(tmp_path / "report.odt").read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
    found = ["".join(map(str, each.itertext())) for each in content.iter(office)]
    assert len(found) == len(texts(copy)) >= 2
    assert all(any(text.partition("\n")[0] in each for each in found) for text in texts(copy))
