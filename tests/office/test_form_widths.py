"""A form's columns as LibreOffice lays them out: no word of a heading, a title or an officer's name is broken."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from generator.domain.base.settings import Language
from generator.domain.plan.form import Form, FormRow, Identity
from generator.domain.plan.form_columns import form_columns
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.i18n.words import Words
from tests.builders import PLAN, SETTINGS, goal
from tests.office.conftest import Calc

OFFICER = "Yhdyskuntatekniikkapäällikkö"
# Where Carlito is not installed LibreOffice takes a wider font for Calibri; these words are whole in DejaVu Sans too.
TITLES = {
    "01": "Maankäyttöohjelmakokonaan",
    "01.01": "Varhaiskasvatussuunnitelma, hankintasopimus",
    "01.01.01": "Kiinteistönhoitosopimukset",
}
# With the columns of the previous period, which make the others narrower.
FORM = Form(
    OFFICER, "fi", tuple(FormRow(goal(code, OFFICER, title=title)) for code, title in TITLES.items()), has_previous=True
)

pytestmark = pytest.mark.libreoffice


def broken_words(calc: Calc, path: Path, first_row: int, *columns: int) -> list[str]:
    words: list[str] = calc.look(path, broken={"first": first_row - 1, "columns": columns})
    return words


def written(language: Language) -> bytes:
    identity = Identity("2026-1", OFFICER, PLAN.digest, 7)
    return form_bytes(FORM, identity.pairs(b"key"), SETTINGS, Words(language))


@pytest.mark.parametrize("language", Language)
def test_no_word_of_a_heading_a_title_or_a_name_is_broken(calc: Calc, tmp_path: Path, language: Language) -> None:
    (tmp_path / "form.xlsx").write_bytes(written(language))
    assert broken_words(calc, tmp_path / "form.xlsx", HEADING_ROW, *range(len(form_columns(FORM)))) == []


def test_a_word_in_a_column_too_narrow_is_found_broken(calc: Calc, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(written(Language.FINNISH)))
    for letter in "ABC":
        book.worksheets[0].column_dimensions[letter].width = 11
    book.save(tmp_path / "form.xlsx")
    found = broken_words(calc, tmp_path / "form.xlsx", HEADING_ROW, 0, 1, 2)
    assert {"Valtuustokauden", *TITLES["01.01.01"].split()} <= set(found)
