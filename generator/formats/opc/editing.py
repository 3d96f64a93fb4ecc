"""Changes an Office package in places; unchanged parts are kept byte for byte."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count

from lxml import etree

from generator.formats.opc.package import CONTENT_TYPES
from generator.formats.opc.package import FAULTS as ZIP_FAULTS
from generator.formats.opc.relationships import RELATIONSHIP, Link, read_link, relationships_part
from generator.formats.opc.xml import Element, add_element, children, make_root, parse_xml_whole, to_xml

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# A part becomes a tree, fifty times its size; a progress table has some ten thousand bytes.
MOST_BYTES = 8 * 2**20


class UnpatchableError(Exception):
    """The package holds something that cannot be changed safely."""


# What reading or changing a broken package raises.
FAULTS = (UnpatchableError, *ZIP_FAULTS)


class Package:
    """The parts of a package by name; names differ in more than case (ECMA-376 part 2, §6.2.2)."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._members = {_key(member.filename): member for member in self._zip.infolist()}
        self._roots: dict[str, Element] = {}
        self._changed: dict[str, str] = {}
        known = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if any(member.compress_type not in known for member in self._members.values()):
            raise UnpatchableError("a compression that is not bounded")

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._members or _key(part) in self._changed

    def read(self, part: str) -> bytes:
        """Returns a part's original bytes; empty if there is no such part."""
        member = self._members.get(_key(part))
        return self._zip.read(member) if member else b""

    def root(self, part: str, parser: Callable[[bytes], Element] | None = None) -> Element:
        """Returns a part's tree to read. Raises one of `FAULTS` if it is missing, too large or not XML."""
        key = _key(part)
        if key not in self._roots:
            member = self._members.get(key)
            if member is None or member.file_size > MOST_BYTES:
                raise UnpatchableError(part)
            self._roots[key] = (parser or parse_xml_whole)(self._zip.read(member))
        return self._roots[key]

    def change(self, part: str, parser: Callable[[bytes], Element] | None = None) -> Element:
        """Returns a part's tree to change: it is written anew."""
        root = self.root(part, parser)
        self._changed.setdefault(_key(part), part)
        return root

    def add(self, part: str, root: Element, content_type: str) -> None:
        """Adds a part; one with an ending that the package may know, such as `.vml`, is registered by its ending."""
        self._roots[_key(part)] = root
        self._changed[_key(part)] = part
        types, ending = self.change(CONTENT_TYPES), part.rpartition(".")[2]
        if ending == "xml":
            add_element(types, f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": content_type})
        elif ending not in {one.get("Extension", "").lower() for one in children(types, f"{_TYPES}Default")}:
            types.insert(0, add_element(types, f"{_TYPES}Default", {"Extension": ending, "ContentType": content_type}))

    def drop(self, part: str) -> None:
        """Removes a part with its own links, and the parts that only it linked to."""
        targets = [link.target for link in self.links(part)]
        self._forget(part)
        linked = {_key(link.target) for owner in self._owners() for link in self.links(owner)}
        for target in targets:
            if target in self and _key(target) not in linked:
                self._forget(target)

    def links(self, part: str) -> tuple[Link, ...]:
        """Returns a part's internal links; for an empty string, those of the package."""
        name = relationships_part(part)
        if name not in self:
            return ()
        internal = (one for one in self.root(name).iter(RELATIONSHIP) if one.get("TargetMode") != "External")
        return tuple(read_link(one, part) for one in internal)

    def link(self, part: str, kind: str, target: str) -> str:
        """Links a part to another by a relationship kind of Office; returns the link's new id."""
        name = relationships_part(part)
        if name not in self:
            self._roots[_key(name)] = make_root(f"{RELATIONSHIP}s")
        root = self.change(name)
        taken = {one.get("Id", "").lower() for one in children(root, RELATIONSHIP)}
        link_id = next(made for number in count(1) if (made := f"rId{number}").lower() not in taken)
        add_element(root, RELATIONSHIP, {"Id": link_id, "Type": f"{_OFFICE}/{kind}", "Target": f"/{target}"})
        return link_id

    def unlink(self, part: str, link_id: str) -> None:
        root = self.change(relationships_part(part))
        for one in [one for one in children(root, RELATIONSHIP) if one.get("Id") == link_id]:
            root.remove(one)

    def free_name(self, stem: str, ending: str) -> str:
        """Returns the first part name `<stem><number><ending>` that is free."""
        return next(name for number in count(1) if (name := f"{stem}{number}{ending}") not in self)

    def to_bytes(self) -> bytes:
        """Returns the package in its old order, new parts last; always the same bytes, since no clock enters it."""
        written = BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for key, member in self._members.items():
                content = self._to_xml(key) if key in self._changed else self._zip.read(member)
                archive.writestr(_same_member(member), content)
            for key in (key for key in self._changed if key not in self._members):
                member = zipfile.ZipInfo(self._changed[key])  # dated on the first day that a zip knows
                member.create_system, member.compress_type = 0, zipfile.ZIP_DEFLATED
                archive.writestr(member, self._to_xml(key))
        return written.getvalue()

    def _forget(self, part: str) -> None:
        for key in (_key(part), _key(relationships_part(part))):
            for kept in (self._members, self._changed, self._roots):
                kept.pop(key, None)
        for override in children(self.root(CONTENT_TYPES), f"{_TYPES}Override"):
            if _key(override.get("PartName", "")) == f"/{_key(part)}":
                self.change(CONTENT_TYPES).remove(override)

    def _owners(self) -> Iterator[str]:
        """Returns the parts that have links, and the package itself."""
        for key in {*self._members, *self._changed}:
            folder, name = posixpath.split(key)
            if name.endswith(".rels") and posixpath.basename(folder) == "_rels":
                yield posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))

    def _to_xml(self, key: str) -> bytes:
        tree = self._roots[key].getroottree()
        if key.endswith(".vml"):  # Office declares nothing there
            return etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
        return to_xml(tree)


def _key(part: str) -> str:
    return part.replace("\\", "/").lower()


def _same_member(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    same = zipfile.ZipInfo(member.filename, member.date_time)
    same.compress_type, same.create_system = member.compress_type, member.create_system
    same.external_attr = member.external_attr
    return same
