from generator.domain.plan.goals import Plan
from generator.domain.plan.plan_changes import PlanChange, PlanChangeKind, plan_changes
from tests.builders import CLERK, DIRECTOR, goal


def test_goals_are_new_removed_or_retitled_and_nothing_else_counts() -> None:
    earlier = Plan((goal("01", CLERK, title="Talous"), goal("02", title="Luonto "), goal("03")))
    now = Plan((goal("04", title="Uimahalli"), goal("02", DIRECTOR, title="Luonto"), goal("01", title="Kunnan talous")))
    assert plan_changes(earlier, now) == (
        PlanChange(PlanChangeKind.NEW, "04", "Uimahalli"),
        PlanChange(PlanChangeKind.REMOVED, "03", "Tavoite 03"),
        PlanChange(PlanChangeKind.RETITLED, "01", "Kunnan talous"),
    )
    assert plan_changes(now, now) == ()
