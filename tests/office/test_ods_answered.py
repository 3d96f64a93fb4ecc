"""An .ods saved into the inbox: answered with a fresh form that holds its values, mended in LibreOffice, and taken."""

import subprocess
from pathlib import Path

import pytest

from generator.app.run import run as run_once
from tests.builders import CLERK
from tests.flow.test_pass import clock, degree, rules
from tests.office.conftest import Calc
from tests.workspaces import make_workspace_with_forms

pytestmark = pytest.mark.libreoffice


def test_an_ods_gets_a_fresh_form_with_its_values_and_the_mended_form_is_taken(
    calc: Calc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    form = workspace.inbox / f"{CLERK}.xlsx"
    good = {"code": "01.01", "degree": "3", "narrative": "Työ etenee."}
    saved = form.with_suffix(".ods")
    calc.save(form, saved, answers=[good, {"code": "01.10", "degree": "9", "narrative": "Työ on kesken."}])
    begun: list[object] = []
    popen = subprocess.Popen
    with monkeypatch.context() as counted:
        counted.setattr(subprocess, "Popen", lambda *given, **named: begun.append(given) or popen(*given, **named))
        first = run_once(workspace.root, clock())
    assert len(begun) == 1  # one child process reads it, and its receipt and its form ask no other
    assert rules(first, saved.name) == ["degree-out-of-scale"]
    assert degree(workspace, first, "01.01") == "3"

    answer = workspace.inbox / f"{saved.name}.korjattavaa.xlsx"
    assert answer.name in (workspace.inbox / f"{saved.name}.kuittaus.html").read_text(encoding="utf-8")
    (link,) = calc.save(answer, mend=[{"number": 1, "value": "2"}])
    assert link["held"] == "9"

    second = run_once(workspace.root, clock())
    assert rules(second, answer.name) == []
    assert (degree(workspace, second, "01.10"), degree(workspace, second, "01.01")) == ("2", "3")
