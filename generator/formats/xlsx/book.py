"""A workbook's own part and its sheets, changed in place: tabs, names and views, and cells that are found or made."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.domain.base.cells import Area, CellRef, read_cell
from generator.formats.opc.editing import Package, UnpatchableError
from generator.formats.opc.relationships import Link
from generator.formats.opc.xml import Element, add_element, children
from generator.formats.xlsx.elements import TRUE
from generator.formats.xlsx.sheet_xml import LINK_ID, M, add_in_order, first_child

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# ECMA-376 part 1, §18.2.27: what stands before the defined names.
_BEFORE_NAMES = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences"),
)
_MOST_MERGES = 10_000


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet as the workbook lists it; `id` is its lasting number, `part` where its content is."""

    name: str
    id: str
    part: str
    is_worksheet: bool


class PatchedBook:
    """The workbook of a package. Raises one of `FAULTS` where it is strict, shared in the old way, or broken."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._main = _only(package, "", "officedocument")
        links = package.links(self._main)
        root = package.root(self._main)
        if root.tag != f"{M}workbook" or any(link.kind == "revisionheaders" for link in links):
            raise UnpatchableError("strict, or with a log of changes that names every sheet")
        self.styles = _only(package, self._main, "styles")

    @property
    def tabs(self) -> tuple[Tab, ...]:
        parts = {link.id: link for link in self.package.links(self._main)}
        return tuple(_tab(sheet, parts.get(sheet.get(LINK_ID, "")), self.package) for sheet in self._sheets)

    @property
    def shared_strings(self) -> tuple[str, ...]:
        """The part with the texts that cells name by number, if there is one."""
        return tuple(link.target for link in self.package.links(self._main) if link.kind == "sharedstrings")

    @property
    def worksheets(self) -> tuple[Tab, ...]:
        return tuple(tab for tab in self.tabs if tab.is_worksheet)

    def put_first(self, name: str, root: Element, title_row: int, instead_of: tuple[str, ...]) -> None:
        """Puts a worksheet before all others, in the place of the sheets so named, and opens the workbook on it.

        Args:
            title_row: 1-based; printed at the top of every page.
        """
        old = [tab for tab in self.tabs if tab.name in instead_of]
        sheet_id = old[0].id if old else str(max(int(tab.id) for tab in self.tabs) + 1)
        self._shift_names(instead_of)
        for tab in old:
            self._remove(tab)
        part = self.package.free_name("xl/worksheets/sheet", ".xml")
        self.package.add(part, root, _SHEET_TYPE)
        link_id = self.package.link(self._main, "worksheet", part)
        sheets = self._list_of_sheets()
        sheets.insert(0, add_element(sheets, f"{M}sheet", {"name": name, "sheetId": sheet_id, LINK_ID: link_id}))
        self._name_title_row(name, title_row)
        self._open_on_first(part)

    def _list_of_sheets(self) -> Element:
        return first_child(self.package.change(self._main), f"{M}sheets")

    @property
    def _sheets(self) -> list[Element]:
        return [
            sheet for one in children(self.package.root(self._main), f"{M}sheets") for sheet in one.iter(f"{M}sheet")
        ]

    def _remove(self, tab: Tab) -> None:
        """Removes a sheet, and with its formulas the order of calculation, which names them; Excel makes it again."""
        if next(self.package.root(tab.part).iter(f"{M}f"), None) is not None:
            self._drop_all("calcchain")
        sheet = next(one for one in self._sheets if one.get("name") == tab.name)
        link_id = sheet.get(LINK_ID, "")
        self._list_of_sheets().remove(sheet)
        self.package.unlink(self._main, link_id)
        self.package.drop(tab.part)

    def _drop_all(self, kind: str) -> None:
        for link in self.package.links(self._main):
            if link.kind == kind:
                self.package.unlink(self._main, link.id)
                self.package.drop(link.target)

    def _shift_names(self, removed: tuple[str, ...]) -> None:
        """Names of one sheet tell it by its place among the tabs, from 0 on; those of removed sheets go with them."""
        kept = [index for index, tab in enumerate(self.tabs) if tab.name not in removed]
        places = {str(index): str(place) for place, index in enumerate(kept, start=1)}
        for names in children(self.package.change(self._main), f"{M}definedNames"):
            for name in children(names, f"{M}definedName"):
                if (place := name.get("localSheetId")) is None:
                    continue
                if place in places:
                    name.set("localSheetId", places[place])
                else:
                    names.remove(name)

    def _name_title_row(self, sheet: str, row: int) -> None:
        root = self.package.change(self._main)
        names = children(root, f"{M}definedNames") or [add_in_order(root, f"{M}definedNames", _BEFORE_NAMES)]
        attributes = {"name": "_xlnm.Print_Titles", "localSheetId": "0"}
        names[0].insert(0, add_element(names[0], f"{M}definedName", attributes, f"{quoted(sheet)}!${row}:${row}"))

    def _open_on_first(self, part: str) -> None:
        for view in self.package.change(self._main).iter(f"{M}workbookView", f"{M}customWorkbookView"):
            view.attrib.pop("firstSheet", "")
            if view.tag == f"{M}workbookView":
                view.attrib.pop("activeTab", "")
        for tab in self.tabs:
            if tab.part != part and b"tabSelected" in self.package.read(tab.part).replace(b"\0", b""):
                for view in self.package.change(tab.part).iter(f"{M}sheetView"):
                    view.attrib.pop("tabSelected", "")


class SheetCells:
    """The rows and cells of one worksheet's tree; their numbers, 1-based, may be left out in the file."""

    def __init__(self, root: Element) -> None:
        if root.tag != f"{M}worksheet":
            raise UnpatchableError("not a transitional worksheet")
        self._root = root
        self._data = first_child(root, f"{M}sheetData")
        self._rows = dict(_numbered(children(self._data, f"{M}row"), _row_number))
        self._columns = Columns(root)
        self._merges = [_merged(merge.get("ref", "")) for merge in root.iter(f"{M}mergeCell")]
        if len(self._merges) > _MOST_MERGES:
            raise UnpatchableError("more merged cells than can be looked through for each finding")

    def cells(self) -> Iterator[tuple[str, Element]]:
        """Every cell with its name, `F12`."""
        for number, row in self._rows.items():
            for column, cell in _numbered(children(row, f"{M}c"), _column_number):
                yield str(CellRef(number, column)), cell

    def cell(self, name: str) -> Element:
        """The cell of that name, made where there was none, with the look of its row or column."""
        number, column = require_cell(name).row, require_cell(name).column
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = _insert(self._data, f"{M}row", number, self._rows)
            row.set("r", str(number))
        cells = dict(_numbered(children(row, f"{M}c"), _column_number))
        return cells[column] if column in cells else self._new_cell(row, name, cells)

    def shown_in(self, name: str) -> str:
        """The cell that shows what this one holds: the first of a merged range, else the cell itself."""
        cell = require_cell(name)
        return next((str(area.first) for area in self._merges if cell in area), name)

    def _new_cell(self, row: Element, name: str, cells: dict[int, Element]) -> Element:
        column = require_cell(name).column
        made = _insert(row, f"{M}c", column, cells)
        made.set("r", name)
        style = row.get("s", "0") if row.get("customFormat") in TRUE else self._columns.attribute(column, "style", "0")
        if style != "0":
            made.set("s", style)
        row.attrib.pop("spans", "")  # a hint that may be wrong now
        for hint in children(self._root, f"{M}dimension"):
            self._root.remove(hint)
        return made


