"""How a sheet's cells, rows, columns, texts and formats are spoilt at random."""

import re
from random import Random
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# What stands in a cell where something else should: numbers, codes, degrees, blanks, what programs leave.
_VALUES = (
    "1|2|3|4|5|0|6|-3|3.0|3,0|3.5|03|3.|3?|60 %|1E2|1e400|NaN|inf|01|01.01|01.02|1.1|1.10|01.10|2.1|46054|100|٣|３|"
    "kolme|TRUE|FALSE|#REF!|| |\u00a0|\u200b|–|x|3 Toteutus on aloitettu, ei vielä valmis|Ei arvioitavissa|"
    "Etenemisaste|Eteneminen|Kokonaistilanne|_x0007_|_x000D_|_x0033_|_xD800_|<&>|=1+1|\U0001f642"
)
VALUES = (*_VALUES.split("|"), "a" * 300)
_FORMATS = 'General|0|0.00|00.00|@|0%|dd.mm.yyyy|"4"|0"x"|0,|;;;|00\\.00|# ?/?|[h]'
FORMATS = tuple(_FORMATS.split("|"))
TYPES = ("n", "s", "str", "inlineStr", "b", "e", "d", "", "x")


# Cells, rows and columns


def _cells(root: Element) -> list[Element]:
    return list(root.iter(f"{NAMESPACE}c"))


def change_cell(root: Element, random: Random) -> None:
    cells = _cells(root)
    if not cells:
        return
    cell, other = random.choice(cells), random.choice(cells)
    kind = random.randrange(7)
    if kind == 0:
        _write_text(cell, random.choice(VALUES))
    elif kind == 1:
        write_value(cell, random.choice(VALUES), random.choice(TYPES))
    elif kind == 2:
        cell.set("t", random.choice(TYPES))
    elif kind == 3:
        cell.set("s", random.choice((other.get("s", "0"), str(random.randrange(20)))))
    elif kind == 4:
        one, another = cell.get("r", ""), other.get("r", "")
        cell.set("r", another)
        other.set("r", random.choice((one, another)))
    elif kind == 5:
        _swap_contents(cell, other)
    else:
        formula = etree.Element(f"{NAMESPACE}f")
        formula.text = random.choice(("A1", "1+2", "SUM(F4:F9)"))
        cell.insert(0, formula)


def _write_text(cell: Element, text: str) -> None:
    _empty(cell)
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, f"{NAMESPACE}is"), f"{NAMESPACE}t").text = fitting_xml(text)


def write_value(cell: Element, value: str, kind: str) -> None:
    _empty(cell)
    cell.attrib.pop("t", None)
    if kind:
        cell.set("t", kind)
    etree.SubElement(cell, f"{NAMESPACE}v").text = fitting_xml(value)


def _empty(cell: Element) -> None:
    for child in list(cell):
        cell.remove(child)


def _swap_contents(cell: Element, other: Element) -> None:
    """Exchanges what two cells hold, as an officer does who drags one over the other."""
    ours, theirs = [copied(child) for child in cell], [copied(child) for child in other]
    kinds = cell.get("t"), other.get("t")
    for target, children, kind in ((cell, theirs, kinds[1]), (other, ours, kinds[0])):
        _empty(target)
        target.extend(children)
        target.attrib.pop("t", None)
        if kind is not None:
            target.set("t", kind)


def change_row(root: Element, random: Random) -> None:
    rows = list(root.iter(f"{NAMESPACE}row"))
    if rows:
        random.choice(_ROW_CHANGES)(rows, random)


def _remove_row(rows: list[Element], random: Random) -> None:
    row = random.choice(rows)
    row.getparent().remove(row)


def _renumber_row(rows: list[Element], random: Random) -> None:
    other = random.choice(rows).get("r", "1")
    _renumber(random.choice(rows), random.choice((str(len(rows) + 9), other, "0", "1048577", "x")))


