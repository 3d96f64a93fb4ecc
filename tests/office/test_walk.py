"""The walk with real LibreOffice in it: a form from the inbox filled in, saved into the inbox, and reported."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.builders import CLERK
from tests.office.test_fill_form import INTERPRETER, SCRIPT
from tests.workspaces import bookmarks, make_workspace, process

pytestmark = pytest.mark.libreoffice


def test_what_is_typed_in_libreoffice_stands_in_the_report(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    process(tmp_path, "forms")
    form = workspace.inbox / f"{CLERK}.xlsx"
    degree = workspace.settings.degree_scale.full_label(4, "fi")
    answers = [
        {
            "code": "01.01",
            "degree": degree,
            "overall_status": "▲ viivästynyt",
            "narrative": 'Työ & "muut"\n<etenee> 🙂',
        },
        {"code": "01.01.01", "degree": "2", "narrative": "Toinen"},
    ]
    typed = [INTERPRETER, str(SCRIPT), str(form), str(form)]
    done = subprocess.run(
        typed, input=json.dumps(answers), capture_output=True, encoding="utf-8", timeout=180, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")

    ran = process(tmp_path, "run", "--json")
    assert ran.code == 0, ran.err
    (file,) = ran.json["files"]
    assert (file["verdict"], file["officer"], file["findings"]) == ("accepted", CLERK, [])
    values = bookmarks(Path(ran.json["report"]["docx"]))
    assert values["g_01_01_narrative"].strip("\n") == 'Työ & "muut"\n<etenee> 🙂'
    assert degree in values["g_01_01_degree"] and "▲ viivästynyt" in values["g_01_01_overall_status"]
    assert "2 Suunnitteluvaiheessa" in values["g_01_01_01_degree"] and "Toinen" in values["g_01_01_01_narrative"]
