"""Where pages end in the PDF that LibreOffice makes of a report."""

import re
import subprocess

import pytest

from generator.domain.plan.goals import Goal, Plan
from generator.formats.pdf.conversion import Pdf, find_soffice, make_pdf
from tests.formats.docx.reports import answer, report, write
from tests.formats.pdf.pdfs import FACTS

pytestmark = pytest.mark.libreoffice
OFFICER = "Talousjohtaja"
SECTIONS = 14
SENTENCE = "Työ on aloitettu ja sen tulokset esitellään lautakunnalle syksyllä. "


def codes() -> list[str]:
    return [code for top in range(1, SECTIONS + 1) for code in (f"{top:02}", *(f"{top:02}.{n:02}" for n in (1, 2, 3)))]


def long_report() -> bytes:
    """A report whose rows are of many heights, so that pages end in many ways."""
    plan = Plan(
        tuple(Goal(code, f"Otsake {code} on pitkä tavoitteen nimi", "", (OFFICER,), "", "A2") for code in codes())
    )
    answers = [answer(code, OFFICER, 3, SENTENCE * (1 + number * 7 % 11)) for number, code in enumerate(codes())]
    return write(report(*answers, plan=plan))


def test_no_heading_stands_without_a_goal_of_its_own_at_the_foot_of_a_page() -> None:
    made = make_pdf(long_report(), FACTS, soffice=find_soffice())
    assert isinstance(made, Pdf), made
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made.data, capture_output=True, check=True)
    pages = said.stdout.decode().split("\f")[1:]  # the first page has the list of contents
    for top in range(1, SECTIONS + 1):
        heading = next(page for page in pages if re.search(rf"(?m)^{top:02} Otsake {top:02} on pitkä", page))
        assert re.search(rf"\b{top:02}\.01 Otsake", heading.partition(f"{top:02} Otsake {top:02} on")[2]), top
