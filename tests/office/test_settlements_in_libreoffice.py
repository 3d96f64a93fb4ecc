"""The secretary's workbook after LibreOffice saved it: each kind of act is carried out, and nothing else."""

from pathlib import Path

import pytest

from generator.app.run import run
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_deciding import decisions, disputed
from tests.flow.test_pass import clock
from tests.office.conftest import Calc
from tests.settlement_sheets import SETTLED_SHEET, fill_rows, rows_of, undo_rows
from tests.workspaces import fill, put_files

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, disputed())
    return open_workspace(tmp_path)


def test_every_kind_of_act_in_a_workbook_that_libreoffice_saved_is_carried_out_once(
    calc: Calc, workspace: Workspace
) -> None:
    path = workspace.outbox / DECISIONS_FILE

    def saved() -> bytes:
        calc.save(path)
        data = path.read_bytes()
        run(workspace.root, clock())
        return data

    saved()  # nothing was filled in
    assert decisions(workspace) == () and rows_of(path, SETTLED_SHEET) == []
    fill_rows(path, {"01.10": DIRECTOR, CLERK: "kyllä", DIRECTOR: "ehkä"}, "Sovittu; ks. muistio.")
    old = saved()
    assert len(decisions(workspace)) == 3  # the clerk's two goals, and the dispute
    (row,) = rows_of(path)
    assert (row["Settlement"], row["Because"]) == ("ehkä", "Sovittu; ks. muistio.")
    saved()  # the refused choice stands there, and is no new one
    assert [{**each, "Identifier": ""} for each in rows_of(path)] == [{**row, "Identifier": ""}]
    undo_rows(path, "01.10")
    saved()
    assert len(decisions(workspace)) == 2
    path.write_bytes(old)
    saved()
    assert len(decisions(workspace)) == 2
    assert "ratkaisu peruttu" in rows_of(path)[0]["Why it was not carried out"]
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 3, "narrative": "Yksi."}})
    fill_rows(path, {"01.10": CLERK})
    run(workspace.root, clock())
    assert "asia on muuttunut" in rows_of(path)[0]["Why it was not carried out"]
