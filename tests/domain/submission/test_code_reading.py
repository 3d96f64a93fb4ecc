"""Codes as people and programs leave them: all that they may mean, and never a goal that is not meant."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.check_rules import Sender
from generator.domain.submission.checks import Checked, check
from generator.domain.submission.code_reading import (
    fitting_goals,
    goals_titled,
    have_title,
    is_akin,
    is_reworded,
    is_shortened,
    liker_goals,
    names_another_goal,
    read_codes,
)
from generator.domain.submission.workbook import Cell, CellKind, Workbook
from tests.builders import CLERK, HEADINGS, cell, rules, sheet

TITLES = {
    "01": "Kunnan talous on tasapainossa",
    "01.01": "Laadimme talouden tasapainottamisohjelman",
    "01.02": "Uudistamme hankintojen ohjeet",
    "01.10": "Otamme käyttöön sähköisen arkiston",
    "01.20": "10 uutta asuntoa vanhuksille",
    "02.01": "Uudistamme hankintojen ohjeen",
    "02.01.03": "Järjestämme asukasillat kylissä vuosina 2026–2027",
    "02.01.04": "Järjestämme asukasillat kylissä vuosina 2028–2029",
    "03": "Henkilöstö voi hyvin",
    "10": "Henkilöstö voi hyvin",
    "10.01": "Vaihdamme katuvalot ledeihin",
}
PLAN = Plan(tuple(Goal(code, title, "", (CLERK,), "", "A1") for code, title in TITLES.items()))


def goal(code: str) -> Goal:
    return PLAN.by_code[code]


@pytest.mark.parametrize(
    ("value", "number_format", "codes"),
    [
        ("01.02", "General", ("01.02",)),
        ("1.2", "General", ("01.02", "01.20")),
        ("1.1.2", "General", ("01.01.02", "01.01.20")),
        ("01,10", "General", ("01.10",)),
        ("3", "General", ("03",)),
        ("x", "General", ()),
        ("001", "General", ()),
        ("1.2.3.4", "General", ("01.02.03", "01.02.30")),
        (1.1, "00.00", ("01.01", "01.10")),
        (1.02, "0.00", ("01.02",)),
        (10, "General", ("10",)),
        (102, "00\\.00", ("01.02", "11.04", "11.04.00", "04.11", "04.11.00")),
        (1.25, "0", ("01.25",)),
        (-1, "General", ()),
        (True, "General", ()),
    ],
)
def test_a_cell_gives_every_code_that_it_may_mean(value: object, number_format: str, codes: tuple[str, ...]) -> None:
    assert read_codes(cell(1, 1, value, number_format)).codes == codes


def test_a_date_gives_day_and_month_in_both_orders_with_and_without_its_year() -> None:
    serial = (date(2003, 2, 1) - date(1899, 12, 30)).days
    codes = ("01.02", "01.02.03", "02.01", "02.01.03")
    assert read_codes(cell(1, 1, serial, "dd.mm.yy")).codes == codes
    assert read_codes(Cell(1, 1, CellKind.NUMBER, "2003-02-01T00:00:00", "dd.mm.yyyy")).codes == codes


@pytest.mark.parametrize(
    ("text", "title", "is_exact"),
    [
        ("01.02 Ohjeet", "Ohjeet", True),
        ("\u200b01.02.\u00a0Ohjeet ", "Ohjeet", True),
        ("01.02 –", "", True),
        ("01.02Ohjeet", "Ohjeet", False),
        ("1.2: Ohjeet", "Ohjeet", False),
    ],
)
def test_a_code_is_exact_as_a_plan_writes_it_and_its_title_stands_behind_it(
    text: str,
    title: str,
    is_exact: bool,  # noqa: FBT001
) -> None:
    reading = read_codes(cell(1, 1, text))
    assert (reading.title, reading.is_exact) == (title, is_exact)


def test_only_goals_of_the_plan_fit() -> None:
    assert fitting_goals(read_codes(cell(1, 1, "1.2")), PLAN) == (goal("01.02"), goal("01.20"))


def test_a_title_says_its_goal_but_for_a_slip_of_the_pen() -> None:
    assert have_title(goal("01.10"), ("Otamme käyttöön sähköisen arkiston",), PLAN)
    assert have_title(goal("01.10"), ("muuta", "OTAMME KÄYTTÖÖN SÄHKÖSEN ARKISTON."), PLAN)
    assert not have_title(goal("01.10"), ("Otamme käyttöön paperisen arkiston", ""), PLAN)
    assert not have_title(goal("01.10"), ("Otamme sähköisen arkiston käyttöön",), PLAN)


def test_a_title_that_is_another_goals_or_a_slip_of_both_says_neither() -> None:
    assert not have_title(goal("02.01"), ("Uudistamme hankintojen ohjeet",), PLAN)
    for code in ("01.02", "02.01"):
        assert not have_title(goal(code), ("Uudistamme hankintojen ohjee",), PLAN)


def test_a_number_in_a_title_is_never_a_slip() -> None:
    for code in ("02.01.03", "02.01.04"):
        assert not have_title(goal(code), ("Järjestämme asukasillat kylissä vuosina 2027–2028",), PLAN)


def test_goals_of_one_title_are_both_titled_so() -> None:
    assert goals_titled(("henkilöstö voi hyvin", "muuta", ""), PLAN) == (goal("03"), goal("10"))


def test_a_reworded_title_is_like_its_goals_and_liker_to_it_than_to_any_other() -> None:
    assert is_reworded(goal("01.10"), "Otamme kaikki käyttöön sähköisen arkiston", PLAN)
    assert not is_reworded(goal("01.10"), "Rakennamme uuden arkiston", PLAN)
    assert not is_reworded(goal("02.01"), "Uudistamme hankintojen ohjeet", PLAN)
    assert liker_goals(goal("01.10"), "Uudistamme hankintojen ohjeeen", PLAN) == (goal("01.02"), goal("02.01"))


@pytest.mark.parametrize(
    ("code", "title", "names"),
    [
        ("01.02", "01.10 Otamme", True),
        ("01.02", "– 01.10 Otamme", True),
        ("01", "02 Uudistamme", True),
        ("01.02", "Uudistamme (ks. 01.10)", True),
        ("01.02", "Uudistamme 1.10", True),
        ("01.02", "Uudistamme 30.6.", False),
        ("01.02", "01.02 Uudistamme", True),
        ("01.02", "Uudistamme 01.02", False),
        ("01.02", "2026 Uudistamme", False),
        ("01.20", "10 uutta asuntoa", False),
        ("01.20", "12 uutta asuntoa", True),
    ],
)
def test_words_behind_a_code_may_name_another_goal(code: str, title: str, names: bool) -> None:  # noqa: FBT001
    assert names_another_goal(goal(code), title, PLAN) is names


_SIGNS = st.sampled_from([".", ",", "/", "-", "–", ":", " . "])


@st.composite
def _spelt(draw: st.DrawFn) -> tuple[str, object, str, bool]:
    """A goal's code, as a person or a program may leave it, its format, and whether it can be read exactly."""
    code = draw(st.sampled_from(sorted(TITLES)))
    parts = code.split(".")
    kind = draw(st.sampled_from(["text", "number", "date"]))
    if kind == "number" and len(parts) < 3:
        return code, float(".".join(parts)), draw(st.sampled_from(["General", "0.00", "00.00", "0"])), False
    if kind == "date" and len(parts) == 2:
        day, month = int(parts[0]), int(parts[1])
        first, second = draw(st.permutations([day, month]))
        if second <= 12:
            serial = (date(2026, second, first) - date(1899, 12, 30)).days
            return code, serial, draw(st.sampled_from(["dd.mm.", "mm.dd", "General"])), False
    stripped = [part.lstrip("0") if draw(st.booleans()) else part for part in parts]
    text = draw(_SIGNS).join(stripped)
    return code, text, "General", text == code


