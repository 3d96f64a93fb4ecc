"""How many pages LibreOffice makes of an extract."""

from io import BytesIO

import pikepdf
import pytest

from generator.domain.base.settings import ScopeKind
from generator.domain.output.frame import Scope
from generator.domain.plan.goals import Goal, Plan
from generator.formats.pdf.conversion import Pdf, find_soffice, make_pdf
from tests.formats.docx.reports import answer, report, write
from tests.formats.pdf.pdfs import FACTS

pytestmark = pytest.mark.libreoffice

OFFICER, ABOVE = "Arkistopäällikkö", "Talousjohtaja"
TEXT = "Katsaus on laadittu helmikuusta alkaen joka kuukausi, ja sitä käsitellään toimialojen johtoryhmissä neljästi. "
PLAN = Plan(
    (
        Goal("01", "Talous on kestävällä pohjalla ja päätöksenteko on avointa", "", (ABOVE,), "", "A2"),
        Goal("01.01", "Sovitamme käyttötalouden menot tuloihin", "Vaikutukset siirtyvät.", (ABOVE,), "", "B3"),
        Goal("01.01.02", "Vakiinnutamme kuukausittaisen talouskatsauksen", "", (OFFICER,), "", "C4"),
    )
)


@pytest.mark.parametrize("lengths", [(1, 1, 1), (2, 2, 2), (3, 2, 2)])
def test_an_extract_of_one_goal_is_one_page(lengths: tuple[int, int, int]) -> None:
    answers = (
        answer(goal.code, goal.officers[0], 3, length * TEXT) for goal, length in zip(PLAN.goals, lengths, strict=True)
    )
    made = report(*answers, plan=PLAN, scope=Scope(ScopeKind.OFFICER, OFFICER))
    pdf = make_pdf(write(made), FACTS, soffice=find_soffice())
    assert isinstance(pdf, Pdf) and pdf.is_accessible
    with pikepdf.open(BytesIO(pdf.data)) as opened:
        assert len(opened.pages) == 1
