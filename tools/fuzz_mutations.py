"""How a good workbook is spoilt at random: its bits, its zip, its XML, its cells, its rows and columns."""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import TypeAlias

from lxml import etree

from tools.fuzz_sheet import (
    NAMESPACE,
    VALUES,
    Element,
    change_cell,
    change_format,
    change_row,
    change_text,
    copied,
    fitting_xml,
    write_value,
)

Parts: TypeAlias = list[tuple[str, bytes]]
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError)


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
            write_value(cell, str(texts.setdefault(text, len(texts))), "s")
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
    except _ZIP_FAULTS:  # NotImplementedError is a RuntimeError
        return []


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
    return _change_xml(data, random, r"worksheets/sheet1\.xml$", change_cell)


def change_rows(data: bytes, random: Random) -> bytes:
    return _change_xml(data, random, r"worksheets/sheet1\.xml$", change_row)


def change_strings(data: bytes, random: Random) -> bytes:
    return _change_xml(data, random, r"sharedStrings\.xml$", change_text)


def change_formats(data: bytes, random: Random) -> bytes:
    """Gives one of the cell styles another number format."""
    return _change_xml(data, random, r"styles\.xml$", change_format)


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
        parent.insert(random.randint(0, len(parent)), copied(node))
    elif kind == 2 and node not in other.iterancestors() and node is not other:
        other.append(node)
    elif kind == 3:
        _change_attribute(node, other, random)
    elif kind == 4:
        node.text, other.text = other.text, node.text
    elif kind == 5:
        node.text = fitting_xml(random.choice(VALUES))
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
        node.set(name, fitting_xml(value))


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
