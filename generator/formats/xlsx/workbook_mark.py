"""The mark in a workbook of ours (.xlsx, .xlsm): a document property with the digest of all its parts."""

import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256

from generator.domain.plan.form import PROPERTY_PREFIX
from generator.formats.opc.editing import Package
from generator.formats.opc.package import read_parts
from generator.formats.opc.xml import Element, PackageError, add_element, children, make_root

MARK_PROPERTY = f"{PROPERTY_PREFIX}mark"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_P, _VT = f"{{{_OFFICE}/custom-properties}}", f"{_OFFICE}/docPropsVTypes"
PROPERTIES, _KIND = "docProps/custom.xml", "custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# ECMA-376 part 1, §22.3.2.2: the set of the properties that people see; numbers below 2 are reserved.
_SET, _FIRST_NUMBER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2
# Stands in the mark's place while the digest is computed: the part that holds the mark is covered too.
_BLANK = b"0" * 64
_MARK = re.compile(rb'name="' + MARK_PROPERTY.encode() + rb'"><[^<>]*>([0-9a-f]{64})</')


def marked_bytes(package: Package) -> bytes:
    """Returns the workbook's bytes with its mark in place of an old one: the same bytes for the same workbook.

    The mark is the SHA-256 of all parts, names and contents, sorted by name, each with its length before it. A
    workbook that `read_parts` refuses gets a blank mark, which proves nothing.

    Raises:
        UnpatchableError, XMLSyntaxError: the part with the document's properties cannot be read.

    Source: ECMA-376 part 1, §22.3 (custom properties).
    """
    value = _put_property(package)
    value.text = _BLANK.decode()
    with suppress(PackageError):
        value.text = _digest(read_parts(package.to_bytes()))
    return package.to_bytes()


def with_mark(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Returns a workbook's parts with their present mark, in place of the one in `PROPERTIES`."""
    content = parts[PROPERTIES]
    ((start, end),) = (found.span(1) for found in _MARK.finditer(content))
    mark = _digest({**parts, PROPERTIES: content[:start] + _BLANK + content[end:]})
    return {**parts, PROPERTIES: content[:start] + mark.encode() + content[end:]}


def is_workbook_unchanged(data: bytes) -> bool:
    """True if the workbook carries our mark and every part of it is byte for byte what we wrote."""
    try:
        parts = read_parts(data)
    except PackageError:
        return False
    marks = {name: found[1] for name, content in parts.items() if (found := _MARK.search(content))}
    if len(marks) != 1:
        return False
    ((name, mark),) = marks.items()
    return _digest({**parts, name: parts[name].replace(mark, _BLANK)}).encode() == mark


def _put_property(package: Package) -> Element:
    """Returns the property's value element to fill in; an old mark is removed first."""
    properties = package.change(_properties_part(package))
    for old in [one for one in children(properties, f"{_P}property") if one.get("name") == MARK_PROPERTY]:
        properties.remove(old)
    numbers = (one.get("pid", "") for one in children(properties, f"{_P}property"))
    number = max((int(number) + 1 for number in numbers if number.isdecimal()), default=_FIRST_NUMBER)
    added = make_root(f"{_P}property", vt=_VT)
    for name, text in (("fmtid", _SET), ("pid", str(number)), ("name", MARK_PROPERTY)):
        added.set(name, text)
    properties.append(added)
    return add_element(added, f"{{{_VT}}}lpwstr")


def _properties_part(package: Package) -> str:
    """Returns the part with the document's own properties, which is added if there is none."""
    linked = (link.target for link in package.links("") if link.kind == _KIND.replace("-", ""))
    found = next((part for part in linked if part in package), None)
    if found is not None:
        return found
    part = package.free_name("docProps/custom", ".xml") if PROPERTIES in package else PROPERTIES
    package.add(part, make_root(f"{_P}Properties", vt=_VT), _CONTENT_TYPE)
    package.link("", _KIND, part)
    return part


def _digest(parts: Mapping[str, bytes]) -> str:
    digest = sha256()
    for name in sorted(parts):
        for content in (name.encode(), parts[name]):
            digest.update(len(content).to_bytes(8, "big"))
            digest.update(content)
    return digest.hexdigest()
