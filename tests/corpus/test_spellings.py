"""Codes and degrees in every spelling that people and programs leave them: taken only where nothing else is meant."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook as Book

from generator.domain.submission.check_rules import Sender
from generator.domain.submission.checks import Checked, check
from generator.formats.xlsx.reader import read_workbook
from tests import builders
from tests.builders import CLERK, HEADINGS
from tests.corpus.office import OPTIONS, PLAN
from tests.corpus.save import FIRST_SHEET, unzipped, with_cell, zipped

TITLES = {goal.code: goal.title for goal in PLAN.goals}
NARRATIVE = "Työ etenee tällä kaudella."
# One officer may report everything, so that nothing but the code decides.
RULES = builders.rules(replace(PLAN, goals=tuple(replace(goal, officers=(CLERK,)) for goal in PLAN.goals)))


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell: a value with its format, or a formula whose result is the value."""

    value: object
    number_format: str = "General"
    formula: str = ""

    def __str__(self) -> str:
        return ascii(f"{'=' if self.formula else ''}{self.value}[{self.number_format}]")


def row_checked(title: Typed, degree: Typed, beside: str = "") -> Checked:
    """One row in a workbook of somebody's own; `beside` stands in a column that has none of our headings."""
    book = Book()
    sheet = book.worksheets[0]
    sheet.append([*HEADINGS, "Nimi"])
    sheet.append([None, None, None, None, None, None, NARRATIVE, CLERK, beside or None])
    own_xml = {}
    for address, typed in (("B2", title), ("F2", degree)):
        sheet[address] = typed.value
        sheet[address].number_format = typed.number_format
        if typed.formula:
            kind = "n" if isinstance(typed.value, int | float) else "str"
            own_xml[address] = f't="{kind}"><f>{typed.formula}</f><v>{typed.value}</v></c>'
    stream = BytesIO()
    book.save(stream)
    parts = unzipped(stream.getvalue())
    for address, xml in own_xml.items():
        parts[FIRST_SHEET] = with_cell(parts[FIRST_SHEET], address, xml)
    return check(read_workbook(zipped(parts)), Sender(), RULES)


@dataclass(frozen=True, slots=True)
class CodeCase:
    """A code as typed, what stands beside it, and the goal that is taken or the rule that refuses."""

    typed: Typed
    beside: str
    expected: str

    def __str__(self) -> str:
        return f"{self.typed}-{self.beside[:14]}-{self.expected}"


def _texts(code: str, other: str, texts: tuple[str, ...], *, exact: bool) -> list[CodeCase]:
    """Texts with the goal's title, another goal's or none, behind the code and in another column."""
    refused = "code-and-title-disagree" if exact else "code-unclear"
    return [
        case
        for text in texts
        for case in (
            CodeCase(Typed(f"{text} {TITLES[code]}"), "", code),
            CodeCase(Typed(text), TITLES[code], code),
            CodeCase(Typed(text), "", code if exact else "code-unclear"),
            CodeCase(Typed(f"{text} {TITLES[other]}"), "", refused),
            CodeCase(Typed(text), TITLES[other], refused),
        )
    ]


def _values(code: str, other: str, typed: tuple[Typed, ...]) -> list[CodeCase]:
    """Numbers and dates, which hold no title: the goal's beside them, another goal's, or none."""
    return [
        case
        for one in typed
        for case in (
            CodeCase(one, TITLES[code], code),
            CodeCase(one, "", "code-unclear"),
            CodeCase(one, TITLES[other], "code-unclear"),
        )
    ]


def _numbers(value: float) -> tuple[Typed, ...]:
    formats = ("General", "0.00", "00.00", "@", "0.0")
    return (*(Typed(value, number_format) for number_format in formats), Typed(value, "0.00", "A9+1"))


def _dates(year: int, month: int, day: int) -> tuple[Typed, ...]:
    formats = ("dd.mm.", "dd.mm.yy", "mm.dd", "d.m.yyyy", "General")
    return tuple(Typed(date(year, month, day), number_format) for number_format in formats)


