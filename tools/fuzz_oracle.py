"""What two other readers see in a workbook: whether a row that was taken really holds that code, degree and narrative.

python-calamine and openpyxl know nothing of our rules, and this module uses none of our own reading.
"""

import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

import openpyxl
from python_calamine import CalamineWorkbook

Grid: TypeAlias = Mapping[tuple[int, int], object]
HEADINGS = {
    "degree": "Etenemisaste",
    "narrative": "Eteneminen",
    "overall_status": "Kokonaistilanne",
    "main_risks": "Merkittävimmät tavoitteen toteuttamista uhkaavat riskit",
}
NOT_ASSESSABLE = "Ei arvioitavissa"
STATUSES = ("suunnitelman mukaan", "viivästynyt", "ei toteudu")
SHAPES = ("●", "▲", "■")
NO_STATUS = ("",)
# calamine asks for all the memory between a sheet's first and last cell; larger sheets are left to openpyxl.
MOST_ROWS, MOST_COLUMNS = 20_000, 400


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


@dataclass(frozen=True, slots=True)
class Opinion:
    """Which of the readers could open the file, and which of them saw the same as the entry says."""

    opened: tuple[str, ...]
    agreeing: tuple[str, ...]

    @property
    def is_wrong(self) -> bool:
        return bool(self.opened) and not self.agreeing


def judge(data: bytes, taken: tuple[Taken, ...]) -> tuple[Opinion, ...]:
    """An opinion on each entry; openpyxl, which is slow, is asked where calamine does not agree with all."""
    opinions = [Opinion((), ()) for _ in taken]
    for name, read in _READERS:
        if all(opinion.agreeing for opinion in opinions):
            break
        sheets = _read(read, data)
        if sheets is not None:
            opinions = [_with_opinion(old, name, sheets, entry) for old, entry in zip(opinions, taken, strict=True)]
    return tuple(opinions)


def _with_opinion(old: Opinion, name: str, sheets: Mapping[str, Grid], entry: Taken) -> Opinion:
    agrees = entry.sheet in sheets and holds(sheets[entry.sheet], entry)
    return Opinion((*old.opened, name), (*old.agreeing, name) if agrees else old.agreeing)


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


def _read(read: Callable[[bytes], dict[str, Grid] | None], data: bytes) -> dict[str, Grid] | None:
    """None where a reader cannot open the file, for whatever reason: it is only asked what it can see."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read(data)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 — calamine's panics are no Exceptions
        return None


def _by_calamine(data: bytes) -> dict[str, Grid] | None:
    if not _is_small(data):
        return None
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: _grid(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def _grid(rows: list[list[object]]) -> Grid:
    return {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    }


def _is_small(data: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            addresses = re.findall(rb'\sr="([A-Z]*)([0-9]+)"', archive.read(name)) if "sheet" in name.lower() else ()
            if any(len(letters) > 2 or int(number) > MOST_ROWS for letters, number in addresses):
                return False
    return True


def _by_openpyxl(data: bytes) -> dict[str, Grid]:
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return {sheet.title: dict(_filled(sheet._cells)) for sheet in book.worksheets}


def _filled(cells: Mapping[tuple[int, int], object]) -> Iterator[tuple[tuple[int, int], object]]:
    return ((place, cell.value) for place, cell in cells.items() if cell.value is not None)  # type: ignore[attr-defined]


_READERS: tuple[tuple[str, Callable[[bytes], dict[str, Grid] | None]], ...] = (
    ("calamine", _by_calamine),
    ("openpyxl", _by_openpyxl),
)
