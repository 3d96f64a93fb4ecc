"""Where pages end in the PDF that LibreOffice makes of a report."""

import re
import subprocess

import pytest

from generator.app.documents import pdf_faults
from generator.domain.plan.goals import Goal, Plan
from generator.formats.opc.package import in_order
from generator.formats.opc.zip_writer import write_parts
from generator.formats.pdf.conversion import Conformance, Pdf, find_soffice, make_pdf
from generator.formats.pdf.hyphenation import lacks_hyphens
from tests.formats.docx.reports import answer, parts, report, write
from tests.formats.pdf.pdfs import FACTS

pytestmark = pytest.mark.libreoffice
OFFICER = "Talousjohtaja"
SECTIONS = 14
SENTENCE = "Kehittämissuunnitelman valmistelu on aloitettu ja sen tulokset esitellään lautakunnalle syksyllä. "


def codes() -> list[str]:
    return [code for top in range(1, SECTIONS + 1) for code in (f"{top:02}", *(f"{top:02}.{n:02}" for n in (1, 2, 3)))]


def long_report() -> bytes:
    """A report whose rows are of many heights, so that pages end in many ways."""
    plan = Plan(
        tuple(Goal(code, f"Otsake {code} on pitkä tavoitteen nimi", "", (OFFICER,), "", "A2") for code in codes())
    )
    answers = [answer(code, OFFICER, 3, SENTENCE * (1 + number * 7 % 11)) for number, code in enumerate(codes())]
    return write(report(*answers, plan=plan))


def in_language(document: bytes, language: str) -> bytes:
    """The document with another language of its styles, whose dictionary no computer of ours has."""
    whole = parts(document)
    styles = whole["word/styles.xml"].decode().replace('w:val="fi-FI"', f'w:val="{language}"')
    return write_parts(
        (name, (styles.encode() if name == "word/styles.xml" else whole[name],)) for name in in_order(whole)
    )


def without_hyphenation(document: bytes) -> bytes:
    whole = parts(document)
    settings = whole["word/settings.xml"].replace(b"<w:autoHyphenation/>", b"")
    return write_parts((name, (settings if name == "word/settings.xml" else whole[name],)) for name in in_order(whole))


def test_a_pdf_without_a_dictionary_is_known_by_its_hyphens() -> None:
    document = long_report()
    made, strange = (
        make_pdf(each, FACTS, soffice=find_soffice()) for each in (document, in_language(document, "et-EE"))
    )
    assert isinstance(made, Pdf) and not made.lacks_hyphens
    assert isinstance(strange, Pdf) and strange.lacks_hyphens
    assert not lacks_hyphens(strange.data, without_hyphenation(document))  # the template asks for none
    assert not lacks_hyphens(strange.data, write(report(answer("01", OFFICER, 3))))  # too short to tell
    assert not lacks_hyphens(strange.data, b"junk")


def test_the_missing_dictionary_is_told_with_what_to_install() -> None:
    bare = Pdf(b"", (Conformance.UA_1,), (), lacks_hyphens=True)
    (found,) = pdf_faults(bare)
    assert "libreoffice-voikko" in found.advice and "hyphen-sv" in found.advice
    assert pdf_faults(Pdf(b"", (Conformance.UA_1,), ())) == ()


def test_no_heading_stands_without_a_goal_of_its_own_at_the_foot_of_a_page() -> None:
    made = make_pdf(long_report(), FACTS, soffice=find_soffice())
    assert isinstance(made, Pdf), made
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made.data, capture_output=True, check=True)
    pages = said.stdout.decode().split("\f")[1:]  # the first page has the list of contents
    for top in range(1, SECTIONS + 1):
        heading = next(page for page in pages if re.search(rf"(?m)^{top:02} Otsake {top:02} on pitkä", page))
        assert re.search(rf"\b{top:02}\.01 Otsake", heading.partition(f"{top:02} Otsake {top:02} on")[2]), top