def _swap_rows(rows: list[Element], random: Random) -> None:
    row, other = random.choice(rows), random.choice(rows)
    one, another = row.get("r", "1"), other.get("r", "1")
    _renumber(row, another)
    _renumber(other, one)
    _sort_rows(row.getparent())


def _append_copy(rows: list[Element], random: Random) -> None:
    row = random.choice(rows)
    copy = copied(row)
    _renumber(copy, str(len(rows) + 20))
    row.getparent().append(copy)


def _hide_row(rows: list[Element], random: Random) -> None:
    random.choice(rows).set("hidden", random.choice(("1", "true", "0")))


def _swap_columns(rows: list[Element], random: Random) -> None:
    one, other = random.sample("ABCDEFGHIJ", 2)
    letters = {one: other, other: one}
    for row in rows:
        for cell in row:
            address = cell.get("r", "")
            cell.set("r", letters.get(address[:1], address[:1]) + address[1:])
        row[:] = sorted(row, key=lambda cell: (len(cell.get("r", "")), cell.get("r", "")))


def _merge(rows: list[Element], random: Random) -> None:
    """Merges cells of two rows or columns, and leaves what the hidden ones hold, as other programs do."""
    root = rows[0].getroottree().getroot()
    column, row = random.choice("ABCDEFG"), random.randint(3, 14)
    last = random.choice((f"{column}{row + 1}", f"{chr(ord(column) + 1)}{row}"))
    merges = root.find(f"{NAMESPACE}mergeCells")
    if merges is None:
        merges = etree.SubElement(root, f"{NAMESPACE}mergeCells")
    etree.SubElement(merges, f"{NAMESPACE}mergeCell").set("ref", f"{column}{row}:{last}")


def _shuffle_cells(rows: list[Element], random: Random) -> None:
    row = random.choice(rows)
    children = list(row)
    random.shuffle(children)
    row[:] = children


_ROW_CHANGES = (
    _remove_row,
    _renumber_row,
    _swap_rows,
    _swap_rows,
    _append_copy,
    _hide_row,
    _swap_columns,
    _merge,
    _shuffle_cells,
)


def _renumber(row: Element, number: str) -> None:
    row.set("r", number)
    for cell in row:
        cell.set("r", re.sub(r"\d+$", "", cell.get("r", "A1")) + number)


def _sort_rows(data: Element) -> None:
    if all(row.get("r", "").isdecimal() for row in data):
        data[:] = sorted(data, key=lambda row: int(row.get("r", "0")))


def change_text(root: Element, random: Random) -> None:
    texts = list(root.iter(f"{NAMESPACE}t"))
    if not texts:
        return
    text, other = random.choice(texts), random.choice(texts)
    kind = random.randrange(4)
    if kind == 0:
        text.text, other.text = other.text, text.text
    elif kind == 1:
        text.text = fitting_xml(random.choice(VALUES))
    elif kind == 2:
        text.text = _with_letter_changed(text.text or "", random)
    else:
        item = text.getparent()
        item.getparent().remove(item)


def _with_letter_changed(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(("", "x", "1", " ", ".", "\u200b")) + text[place + random.choice((0, 1)) :]


def change_format(root: Element, random: Random) -> None:
    styles = root.find(f"{NAMESPACE}cellXfs")
    formats = root.find(f"{NAMESPACE}numFmts")
    if styles is None or not len(styles):
        return
    if formats is None:
        formats = etree.Element(f"{NAMESPACE}numFmts")
        root.insert(0, formats)
    number = str(200 + len(formats))
    etree.SubElement(formats, f"{NAMESPACE}numFmt", numFmtId=number, formatCode=random.choice(FORMATS))
    random.choice(list(styles)).set("numFmtId", number)


def copied(node: Element) -> Element:
    return etree.fromstring(etree.tostring(node, with_tail=False))


def fitting_xml(text: str) -> str:
    return "".join(letter for letter in text if letter in "\t\n" or letter >= " ")
