"""How a good workbook is spoilt at random: its bits, its zip, its XML, its cells, its rows and columns."""

import re
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import TypeAlias

from lxml import etree

Parts: TypeAlias = list[tuple[str, bytes]]
Element: TypeAlias = etree._Element
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# What stands in a cell where something else should: numbers, codes, degrees, blanks, what programs leave.
VALUES = (
    *(
        "1",
        "2",
        "3",
        "4",
        "5",
        "0",
        "6",
        "-3",
        "3.0",
        "3,0",
        "3.5",
        "03",
        "3.",
        "3?",
        "60 %",
        "1E2",
        "1e400",
        "NaN",
        "inf",
    ),
    *(
        "01",
        "01.01",
        "01.02",
        "1.1",
        "1.10",
        "01.10",
        "2.1",
        "46054",
        "100",
        "٣",
        "３",
        "kolme",
        "TRUE",
        "FALSE",
        "#REF!",
    ),
    *(
        "",
        " ",
        "\u00a0",
        "\u200b",
        "–",
        "x",
        "3 Toteutus on aloitettu, ei vielä valmis",
        "Ei arvioitavissa",
        "Etenemisaste",
    ),
    *(
        "Eteneminen",
        "Kokonaistilanne",
        "_x0007_",
        "_x000D_",
        "_x0033_",
        "_xD800_",
        "<&>",
        "=1+1",
        "\U0001f642",
        "a" * 300,
    ),
)
FORMATS = (
    "General",
    "0",
    "0.00",
    "00.00",
    "@",
    "0%",
    "dd.mm.yyyy",
    '"4"',
    '0"x"',
    "0,",
    ";;;",
    "00\\.00",
    "# ?/?",
    "[h]:mm",
)
TYPES = ("n", "s", "str", "inlineStr", "b", "e", "d", "", "x")


def mutate(data: bytes, random: Random) -> bytes:
    """Spoils a workbook in one to three ways; the same random numbers spoil it in the same ways."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(_MUTATIONS)(data, random)
    return data


def with_shared_strings(data: bytes) -> bytes:
    """The workbook with its texts in a part of their own, as Excel saves them; openpyxl leaves them in the cells."""
    texts: dict[str, int] = {}
    parts = dict(unzip(data))
    for name in [name for name in parts if "worksheets/sheet" in name]:
        parts[name] = _shared(parts[name], texts)
    strings = etree.Element(f"{NAMESPACE}sst", nsmap={None: NAMESPACE[1:-1]})
    for text in texts:
        etree.SubElement(etree.SubElement(strings, f"{NAMESPACE}si"), f"{NAMESPACE}t").text = text
    parts["xl/sharedStrings.xml"] = etree.tostring(strings, encoding="UTF-8", xml_declaration=True)
    for name, end, link in _LINKS:
        parts[name] = parts[name].replace(end, link + end)
    return zipped(list(parts.items()))


_LINKS = (
    (
        "[Content_Types].xml",
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        b'<Relationship Id="strings" Target="sharedStrings.xml" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>',
    ),
)


def _shared(sheet: bytes, texts: dict[str, int]) -> bytes:
    root = etree.fromstring(sheet)
    for cell in root.iter(f"{NAMESPACE}c"):
        if cell.get("t") == "inlineStr":
            text = "".join(part.text or "" for part in cell.iter(f"{NAMESPACE}t"))
            _write_value(cell, str(texts.setdefault(text, len(texts))), "s")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


# Bits and bytes


def flip_bits(data: bytes, random: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(random.randint(1, 8) if spoilt else 0):
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def cut_bytes(data: bytes, random: Random) -> bytes:
    start, length = random.randrange(len(data) + 1), random.choice((1, 16, 512, len(data)))
    filling = random.choice((b"", bytes(min(length, 512)), data[:64]))
    return data[:start] + filling + data[start + length :]


# The zip


def change_members(data: bytes, random: Random) -> bytes:
    parts = unzip(data)
    if not parts:
        return data
    index, other = random.randrange(len(parts)), random.randrange(len(parts))
    (name, content), (other_name, other_content) = parts[index], parts[other]
    changes: tuple[Callable[[], None], ...] = (
        lambda: parts.__delitem__(index),
        lambda: parts.append((name, random.choice((content, other_content)))),
        lambda: parts.__setitem__(index, (random.choice((other_name, name.upper(), f"x/{name}", name[::-1])), content)),
        lambda: parts.__setitem__(slice(None), _swapped(parts, index, other)),
        lambda: parts.__setitem__(index, (name, content[: random.randrange(len(content) + 1)])),
        lambda: parts.__setitem__(index, (name, b"")),
        lambda: random.shuffle(parts),
    )
    random.choice(changes)()
    return zipped(parts)


def _swapped(parts: Parts, index: int, other: int) -> Parts:
    swapped = list(parts)
    swapped[index], swapped[other] = (parts[index][0], parts[other][1]), (parts[other][0], parts[index][1])
    return swapped


def unzip(data: bytes) -> Parts:
    """The members that can be read; none where it is no zip any more."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return []
    except Exception as fault:  # noqa: BLE001 — zlib's own error and struct's: what is spoilt already stays as it is
        return [] if type(fault).__module__ in ("zlib", "struct") else _raise(fault)


def _raise(fault: Exception) -> Parts:
    raise fault


def zipped(parts: Parts) -> bytes:
    stream = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a member that stands twice is what is wanted
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