class Columns:
    """What a worksheet says of its columns, from left to right (ECMA-376 part 1, §18.3.1.13)."""

    def __init__(self, root: Element) -> None:
        self._all = sorted(root.iter(f"{M}col"), key=_first_column)
        self._firsts = [_first_column(one) for one in self._all]

    def attribute(self, column: int, name: str, otherwise: str) -> str:
        """An attribute of a column, 1-based."""
        index = bisect_right(self._firsts, column) - 1
        if index < 0 or int(self._all[index].get("max", "0")) < column:
            return otherwise
        return self._all[index].get(name, otherwise)


def require_cell(name: str) -> CellRef:
    """The cell of `F12`. Raises ValueError, which is one of `FAULTS`."""
    cell = read_cell(name)
    if cell is None:
        raise ValueError(name)
    return cell


def _first_column(one: Element) -> int:
    return int(one.get("min", "0"))


def _merged(reference: str) -> Area:
    """The area of a merged range, `F3:G5`. Some programs write `F3` where the range is a single cell."""
    first, _, last = reference.partition(":")
    corner, opposite = require_cell(first), require_cell(last or first)
    return Area(corner.row, corner.column, opposite.row, opposite.column)


def quoted(sheet: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _only(package: Package, part: str, kind: str) -> str:
    target = next((link.target for link in package.links(part) if link.kind == kind), None)
    if target is None:
        raise UnpatchableError(kind)
    return target


def _tab(sheet: Element, link: Link | None, package: Package) -> Tab:
    if link is None or link.target not in package:
        raise UnpatchableError("a sheet without a part")
    return Tab(sheet.get("name", ""), sheet.get("sheetId", ""), link.target, link.kind == "worksheet")


def _numbered(found: list[Element], number_of: Callable[[Element], int | None]) -> Iterator[tuple[int, Element]]:
    """Elements with their numbers; one without is the next behind the one before."""
    number = 0
    for element in found:
        number = number_of(element) or number + 1
        yield number, element


def _row_number(row: Element) -> int | None:
    return int(row.get("r", "0")) or None


def _column_number(cell: Element) -> int | None:
    name = cell.get("r")
    return require_cell(name).column if name else None


def _insert(parent: Element, tag: str, number: int, numbered: dict[int, Element]) -> Element:
    """A new child before the first whose number is higher."""
    made = add_element(parent, tag)
    later = min((other for other in numbered if other > number), default=None)
    if later is not None:
        numbered[later].addprevious(made)
    return made
