"""Which goals of an earlier plan a goal continues, and how the programme has changed."""

from dataclasses import replace

import pytest

from generator.domain.base.finding import Finding, Place
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.programme import ProgrammeChangeKind, programme_changes
from generator.domain.plan.succession import Origin, succession, succession_questions
from tests.builders import CLERK, DIRECTOR, goal


def named(code: str, title: str, *earlier: str, is_new: bool = False) -> Goal:
    return replace(goal(code, CLERK, title=title), earlier_codes=earlier, is_new=is_new)


def origins(earlier: Plan, now: Plan) -> dict[str, tuple[Origin, list[str]]]:
    found = succession(earlier, now).ancestry
    return {code: (each.origin, [goal.code for goal in each.earlier]) for code, each in found.items()}


def one(before: Goal, now: Goal) -> Origin:
    """Where a goal comes from whose plans have one goal each."""
    return origins(Plan((before,)), Plan((now,)))[now.code][0]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Yritysten luona tehdään vähintään 80 yrityskäyntiä", "Yritysten luona tehdään yrityskäyntejä"),
        ("Koulujen sisäilma paranee", "Koulujen ja päiväkotien sisäilma paranee"),
        ("Vuoden 2027 talousarvio on tasapainossa", "Vuoden 2027 talousarvio on tasapainossa."),
    ],
)
def test_a_goal_goes_on_under_a_title_that_is_nearly_the_same_and_the_change_is_told(before: str, now: str) -> None:
    earlier, later = Plan((named("01", before),)), Plan((named("01", now),))
    assert origins(earlier, later) == {"01": (Origin.CONTINUED, ["01"])}
    (change,) = programme_changes(succession(earlier, later))
    assert change.kind is ProgrammeChangeKind.RETITLED
    assert (change.earlier[0].title, change.goal.title) == (before, now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Laadimme vuoden 2027 talousarvion", "Laadimme vuoden 2028 talousarvion"),
        ("Asukaskysely 2026 on tehty", "Asukaskysely 2027 on tehty"),
        ("Ohjelma kattaa vuodet 2026–2029", "Ohjelma kattaa vuodet 2027–2029"),
    ],
)
def test_a_title_that_differs_in_a_year_is_a_new_goal(before: str, now: str) -> None:
    assert one(named("01", before), named("01", now)) is Origin.NEW
    assert one(named("01", before), named("01", now, "01")) is Origin.CONTINUED
    assert succession_questions(succession(Plan((named("01", before),)), Plan((named("01", now),)))) == ()


def test_a_year_that_only_one_of_the_titles_names_is_asked() -> None:
    earlier, now = Plan((named("01", "Laadimme talousarvion"),)), Plan((named("01", "Laadimme talousarvion 2028"),))
    (asked,) = succession_questions(succession(earlier, now))
    assert asked == Finding("plan-goal-with-another-year", Place(cell="A2"), "01", "Laadimme talousarvion")
    later = Plan((named("01", "Laadimme talousarvion 2028", is_new=True),))
    assert succession_questions(succession(earlier, later)) == ()


def test_another_form_of_the_codes_leaves_every_goal_what_it_was() -> None:
    earlier = Plan((named("01", "Talous"), named("01.02", "Menot")))
    now = Plan((named("1", "Talous"), named("1.2", "Menot")))
    assert {code: each[0] for code, each in origins(earlier, now).items()} == dict.fromkeys(["1", "1.2"], "continued")
    assert programme_changes(succession(earlier, now)) == ()


@pytest.mark.parametrize("title", ["Uimahalli rakennetaan", "UIMAHALLI rakennetaan."])
def test_the_same_title_under_another_code_is_asked_and_new_until_it_is_answered(title: str) -> None:
    earlier = Plan((named("01", "Talous"), named("01.02", "Uimahalli rakennetaan")))
    now = Plan((named("01", "Talous"), named("01.03", title)))
    assert origins(earlier, now)["01.03"] == (Origin.NEW, [])
    (asked,) = succession_questions(succession(earlier, now))
    assert (asked.rule, asked.code, asked.value) == ("plan-goal-under-another-code", "01.03", "01.02")
    same, other = (
        Plan((now.goals[0], each)) for each in (named("01.03", title, "01.02"), named("01.03", title, is_new=True))
    )
    assert origins(earlier, same)["01.03"] == (Origin.CONTINUED, ["01.02"])
    assert origins(earlier, other)["01.03"] == (Origin.NEW, [])
    assert succession_questions(succession(earlier, same)) == succession_questions(succession(earlier, other)) == ()
    kinds = [change.kind for change in programme_changes(succession(earlier, now))]
    assert kinds == [ProgrammeChangeKind.NEW, ProgrammeChangeKind.REMOVED]


