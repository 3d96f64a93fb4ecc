"""Merged cells as blocks of rows, and columns that are hidden or have lost their heading."""

import pytest

from generator.domain.base.heading import Field
from generator.domain.base.settings import Language
from generator.domain.submission.answers import Submission, find_submission
from generator.domain.submission.layout import find_block, lost_column, merged_blocks
from generator.domain.submission.renamed import gap, holds_heading, is_like
from generator.domain.submission.workbook import Workbook
from generator.i18n.words import Words
from tests.builders import HEADINGS, SETTINGS, line, rules, sheet

LABELS = SETTINGS.headings
RISKS = LABELS.label(Field.MAIN_RISKS, "fi")


def submission(*merges: str, headings: tuple[str | None, ...] = HEADINGS, rows: int = 1) -> Submission:
    made = sheet((headings, *(line("01.01", degree=3, overall_status="●", main_risks="Riski") for _ in range(rows))))
    found = find_submission(Workbook((type(made)(made.name, made.state, made.cells, merges),)), LABELS, "fi")
    assert isinstance(found, Submission)
    return found


def test_merges_that_share_a_row_are_one_block_and_others_are_their_own() -> None:
    blocks = merged_blocks(submission("G9:G12", "F3:F5", "E5:E7", "F20:G20", "D3:E3", "Z1:Z99"), is_signed=True)
    assert [(block.first, block.last, block.merges, block.cell) for block in blocks] == [
        (3, 7, ("D3:E3", "F3:F5", "E5:E7"), "D3"),
        (9, 12, ("G9:G12",), "G9"),
        (20, 20, ("F20:G20",), "F20"),
    ]
    found = {row: find_block(blocks, row) for row in (2, 3, 7, 8, 9, 12, 13, 20, 21)}
    assert {row: block.cell if block else None for row, block in found.items()} == {
        **{2: None, 3: "D3", 7: "D3", 8: None, 9: "G9"},
        **{12: "G9", 13: None, 20: "F20", 21: None},
    }
    assert find_block((), 3) is None


def test_many_merges_of_one_block_are_not_all_named() -> None:
    (block,) = merged_blocks(submission(*(f"F{row}:F{row + 1}" for row in range(2, 200))), is_signed=True)
    assert len(block.merges) == 20 and (block.first, block.last) == (2, 200)


def test_an_officer_column_says_nothing_in_a_signed_form_and_who_it_is_in_another() -> None:
    assert merged_blocks(submission("H2:H9"), is_signed=True) == ()
    assert len(merged_blocks(submission("H2:H9"), is_signed=False)) == 1


def _headings(field: Field, label: str | None) -> tuple[str | None, ...]:
    return tuple(label if known is field else text for known, text in zip(Field, HEADINGS, strict=True))


@pytest.mark.parametrize(
    ("field", "label", "is_signed", "cell"),
    [
        (Field.MAIN_RISKS, "Riskit", False, "D1"),
        (Field.MAIN_RISKS, "Merkittävimmät riskit", False, "D1"),
        (Field.MAIN_RISKS, "Uhat", True, "D1"),
        (Field.MAIN_RISKS, "Uhat", False, None),
        (Field.MAIN_RISKS, "Goal", False, None),
        (Field.OVERALL_STATUS, "Väri", False, "E1"),
        (Field.OVERALL_STATUS, None, False, "E1"),
        (Field.OFFICER, "Vastuuhenkilöt", False, None),
        (Field.ANNUAL_GOAL, "Tavoite", False, "B1"),
        (Field.ANNUAL_GOAL, None, True, "B1"),
        (Field.ACTION, "Teko", False, None),
    ],
)
def test_a_column_is_lost_where_its_values_stand_under_another_heading(
    field: Field,
    label: str | None,
    is_signed: bool,  # noqa: FBT001
    cell: str | None,
) -> None:
    found = lost_column(submission(headings=_headings(field, label)), rules(), is_signed=is_signed)
    assert (found.place.cell if found else None) == cell
    if found:
        assert found.rule == "heading-missing" and found.allowed == (LABELS.label(field, "fi"),)


def test_a_title_of_another_level_than_the_missing_headings_is_lost_in_the_first_of_them() -> None:
    headings = ("Tavoite", "Toinen", "Toimenpide", *HEADINGS[3:])
    made = sheet((headings, line("01.01", council_term_goal="01.01.01 Tavoite 01.01.01", annual_goal=None, degree=3)))
    found = find_submission(Workbook((made,)), LABELS, "fi")
    assert isinstance(found, Submission)
    lost = lost_column(found, rules(), is_signed=True)
    assert lost and (lost.place.cell, lost.allowed) == ("A1", ("Valtuustokauden tavoite",))


def test_a_heading_is_like_another_by_its_letters_or_as_a_part_of_it() -> None:
    for text in ("Tilanne", "kokonaistilanteet", "Overall-status", "Helhetsläget"):
        assert is_like(text, Field.OVERALL_STATUS, LABELS)
    for text in ("", "Tila", "Status quo vadis", "Läge"):
        assert not is_like(text, Field.OVERALL_STATUS, LABELS)
    assert is_like("Riskit", Field.MAIN_RISKS, LABELS) and not is_like("Målet", Field.MAIN_RISKS, LABELS)
    assert holds_heading(f"{RISKS} 2026", Field.MAIN_RISKS, LABELS)


@pytest.mark.parametrize("language", Language)
def test_the_headings_of_the_previous_period_are_like_none_that_may_be_lost(language: Language) -> None:
    for message in ("Degree of progress in the previous period", "Progress in the previous period"):
        assert not any(is_like(Words(language)(message), field, LABELS) for field in Field)


def test_a_gap_is_between_the_neighbours_of_a_field_in_our_order() -> None:
    columns = {Field.ACTION: 3, Field.MAIN_RISKS: 4, Field.DEGREE: 7}
    assert gap(Field.OVERALL_STATUS, columns) == range(5, 7)
    assert gap(Field.COUNCIL_TERM_GOAL, columns) == range(1, 3)
    assert gap(Field.OFFICER, columns) == range(0)
    assert len(gap(Field.OVERALL_STATUS, {Field.MAIN_RISKS: 9, Field.DEGREE: 2})) == 0


def test_notes_beside_a_lost_title_are_passed_over() -> None:
    headings = (HEADINGS[0], "Muistio", "Tavoite", *HEADINGS[3:])
    made = sheet((headings, line("01.01", annual_goal="kysy Annalta", action="01.01 Tavoite 01.01", degree=3)))
    found = find_submission(Workbook((made,)), LABELS, "fi")
    assert isinstance(found, Submission)
    lost = lost_column(found, rules(), is_signed=True)
    assert lost and (lost.place.cell, lost.allowed) == ("C1", ("Vuositavoite",))
