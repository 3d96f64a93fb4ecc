"""Edits of drafts while goals are joined, split, renumbered or removed, and edits saved in the middle of a round."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.text.paragraph import Paragraph

from generator.app.run import one_round
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, PLAN, SETTINGS
from tests.flow.test_draft_edits import (
    DEGREE,
    HERS,
    NARRATIVE,
    OFFICERS,
    aside,
    draft,
    edit,
    paragraphs,
    printed,
    replacing,
    run,
    save,
)
from tests.flow.test_rounds_in_one_process import running, taken
from tests.settlement_sheets import rows_of
from tests.workspaces import command, fill, make_workspace_with_forms

OTHERS = tuple(goal for goal in PLAN.goals if not goal.code.startswith("01.01"))
OWN = next(goal for goal in PLAN.goals if goal.code == "01.01")


def coded(code: str, *earlier: str) -> Goal:
    return replace(OWN, code=code, title=f"Tavoite {code}", earlier_codes=earlier)


PLANS: dict[str, tuple[Goal, ...]] = {
    "renumbered": (*OTHERS, coded("01.02", "01.01")),
    "joined": (*(goal for goal in OTHERS if goal.code != "01.10"), coded("01.03", "01.01", "01.10")),
    "split, the code goes": (*OTHERS, coded("01.02", "01.01"), coded("01.03", "01.01")),
    "split, the code stays": (*OTHERS, OWN, coded("01.03", "01.01")),
    "another goal has the code": (*OTHERS, coded("01.01", "uusi"), coded("01.02", "01.01")),
    "removed": OTHERS,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, extracts=[])
    save(made, OFFICERS)
    return made


def replan(workspace: Workspace, change: str) -> None:
    goals = sorted(PLANS[change], key=lambda goal: goal.code)
    plan: Plan = replace(PLAN, goals=tuple(goals))
    workspace.plan.write_bytes(plan_bytes(plan, SETTINGS.headings, Words(SETTINGS.language)))
    run(workspace)


def where_told(workspace: Workspace, text: str) -> set[str]:
    """Where her words stand: printed, an open matter, or her file, of which the page and `status` tell."""
    rows = rows_of(workspace.outbox / "ratkaistavat.xlsx")
    page, out = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8"), command(workspace.root, "status").out
    ours = aside(workspace) if aside(workspace).exists() else draft(workspace)
    found = {"open matter" for row in rows if text in row["Details"]}
    found |= {"printed" for value in printed(workspace, ours).values() if text in value}
    return found | ({"her file"} if text in page and text in out else set())


@pytest.mark.parametrize("change", sorted(PLANS))
@pytest.mark.parametrize("kind", ["text", "degree"])
@pytest.mark.parametrize("moment", ["before", "at once", "after"])
def test_no_edit_is_lost_when_the_plan_changes(workspace: Workspace, change: str, kind: str, moment: str) -> None:
    label = SETTINGS.degree_scale.full_label(5, "fi")
    old, new = (OFFICERS, HERS) if kind == "text" else (printed(workspace)[DEGREE], label)
    before = draft(workspace).read_bytes()
    if moment == "after":
        replan(workspace, change)
        draft(workspace).write_bytes(before)
    edit(workspace, replacing(old, new))
    if moment == "before":
        run(workspace)
    if moment != "after":
        replan(workspace, change)
    run(workspace)
    assert where_told(workspace, new)
    save(workspace, "Kaava on hyväksytty.")
    assert where_told(workspace, new)


def test_an_edit_saved_between_reading_and_placing_keeps_its_place(workspace: Workspace) -> None:
    with running(workspace) as (rounds, keeper):
        fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 5, "narrative": "Myöhäinen."}})
        taken(rounds, keeper)
        hers = edit(workspace, replacing(OFFICERS, HERS))
        rounds.publish(*rounds.editions())
        rounds.finish()
        assert draft(workspace).read_bytes() == hers and printed(workspace, aside(workspace))[NARRATIVE] == OFFICERS
        one_round(rounds)
    assert printed(workspace)[NARRATIVE] == HERS and not aside(workspace).exists()
    assert printed(workspace)["g_01_10_narrative"].endswith("Myöhäinen.")


@pytest.mark.parametrize("save_again", [replacing(HERS, f"{HERS} Valmis."), replacing(HERS, OFFICERS)])
def test_a_draft_saved_again_right_after_it_was_read_is_read_again(
    workspace: Workspace, save_again: Callable[..., None]
) -> None:
    with running(workspace) as (rounds, keeper):
        edit(workspace, replacing(OFFICERS, HERS))
        taken(rounds, keeper)
        edit(workspace, save_again)
        text = next(p.text for p in paragraphs_of(draft(workspace)) if p.text.startswith(("Kaava oli", HERS)))
        one_round(rounds)
    assert printed(workspace)[NARRATIVE] == text and not aside(workspace).exists()


def paragraphs_of(path: Path) -> list[Paragraph]:
    return paragraphs(Document(str(path)))
