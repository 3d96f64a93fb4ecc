"""A real workspace in a temporary folder, the command run in it, and workbooks and documents as people open them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl.worksheet.worksheet import Worksheet

from generator.app import maintenance
from generator.app.forms import write_forms
from generator.cli.start import main
from generator.domain.base.settings import Language
from generator.domain.plan.goals import Plan, split_title
from generator.formats.xlsx.form_file import HEADING_ROW
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import PLAN, SETTINGS

COLUMNS = {"main_risks": 4, "overall_status": 5, "degree": 6, "narrative": 7, "officer": 8}
# Where the last period's answers stand beside the cells to fill.
COLUMNS_WITH_PREVIOUS = {**COLUMNS, "narrative": 8, "officer": 10}


@dataclass(frozen=True, slots=True)
class Answered:
    """How the command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def make_workspace(root: Path, plan: Plan = PLAN, **settings: object) -> Workspace:
    """A workspace with a plan; saves are taken at once, no PDF is made, and the settings may be others."""
    put_files(root, _new_workspace())
    workspace = change_settings(root, quiet_seconds=0, pdf=False, **settings)
    workspace.plan.write_bytes(_plan_file(plan, workspace.settings.language))
    return workspace


MUNICIPALITY = "Havulan kunta"


@cache
def _new_workspace() -> dict[str, bytes | None]:
    """What `seuranta init` makes, by the path in the workspace; None for a folder. Made once, and copied."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        maintenance.init(root)
        name_municipality(root, MUNICIPALITY)
        return files_in(root)


def name_municipality(root: Path, name: str) -> None:
    """Writes the municipality's name into the settings."""
    path = root / "seuranta.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^municipality = .*$", f'municipality = "{name}"', text), encoding="utf-8")


def files_in(root: Path) -> dict[str, bytes | None]:
    """All files and folders below a folder, by their paths in it; None for a folder."""
    paths = sorted(root.rglob("*"))
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in paths}


def put_files(root: Path, files: dict[str, bytes | None]) -> None:
    """Writes what `files_in` read."""
    for name, data in files.items():
        if data is None:
            (root / name).mkdir(parents=True, exist_ok=True)
        else:
            (root / name).write_bytes(data)


def make_workspace_with_forms(
    root: Path, plan: Plan = PLAN, languages: tuple[str, ...] = ("fi",), **settings: object
) -> Workspace:
    """A workspace with the officers' forms; these are made once for a plan and its languages, and copied."""
    put_files(root, _workspace_with_forms(plan, languages))
    return change_settings(root, **settings)


@cache
def _workspace_with_forms(plan: Plan, languages: tuple[str, ...]) -> dict[str, bytes | None]:
    with TemporaryDirectory() as folder:
        write_forms(make_workspace(Path(folder), plan, languages=[*languages]), None, None)
        return files_in(Path(folder))


@cache
def _plan_file(plan: Plan, language: Language) -> bytes:
    """The plan with the headings that every new workspace has; made once, and copied."""
    return plan_bytes(plan, SETTINGS.headings, Words(language))


def change_settings(root: Path, **settings: object) -> Workspace:
    """Writes values over the settings' lines; dates and numbers as they are, texts in quotes."""
    path = root / "seuranta.toml"
    text = path.read_text(encoding="utf-8")
    for name, value in settings.items():
        line = f"{name} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str | list | bool) else value}"
        text, count = re.subn(rf"(?m)^(# )?{name} = .*$", lambda _, line=line: line, text)
        assert count == 1, f"{name} stands on {count} lines"
    path.write_text(text, encoding="utf-8")
    return open_workspace(root)


def command(root: Path, *arguments: str) -> Answered:
    """Runs the command in a workspace, in this process: a start of Python costs more than most commands."""
    out, err, code = StringIO(), StringIO(), None
    with chdir(root), redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as called:
        called.setattr(sys, "argv", ["seuranta", *arguments])
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return Answered(int(code or 0), out.getvalue(), err.getvalue())


def process(root: Path, *arguments: str, **environment: str) -> Answered:
    """Runs `python -m generator` in a workspace, as a person would."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Answered(done.returncode, done.stdout, done.stderr)


def cut_off_at(patch: pytest.MonkeyPatch, name: str) -> None:
    """Lets the program be interrupted each time when it puts a file in its place whose path ends so."""

    def interrupted(real: Callable[..., None]) -> Callable[..., None]:
        def put(source: object, target: object, *given: object, **named: object) -> None:
            if str(target).endswith(name):
                raise KeyboardInterrupt
            real(source, target, *given, **named)

        return put

    patch.setattr(os, "replace", interrupted(os.replace))
    patch.setattr(os, "link", interrupted(os.link))


def fill(path: Path, answers: dict[str, dict[str, object]], to: Path | None = None) -> None:
    """Types answers into a form's cells by the goals' codes, and saves it where it lies or elsewhere."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = COLUMNS_WITH_PREVIOUS if sheet.cell(HEADING_ROW, 10).value else COLUMNS
    for code, row in form_rows(sheet):
        for name, value in answers.get(code, {}).items():
            sheet.cell(row, columns[name], value)
    (to or path).parent.mkdir(parents=True, exist_ok=True)
    book.save(to or path)


def form_rows(sheet: Worksheet) -> Iterator[tuple[str, int]]:
    """The codes of a form and their rows, 1-based."""
    for cells in sheet.iter_rows(max_col=3):
        split = next((found for cell in cells if (found := split_title(str(cell.value or "")))), None)
        if split and split[1]:
            yield split[0], cells[0].row


def bookmarks(path: Path) -> dict[str, str]:
    """Each bookmark of a document and the text that it encloses; paragraphs and line breaks as `\\n`."""
    found: dict[str, str] = {}
    inside: dict[str, str] = {}
    for element in Document(str(path)).element.body.iter():
        if element.tag == qn("w:bookmarkStart"):
            inside[element.get(qn("w:id"))] = element.get(qn("w:name"))
            found[element.get(qn("w:name"))] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            inside.pop(element.get(qn("w:id")), None)
        text = _shown(element)
        for name in inside.values():
            found[name] += text
    return found


def _shown(element: Any) -> str:
    if element.tag == qn("w:t"):
        return element.text or ""
    return {qn("w:br"): "\n", qn("w:tab"): "\t", qn("w:p"): "\n"}.get(element.tag, "")


def report_codes(values: dict[str, str]) -> list[str]:
    """The codes of the rows of a document, in its order."""
    return [name[2:-6].replace("_", ".") for name in values if name.endswith("_title")]
