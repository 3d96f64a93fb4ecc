from dataclasses import fields, replace
from typing import Any

import pytest

from generator.domain.base.finding import Finding, Place
from generator.domain.plan.form import Claim, Identity
from generator.domain.plan.goals import Goal, Officer, Plan, Translation, split_officers, split_title
from generator.domain.plan.plan_reading import read_plan
from generator.domain.plan.plan_rows import PlanRow, PlanSheet, TitleCell
from generator.domain.submission.answers import Submission
from generator.domain.submission.check_context import CheckContext
from generator.domain.submission.check_rules import Sender
from tests.builders import CLERK, DIRECTOR, HEADINGS, PLAN, goal, rules


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
        ("1.1 Title", ("1.1", "Title")),
        ("1. Title", ("1", "Title")),
        ("100 Title", None),
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


SIGNED_PLAN = Plan(
    (
        Goal("01", "Elinvoima", "", (), "", "A2"),
        Goal(
            "01.01",
            'Lapsen "oma" koti',
            "Väki\nei riitä",
            (CLERK, DIRECTOR),
            "Sivistys",
            "B3",
            (Translation("sv", "Barnets 'eget' hem"),),
        ),
        Goal("01.01.01", "Åäö\u00a0\u200b", "", (DIRECTOR,), "", "C4"),
    ),
    (Officer(CLERK, "hallinto@kunta.example", "Konsernipalvelut", "fi"),),
)
# This version's digest, and the one that version 0.1.0 wrote into its forms. Signed forms hold them for years.
PLAN_DIGESTS = (
    "b7d58fae69e3c9de20097ee11ad82269e06e616c1e3f38e3fb2aabd600314a29",
    "12b8bd4104f8c570b2e1c84806afdc2857590cf8e81b273af63a883d5425ff81",
)


def test_the_digests_of_a_plan_stay_the_same_in_every_version() -> None:
    assert SIGNED_PLAN.digests == PLAN_DIGESTS and SIGNED_PLAN.digest == PLAN_DIGESTS[0]
    assert Plan(SIGNED_PLAN.goals[:1]).digests == (
        "fe8bf2048d255c9e77204ed655cf0b89411f3f129e74e7f0f16b65707348c3d9",
        "8e75ac3c051892d963d60961d2da8a58e10a1e9379b2c782535f78fe00afaa2c",
    )


@pytest.mark.parametrize(
    ("plan", "signed", "is_known"),
    [
        (PLAN_DIGESTS[0], True, True),
        (PLAN_DIGESTS[1], True, True),
        (PLAN_DIGESTS[1], False, False),
        (PLAN.digest, True, False),
    ],
)
def test_a_signed_form_of_each_version_is_known_to_be_of_the_plan(plan: str, signed: bool, is_known: bool) -> None:  # noqa: FBT001
    sender = Sender(Claim(Identity("2026-1", CLERK, plan, 0), signed))
    assert CheckContext(Submission(HEADINGS[0], (), ()), sender, rules(SIGNED_PLAN)).is_of_this_plan is is_known


# Where a title stands in plan.xlsx is not what the plan says.
NOT_SAID = {"Goal.cell"}


def test_every_field_of_goals_and_officers_is_in_the_plans_digest() -> None:
    """A field that is added to a class is named in `_goal_fields` or `_officer_fields`, or is listed above."""
    goals, officers = SIGNED_PLAN.goals, SIGNED_PLAN.officers
    changed = {
        **{f"Goal.{name}": Plan((other, *goals[1:]), officers) for name, other in each_changed(goals[0])},
        **{f"Officer.{name}": Plan(goals, (other,)) for name, other in each_changed(officers[0])},
        **{
            f"Translation.{name}": Plan((replace(goals[0], translations=(other,)),), officers)
            for name, other in each_changed(Translation("sv", "Barnets hem"))
        },
    }
    same = {name for name, plan in changed.items() if plan.digest == SIGNED_PLAN.digest}
    assert same == NOT_SAID
    assert len({plan.digest for plan in changed.values()}) == len(changed)


def each_changed(value: Any) -> list[tuple[str, Any]]:
    """The value with one field changed at a time."""
    old = {each.name: getattr(value, each.name) for each in fields(value)}
    return [(name, replace(value, **{name: changed(name, old[name])})) for name in old]


def changed(name: str, value: object) -> object:
    if name in ("translations", "division_translations"):
        return (Translation("en", "A home"),)
    if isinstance(value, bool):
        return not value
    return ("Joku",) if isinstance(value, tuple) else f"{value}x"


@pytest.mark.parametrize(
    ("cell", "officers"),
    [
        ("Sihteeri\nRehtori", ("Sihteeri", "Rehtori")),
        ("Sihteeri;\n Rehtori \n", ("Sihteeri", "Rehtori")),
        ("hallintojohtaja\ntalousjohtaja\nrehtori", ("hallintojohtaja", "talousjohtaja", "rehtori")),
        ("Sivistys- ja\nhyvinvointijohtaja", ("Sivistys- ja hyvinvointijohtaja",)),
        ("Sivistys-\nja hyvinvointijohtaja", ("Sivistys- ja hyvinvointijohtaja",)),
        ("Tekninen\njohtaja\nRehtori", ("Tekninen johtaja", "Rehtori")),
        ("\u200eSihteeri\u200f; sihteeri", ("Sihteeri",)),
        ("Pa\u0308a\u0308llikko\u0308", ("Päällikkö",)),
    ],
)
def test_officers_in_one_cell_are_parted_by_line_breaks_too(cell: str, officers: tuple[str, ...]) -> None:
    assert split_officers(cell) == officers


def test_officers_in_one_cell_are_parted_by_semicolons() -> None:
    assert split_officers("  Kunnan   johtaja ;; Talousjohtaja; kunnan johtaja") == ("Kunnan johtaja", "Talousjohtaja")
