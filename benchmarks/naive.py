"""What anybody would write in an afternoon: reads every workbook, checks its rows and prints them all, each time.

    python benchmarks/naive.py INBOX TEMPLATE REPORT [openpyxl|calamine]

It keeps nothing, tells the officers nothing, and stops at the first row that is wrong. It is the other programs' peer.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from pydantic import BaseModel, Field

COLUMNS = {
    "Merkittävimmät tavoitteen toteuttamista uhkaavat riskit": "main_risks",
    "Kokonaistilanne": "overall_status",
    "Etenemisaste": "degree",
    "Eteneminen": "narrative",
    "Vastuuhenkilö": "officer",
}
HEADINGS = {name: heading for heading, name in COLUMNS.items()}
LEVELS = ("council_term_goal", "annual_goal", "action")


class Row(BaseModel):
    """One goal as an officer has reported it."""

    code: str = Field(pattern=r"^\d\d(\.\d\d){0,2}$")
    council_term_goal: str = "–"
    annual_goal: str = "–"
    action: str = "–"
    main_risks: str
    overall_status: str
    degree: int = Field(ge=1, le=5)
    narrative: str = Field(min_length=1)
    officer: str


def read_with_openpyxl(path: Path) -> list[list[Any]]:
    from openpyxl import load_workbook

    return [list(values) for values in load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)]


def read_with_calamine(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def rows_of(table: list[list[Any]]) -> Iterator[Row]:
    """Yields the rows under the line of headings that have a title."""
    at = next(number for number, values in enumerate(table) if "Etenemisaste" in values)
    columns = {COLUMNS[heading]: number for number, heading in enumerate(table[at]) if heading in COLUMNS}
    for values in table[at + 1 :]:
        level = next((number for number in range(3) if values[number]), None)
        if level is not None and values[columns["narrative"]]:
            title = str(values[level])
            found = {name: values[number] for name, number in columns.items()}
            yield Row(code=title.split(" ")[0], **{LEVELS[level]: title}, **found)


def summary_of(rows: list[Row]) -> dict[str, Any]:
    """Counts the degrees by level."""
    found = Counter((row.degree, row.code.count(".")) for row in rows)

    def line(label: str, *levels: int) -> dict[str, Any]:
        counts = [sum(found[degree, level] for level in levels) for degree in range(1, 6)]
        return {"label": label, "counts": counts, "total": sum(counts)}

    levels = [line(heading, number) for number, heading in enumerate(LEVELS)]
    columns = [str(degree) for degree in range(1, 6)]
    return {"levels_fit": True, "columns": columns, "levels": [*levels, line("Yhteensä", 0, 1, 2)]}


def report_of(rows: list[Row]) -> dict[str, Any]:
    """Returns what the template prints: a section for each council-term goal, its own row first."""
    sections: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.code):
        sections.setdefault(row.code[:2], []).append(row)
    empty: dict[str, Any] = {}
    return {
        **dict.fromkeys(
            ("labels", "changes", "programme", "revision", "attention", "unreported", "disagreements"), empty
        ),
        "title": "Toteutusohjelman seurantaraportti",
        "municipality": "Kunta",
        "headings": HEADINGS,
        "summary": summary_of(rows),
        "sections": [
            {"heading": goal.council_term_goal, "goal": goal, "rows": others} for goal, *others in sections.values()
        ],
    }


def main() -> None:
    inbox, template, report, reader = [*sys.argv[1:], "openpyxl"][:4]
    read = read_with_calamine if reader == "calamine" else read_with_openpyxl
    rows = [row for path in sorted(Path(inbox).glob("*.xlsx")) for row in rows_of(read(path))]
    document = DocxTemplate(template)
    document.render(report_of(rows), autoescape=True)
    document.save(report)
    print(len(rows))


if __name__ == "__main__":
    main()
