"""Makes a published follow-up document again: plan, forms, filled forms and report, from the document's own text.

    python tools/check_reference.py REFERENCE.txt [--keep DIR]

REFERENCE.txt is the text of such a document: after the line of headings one table row a line, cells parted by tabs.
It is not part of the product, so this check stands outside the tests and says so when the file is not there.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from docx import Document
from docx.oxml.ns import qn
from openpyxl.worksheet.worksheet import Worksheet

from generator.app import maintenance
from generator.app.finalize import Finalized, make_final
from generator.app.forms import write_forms
from generator.app.opening import local_now
from generator.app.report import DocumentOrder, extract
from generator.app.run import run as run_once
from generator.app.run import system_clock
from generator.domain.base.settings import ScopeKind
from generator.domain.follow_up.open_items import Signature
from generator.domain.output.frame import Scope
from generator.domain.plan.goals import Goal, Plan, split_title
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace
from tools.judge_documents import document_faults, documents_to_judge

COLUMNS = 8
UNOWNED_REPORTER = "Strategiapäällikkö"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the document: its goal and what stands in its cells."""

    code: str
    title: str
    main_risks: str
    degree: str
    narrative: str
    officer: str


def read_reference(path: Path) -> tuple[Row, ...]:
    """The document's rows by their codes: where the extraction ran two together, a row stands before its own goal."""
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Valtuustokauden tavoite\t"))
    rows = (row for line in lines[first + 1 :] if line.strip() for row in _rows(line))
    return tuple(sorted(rows, key=lambda row: row.code))


def _rows(line: str) -> Iterator[Row]:
    """A line's row; where the extraction ran two rows together, the cells belong to the last title."""
    cells = [cell.strip() for cell in line.split("\t")]
    cells += [""] * (COLUMNS - len(cells))
    titles = [split for cell in cells[:3] if (split := split_title(cell))]
    for code, title in titles[:-1]:
        yield Row(code, title, "", "", "", "")
    code, title = titles[-1]
    yield Row(code, title, cells[3], cells[5], cells[6], cells[7])


def make_workspace(folder: Path, rows: tuple[Row, ...]) -> Workspace:
    maintenance.init(folder)
    change_setting(folder, "unowned_reporter", f'"{UNOWNED_REPORTER}"')
    workspace = change_setting(folder, "quiet_seconds", "0")
    goals = tuple(Goal(r.code, r.title, r.main_risks, (r.officer,) if r.officer else (), "", "A1") for r in rows)
    workspace.plan.write_bytes(plan_bytes(Plan(goals), workspace.settings.headings, Words(workspace.settings.language)))
    return workspace


def change_setting(folder: Path, name: str, value: str) -> Workspace:
    """Writes a value, in TOML, over a setting's line."""
    settings = folder / "seuranta.toml"
    text, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", settings.read_text(encoding="utf-8"))
    assert count == 1, f"{name} stands on {count} lines"
    settings.write_text(text, encoding="utf-8")
    return open_workspace(folder)


def final_faults(workspace: Workspace) -> Iterator[str]:
    """Makes the report final in every language; why that is refused, if it is."""
    workspace = change_setting(workspace.root, "languages", '["fi", "sv", "en"]')
    outcome = make_final(workspace, Signature("check_reference", local_now().isoformat(), "The documents are judged."))
    if not isinstance(outcome, Finalized):
        yield f"no final was made: {outcome}"


def fill_forms(workspace: Workspace, rows: tuple[Row, ...]) -> None:
    """Types each row's degree and narrative, as the document has them, into the officers' forms."""
    by_code = {row.code: row for row in rows}
    for outcome in write_forms(workspace, None, None):
        book = openpyxl.load_workbook(outcome.path)
        _fill(book.worksheets[0], by_code, workspace)
        book.save(outcome.path)


def _fill(sheet: Worksheet, by_code: dict[str, Row], workspace: Workspace) -> None:
    headings = {str(cell.value): cell.column for cells in sheet.iter_rows() for cell in cells if cell.value}
    degree, narrative = (headings[label] for label in ("Etenemisaste", "Eteneminen"))
    for cells in sheet.iter_rows(max_col=3):
        split = next((found for cell in cells if (found := split_title(str(cell.value or "")))), None)
        if split:
            row = by_code[split[0]]
            sheet.cell(cells[0].row, degree, row.degree or None)
            sheet.cell(cells[0].row, narrative, row.narrative or None)


