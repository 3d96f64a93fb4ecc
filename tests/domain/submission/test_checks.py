"""Each rule found at its cell, with nothing beside it; and good rows counted beside bad ones."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from generator.domain.base.finding import Finding, Place
from generator.domain.base.rules import RULES
from generator.domain.base.settings import IdentityPolicy
from generator.domain.plan.form import Claim, Identity, PreviousAnswer
from generator.domain.submission.check_rules import ReplyWords, Sender
from generator.domain.submission.checks import Checked, Verdict, check
from generator.domain.submission.row_checks import Author, RowState, Standing
from generator.domain.submission.workbook import Cell, CellKind, Sheet, SheetState, Unreadable, Workbook
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
        (line("01.01", degree=3.5), Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "3,5", OPTIONS)),
        (line("01.01", degree=True), Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "TOSI", OPTIONS)),
        (
            line("01.01", degree=Cell(1, 1, CellKind.NUMBER, "3", "dd.mm.yyyy")),
            Finding("degree-as-date", Place(SHEET, "F2"), "01.01", "3.1.1900", OPTIONS),
        ),
        (
            line("01.01", degree=Cell(1, 1, CellKind.NUMBER, "3", "0 %")),
            Finding("degree-out-of-scale", Place(SHEET, "F2"), "01.01", "300 %", OPTIONS),
        ),
        (line("01.01", degree=ERROR_CELL), Finding("cell-error", Place(SHEET, "F2"), "01.01", "#VIITTAUS!")),
        (line("01.01", degree=EMPTY_FORMULA), Finding("formula-without-value", Place(SHEET, "F2"), "01.01", "=A1")),
        (line("01.01", narrative="Teksti"), Finding("degree-missing", Place(SHEET, "F2"), "01.01", "", OPTIONS)),
        (line("01.01", main_risks="Muuttunut"), Finding("degree-missing", Place(SHEET, "F2"), "01.01", "", OPTIONS)),
        (line("01.01", overall_status="●"), Finding("degree-missing", Place(SHEET, "F2"), "01.01", "", OPTIONS)),
        (
            line("01.01", degree="Ei arvioitavissa", narrative=" "),
            Finding("not-assessable-without-reason", Place(SHEET, "G2"), "01.01"),
        ),
        (
            line("01.01", degree="taso 4"),
            Finding("degree-unclear", Place(SHEET, "F2"), "01.01", "taso 4", (OPTIONS[3],)),
        ),
        (
            line("01.01", degree=3, narrative=3.25),
            Finding("text-is-not-text", Place(SHEET, "G2"), "01.01", "3,25"),
        ),
        (
            line("01.01", degree=3, main_risks=ERROR_CELL),
            Finding("cell-error", Place(SHEET, "D2"), "01.01", "#VIITTAUS!"),
        ),
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
            Finding("no-code", Place(SHEET, "B2"), None, "Ilman koodia", ("01.01 Tavoite 01.01",)),
        ),
        (
            line("01.01", annual_goal=1.1, degree=3),
            Finding("code-unclear", Place(SHEET, "B2"), None, "1,1", ("01.01 Tavoite 01.01", "01.10 Tavoite 01.10")),
        ),
        (
            (None, None, None, None, None, 3, "Teksti"),
            Finding("no-code", Place(SHEET, "A2"), None, "3 Teksti", ("01.01 Tavoite 01.01",)),
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


@pytest.mark.parametrize("typed", ["hyvin", "OK", "?", "vihreä", 1, ERROR_CELL, EMPTY_FORMULA])
def test_an_overall_status_that_cannot_be_read_is_asked_and_its_row_taken_without_one(typed: object) -> None:
    checked = signed(line("01.01", degree=3, overall_status=typed))
    (asked,) = checked.findings
    assert (asked.rule, asked.place, asked.allowed) == (
        "overall-status-unclear",
        Place(SHEET, "E2"),
        SETTINGS.statuses.options("fi"),
    )
    assert checked.verdict is Verdict.ACCEPTED and [entry.overall_status for entry in checked.entries] == [""]
    replied = frozenset({asked.key})
    assert signed(line("01.01", degree=3, overall_status=typed), replied=replied).findings == ()
    (other,) = signed(line("01.01", degree=3, overall_status="muuta"), replied=replied).findings
    assert other.key != asked.key


@pytest.mark.parametrize("typed", ["-", "–", " — ", "--"])
def test_a_dash_as_the_overall_status_is_an_empty_cell(typed: str) -> None:
    checked = signed(line("01.01", degree=3, overall_status=typed))
    assert checked.findings == () and [entry.overall_status for entry in checked.entries] == [""]


def test_a_row_that_has_only_a_dash_as_its_status_is_not_answered() -> None:
    checked = signed(line("01.01", degree=3), line("01.01.01", overall_status="–"), line("02", overall_status="-"))
    assert checked.findings == () and len(checked.entries) == 1
    assert signed(line("01.01", overall_status="?")).findings[0].rule == "degree-missing"


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
    strange = Finding("not-read", Place(SHEET, "B4"), value="1", allowed=("B4 “77.77 Tuntematon”",))
    assert checked.findings == (Finding("nothing-filled"), strange)
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
    rule = "merged-in-row" if merge.count("2") == 2 else "merged-cells"
    assert checked.findings == (Finding(rule, Place(SHEET, merge.split(":")[0]), "01.01", merge),)


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


def test_hidden_rows_are_taken_and_said_in_one_note() -> None:
    made = sheet((HEADINGS, *(line("01.01", degree=3, narrative="Sama") for _ in range(8)), line("01.10")))
    checked = check(Workbook((replace(made, hidden_rows=frozenset({2, 4, 5, 6, 8, 10, 40})),)), SIGNED, rules())
    notes = [finding for finding in checked.findings if finding.rule == "hidden-rows"]
    assert notes == [Finding("hidden-rows", Place(SHEET, "F2"), value="2, 4–6, 8")]
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
    assert (withdrawn.code, withdrawn.withdraws, withdrawn.entry) == ("01.01", True, None)
    assert withdrawn.author == Author(CLERK, signed=True)
    assert (withdrawn.taken, withdrawn.state, taken.taken) == (False, RowState.NOT_REPORTED, True)
    alone = check(table(line("01.01", degree=words)), Sender(), rules(reply_words=WITHDRAW))
    assert alone.findings == (Finding("unsigned"),) and alone.officer == CLERK


def test_nobody_withdraws_another_officers_answer_and_no_words_withdraw_by_themselves() -> None:
    checked = signed(line("02", degree="Perun vastaukseni"), reply_words=WITHDRAW)
    assert [finding.rule for finding in checked.findings] == ["not-your-goal"]
    assert not checked.rows[0].withdraws
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


@pytest.mark.parametrize(
    "rest",
    [(), ("Etenemisaste edellisellä kaudella", "Eteneminen edellisellä kaudella"), ("Muistiinpanot kunnassa",)],
)
def test_a_deleted_column_is_said_to_be_missing(rest: tuple[str, ...]) -> None:
    left = (*HEADINGS[:5], *HEADINGS[6:], *rest)
    (found,) = check(Workbook((sheet((left, line("01.01")[:7])),)), SIGNED, rules()).findings
    is_renamed = rest == ("Muistiinpanot kunnassa",)
    assert found.rule == ("heading-missing" if is_renamed else "column-missing")
    assert found.allowed == ("Etenemisaste",) and found.value.startswith(", ".join(left)[:150])


def test_the_example_of_a_code_is_the_officers_own_goal_or_the_rows_or_the_files() -> None:
    def example(row: tuple[object, ...], *others: tuple[object, ...], sender: Sender = SIGNED) -> tuple[str, ...]:
        findings = check(table(row, *others), sender, rules()).findings
        return next(finding.allowed for finding in findings if finding.rule == "no-code")

    bare = line("01.01", annual_goal="Ilman koodia", degree=3)
    assert example(bare) == ("01.01 Tavoite 01.01",)
    assert example(line("01.01", annual_goal="Tavoite 01.10", degree=3)) == ("01.10 Tavoite 01.10",)
    other = Sender(Claim(Identity("2026-1", DIRECTOR, PLAN.digest, 0), signed=True))
    assert example(bare, sender=other) == ("01.01.02 Tavoite 01.01.02",)
    by_row = line("02", council_term_goal="Ilman koodia", degree=3, officer=DIRECTOR)
    assert example(by_row, sender=Sender()) == ("01.01.02 Tavoite 01.01.02",)
    assert example(bare, line("02", degree=3, officer=DIRECTOR), sender=Sender()) == ("02 Tavoite 02",)


def test_a_heading_in_two_columns_and_a_table_in_two_places_are_not_guessed() -> None:
    twice = Workbook((sheet((("Vuositavoite", "Etenemisaste", "Eteneminen", "Etenemisaste"),)),))
    assert check(twice, SIGNED, rules()).findings == (
        Finding("double-heading", Place(SHEET, "B1"), value="Etenemisaste"),
    )
    rows = (line("01.01", degree=3), line("01.01.01", degree=3))
    tables = Workbook((sheet((HEADINGS, rows[0])), sheet(((None,), HEADINGS, rows[1]), "Kopio")))
    assert check(tables, SIGNED, rules()).findings == (
        Finding("two-tables", Place("Kopio", "A2"), value="Seuranta!A1, Kopio!A2"),
    )


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (line("01.01", main_risks="Riski", officer=CLERK),),
        (line("01.01", degree=3),),
        (line("01.01.01", degree=2), line("01.01", degree=3)),
    ],
    ids=["headings alone", "nothing answered", "one of the answers", "the same answers in another order"],
)
def test_a_second_table_without_answers_of_its_own_is_named_and_not_read(rows: tuple[Any, ...]) -> None:
    own = sheet((HEADINGS, line("01.01", degree=3), line("01.01.01", degree=2)))
    other = sheet(((None,), HEADINGS, *rows), "Kopio")
    for sheets in ((own, other), (other, own)):
        checked = check(Workbook(sheets), SIGNED, rules())
        assert [entry.code for entry in checked.entries if entry.degree in (2, 3)].count("01.01") == 1
        assert len(checked.entries) == 2
        (note,) = checked.findings
        assert note.rule == "other-table" and note.value in ("Kopio!A2", "Seuranta!A1")
        assert {note.value, *note.allowed} == {"Kopio!A2", "Seuranta!A1"}


def test_what_lies_below_a_second_heading_row_is_no_row_of_the_first_table() -> None:
    workbook = Workbook((sheet((HEADINGS, line("01.01", degree=3), HEADINGS, line("01.01.01", main_risks="Riski"))),))
    checked = check(workbook, SIGNED, rules())
    assert checked.findings == (
        Finding("other-table", Place(SHEET, "A3"), value="Seuranta!A3", allowed=("Seuranta!A1",)),
    )
    assert [row.code for row in checked.rows] == ["01.01"]


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
    places = "F2, F3"
    assert checked.findings == (
        Finding("double-row", Place(SHEET, "F2"), "01.01", places),
        Finding("double-row", Place(SHEET, "F3"), "01.01", places),
    )
    assert [entry.code for entry in checked.entries] == ["01.01.01"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"degree": 2.4}, "degree-out-of-scale"),
        ({"degree": 6}, "degree-out-of-scale"),
        ({"degree": None, "narrative": "Eteni."}, "degree-missing"),
        ({"degree": 1, "narrative": ERROR_CELL}, "cell-error"),
        ({"degree": 1, "narrative": f"Asiakas {IDENTITY_CODE}"}, "personal-identity-code"),
    ],
)
@pytest.mark.parametrize("order", [1, -1], ids=["error first", "error last"])
@pytest.mark.parametrize("sender", [SIGNED, Sender()], ids=["signed", "unsigned"])
def test_a_goal_that_stands_twice_with_a_row_in_error_is_not_taken_and_both_rows_say_it(
    changes: dict[str, Any], rule: str, order: int, sender: Sender
) -> None:
    rows = [line("01.01", **changes), line("01.01", degree=1)]
    checked = check(table(*rows[::order], line("01.01.01", degree=2)), sender, rules())
    found = [(finding.rule, finding.place.cell) for finding in checked.findings if finding.rule != "unsigned"]
    assert [cell for name, cell in found if name == "double-row"] == ["F2", "F3"]
    assert [name for name, _ in found if name != "double-row"] == [rule]
    assert [entry.code for entry in checked.entries] == ["01.01.01"]


def test_two_rows_of_a_goal_in_error_say_what_is_wrong_with_each_and_no_more() -> None:
    checked = signed(line("01.01", degree=6), line("01.01", degree=7))
    assert [finding.rule for finding in checked.findings] == ["degree-out-of-scale"] * 2


def test_two_officers_rows_of_one_goal_are_no_doubles_though_one_is_in_error() -> None:
    checked = unsigned(line("01.10", degree=6, officer=CLERK), line("01.10", degree=1, officer=DIRECTOR))
    assert [entry.officer for entry in checked.entries] == [DIRECTOR]


def test_a_merged_row_and_another_of_its_goal_are_both_refused() -> None:
    made = sheet((HEADINGS, line("01.01", degree=3), line("01.01", degree=4)))
    checked = check(Workbook((replace(made, merges=("F2:G2",)),)), SIGNED, rules())
    assert [finding.rule for finding in checked.findings] == ["merged-in-row", "double-row", "double-row"]
    assert checked.entries == ()


def test_a_repeated_answer_counts_once() -> None:
    checked = signed(line("01.01", degree=3), line("01.01", degree=3))
    assert len(checked.entries) == 1
    assert checked.findings == (Finding("row-repeated", Place(SHEET, "F3"), "01.01", "F2, F3"),)


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
    assert checked.findings == (Finding("hidden-columns", Place(SHEET, "F1"), value="F"),)
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
    assert [entry.code for entry in checked.entries] == ["01.01", "01.01.01"]
    assert checked.findings == (Finding("not-read", Place(SHEET, "G2"), value="1", allowed=("G2 “Luonnos”",)),)


def test_a_formula_that_gave_an_empty_text_shows_nothing() -> None:
    nothing = Cell(1, 1, CellKind.TEXT, "", formula='IF(A1="","",3)')
    checked = signed(line("01.01", degree=nothing, narrative=nothing), line("01.10", degree=3))
    assert checked.findings == () and [entry.code for entry in checked.entries] == ["01.10"]


def test_a_table_of_more_rows_than_any_programme_has_goals_is_refused() -> None:
    checked = signed(*(line("01.01", degree=3) for _ in range(5001)))
    assert checked.findings == (Finding("too-many-rows", Place(SHEET), allowed=("5000",)),)


def test_a_sheet_that_was_not_read_to_its_end_is_refused_unless_the_table_is_another() -> None:
    whole = table(line("01.01", degree=3))
    (sheet,) = whole.sheets
    cut, aside = replace(sheet, is_cut=True), Sheet("Loki", SheetState.VISIBLE, (), is_cut=True)
    found = (Finding("too-many-rows", Place(SHEET), allowed=("5000",)),)
    assert check(Workbook((cut,)), SIGNED, rules()).findings == found
    assert check(Workbook((aside,)), SIGNED, rules()).findings == (replace(found[0], place=Place("Loki")),)
    assert check(Workbook((aside, sheet)), SIGNED, rules()).findings == ()
    hidden = replace(aside, state=SheetState.HIDDEN)
    assert [finding.rule for finding in check(Workbook((hidden,)), SIGNED, rules()).findings] == ["wrong-workbook"]


def struck(raw: str, words: str) -> Cell:
    return Cell(1, 1, CellKind.TEXT, raw, struck=words)


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (line("01.01", degree=3, narrative=struck("Työ ei etenee", "ei")), "G2", "ei"),
        (line("01.01", degree=struck("3", "3"), narrative=struck("Työ", "Työ")), "F2", "3 / Työ"),
        (line("01.01", annual_goal=struck("01.01 Tavoite 01.01", "01.01")), "B2", "01.01"),
        (line("01.01", degree=3, main_risks=struck("Raha loppuu", "loppuu")), "D2", "loppuu"),
        (line("01.01", degree=9, overall_status=struck("●", "●")), "E2", "●"),
        (line("01.01", degree=3, officer=struck(CLERK, CLERK)), "H2", CLERK),
    ],
)
def test_struck_through_text_is_an_error_of_its_row_and_the_only_one(
    row: tuple[object, ...], cell: str, words: str
) -> None:
    checked = signed(row, line("01.01.01", degree=4))
    assert checked.findings == (Finding("struck-through-text", Place(SHEET, cell), "01.01", words),)
    assert [entry.code for entry in checked.entries] == ["01.01.01"]


@pytest.mark.parametrize("field", ["degree", "overall_status", "main_risks", "narrative", "annual_goal"])
def test_a_text_longer_than_a_cell_of_excel_is_an_error_of_its_row(field: str) -> None:
    row = {"degree": 3, field: "x" * 32_768}
    (finding,) = signed(line("01.01", **row), line("01.01.01", degree=4)).findings
    assert (finding.rule, finding.value, finding.allowed) == ("text-too-long", "32768", ("32767",))


def test_the_longest_text_of_excel_is_taken() -> None:
    assert signed(line("01.01", degree=3, narrative="x" * 32_767)).findings == ()


@pytest.mark.parametrize(
    ("language", "values"),
    [
        ("fi", ["3,5", "EPÄTOSI", "#PUUTTUU!", "0,5 %", "60.5"]),
        ("sv", ["3,5", "FALSKT", "#SAKNAS!", "0,5 %", "60.5"]),
        ("en", ["3.5", "FALSE", "#N/A", "0.5 %", "60.5"]),
    ],
)
def test_values_are_shown_as_the_officers_program_shows_them(language: str, values: list[str]) -> None:
    cells = (
        Cell(1, 1, CellKind.NUMBER, "3.5"),
        Cell(1, 1, CellKind.BOOLEAN, "FALSE"),
        Cell(1, 1, CellKind.ERROR, "#N/A"),
        Cell(1, 1, CellKind.NUMBER, "0.005", "0.0 %"),
        Cell(1, 1, CellKind.TEXT, "60.5"),
    )
    found = (signed(line("01.01", degree=cell), language=language).findings[0].value for cell in cells)
    assert list(found) == values


@pytest.mark.parametrize(("word", "name"), [("pdf", "PDF file"), ("ods", "OpenDocument spreadsheet"), ("x", "x")])
def test_a_file_that_is_no_workbook_is_called_by_its_kind(word: str, name: str) -> None:
    (finding,) = check(Unreadable("not-a-workbook", word), SIGNED, rules()).findings
    assert finding.value == name


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
    assert signed(line("01.01", degree=3, narrative=f"Asia {text}")).findings == ()


def test_an_old_form_whose_title_is_unlike_the_plans_is_not_taken_for_the_goal_that_has_its_code_now() -> None:
    old = Sender(Claim(Identity("2026-1", CLERK, "the plan before", 0), signed=True))
    row = line("01.01", annual_goal="01.01 Kokonaan eri sanat", degree=3)
    (finding,) = check(table(row), old, rules()).findings
    assert (finding.rule, finding.allowed) == ("code-and-title-disagree", ("01.01 Tavoite 01.01",))
