"""An .ods saved into the inbox: answered with a fresh form that holds its values, mended in LibreOffice, and taken."""

import json
import subprocess
from pathlib import Path

import pytest

from generator.app.forms import write_forms
from generator.app.run import run as run_once
from tests.builders import CLERK
from tests.flow.test_pass import clock, degree, rules
from tests.office.test_answer_in_libreoffice import SCRIPT as MEND
from tests.office.test_fill_form import INTERPRETER
from tests.office.test_other_formats_in_libreoffice import saved_as
from tests.workspaces import make_workspace

pytestmark = pytest.mark.libreoffice


def test_an_ods_gets_a_fresh_form_with_its_values_and_the_mended_form_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(tmp_path)
    write_forms(workspace, None, None)
    form = workspace.inbox / f"{CLERK}.xlsx"
    good = {"code": "01.01", "degree": "3", "narrative": "Työ etenee."}
    saved = saved_as(".ods", form, good, {"code": "01.10", "degree": "9", "narrative": "Työ on kesken."})
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
    acts = json.dumps([{"number": 1, "value": "2"}])
    command = [INTERPRETER, str(MEND), str(answer), str(answer)]
    done = subprocess.run(command, input=acts, capture_output=True, encoding="utf-8", timeout=180, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (link,) = json.loads(done.stdout)
    assert link["held"] == "9"

    second = run_once(workspace.root, clock())
    assert rules(second, answer.name) == []
    assert (degree(workspace, second, "01.10"), degree(workspace, second, "01.01")) == ("2", "3")
