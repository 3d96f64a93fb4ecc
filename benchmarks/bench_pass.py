"""One pass over 10, 50 and 200 workbooks of 40 rows, from the inbox to the report.

    python benchmarks/bench_pass.py [--workbooks 10 50 200]

Prints seconds for the pass and for one that finds nothing new, and the cost of a row beside that of the smallest run:
a ratio near 1.0 means that the cost grows linearly in rows.
"""

import argparse
import re
import tempfile
import time
from pathlib import Path

import openpyxl

from generator.app import maintenance
from generator.app.run import run as run_once
from generator.app.run import system_clock
from generator.domain.plan.form import Identity, make_form
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.form_file import form_bytes, form_name
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace, workspace_key

ROWS = 40
NARRATIVE = "Valmistelu on edennyt suunnitellusti, ja seuraava vaihe käynnistyy syksyllä. "


def make_plan(officers: int) -> Plan:
    """A council-term goal for every officer, with four annual goals and nine actions under each of those."""
    goals: list[Goal] = []
    for number in range(officers):
        owner, root = (f"Vastuuhenkilö {number:03d}",), f"{number % 99 + 1:02d}"
        goals.extend(_branch(root, owner, number // 99))
    return Plan(tuple(goals))


def _branch(root: str, owner: tuple[str, ...], turn: int) -> list[Goal]:
    annual = [f"{root}.{turn * 4 + index + 1:02d}" for index in range(4)]
    actions = [f"{code}.{index + 1:02d}" for code in annual for index in range(9)]
    top = [root] if turn == 0 else []
    return [Goal(code, f"Tavoite {code}", "Resurssit", owner, "", "A1") for code in (*top, *annual, *actions)]


def fill(workspace: Workspace, plan: Plan) -> int:
    """Writes every officer's filled form into the inbox; returns the number of rows."""
    settings, key, rows = workspace.settings, workspace_key(workspace), 0
    for officer in plan.officer_names:
        form = make_form(plan, officer, unowned_reporter="", language="fi", previous=())
        identity = Identity(settings.period.id, officer, plan.digest, 0)
        blank = form_bytes(form, identity.pairs(key), settings, Words(settings.language))
        rows += _save_filled(workspace.inbox / form_name(officer), blank)
    return rows


def _save_filled(path: Path, blank: bytes) -> int:
    path.write_bytes(blank)
    book = openpyxl.load_workbook(path)
    sheet, rows = book.worksheets[0], 0
    for cells in sheet.iter_rows(min_row=4, max_col=7):
        if any(cell.value for cell in cells[:3]):
            cells[5].value, cells[6].value, rows = 3, NARRATIVE * 3, rows + 1
    book.save(path)
    return rows


def measure(workbooks: int) -> tuple[int, float, float]:
    """Rows taken, and the seconds of the pass and of the next one, which finds nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        maintenance.init(root)
        settings = root / "seuranta.toml"
        text = re.sub(r"(?m)^quiet_seconds = .*$", "quiet_seconds = 0", settings.read_text(encoding="utf-8"))
        settings.write_text(text.replace("pdf = true", "pdf = false"), encoding="utf-8")
        workspace = open_workspace(root)
        plan = make_plan(workbooks)
        workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))
        rows = fill(workspace, plan)
        first, again = _seconds(workspace), _seconds(workspace)
        return rows, first, again


def _seconds(workspace: Workspace) -> float:
    start = time.perf_counter()
    run_once(workspace.root, system_clock())
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workbooks", type=int, nargs="+", default=[10, 50, 200])
    smallest: float | None = None
    print("workbooks   rows   pass s   again s   ms/row   to the smallest")
    for workbooks in parser.parse_args().workbooks:
        rows, first, again = measure(workbooks)
        cost = first / rows * 1000
        smallest = smallest or cost
        print(f"{workbooks:9} {rows:6} {first:8.2f} {again:9.2f} {cost:8.3f} {cost / smallest:17.2f}")


if __name__ == "__main__":
    main()