EXACT = ("01.02", "01.02.", " 01.02", "01.02\u00a0", "\u200b01.02", "\ufeff01.02", "01.02\n", "01.02 -")
LOOSE = (
    *("1.2", "01.2", "1.02", "1.2.", "01,02", "1,2", "01/02", "1/2", "01-02", "01–02", "01:02", "01·02"),
    *("01.02)", "01.02:", "1. 2"),
)
CODE_CASES = [
    *_texts("01.02", "01.10", EXACT, exact=True),
    *_texts("01.02", "01.10", LOOSE, exact=False),
    *_texts("01.10", "01.01", ("01.10",), exact=True),
    *_texts("01.10", "01.02", ("1.1", "01.1", "1,1", "1.10"), exact=False),
    *_texts("01.01", "01.02", ("1.1", "01,01", "1/1"), exact=False),
    *_texts("01.02.03", "02.01.03", ("01.02.03",), exact=True),
    *_texts("01.02.03", "02.01.03", ("1.2.3", "01.02.3", "1,2,3", "1/2/3", "1-2-3"), exact=False),
    *_texts("02.01.03", "01.02.03", ("2.1.3", "02/01/03"), exact=False),
    *_texts("03", "10", ("03", "03."), exact=True),
    *_texts("03", "10", ("3", "3.", "3)"), exact=False),
    *_values("01.02", "01.10", _numbers(1.02)),
    *_values("01.20", "01.10", _numbers(1.2)),
    *_values("01.10", "03", _numbers(1.1)),
    *_values("01.01", "03", _numbers(1.1)),
    *_values("02.01", "01.02", _numbers(2.01)),
    *_values("03", "10", _numbers(3)),
    *_values("10", "11", _numbers(10)),
    *_values("11", "10", _numbers(11)),
    *_values("01.02", "03", (Typed(102, "00\\.00"), Typed(102, '00"."00'))),
    *_values("01.02.03", "03", (Typed(10203, "00\\.00\\.00"),)),
    *_values("01.02", "03", _dates(2026, 2, 1)),
    *_values("02.01", "03", _dates(2026, 2, 1)),
    *_values("01.10", "03", _dates(2026, 10, 1)),
    *_values("10.01", "03", _dates(2026, 1, 10)),
    *_values("11.10", "03", _dates(2026, 10, 11)),
    *_values("01.02.03", "03", _dates(2003, 2, 1)),
    *_values("02.01.03", "03", _dates(2003, 2, 1)),
    *_values("01.02", "01.10", (Typed("1.2", "@", "A9"), Typed("01,02", "General", "A9"))),
    *(
        CodeCase(Typed(value), TITLES["01.02"], rule)
        for value, rule in (
            ("1.99", "unknown-code"),
            ("99", "unknown-code"),
            ("01.02.99", "unknown-code"),
            ("1.02.1", "unknown-code"),
            (1.99, "unknown-code"),
            (12.5, "unknown-code"),
            (100, "unknown-code"),
            (20260201, "no-code"),
            (1.0200000001, "no-code"),
            (-1.02, "no-code"),
            (True, "no-code"),
            ("0102", "no-code"),
            ("1.2.2026", "code-unclear"),
            ("001.002", "no-code"),
            ("O1.02", "no-code"),
            ("I.II", "no-code"),
            ("01.O2", "code-unclear"),
            ("٠١.٠٢", "no-code"),
            ("Tavoite 01.02", "no-code"),
            ("#1.2", "no-code"),
            ("01 02", "two-goals"),
            ("01 . 02", "two-goals"),
            ("01.02–01.10", "two-goals"),
            ("01.02, 01.10", "two-goals"),
            ("01.02/01.10", "two-goals"),
            (time(1, 2), "no-code"),
            (datetime(2026, 2, 1, 9, 30), "no-code"),
            ("#REF!", "cell-error"),
        )
    ),
]


@pytest.mark.parametrize("case", CODE_CASES, ids=map(str, CODE_CASES))
def test_a_code_is_taken_only_where_one_goal_fits_and_its_title_agrees(case: CodeCase) -> None:
    checked = row_checked(case.typed, Typed(3), case.beside)
    taken = [entry.code for entry in checked.entries]
    stopped = [finding.rule for finding in checked.findings if finding.severity == "error"]
    assert taken + stopped == [case.expected]
    asked = {label for finding in checked.findings if finding.rule == "code-unclear" for label in finding.allowed}
    assert asked <= {f"{code} {title}" for code, title in TITLES.items()}
    assert bool(asked) == (case.expected == "code-unclear")


@dataclass(frozen=True, slots=True)
class DegreeCase:
    """A degree as typed, and what is taken (0: `Ei arvioitavissa`), or None where it is refused."""

    typed: Typed
    expected: int | None

    def __str__(self) -> str:
        return f"{self.typed}-{self.expected}"


def _degrees(expected: int | None, *values: object, number_format: str = "General") -> list[DegreeCase]:
    return [DegreeCase(Typed(value, number_format), expected) for value in values]


