"""The walk with real LibreOffice in it: a form from the inbox filled in, saved into the inbox, and reported."""

from pathlib import Path

import pytest

from tests.builders import CLERK
from tests.office.conftest import Calc
from tests.workspaces import bookmarks, make_workspace_with_forms, process

pytestmark = pytest.mark.libreoffice


def test_what_is_typed_in_libreoffice_stands_in_the_report(calc: Calc, tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
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
    calc.save(form, answers=answers)

    ran = process(tmp_path, "run", "--json")
    assert ran.code == 0, ran.err
    (file,) = ran.json["files"]
    assert (file["verdict"], file["officer"], file["findings"]) == ("accepted", CLERK, [])
    values = bookmarks(Path(ran.json["report"]["docx"]))
    assert values["g_01_01_narrative"].strip("\n") == 'Työ & "muut"\n<etenee> 🙂'
    assert degree in values["g_01_01_degree"] and "▲ viivästynyt" in values["g_01_01_overall_status"]
    assert "2 Suunnitteluvaiheessa" in values["g_01_01_01_degree"] and "Toinen" in values["g_01_01_01_narrative"]