@given(_spelt(), st.sampled_from(["", *sorted(TITLES)]), st.booleans())
def test_whatever_a_code_became_no_goal_is_taken_but_the_one_whose_title_stands_there(
    spelt: tuple[str, object, str, bool],
    titled: str,
    beside: bool,  # noqa: FBT001
) -> None:
    code, value, number_format, is_exact = spelt
    title = TITLES.get(titled, "")
    behind = isinstance(value, str) and not beside
    typed = cell(1, 1, f"{value} {title}" if behind else value, number_format)
    row = (None, typed, None, None, None, 3, "Teksti", CLERK, None if behind else title or None)
    for entry in check(Workbook((sheet(((*HEADINGS, "Nimi"), row)),)), Sender(), rules(PLAN)).entries:
        assert TITLES[entry.code] == title or (not title and is_exact and entry.code == code)


LONG = Plan(
    tuple(
        Goal(code, title, "", (CLERK,), "", "A1")
        for code, title in (
            ("01.05", "Varaudumme väestön ikääntymiseen ja lisäämme asumisen vaihtoehtoja"),
            ("01.06", "Varaudumme häiriötilanteisiin ja turvaamme vesihuollon jatkuvuuden myös poikkeusoloissa"),
            ("01.07", "Emme luovu lähikouluista"),
        )
    )
)


