"""A document has the same bytes whether its answers came one by one, in many passes, or all at once in one."""

import os
import random
from pathlib import Path

import pytest

from generator.app.run import one_round
from generator.app.run import run as run_once
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.flow.test_pass import clock
from tests.flow.test_rounds_in_one_process import running
from tests.workspaces import fill, make_workspace_with_forms

# More of them: `WORKSPACES=200 pytest tests/flow/test_one_pass_or_many.py`.
WORKSPACES, PASSES = int(os.environ.get("WORKSPACES", "6")), 10
WORDS = (
    "Työ etenee.",
    "Rahoitus puuttuu & haetaan.",
    "Kilpailutus < alkaa syksyllä.",
    "Valmis.\nKäytössä.",
    "Ääkkösiä – —",
)
STATUSES = ("suunnitelman mukaan", "viivästynyt", "ei toteudu")


def said(chance: random.Random) -> dict[str, object]:
    return {
        "degree": chance.choice((1, 2, 3, 4, 5, "Ei arvioitavissa")),
        "overall_status": chance.choice(STATUSES),
        "narrative": f"{chance.choice(WORDS)} {chance.randint(1, 9)}",
        "main_risks": chance.choice(WORDS),
    }


def documents(workspace: Workspace) -> dict[str, bytes]:
    found = workspace.outbox.rglob("*.docx")
    return {path.relative_to(workspace.outbox).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("seed", range(WORKSPACES))
def test_many_passes_give_the_bytes_of_one(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    many, one = (make_workspace_with_forms(tmp_path / name, identity="open") for name in ("many", "one"))
    with running(many) as (rounds, keeper):
        for _ in range(PASSES):
            officer = chance.choice((CLERK, DIRECTOR))
            goals = [goal.code for goal in PLAN.goals if officer in goal.officers]
            answers = {code: said(chance) for code in chance.sample(goals, chance.randint(1, len(goals)))}
            fill(many.inbox / f"{officer}.xlsx", answers)
            keeper.look()
            keeper.look()
            one_round(rounds)
    for officer in (CLERK, DIRECTOR):
        (one.inbox / f"{officer}.xlsx").write_bytes((many.inbox / f"{officer}.xlsx").read_bytes())
    (one.state / "key").write_bytes((many.state / "key").read_bytes())
    run_once(one.root, clock())
    assert documents(many) == documents(one) and len(documents(one)) > 3
