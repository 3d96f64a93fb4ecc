"""A receipt on paper: forty rows and ten mistakes go on two pages."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.app.forms import write_forms
from generator.app.run import run as run_once
from generator.domain.plan.goals import Goal, Plan
from tests.browser.test_axe import FLAGS
from tests.builders import CLERK
from tests.conftest import PROGRAMS
from tests.flow.test_pass import clock
from tests.workspaces import fill, make_workspace

pytestmark = pytest.mark.chromium

TITLE = "Palveluverkon uudistaminen ja hyvinvointia edistävien toimintatapojen vakiinnuttaminen kaikissa yksiköissä"
NARRATIVE = (
    "Työ on edennyt suunnitelman mukaan. Kevään aikana pidettiin kolme työpajaa, joihin osallistui henkilöstöä "
    "kaikista yksiköistä, ja syksyllä tulokset viedään lautakunnan käsiteltäviksi. Kustannukset ovat pysyneet "
    "talousarviossa, ja seuraavaksi laaditaan toimeenpanosuunnitelma."
)
GOALS = tuple(Goal(f"01.{number:02}", f"{TITLE} {number}", "", (CLERK,), "", "A2") for number in range(1, 41))
MISTAKES = (9, "taso 4", "2.4", "ehkä", "6", "kolmonen", "0", "kesken", "n. 5", "3-4")


def test_forty_rows_and_ten_mistakes_are_two_pages(tmp_path: Path) -> None:
    plan = Plan((Goal("01", "Hyvinvoiva kunta", "", (), "", "A2"), *GOALS))
    workspace = make_workspace(tmp_path / "w", plan=plan)
    write_forms(workspace, None, None)
    form = workspace.inbox / f"{CLERK}.xlsx"
    answers = {goal.code: {"degree": 2 + index % 3, "narrative": NARRATIVE} for index, goal in enumerate(GOALS)}
    wrong = {goal.code: {"degree": degree} for goal, degree in zip(GOALS[::4], MISTAKES, strict=True)}
    fill(form, answers)
    run_once(workspace.root, clock())
    fill(form, wrong)
    run_once(workspace.root, clock())
    page = workspace.inbox / f"{CLERK}.kuittaus.html"
    assert page.read_text(encoding="utf-8").count("on aiempi vastaus") == len(MISTAKES)
    browser = next(filter(None, map(shutil.which, PROGRAMS["chromium"])))
    paper = tmp_path / "receipt.pdf"
    flags = [flag for flag in FLAGS if flag != "--dump-dom"]
    command = [browser, *flags, "--no-pdf-header-footer", f"--print-to-pdf={paper}"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) == 2
