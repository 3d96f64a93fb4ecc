import pytest

from generator.domain.finding import Finding, Place
from generator.domain.plan import (
    Officer,
    Plan,
    PlanRow,
    PlanSheet,
    TitleCell,
    read_plan,
    split_officers,
    split_title,
)
from tests.builders import CLERK, DIRECTOR, HEADINGS, PLAN, goal


def title(row: int, level: int, text: str, *, is_text: bool = True) -> TitleCell:
    return TitleCell(f"{'ABC'[level - 1]}{row}", HEADINGS[level - 1], level, text, is_text)


def read(*rows: PlanRow, officers: tuple[Officer, ...] = ()) -> tuple[Plan, tuple[Finding, ...]]:
    reading = read_plan(PlanSheet("Toteutusohjelma", HEADINGS[:3], "E", rows), officers)
    return reading.plan, reading.findings


def row(number: int, *titles: TitleCell, officers: str = CLERK, risks: str = "") -> PlanRow:
    return PlanRow(number, titles, risks, officers, "")


ROOT_ROW = row(2, title(2, 1, "01. Palvelut"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("01.02 Title", ("01.02", "Title")),
        ("01. Title", ("01", "Title")),
        (" 01.02.03\nTitle ", ("01.02.03", "Title")),
        ("01.10", ("01.10", "")),
        ("1.1 Title", None),
        ("01.02.03.04 Title", None),
        ("01.02Title", None),
        ("Title", None),
        ("٠١ Title", None),
    ],
)
def test_a_title_begins_with_its_code(text: str, parts: tuple[str, str] | None) -> None:
    assert split_title(text) == parts


def test_rows_become_goals_with_their_places() -> None:
    plan, findings = read(ROOT_ROW, row(3, title(3, 2, "01.10 Lähipalvelut"), officers="A;  b ;a"))
    assert findings == ()
    assert [(item.code, item.title, item.level, item.parent, item.cell) for item in plan.goals] == [
        ("01", "Palvelut", 1, None, "A2"),
        ("01.10", "Lähipalvelut", 2, "01", "B3"),
    ]
    assert plan.goals[1].officers == ("A", "b")


@pytest.mark.parametrize(
    ("bad", "finding"),
    [
        (
            row(3, title(3, 2, "Ilman koodia")),
            Finding("plan-no-code", Place("Toteutusohjelma", "B3"), value="Ilman koodia"),
        ),
        (row(3, title(3, 2, "01.01")), Finding("plan-no-code", Place("Toteutusohjelma", "B3"), value="01.01")),
        (
            row(3, title(3, 2, "1.1", is_text=False)),
            Finding("plan-code-not-text", Place("Toteutusohjelma", "B3"), value="1.1"),
        ),
        (row(3, risks="Riski"), Finding("plan-no-title", Place("Toteutusohjelma", "A3"), value=f"Riski {CLERK}")),
        (
            row(3, title(3, 1, "02 A"), title(3, 2, "02.01 B")),
            Finding("plan-two-titles", Place("Toteutusohjelma", "B3"), value="02 A / 02.01 B"),
        ),
        (
            row(3, title(3, 3, "01.01 Väärässä")),
            Finding(
                "plan-code-and-column-disagree",
                Place("Toteutusohjelma", "C3"),
                "01.01",
                "Toimenpide",
                ("Vuositavoite",),
            ),
        ),
        (
            row(3, title(3, 1, "01 Taas")),
            Finding("plan-double-code", Place("Toteutusohjelma", "A3"), "01", "A2, A3"),
        ),
        (
            row(3, title(3, 3, "01.07.01 Orpo")),
            Finding("plan-unknown-parent", Place("Toteutusohjelma", "C3"), "01.07.01", "01.07"),
        ),
        (
            row(3, title(3, 2, "01.01 Kenen"), officers=" ; "),
            Finding("plan-no-officer", Place("Toteutusohjelma", "E3"), "01.01"),
        ),
    ],
)
def test_each_fault_of_a_row_is_found_at_its_cell(bad: PlanRow, finding: Finding) -> None:
    assert read(ROOT_ROW, bad)[1] == (finding,)


def test_an_officer_who_is_not_on_the_sheet_is_asked_about_once() -> None:
    listed = (Officer(DIRECTOR, "", "", "fi"),)
    findings = read(ROOT_ROW, row(3, title(3, 2, "01.01 A")), officers=listed)[1]
    assert findings == (Finding("plan-officer-not-listed", Place("Toteutusohjelma", "E2"), "01", CLERK, (DIRECTOR,)),)


def test_only_a_double_code_and_an_unknown_parent_make_a_plan_unusable() -> None:
    rows = (ROOT_ROW, row(3, title(3, 2, "koodi puuttuu")), row(4, title(4, 1, "01 Taas")))
    reading = read_plan(PlanSheet("S", HEADINGS[:3], "E", rows), ())
    assert [finding.rule for finding in reading.unusable] == ["plan-double-code"]


def test_a_branch_gives_each_parent_before_its_children() -> None:
    shuffled = Plan((goal("01.01.01"), goal("02"), goal("01.01"), goal("01")))
    order = [item.code for root in shuffled.children(None) for item in shuffled.branch(root)]
    assert order == ["02", "01", "01.01", "01.01.01"]
    assert shuffled.goals[0].ancestors == ("01", "01.01")


def test_officers_divisions_and_what_nobody_owns() -> None:
    assert PLAN.officer_names == (CLERK, DIRECTOR)
    assert [item.code for item in PLAN.unowned] == ["01"]
    assert PLAN.division_of(PLAN.by_code["01.10"]) == "Konsernipalvelut"
    assert PLAN.division_of(PLAN.by_code["01"]) == ""
    assert Plan((goal("01", "Joku"),)).division_of(goal("01", "Joku")) == ""
    assert Plan((goal("01", "Joku", division="Tekniset"),)).divisions == ("Tekniset",)
    assert PLAN.divisions == ("Konsernipalvelut", "Sivistys")


def test_the_digest_tells_plans_apart() -> None:
    assert PLAN.digest == Plan(PLAN.goals, PLAN.officers).digest
    assert PLAN.digest != Plan(PLAN.goals[:-1], PLAN.officers).digest


def test_officers_in_one_cell_are_parted_by_semicolons() -> None:
    assert split_officers("  Kunnan   johtaja ;; Talousjohtaja; kunnan johtaja") == ("Kunnan johtaja", "Talousjohtaja")