def test_goals_that_change_places_are_not_taken_for_each_other() -> None:
    earlier = Plan((named("01", "Rinteen koulu korjataan"), named("02", "Keskustan koulu korjataan")))
    now = Plan((named("01", "Keskustan koulu korjataan"), named("02", "Rinteen koulu korjataan")))
    assert {each[0] for each in origins(earlier, now).values()} == {Origin.NEW}
    asked = succession_questions(succession(earlier, now))
    assert [(each.code, each.value) for each in asked] == [("01", "02"), ("02", "01")]


def test_a_title_that_several_goals_share_stays_with_each_of_them() -> None:
    plan = Plan((named("01", "Henkilöstö voi hyvin"), named("02", "Henkilöstö voi hyvin")))
    now = Plan((named("01", "Henkilöstö voi hyvin työssään"), plan.goals[1]))
    assert origins(plan, now) == {"01": (Origin.CONTINUED, ["01"]), "02": (Origin.CONTINUED, ["02"])}


def test_joined_and_split_goals_are_known_by_their_earlier_codes() -> None:
    earlier = Plan(
        (named("01", "Puistot"), named("02", "Metsät"), named("03", "Vesistöt paranevat"), named("04", "Tiet"))
    )
    now = Plan((named("01", "Viheralueet", "01", "02"), named("03", "Vesistöt paranevat"), named("05", "Joet", "03")))
    assert origins(earlier, now) == {
        "01": (Origin.JOINED, ["01", "02"]),
        "03": (Origin.SPLIT, ["03"]),
        "05": (Origin.SPLIT, ["03"]),
    }
    kinds = [(change.kind, change.goal.code) for change in programme_changes(succession(earlier, now))]
    assert kinds == [("removed", "04"), ("split", "03"), ("split", "05"), ("joined", "01")]


@pytest.mark.parametrize("statement", [("01", "Talous", "02"), ("01", "Talous")])
def test_earlier_codes_that_were_left_in_the_column_for_a_period_more_say_nothing(statement: tuple[str, ...]) -> None:
    is_new = len(statement) == 2
    plan = Plan((named(*statement, is_new=is_new), named("02", "Muu tavoite")))
    assert origins(plan, plan) == {"01": (Origin.CONTINUED, ["01"]), "02": (Origin.CONTINUED, ["02"])}
    assert succession_questions(succession(plan, plan)) == ()
    first = Plan((named("01", "Aivan eri asia"), named("02", "Talous")))
    assert origins(first, plan)["01"] == ((Origin.NEW, []) if is_new else (Origin.CONTINUED, ["02"]))


def test_an_earlier_code_that_the_earlier_plan_lacks_is_asked() -> None:
    (asked,) = succession_questions(succession(Plan((named("01", "A"),)), Plan((named("01", "A", "07"),))))
    assert (asked.rule, asked.code, asked.value) == ("plan-earlier-code-unknown", "01", "07")


def test_a_goal_goes_on_with_another_officer_or_division_and_that_is_told() -> None:
    earlier = Plan((goal("01", CLERK, division="Sivistys"), goal("02", CLERK, DIRECTOR)))
    now = Plan((goal("01", DIRECTOR, division="Tekniset"), goal("02", DIRECTOR, CLERK)))
    changes = programme_changes(succession(earlier, now))
    assert [(change.kind, change.goal.code) for change in changes] == [("officer", "01"), ("division", "01")]
    assert (changes[1].before, changes[1].now) == ("Sivistys", "Tekniset")


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (named("01.02", "Uimahalli"), named("01.03", "Uimahallin kahvio", "01.02"), ["01.03"]),
        (named("01.02", "Uimahalli", "01.02"), named("01.03", "Uimahallin kahvio", "01.02"), []),
        (named("01.02", "Kunnan metsät hoidetaan"), named("01.03", "Uimahallin kahvio", "01.02"), []),
        (named("01.02", "Kirjasto", "01.04"), named("01.04", "Uimahalli", "01.02"), []),
        (named("01.02", "Uimahalli"), named("01.03", "Yhdistetty", "01.02", "01.04"), ["01.03"]),
    ],
    ids=["claimed and standing", "a split that says so", "another goal now", "exchanged", "claimed with another"],
)
def test_an_earlier_code_that_the_goal_with_that_code_continues_too_is_asked(
    first: Goal, second: Goal, asked: list[str]
) -> None:
    earlier = Plan((named("01", "Talous"), named("01.02", "Uimahalli"), named("01.04", "Kirjasto")))
    found = succession_questions(succession(earlier, Plan((named("01", "Talous"), first, second))))
    assert [each.code for each in found if each.rule == "plan-earlier-code-shared"] == asked
