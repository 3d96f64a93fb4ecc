"""Each rule found at its cell, with nothing beside it; and good rows counted beside bad ones."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from generator.domain.base.finding import Finding, Place
from generator.domain.base.rules import RULES
from generator.domain.base.settings import IdentityPolicy
from generator.domain.plan.form import Claim, Identity, PreviousAnswer
from generator.domain.submission.answers import Cell, CellKind, SheetState, Unreadable, Workbook
from generator.domain.submission.check_rules import ReplyWords, Sender
from generator.domain.submission.checks import Checked, Verdict, check
from generator.domain.submission.row_checks import Author, RowState, Standing
from tests.builders import (
    CLERK,
    DIRECTOR,
    HEADINGS,
    PLAN,
    SETTINGS,
    SHEET,
    goal,
    line,
    rules,
    sheet,
    table,
)
from tests.strategies import any_workbooks

OPTIONS = rules().degree_words.options
SIGNED = Sender(Claim(Identity("2026-1", CLERK, PLAN.digest, 0), signed=True))
ERROR_CELL = Cell(1, 1, CellKind.ERROR, "#REF!")
EMPTY_FORMULA = Cell(1, 1, CellKind.NUMBER, "", formula="A1")
# A made-up personal identity code: its check character is right, its individual number is of the test range 900–999.
IDENTITY_CODE = "131052-9993"


def signed(*rows: Any, **changes: Any) -> Checked:
    return check(table(*rows), SIGNED, rules(**changes))


def unsigned(*rows: Any, **changes: Any) -> Checked:
    return check(table(*rows), Sender(), rules(**changes))


def test_a_good_row_is_taken_whole() -> None:
    text = "Päätös tehtiin 3.6. & työ <jatkuu>\n”hyvin” 🙂"
    checked = signed(
        line("01.01", degree=OPTIONS[2], narrative=text, overall_status="▲ viivästynyt", main_risks="Uusi")
    )
    (row,) = checked.rows
    assert checked.verdict is Verdict.ACCEPTED and checked.findings == ()
    assert row.taken and row.state is RowState.DEGREE and row.entry
    assert (row.entry.degree, row.entry.overall_status, row.entry.main_risks) == (3, "viivästynyt", "Uusi")
    assert row.entry.narrative == text
    assert (row.entry.cells.degree, row.entry.cells.narrative) == (f"{SHEET}!F2", f"{SHEET}!G2")
    assert row.entry.signed and row.entry.officer == CLERK


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (line("01.01", degree=6), Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "6", OPTIONS)),
        (line("01.01", degree=3.5), Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "3.5", OPTIONS)),
        (line("01.01", degree=True), Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "TRUE", OPTIONS)),
        (
            line("01.01", degree=Cell(1, 1, CellKind.NUMBER, "3", "dd.mm.yyyy")),
            Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "3", OPTIONS),
        ),
        (
            line("01.01", degree=Cell(1, 1, CellKind.NUMBER, "3", "0 %")),
            Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "300 %", OPTIONS),
        ),
        (line("01.01", degree=ERROR_CELL), Finding("cell-error", Place(SHEET, "F2"), "01.01", "#REF!")),
        (line("01.01", degree=EMPTY_FORMULA), Finding("formula-without-value", Place(SHEET, "F2"), "01.01", "=A1")),
        (line("01.01", narrative="Teksti"), Finding("degree-missing", Place(SHEET, "F2"), "01.01", "", OPTIONS)),
        (line("01.01", main_risks="Muuttunut"), Finding("degree-missing", Place(SHEET, "F2"), "01.01", "", OPTIONS)),
        (line("01.01", overall_status="●"), Finding("degree-missing", Place(SHEET, "F2"), "01.01", "", OPTIONS)),
        (
            line("01.01", degree="Ei arvioitavissa", narrative=" "),
            Finding("not-assessable-without-reason", Place(SHEET, "G2"), "01.01"),
        ),
        (
            line("01.01", degree=3, overall_status="hyvin"),
            Finding("overall-status-unknown", Place(SHEET, "E2"), "01.01", "hyvin", SETTINGS.statuses.options("fi")),
        ),
        (
            line("01.01", degree=3, overall_status=ERROR_CELL),
            Finding("cell-error", Place(SHEET, "E2"), "01.01", "#REF!"),
        ),
        (
            line("01.01", degree=3, narrative=3.25),
            Finding("text-is-not-text", Place(SHEET, "G2"), "01.01", "3.25"),
        ),
        (line("01.01", degree=3, main_risks=ERROR_CELL), Finding("cell-error", Place(SHEET, "D2"), "01.01", "#REF!")),
        (
            line("01.01", degree=3, narrative=f"Asiakas {IDENTITY_CODE} ohjattiin."),
            Finding("personal-identity-code", Place(SHEET, "G2"), "01.01"),
        ),
        (line("02", degree=3), Finding("not-your-goal", Place(SHEET, "H2"), "02", CLERK, (DIRECTOR,))),
        (line("01", degree=3), Finding("not-your-goal", Place(SHEET, "H2"), "01", CLERK, ("–",))),
        (
            line("09", degree=3),
            Finding("unknown-code", Place(SHEET, "A2"), None, "09", ("01.01", "01.01.01", "01.10")),
        ),
        (
            line("01.01", annual_goal="Ilman koodia", degree=3),
            Finding("no-code", Place(SHEET, "B2"), None, "Ilman koodia", ("02 Tavoite 02",)),
        ),
        (
            line("01.01", annual_goal=1.1, degree=3),
            Finding("code-unclear", Place(SHEET, "B2"), None, "1.1", ("01.01 Tavoite 01.01", "01.10 Tavoite 01.10")),
        ),
        (
            (None, None, None, None, None, 3, "Teksti"),
            Finding("no-code", Place(SHEET, "A2"), None, "3 Teksti", ("02 Tavoite 02",)),
        ),
        (
            line("01.01", council_term_goal="01 Yläotsikko", degree=3),
            Finding("two-goals", Place(SHEET, "B2"), None, "01 Yläotsikko / 01.01 Tavoite 01.01"),
        ),
    ],
)
def test_an_error_stops_its_row_and_no_other(row: tuple[object, ...], finding: Finding) -> None:
    checked = signed(row, line("01.01.01", degree=4))
    assert checked.findings == (finding,)
    assert checked.verdict is Verdict.NEEDS_CORRECTION
    assert [(entry.code, entry.degree) for entry in checked.entries] == [("01.01.01", 4)]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (
            line("01.01", degree="3 Toteutus on aloitetu, ei vielä valmis"),
            Finding(
                "degree-label-misspelt",
                Place(SHEET, "F2"),
                "01.01",
                "3 Toteutus on aloitetu, ei vielä valmis",
                (OPTIONS[2],),
            ),
        ),
        (
            line("01.01", degree=3, narrative="a\x07b\x0b"),
            Finding("control-characters", Place(SHEET, "G2"), "01.01", "U+0007 U+000B"),
        ),
        (
            line("01.01", annual_goal="01.01 Vanha nimi", degree=3),
            Finding("title-differs", Place(SHEET, "B2"), "01.01", "Vanha nimi", ("Tavoite 01.01",)),
        ),
    ],
)
def test_a_note_stops_nothing(row: tuple[object, ...], finding: Finding) -> None:
    checked = signed(row)
    assert checked.findings == (finding,)
    assert checked.verdict is Verdict.ACCEPTED and len(checked.entries) == 1


def test_a_form_of_ours_keeps_its_old_title_and_another_workbook_must_agree_with_the_plan() -> None:
    row = line("01.01", annual_goal="01.01 Kokonaan eri sanat", degree=3)
    assert [finding.rule for finding in signed(row).findings] == ["title-differs"]
    place, named = Place(SHEET, "B2"), ("01.01 Tavoite 01.01",)
    refused = Finding("code-and-title-disagree", place, "01.01", "Kokonaan eri sanat", named)
    assert unsigned(row).findings == (Finding("unsigned"), refused)


def test_a_code_with_another_goals_title_is_never_taken() -> None:
    row = line("01.01", annual_goal="01.01 Tavoite 01.10", degree=3)
    named = ("01.01 Tavoite 01.01", "01.10 Tavoite 01.10")
    refused = Finding("code-and-title-disagree", Place(SHEET, "B2"), "01.01", "Tavoite 01.10", named)
    assert signed(row).findings == (refused,)


def test_control_characters_are_cleaned_and_every_letter_stays() -> None:
    (entry,) = signed(line("01.01", degree=3, narrative="a\x07b\r\nc")).entries
    assert entry.narrative == "ab\nc"


def test_a_whole_number_may_stand_as_text_and_a_wide_spread_digit_run_is_no_identity_code() -> None:
    (entry,) = signed(line("01.01", degree=3, narrative=2026)).entries
    assert entry.narrative == "2026"
    assert signed(line("01.01", degree=3, narrative="diaari 131052-9996, 131052-99931")).findings == ()


def test_untouched_rows_report_nothing_and_are_not_held_against_anyone() -> None:
    untouched = line("01.01", main_risks="Resurssit  eivät riitä", officer=CLERK)
    checked = signed(untouched, line("02"), line("77.77"))
    assert checked.findings == (Finding("nothing-filled"),)
    assert checked.verdict is Verdict.ACCEPTED and checked.entries == ()
    assert [(row.code, row.state) for row in checked.rows] == [
        ("01.01", RowState.NOT_REPORTED),
        ("02", RowState.NOT_REPORTED),
        (None, RowState.NOT_REPORTED),
    ]


def test_not_assessable_with_its_reason_is_a_report() -> None:
    (row,) = signed(line("01.01", degree="ei arvioitavissa", narrative="Tiedot puuttuvat.")).rows
    assert row.taken and row.state is RowState.NOT_ASSESSABLE and row.entry and row.entry.degree is None


@pytest.mark.parametrize("merge", ["F2:F3", "F2:G2", "A2:C2", "D2:F2", "F1:F2", "G2:J9"])
def test_merged_cells_are_not_guessed_apart(merge: str) -> None:
    made = sheet((HEADINGS, line("01.01", degree=3)))
    checked = check(Workbook((replace(made, merges=(merge,)),)), SIGNED, rules())
    assert checked.findings == (Finding("merged-cells", Place(SHEET, merge.split(":")[0]), "01.01", merge),)


@pytest.mark.parametrize("merge", ["A9:A12", "B2:C2", "G2:I2", "H2:H9", "J2:K5", "A2", "x"])
def test_merges_that_hide_no_answer_are_none_of_ours(merge: str) -> None:
    made = sheet((HEADINGS[:7], line("01.01", degree=3)[:7]))
    checked = check(Workbook((replace(made, merges=(merge,)),)), SIGNED, rules())
    assert checked.findings == () and len(checked.entries) == 1


def test_merged_cells_are_said_once_for_all_the_rows_that_they_stop() -> None:
    made = sheet((HEADINGS, *(line(code, degree=3) for code in ("01.01", "01.01.01", "01.10"))))
    merged = Workbook((replace(made, merges=("F2:F3", "G3:G4", "J9:J10")),))
    checked = check(merged, SIGNED, rules())
    assert checked.findings == (Finding("merged-cells", Place(SHEET, "F2"), "01.01", "F2:F3, G3:G4"),)
    assert checked.entries == () and [row.code for row in checked.rows] == ["01.01", "01.01.01", "01.10"]


def test_a_hidden_row_is_taken_and_said() -> None:
    made = sheet((HEADINGS, line("01.01", degree=3)))
    checked = check(Workbook((replace(made, hidden_rows=frozenset({2})),)), SIGNED, rules())
    assert checked.findings == (Finding("hidden-row", Place(SHEET, "F2"), "01.01"),)
    assert len(checked.entries) == 1


def test_emptied_risks_are_no_risks_and_a_missing_column_keeps_the_plans() -> None:
    (entry,) = signed(line("01.01", degree=3)).entries
    assert entry.main_risks == ""
    narrow = Workbook((sheet((("Vuositavoite", "Etenemisaste", "Eteneminen"), ("01.01 Tavoite 01.01", 3, "A"))),))
    (entry,) = check(narrow, SIGNED, rules()).entries
    assert (entry.main_risks, entry.cells.main_risks, entry.cells.degree) == (
        "Resurssit eivät riitä",
        "",
        f"{SHEET}!B2",
    )


# Who


def test_an_unsigned_row_is_its_officers_else_the_goals_only_officers() -> None:
    checked = unsigned(line("01.01", degree=3), line("01.10", degree=2, officer=DIRECTOR.upper()))
    assert [(entry.officer, entry.signed) for entry in checked.entries] == [(CLERK, False), (DIRECTOR, False)]
    assert checked.findings == (Finding("unsigned"),)
    assert checked.officer is None
    assert unsigned(line("01.01", degree=3)).officer == CLERK


@pytest.mark.parametrize("name", [None, "–", "Talonmies", f"{CLERK}; {DIRECTOR}"])
def test_who_reports_a_shared_goal_must_be_said(name: str | None) -> None:
    checked = unsigned(line("01.10", degree=3, officer=name))
    shown = "–" if name is None else name
    finding = Finding("officer-unclear", Place(SHEET, "H2"), "01.10", shown, (CLERK, DIRECTOR))
    assert checked.findings == (Finding("unsigned"), finding)
    assert checked.entries == ()


def test_an_unsigned_foreign_row_is_refused() -> None:
    checked = unsigned(line("02", degree=3, officer=CLERK))
    assert checked.findings[1:] == (Finding("not-your-goal", Place(SHEET, "H2"), "02", CLERK, (DIRECTOR,)),)


def test_the_reporter_of_unowned_goals_may_report_them() -> None:
    for sender_rows in (line("01", degree=3), line("01", degree=3, officer="Strategiapäällikkö")):
        (entry,) = unsigned(sender_rows, unowned_reporter="Strategiapäällikkö").entries
        assert (entry.code, entry.officer) == ("01", "Strategiapäällikkö")
    assert unsigned(line("01", degree=3)).findings[1].rule == "officer-unclear"


def test_the_folder_says_who_when_the_settings_say_so() -> None:
    policy = rules(identity=IdentityPolicy.FOLDER)
    good = check(table(line("01.10", degree=3)), Sender(folder=CLERK.lower()), policy)
    assert [entry.officer for entry in good.entries] == [CLERK]
    nobody = check(table(line("01.10", degree=3)), Sender(folder=""), policy)
    assert nobody.findings == (Finding("folder-of-nobody", value="–", allowed=(CLERK, DIRECTOR)),)
    assert check(table(line("01.01", degree=3)), SIGNED, policy).entries


def test_only_signed_forms_are_taken_when_the_settings_say_so() -> None:
    policy = rules(identity=IdentityPolicy.SIGNED)
    assert check(table(line("01.01", degree=3)), Sender(), policy).findings == (Finding("not-signed"),)
    assert check(table(line("01.01", degree=3)), SIGNED, policy).entries


GOING_ON = Sender(before=CLERK)


def test_a_file_that_lost_its_signature_stays_its_officers_while_its_rows_name_that_officer_or_nobody() -> None:
    for name in (None, "", "-", CLERK, CLERK.upper()):
        checked = check(table(line("01.10", degree=3, officer=name), line("01.01", degree=2)), GOING_ON, rules())
        assert checked.findings == (Finding("signature-lost", value=CLERK),)
        assert [(entry.officer, entry.signed) for entry in checked.entries] == [(CLERK, True)] * 2
        assert checked.officer == CLERK and checked.sender and checked.sender.signer == CLERK
    policy = rules(identity=IdentityPolicy.SIGNED)
    assert check(table(line("01.01", degree=3)), GOING_ON, policy).taken == 1


def test_a_file_that_lost_its_signature_and_names_another_is_nobodys() -> None:
    rows = line("01.01", degree=3, officer=CLERK), line("01.10", degree=3, officer=DIRECTOR)
    checked = check(table(*rows), GOING_ON, rules())
    assert checked.findings == (Finding("unsigned"),)
    assert [(entry.officer, entry.signed) for entry in checked.entries] == [(CLERK, False), (DIRECTOR, False)]
    signed_again = check(table(rows[0]), replace(SIGNED, before=DIRECTOR), rules())
    assert signed_again.findings == () and signed_again.officer == CLERK


# What is taken back

WITHDRAW = ReplyWords(withdraw=("Perun vastaukseni", "Jag återtar mitt svar"))


@pytest.mark.parametrize("words", ["Perun vastaukseni", " PERUN  vastaukseni. ", "jag återtar mitt svar"])
def test_an_answer_is_withdrawn_in_the_degrees_cell(words: str) -> None:
    checked = signed(line("01.01", degree=words, narrative=""), line("01.10", degree=3), reply_words=WITHDRAW)
    withdrawn, taken = checked.rows
    assert checked.findings == () and checked.verdict is Verdict.ACCEPTED
    assert (withdrawn.code, withdrawn.withdraws, withdrawn.entry) == ("01.01", Author(CLERK, signed=True), None)
    assert (withdrawn.taken, withdrawn.state, taken.taken) == (False, RowState.NOT_REPORTED, True)
    alone = check(table(line("01.01", degree=words)), Sender(), rules(reply_words=WITHDRAW))
    assert alone.findings == (Finding("unsigned"),) and alone.officer == CLERK


def test_nobody_withdraws_another_officers_answer_and_no_words_withdraw_by_themselves() -> None:
    checked = signed(line("02", degree="Perun vastaukseni"), reply_words=WITHDRAW)
    assert [finding.rule for finding in checked.findings] == ["not-your-goal"]
    assert checked.rows[0].withdraws is None
    assert signed(line("01.01", degree="Perun vastaukseni")).findings[0].rule == "degree-out-of-scale"


@pytest.mark.parametrize(
    ("standing", "taken"),
    [
        (None, True),
        (Standing.TAKEN, True),
        (Standing.SAME, True),
        (Standing.UNCHANGED, True),
        (Standing.SUPERSEDED, False),
        (Standing.DIFFERS, False),
        (Standing.UNSIGNED, False),
        (Standing.WAITING, False),
    ],
)
def test_a_row_is_in_the_report_by_its_standing(standing: Standing | None, taken: bool) -> None:  # noqa: FBT001
    checked = signed(line("01.01", degree=3), line("01.10", degree=9))
    rows = tuple(replace(row, standing=standing) for row in checked.rows)
    judged = replace(checked, rows=rows)
    assert [row.taken for row in rows] == [taken, False] and judged.taken == taken
    assert [entry.code for entry in judged.entries] == ["01.01"]


# Whole files


def test_another_periods_form_gives_one_finding() -> None:
    old = Sender(Claim(Identity("2025-2", CLERK, "x", 0), signed=True))
    for workbook in (
        table(line("09", degree=9)),
        Workbook((sheet((("Vuositavoite", "Kokonaistilanne", "Eteneminen"),)),)),
    ):
        checked = check(workbook, old, rules())
        assert checked.findings == (Finding("another-period", value="2025-2", allowed=("2026-1",)),)
        assert (checked.officer, checked.period, checked.entries) == (CLERK, "2025-2", ())


def test_a_workbook_that_is_not_ours_gives_one_finding() -> None:
    other = Workbook((sheet((("Nimi", "Summa"), ("Etenemisaste", 3))),))
    for sender in (SIGNED, Sender(Claim(Identity("2025-2", CLERK, "x", 0), signed=True))):
        assert check(other, sender, rules()).findings == (Finding("wrong-workbook", allowed=HEADINGS),)


def test_a_renamed_heading_gives_one_finding() -> None:
    renamed = ("Valtuustokauden tavoite", "Vuositavoite", "Toimenpide", "Aste", "Eteneminen")
    checked = check(Workbook((sheet((renamed, line("01.01", degree=9))),)), SIGNED, rules())
    finding = Finding("heading-missing", Place(SHEET, "D1"), value=", ".join(renamed), allowed=("Etenemisaste",))
    assert checked.findings == (finding,)


def test_a_heading_in_two_columns_and_a_table_in_two_places_are_not_guessed() -> None:
    twice = Workbook((sheet((("Vuositavoite", "Etenemisaste", "Eteneminen", "Etenemisaste"),)),))
    assert check(twice, SIGNED, rules()).findings == (
        Finding("double-heading", Place(SHEET, "B1"), value="Etenemisaste"),
    )
    tables = Workbook((sheet((HEADINGS,)), sheet(((None,), HEADINGS), "Kopio")))
    assert check(tables, SIGNED, rules()).findings == (
        Finding("two-tables", Place("Kopio", "A2"), value="Seuranta!A1, Kopio!A2"),
    )


def test_headings_are_found_in_any_order_on_any_row_in_any_language_beside_other_columns() -> None:
    rows = (
        ("Otsikko",),
        ("Muuta", "Kokonais-\ntilanne", "Framskridande", "etenemis\u00adaste", None, "ANNUAL GOAL"),
        ("x", "●", "Teksti", "3", "y", "01.01 Tavoite 01.01"),
    )
    (entry,) = check(Workbook((sheet(rows),)), SIGNED, rules()).entries
    assert (entry.code, entry.degree, entry.narrative, entry.overall_status) == (
        "01.01",
        3,
        "Teksti",
        "suunnitelman mukaan",
    )


def test_an_unreadable_file_gets_its_verdict_and_macros_are_said() -> None:
    checked = check(Unreadable("damaged-workbook", "xl/workbook.xml"), Sender(), rules())
    assert checked.verdict is Verdict.UNREADABLE
    assert checked.findings == (Finding("damaged-workbook", value="xl/workbook.xml"),)
    macros = Workbook(table(line("01.01", degree=3)).sheets, has_macros=True)
    assert check(macros, SIGNED, rules()).findings == (Finding("macros-ignored"),)


def test_last_periods_answers_never_pass_for_this_periods() -> None:
    previous = (PreviousAnswer("01.01", 3, "Etenee."), PreviousAnswer("01.01.01", 2, "Alussa."))
    same = (line("01.01", degree=3, narrative="Etenee. "), line("01.01.01", degree=2, narrative="Alussa."))
    assert unsigned(*same, previous=previous).findings == (Finding("same-as-previous", Place(SHEET)),)
    assert len(signed(*same, previous=previous).entries) == 2
    changed = (same[0], line("01.01.01", degree=3, narrative="Alussa."))
    assert len(unsigned(*changed, previous=previous).entries) == 2


# Doubles


def test_two_different_answers_to_one_goal_are_both_refused() -> None:
    checked = signed(line("01.01", degree=3), line("01.01", degree=4), line("01.01.01", degree=2))
    places = f"{SHEET}!F2, {SHEET}!F3"
    assert checked.findings == (
        Finding("double-row", Place(SHEET, "F2"), "01.01", places),
        Finding("double-row", Place(SHEET, "F3"), "01.01", places),
    )
    assert [entry.code for entry in checked.entries] == ["01.01.01"]


def test_a_repeated_answer_counts_once() -> None:
    checked = signed(line("01.01", degree=3), line("01.01", degree=3))
    assert len(checked.entries) == 1
    assert checked.findings == (Finding("row-repeated", Place(SHEET, "F3"), "01.01", f"{SHEET}!F2, {SHEET}!F3"),)


@given(any_workbooks())
def test_no_cell_makes_checking_raise_and_nothing_wrong_is_taken(workbook: Workbook) -> None:
    checked = check(workbook, Sender(), rules())
    for entry in checked.entries:
        assert entry.degree in (None, 1, 2, 3, 4, 5)
        assert any(entry.officer == name for name in PLAN.by_code[entry.code].officers)
        assert entry.degree is not None or entry.narrative.strip()
    assert {finding.rule for finding in checked.findings} <= set(RULES)


def test_an_empty_plan_has_an_example_of_a_code_too() -> None:
    empty = rules(plan=type(PLAN)(()))
    finding = check(table(line("01.01", degree=3)), Sender(), empty).findings[1]
    assert finding == Finding("unknown-code", Place(SHEET, "B2"), None, "01.01", ())
    unnamed = check(table((None, None, None, None, None, 3)), Sender(), empty).findings[1]
    assert unnamed.allowed == ("01.02",)


def test_a_goal_of_one_officer_outside_the_plan_sheet_is_still_known() -> None:
    plan = type(PLAN)((goal("01", "Joku"),))
    (entry,) = check(table(line("01", degree=3)), Sender(), rules(plan)).entries
    assert entry.officer == "Joku"


# What nobody can see, and what stands where nobody looks


def test_a_hidden_column_of_answers_is_read_and_said_once() -> None:
    made = sheet((HEADINGS, line("01.01", degree=3), line("01.01.01", degree=2), line("01.10")))
    checked = check(Workbook((replace(made, hidden_columns=frozenset({1, 4, 5, 6})),)), SIGNED, rules())
    assert checked.findings == (Finding("hidden-row", Place(SHEET, "F1")),)
    assert len(checked.entries) == 2


def test_a_table_on_a_hidden_sheet_is_no_submission_and_hides_no_other() -> None:
    hidden = sheet((HEADINGS, line("01.01", degree=5)), "Vanha", SheetState.HIDDEN)
    assert check(Workbook((hidden,)), SIGNED, rules()).findings == (
        Finding("wrong-workbook", Place("Vanha"), allowed=HEADINGS),
    )
    (entry,) = check(Workbook((hidden, sheet((HEADINGS, line("01.01", degree=3))))), SIGNED, rules()).entries
    assert entry.degree == 3


def test_rows_that_sorting_carried_above_their_headings_are_rows_and_other_words_are_not() -> None:
    above = (line("01.01", degree=3), ("Seuranta 2026", None, None, None, None, None, "Luonnos"), (2026, None, None))
    checked = check(Workbook((sheet((*above, HEADINGS, line("01.01.01", degree=2))),)), SIGNED, rules())
    assert [entry.code for entry in checked.entries] == ["01.01", "01.01.01"] and checked.findings == ()


def test_a_formula_that_gave_an_empty_text_shows_nothing() -> None:
    nothing = Cell(1, 1, CellKind.TEXT, "", formula='IF(A1="","",3)')
    checked = signed(line("01.01", degree=nothing, narrative=nothing), line("01.10", degree=3))
    assert checked.findings == () and [entry.code for entry in checked.entries] == ["01.10"]


def test_a_table_of_more_rows_than_any_programme_has_goals_is_refused() -> None:
    checked = signed(*(line("01.01", degree=3) for _ in range(5001)))
    assert checked.findings == (Finding("too-large-workbook", Place(SHEET), value="rows 5000"),)


def test_what_is_refused_is_not_asked_about_as_well() -> None:
    checked = signed(line("01.01", degree=3, narrative=""), line("01.01", degree=4, narrative=""))
    assert [finding.rule for finding in checked.findings] == ["double-row", "double-row"]


@pytest.mark.parametrize(
    "text",
    [IDENTITY_CODE, "131052‑9993", "131052–9993", "131052−9993", "131052\u00ad-9993", "131052a9993", "x: 131052-9993."],
)
def test_a_personal_identity_code_is_known_by_its_check_character_whatever_its_dash(text: str) -> None:
    assert signed(line("01.01", degree=3, narrative=text)).findings[0].rule == "personal-identity-code"


@pytest.mark.parametrize(
    "text", ["131052-9992", "321352-9993", "131352-999U", "1310529993", "A131052-9993", "131052-99931"]
)
def test_numbers_that_are_no_identity_codes_are_left_alone(text: str) -> None:
    assert signed(line("01.01", degree=3, narrative=text)).findings == ()


def test_an_old_form_whose_title_is_unlike_the_plans_is_not_taken_for_the_goal_that_has_its_code_now() -> None:
    old = Sender(Claim(Identity("2026-1", CLERK, "the plan before", 0), signed=True))
    row = line("01.01", annual_goal="01.01 Kokonaan eri sanat", degree=3)
    (finding,) = check(table(row), old, rules()).findings
    assert (finding.rule, finding.allowed) == ("code-and-title-disagree", ("01.01 Tavoite 01.01",))