@pytest.mark.parametrize(
    ("code", "title", "rule"),
    [
        ("01.06", "Varaudumme häiriötilanteisiin", "title-differs"),
        ("01.06", "varaudumme häiriötilantesiin", "title-differs"),
        ("01.06", "Varaudumme", "title-differs"),
        ("01.06", "Turvaamme vesihuollon", "title-differs"),
        ("01.06", "Varautuminen häiriötilanteisiin", "title-differs"),
        ("01.06", "Vesihuollon turvaaminen poikkeusoloissa", "title-differs"),
        ("01.06", "Häiriötilanteet", "title-differs"),
        ("01.06", "Varaudumme väestön ikääntymiseen", "code-and-title-disagree"),
        ("01.06", "Emme luovu lähikouluista", "code-and-title-disagree"),
        ("01.06", "Lähikoulut", "code-and-title-disagree"),
        ("01.06", "Uusi uimahalli", "code-and-title-disagree"),
        ("01.06", "ja myös", "code-and-title-disagree"),
    ],
)
def test_a_title_cut_short_or_in_other_forms_is_a_note_and_another_goals_is_an_error(
    code: str, title: str, rule: str
) -> None:
    workbook = Workbook((sheet((HEADINGS, (None, f"{code} {title}", None, None, None, 3, "Eteni."))),))
    checked = check(workbook, Sender(), rules(LONG))
    assert [finding.rule for finding in checked.findings] == ["unsigned", rule]
    assert [entry.code for entry in checked.entries] == ([code] if rule == "title-differs" else [])


def test_words_that_two_titles_have_in_common_tell_neither() -> None:
    assert is_shortened(LONG.by_code["01.05"], "Varaudumme") and not is_shortened(LONG.by_code["01.07"], "Varaudumme")
    assert not is_akin(LONG.by_code["01.05"], "Varaudumme uuteen", LONG)
    assert is_akin(LONG.by_code["01.05"], "Varaudumme ikääntymiseen", LONG)


PLAIN = Plan(
    tuple(
        replace(goal, code=".".join(part.lstrip("0") for part in goal.code.split(".")), cell="A1")
        for goal in PLAN.goals
    )
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"1.2 {TITLES['01.02']}", "1.2"),
        (f"01.02 {TITLES['01.02']}", "1.2"),
        (f"1.2. {TITLES['01.02']}", "1.2"),
        (f"1.20 {TITLES['01.20']}", "1.20"),
        (f"01.20 {TITLES['01.20']}", "1.20"),
        ("01.10", "1.10"),
        ("1.10", "1.10"),
        (f"3. {TITLES['03']}", "3"),
        ("2.1.3", "2.1.3"),
        ("02.01.03", "2.1.3"),
    ],
)
def test_a_plan_without_leading_noughts_takes_both_forms_without_a_word(text: str, code: str) -> None:
    workbook = Workbook((sheet([HEADINGS, [None, text, None, None, None, 3, "Työ etenee.", CLERK]]),))
    checked = check(workbook, Sender(), rules(PLAIN))
    assert [entry.code for entry in checked.entries] == [code] and told(checked) == []


def test_a_number_is_never_certain_in_a_plan_without_leading_noughts() -> None:
    """1.1 may be 1.10 that lost its nought."""
    assert [goal.code for goal in fitting_goals(read_codes(cell(1, 1, 1.1, "General")), PLAIN)] == ["1.1", "1.10"]
    workbook = Workbook((sheet([HEADINGS, [None, 1.1, None, None, None, 3, "Työ etenee.", CLERK]]),))
    assert told(check(workbook, Sender(), rules(PLAIN))) == ["code-unclear"]


def test_a_short_code_with_its_own_title_is_certain_where_no_other_goal_fits() -> None:
    for text, noted in ((f"10.1 {TITLES['10.01']}", []), (f"1.2 {TITLES['01.02']}", ["code-read-as"])):
        workbook = Workbook((sheet([HEADINGS, [None, text, None, None, None, 3, "Työ etenee.", CLERK]]),))
        assert told(check(workbook, Sender(), rules(PLAN))) == noted


def told(checked: Checked) -> list[str]:
    """The rules of the findings, without the one about the missing signature."""
    return [finding.rule for finding in checked.findings if finding.rule != "unsigned"]
