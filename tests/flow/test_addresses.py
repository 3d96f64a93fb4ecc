"""E-mail addresses of the plan are kept nowhere in the state folder."""

import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import openpyxl

from generator.app.forms import write_forms
from generator.domain.plan.goals import Officer, Plan
from generator.domain.plan.plan_reading import PlanReading
from generator.store.ledger_rows import seal_of
from generator.store.plan_record import read_reading_record, reading_record
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.workspaces import command, fill, make_workspace

ADDRESS = "etunimi.sukunimi@esimerkki.invalid"
WITH_ADDRESSES = Plan(
    PLAN.goals, (Officer(CLERK, ADDRESS, "Hallinto", "fi"), Officer(DIRECTOR, f"2{ADDRESS}", "Sivistys", "sv"))
)


def kept_bytes(workspace: Workspace) -> list[tuple[str, bytes]]:
    """Everything in the state folder; of zip packages, as kept workbooks are, their parts too."""
    files = [path for path in workspace.state.rglob("*") if path.is_file()]
    found = [(path.name, path.read_bytes()) for path in files]
    for path, (_, data) in zip(files, tuple(found), strict=True):
        if zipfile.is_zipfile(BytesIO(data)):
            with zipfile.ZipFile(path) as package:
                found += [(f"{path.name}!{name}", package.read(name)) for name in package.namelist()]
    return found


def with_address(workspace: Workspace) -> list[str]:
    words = [ADDRESS.encode(code) for code in ("utf-8", "utf-16-le")] + [b"esimerkki.invalid"]
    return [name for name, data in kept_bytes(workspace) if any(word in data for word in words)]


def use(workspace: Workspace) -> None:
    """Forms, saves, an answer workbook, a report, and a changed plan."""
    write_forms(workspace, None, None)
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3, "narrative": ""}, "01.10": {"degree": 9}})
    assert command(workspace.root, "run").code == 0
    book = openpyxl.load_workbook(workspace.plan)
    book.worksheets[0]["D2"] = "Uusi riski"
    book.save(workspace.plan)
    assert command(workspace.root, "run").code == 0
    assert command(workspace.root, "plan", "check").code in (0, 1)


def test_no_file_of_the_state_folder_holds_an_address_of_the_officers_sheet(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, plan=WITH_ADDRESSES)
    use(workspace)
    assert with_address(workspace) == []
    assert len(kept_bytes(workspace)) > 20, "packages were opened"


def test_a_ledger_of_an_earlier_version_loses_them_at_the_next_run(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, plan=WITH_ADDRESSES)
    use(workspace)
    ledger = workspace.state / "ledger.sqlite3"
    with closing(sqlite3.connect(ledger)) as connection:
        connection.create_function("seal", -1, lambda *row: seal_of(row), deterministic=True)
        connection.execute("DELETE FROM plans")
        connection.execute("INSERT INTO plans VALUES (?1, ?2, seal(?1, ?2))", ("earlier", f'{{"email": "{ADDRESS}"}}'))
        connection.commit()
    assert with_address(workspace) == [ledger.name]
    assert command(workspace.root, "run").code == 0
    assert with_address(workspace) == []


def test_forms_name_the_same_plan_whether_it_was_parsed_or_kept() -> None:
    kept = read_reading_record(reading_record(PlanReading(WITH_ADDRESSES, ()))).plan
    assert [officer.email for officer in kept.officers] == ["", ""]
    assert kept.digests == WITH_ADDRESSES.digests and kept.digest == WITH_ADDRESSES.digest