# XML


def change_nodes(data: bytes, random: Random) -> bytes:
    return _change_xml(data, random, r"\.(xml|rels)$", _change_node)


def change_cells(data: bytes, random: Random) -> bytes:
    return _change_xml(data, random, r"worksheets/sheet1\.xml$", _change_cell)


def change_rows(data: bytes, random: Random) -> bytes:
    return _change_xml(data, random, r"worksheets/sheet1\.xml$", _change_row)


def change_strings(data: bytes, random: Random) -> bytes:
    return _change_xml(data, random, r"sharedStrings\.xml$", _change_text)


def change_formats(data: bytes, random: Random) -> bytes:
    """Gives one of the cell styles another number format."""
    return _change_xml(data, random, r"styles\.xml$", _change_format)


def _change_xml(data: bytes, random: Random, names: str, change: Callable[[Element, Random], None]) -> bytes:
    parts = unzip(data)
    fitting = [index for index, (name, _) in enumerate(parts) if re.search(names, name)]
    if not fitting:
        return data
    index = random.choice(fitting)
    try:
        root = etree.fromstring(parts[index][1])
    except etree.XMLSyntaxError:
        return data
    for _ in range(random.choice((1, 1, 2, 5))):
        change(root, random)
    parts[index] = (parts[index][0], etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    return zipped(parts)


def _change_node(root: Element, random: Random) -> None:
    nodes = list(root.iter(etree.Element))
    node, other = random.choice(nodes), random.choice(nodes)
    parent = node.getparent()
    if parent is None:
        return
    kind = random.randrange(7)
    if kind == 0:
        parent.remove(node)
    elif kind == 1:
        parent.insert(random.randint(0, len(parent)), _copied(node))
    elif kind == 2 and node not in other.iterancestors() and node is not other:
        other.append(node)
    elif kind == 3:
        _change_attribute(node, other, random)
    elif kind == 4:
        node.text, other.text = other.text, node.text
    elif kind == 5:
        node.text = _fitting_xml(random.choice(VALUES))
    else:
        node.tag = random.choice((other.tag, etree.QName(node).localname, f"{NAMESPACE}x"))


def _change_attribute(node: Element, other: Element, random: Random) -> None:
    names = sorted(map(str, {*node.attrib, *other.attrib}))
    if not names:
        return
    name = random.choice(names)
    value = random.choice((None, other.get(name), *VALUES[:12], "x", "2147483648", "B7", "XFD1048576"))
    if value is None:
        node.attrib.pop(name, None)
    else:
        node.set(name, _fitting_xml(value))


def _copied(node: Element) -> Element:
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _fitting_xml(text: str) -> str:
    return "".join(letter for letter in text if letter in "\t\n" or letter >= " ")


# Cells, rows and columns


def _cells(root: Element) -> list[Element]:
    return list(root.iter(f"{NAMESPACE}c"))


def _change_cell(root: Element, random: Random) -> None:
    cells = _cells(root)
    if not cells:
        return
    cell, other = random.choice(cells), random.choice(cells)
    kind = random.randrange(7)
    if kind == 0:
        _write_text(cell, random.choice(VALUES))
    elif kind == 1:
        _write_value(cell, random.choice(VALUES), random.choice(TYPES))
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
    etree.SubElement(etree.SubElement(cell, f"{NAMESPACE}is"), f"{NAMESPACE}t").text = _fitting_xml(text)


def _write_value(cell: Element, value: str, kind: str) -> None:
    _empty(cell)
    cell.attrib.pop("t", None)
    if kind:
        cell.set("t", kind)
    etree.SubElement(cell, f"{NAMESPACE}v").text = _fitting_xml(value)


def _empty(cell: Element) -> None:
    for child in list(cell):
        cell.remove(child)


def _swap_contents(cell: Element, other: Element) -> None:
    """Exchanges what two cells hold, as an officer does who drags one over the other."""
    ours, theirs = [_copied(child) for child in cell], [_copied(child) for child in other]
    kinds = cell.get("t"), other.get("t")
    for target, children, kind in ((cell, theirs, kinds[1]), (other, ours, kinds[0])):
        _empty(target)
        target.extend(children)
        target.attrib.pop("t", None)
        if kind is not None:
            target.set("t", kind)


def _change_row(root: Element, random: Random) -> None:
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
    copy = _copied(row)
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


def _change_text(root: Element, random: Random) -> None:
    texts = list(root.iter(f"{NAMESPACE}t"))
    if not texts:
        return
    text, other = random.choice(texts), random.choice(texts)
    kind = random.randrange(4)
    if kind == 0:
        text.text, other.text = other.text, text.text
    elif kind == 1:
        text.text = _fitting_xml(random.choice(VALUES))
    elif kind == 2:
        text.text = _with_letter_changed(text.text or "", random)
    else:
        item = text.getparent()
        item.getparent().remove(item)


def _with_letter_changed(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(("", "x", "1", " ", ".", "\u200b")) + text[place + random.choice((0, 1)) :]


def _change_format(root: Element, random: Random) -> None:
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


_MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip_bits,
    cut_bytes,
    change_members,
    change_members,
    change_nodes,
    change_nodes,
    change_nodes,
    change_cells,
    change_cells,
    change_cells,
    change_rows,
    change_rows,
    change_strings,
    change_strings,
    change_strings,
    change_formats,
    change_formats,
)