LABELS = [option[2:] for option in OPTIONS[:5]]
ACCOUNTING = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'
DEGREE_CASES = [
    *(case for value in range(1, 6) for case in _degrees(value, value, str(value), OPTIONS[value - 1])),
    *(case for value in range(1, 6) for case in _degrees(value, LABELS[value - 1], f"{value}= {LABELS[value - 1]}")),
    *_degrees(0, "Ei arvioitavissa", "ei  arvioitavissa", "Kan inte bedömas", "Cannot be assessed"),
    *_degrees(3, " 3 ", "3.", "3)", "3:", "3.0", "3,0", "3,00", "03", "\u00a03", "3\u200b", "3\n", "_x0033_"),
    *_degrees(
        3, OPTIONS[2].lower(), f"3 – {LABELS[2]}", f"3: {LABELS[2]}", f"3, {LABELS[2]}", "3 Toteutus on aloitettu"
    ),
    *_degrees(3, "3 Genomförandet har inletts, ännu inte klart", "Implementation has begun, not yet complete"),
    *_degrees(3, "3 Toteutus on aloitettu ei viela valmis", "3 Toteutus on aloitettu, ei vielä valmiss"),
    *(
        case
        for number_format in ("0", "00", "0.00", "#,##0", "@", "0_);(0)", "[Red]0", "0;-0;;@", "?0", "0.", '0"."')
        for case in _degrees(3, 3, number_format=number_format)
    ),
    DegreeCase(Typed(3, "General", "1+2"), 3),
    DegreeCase(Typed("3", "General", "A9"), 3),
    DegreeCase(Typed(OPTIONS[2], "General", "A9"), 3),
    DegreeCase(Typed("=1+2"), None),
    DegreeCase(Typed(3.5, "0", "7/2"), None),
    *_degrees(None, 0, 6, 10, 30, -3, 3.5, 2.9999999, 3.0000001, 0.03, True, False),
    *_degrees(None, "0", "6", "3.5", "3,5", "3½", "3 1/2", "3/5", "3-4", "3–4", "3 4", "34", "-3", "+3", "~3", "n. 3"),
    *_degrees(
        None, "3?", "3!", "3+", "3-", "3–", "3 %", "3%", "60 %", "3 €", "3 kpl", "3x", "3*", "(3)", "3 ehkä", "ehkä 3"
    ),
    *_degrees(None, "٣", "３", "³", "③", "III", "iii", "kolme", "tre", "three", "O", "l", "x", "-", "–", "…", "ok"),
    *_degrees(
        None, f"3 {LABELS[1]}", f"2 {LABELS[2]}", f"{OPTIONS[2]}; {OPTIONS[3]}", f"{OPTIONS[2]} 4", f"{LABELS[2]} ?4"
    ),
    *_degrees(
        None, "Toteutus", "3 Toteutus ei", "3 To", "Toteutus on aloitettu", "Toteutus on lopetettu, ei vielä valmis"
    ),
    *_degrees(None, "3 Toteutus ei ole aloitettu, ei vielä valmis", "2 Suunnitteluvaiheessa, ei edetty hieman"),
    *_degrees(None, "3 Genomförandet har inletts, ännu klart", "Ei arvioida", "Ei voida arvioida", "ei"),
    *_degrees(None, "#REF!", "#N/A", "#VALUE!", date(2026, 2, 3), datetime(2026, 2, 3, 9, 30), time(3, 0)),
    *(
        case
        for number_format in (
            *(
                '"4"',
                '0"4"',
                '"4"0',
                '0"x"',
                "0%",
                "0.0 %",
                "0,",
                "0,,",
                "dd.mm.yyyy",
                "d.m.",
                "h:mm",
                "[h]:mm",
                "# ?/?",
            ),
            *("0.00E+00", '[>2]"4";0', '[=3]"5";General', ";;;", '"-"', "4", "0 0", "0.0.0", "[DBNum1]0", ACCOUNTING),
        )
        for case in _degrees(None, 3, number_format=number_format)
    ),
    *_degrees(None, 35, number_format='0"."0'),
    *_degrees(None, 0.6, 0.03, 3, number_format="0 %"),
    *_degrees(None, "3", number_format='General;General;General;"4"'),
    *_degrees(None, "3", number_format='"2 "@'),
    *_degrees(None, "3", number_format=";;;"),
]


@pytest.mark.parametrize("case", DEGREE_CASES, ids=map(str, DEGREE_CASES))
def test_a_degree_is_taken_only_where_the_cell_shows_one_step_of_the_scale(case: DegreeCase) -> None:
    checked = row_checked(Typed(f"01.02 {TITLES['01.02']}"), case.typed)
    stopped = {finding.rule for finding in checked.findings if finding.severity == "error"}
    if case.expected is None:
        assert checked.entries == ()
        assert stopped <= NO_DEGREE and len(stopped) == 1
    else:
        (entry,) = checked.entries
        assert (entry.degree or 0, entry.narrative, stopped) == (case.expected, NARRATIVE, set())


NO_DEGREE = {"degree-out-of-scale", "degree-unclear", "degree-as-date", "cell-error", "formula-without-value"}


def test_the_matrices_are_as_large_as_they_must_be() -> None:
    assert len(set(map(str, CODE_CASES))) >= 150
    assert len(set(map(str, DEGREE_CASES))) >= 80