def bookmarks(path: Path) -> dict[str, str]:
    """Each bookmark's name and the text that it encloses, paragraphs parted by line ends."""
    found: dict[str, str] = {}
    open_names: dict[str, str] = {}
    for element in Document(str(path)).element.body.iter():
        if element.tag == qn("w:bookmarkStart"):
            open_names[element.get(qn("w:id"))] = element.get(qn("w:name"))
            found[element.get(qn("w:name"))] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            open_names.pop(element.get(qn("w:id")), None)
        elif element.tag in (qn("w:t"), qn("w:br")):
            for name in open_names.values():
                found[name] += element.text or "\n" if element.tag == qn("w:t") else "\n"
    return found


def codes(values: dict[str, str]) -> list[str]:
    return [name[2:-6].replace("_", ".") for name in values if name.endswith("_title")]


def faults(rows: tuple[Row, ...], values: dict[str, str], workspace: Workspace) -> Iterator[str]:
    """Where the document made differs from the document read."""
    if codes(values) != [row.code for row in rows]:
        yield f"rows: {codes(values)} instead of {[row.code for row in rows]}"
    scale = workspace.settings.degree_scale
    for row in rows:
        prefix = f"g_{row.code.replace('.', '_')}_"
        if row.narrative and values[prefix + "narrative"] != row.narrative:
            yield f"{row.code}: narrative {values[prefix + 'narrative']!r} instead of {row.narrative!r}"
        if row.main_risks and values[prefix + "main_risks"] != row.main_risks:
            yield f"{row.code}: risks {values[prefix + 'main_risks']!r} instead of {row.main_risks!r}"
        if row.degree and values[prefix + "degree"] != scale.full_label(int(row.degree[0]), "fi"):
            yield f"{row.code}: degree {values[prefix + 'degree']!r} instead of {row.degree!r}"
        if not values[prefix + "title"].endswith(row.title):
            yield f"{row.code}: title {values[prefix + 'title']!r} instead of {row.title!r}"


def extract_faults(
    rows: tuple[Row, ...], whole: dict[str, str], extract: dict[str, str], officer: str
) -> Iterator[str]:
    own = {row.code for row in rows if row.officer == officer}
    ancestors = {code[:length] for code in own for length in (2, 5) if len(code) > length}
    wanted = [row.code for row in rows if row.code in own | ancestors]
    if codes(extract) != wanted:
        yield f"extract: {codes(extract)} instead of {wanted}"
    for name, text in extract.items():
        if name.startswith("g_") and whole[name] != text:
            yield f"extract: {name} is {text!r}, in the whole report {whole[name]!r}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--keep", type=Path, help="make the workspace here and keep it")
    arguments = parser.parse_args()
    if not arguments.reference.exists():
        print(f"DID NOT RUN: {arguments.reference} is not there, so the published document was not made again.")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        return _check(arguments.reference, arguments.keep or Path(temporary))


_ALL_WELL = """The document made holds every row, text and degree of the one read.
Draft, finals in three languages and extracts are valid and accessible; the PDFs keep to PDF/UA-1 and PDF/A-2a."""


def _check(reference: Path, folder: Path) -> int:
    rows = read_reference(reference)
    workspace = make_workspace(folder, rows)
    fill_forms(workspace, rows)
    result = run_once(workspace.root, system_clock())
    whole = bookmarks(result.published.path)
    officer = max({row.officer for row in rows if row.officer}, key=[row.officer for row in rows].count)
    printed = bookmarks(extract(workspace, Scope(ScopeKind.OFFICER, officer), DocumentOrder("")))
    own = sum(row.officer == officer for row in rows)
    found = [*faults(rows, whole, workspace), *extract_faults(rows, whole, printed, officer), *final_faults(workspace)]
    judged = documents_to_judge(workspace.outbox)
    found += [fault for path in judged for fault in document_faults(path)]
    print(f"{len(rows)} rows read, {len(codes(whole))} stand in the report {result.published.path}")
    print(f"{own} rows of {officer}, {len(codes(printed))} with their ancestors in the extract")
    print(f"{len(judged)} documents judged, drafts and finals: {', '.join(path.name for path in judged)}")
    print("\n".join(found) or _ALL_WELL)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
