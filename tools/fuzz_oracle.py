"""What another reader sees in a workbook: whether a row that was taken really holds that code, degree and narrative.

openpyxl knows nothing of our rules, and this module uses none of our own reading.
"""

import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TypeAlias

import openpyxl

Grid: TypeAlias = Mapping[tuple[int, int], object]
HEADINGS = {
    "degree": "Etenemisaste",
    "narrative": "Eteneminen",
    "overall_status": "Kokonaistilanne",
    "main_risks": "Merkittävimmät tavoitteen toteuttamista uhkaavat riskit",
}
_LINKS, _STYLES = "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_STYLE_OF_A_CELL = re.compile(rb'(<c\b[^>]*?) s="[^"]*"')
NOT_ASSESSABLE = "Ei arvioitavissa"
STATUSES = ("suunnitelman mukaan", "viivästynyt", "ei toteudu")
SHAPES = ("●", "▲", "■")
NO_STATUS = ("",)


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry that was taken: what it says, and the 1-based row that it says it was read from."""

    sheet: str
    row: int
    code: str
    title: str
    degree: int | None
    label: str
    status_words: tuple[str, ...]
    main_risks: str | None
    narrative: str


class Opinion(StrEnum):
    """What the other reader says of an entry; it is no witness of a file that it cannot open."""

    SEEN = "seen by openpyxl"
    WRONG = "not what openpyxl sees"
    NOT_OPENED = "openpyxl cannot open the file"


def judge(data: bytes, taken: tuple[Taken, ...]) -> tuple[Opinion, ...]:
    """An opinion on each entry."""
    sheets = _read(data) if taken else {}
    if sheets is None:
        return (Opinion.NOT_OPENED,) * len(taken)
    seen = (entry.sheet in sheets and holds(sheets[entry.sheet], entry) for entry in taken)
    return tuple(Opinion.SEEN if is_seen else Opinion.WRONG for is_seen in seen)


def holds(grid: Grid, entry: Taken) -> bool:
    """Whether a sheet's row has the entry's goal, and under the headings what the entry says."""
    row = {column: value for (number, column), value in grid.items() if number == entry.row}
    columns = _columns(grid)
    if not any(_names_goal(value, entry) for value in row.values()) or not {"degree", "narrative"} <= set(columns):
        return False
    cells = {name: row.get(column) for name, column in columns.items()}
    return (
        _is_degree(cells["degree"], entry)
        and _letters(cells["narrative"]) == _letters(entry.narrative)
        and _is_status(cells.get("overall_status"), entry)
        and (entry.main_risks is None or _letters(cells.get("main_risks")) == _letters(entry.main_risks))
    )


def _columns(grid: Grid) -> dict[str, int]:
    """The columns by the headings of the row that has most of them."""
    wanted = {_letters(text): name for name, text in HEADINGS.items()}
    rows: dict[int, dict[str, int]] = {}
    for (row, column), value in grid.items():
        name = wanted.get(_letters(value))
        if name:
            rows.setdefault(row, {})[name] = column
    return max(rows.values(), key=len, default={})


def _names_goal(value: object, entry: Taken) -> bool:
    """The code at the beginning of a text, or the title in it: a code that a program changed keeps its title."""
    text = _visible(value).strip()
    return bool(re.match(rf"{re.escape(entry.code)}(?![0-9.][0-9])", text)) or _letters(entry.title) in _letters(text)


def _is_degree(value: object, entry: Taken) -> bool:
    """The degree by its number, with or without the label behind it, or by its label alone."""
    if entry.degree is None:
        return _letters(value) == _letters(NOT_ASSESSABLE)
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return value == entry.degree
    first = re.match(r"\s*0*([0-9]+)", _visible(value))
    return int(first[1]) == entry.degree if first else _letters(value) == _letters(entry.label)


def _is_status(value: object, entry: Taken) -> bool:
    """What is no status at all is asked about, and its row taken without one."""
    letters = _letters(value)
    if entry.status_words == NO_STATUS:
        return letters not in map(_letters, STATUSES) and _visible(value).strip() not in SHAPES
    return letters in map(_letters, entry.status_words) or (
        not letters and _visible(value).strip() in entry.status_words
    )


def _letters(value: object) -> str:
    """Letters and digits alone: readers differ in blanks, line ends and characters that no text can hold."""
    text = unicodedata.normalize("NFC", _visible(value)).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def _visible(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), str(value))
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cs"))


def _read(data: bytes) -> dict[str, Grid] | None:
    """None where openpyxl cannot open the file, for whatever reason: it is only asked what it can see."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _by_openpyxl(without_lost_styles(data))
    except Exception:  # noqa: BLE001 — a spoilt file can make it fail in any way
        return None


def without_lost_styles(data: bytes) -> bytes:
    """The file without styles that no relationship leads to: openpyxl finds them by their name, and Excel does not.

    A date's format would otherwise make a day of a number that Excel shows as the number it is.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if _STYLES not in parts or b"/styles" in parts.get(_LINKS, b""):
        return data
    del parts[_STYLES]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            is_sheet = name.startswith("xl/worksheets/")
            archive.writestr(name, _STYLE_OF_A_CELL.sub(rb"\1", content) if is_sheet else content)
    return stream.getvalue()


def _by_openpyxl(data: bytes) -> dict[str, Grid]:
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return {sheet.title: dict(_filled(sheet._cells)) for sheet in book.worksheets}


def _filled(cells: Mapping[tuple[int, int], object]) -> Iterator[tuple[tuple[int, int], object]]:
    return ((place, cell.value) for place, cell in cells.items() if cell.value is not None)  # type: ignore[attr-defined]
