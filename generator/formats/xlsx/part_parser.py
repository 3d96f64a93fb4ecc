"""Parses a large part of a workbook element by element, without making an object of each.

expat calls the handlers; it is as strict as lxml, and what lxml bounds by itself is bounded here.
"""

from collections.abc import Iterable
from xml.parsers import expat

from lxml import etree

from generator.formats.opc.meter import Meter
from generator.formats.xlsx.elements import local_name
from generator.formats.xlsx.escapes import unescaped
from generator.formats.xlsx.shared_values import CellText, read_rich_text

PARENTS = {"sheetData": "worksheet", "row": "sheetData", "c": "row", "v": "c", "f": "c", "is": "c", "si": "sst"}
"""Elements, and the element in which other programs look for them."""
MOST_DEPTH = 256
LONGEST_TEXT = 10_000_000  # characters
LONGEST_TAG = 1_000_000  # bytes: expat looks at an open tag again with each chunk
_LARGEST_ITEM = 50_000  # elements in one cell's text: far more runs than a text has
_VALUES = frozenset({"v", "f"})


class LocalNames(dict[str, str]):
    """The names of elements by their tags (`namespace}name`), empty strings for those that are none of a workbook's."""

    def __missing__(self, tag: str) -> str:
        name = local_name("{" + tag)
        if len(self) < _MOST_NAMES and len(tag) <= _LONGEST_NAME:  # limited, since the file may be anyone's
            self[tag] = name
        return name


_MOST_NAMES, _LONGEST_NAME = 500, 200
# Shared, since all workbooks have the same names.
_NAMES = LocalNames()


class PartHandler:
    """Takes the elements of a part; a subclass says what is done with them.

    `texts` gets the characters, and is emptied where a text begins. `item` is the name of the elements that are texts:
    plain ones are joined here, those with runs of their own are made into elements.
    """

    item = ""

    def __init__(self, meter: Meter) -> None:
        self.texts: list[str] = []
        self.meter = meter
        # Met since the last call of `count`.
        self.elements = self.characters = 0
        self._names, self._open = _NAMES, [""]
        self._item_tag = self._text_tag = ""
        self._plain: str | None = None
        self._rich: RichItem | None = None

    def begin(self, name: str, attributes: dict[str, str], parent: str) -> None:
        """Takes the beginning of an element that is in no text."""

    def finish(self, name: str) -> None:
        """Takes the end of an element that is in no text."""

    def take_text(self, text: CellText) -> None:
        """Takes a text."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Is called by the parser where an element begins; the tag is `namespace}name`."""
        self.elements += 1
        name, parent = self._names[tag], self._open[-1]
        if self._item_tag:
            if name == "t" and parent == self.item and self._plain is None and self._rich is None:
                self._text_tag = tag
                self._open.append("t")
                self.texts.clear()
            else:
                self._rich = self._rich or self._begin_rich()
                self._rich.start(tag, name, attributes)
            return
        if PARENTS.get(name, parent) != parent or len(self._open) > MOST_DEPTH:
            raise ValueError("an element where other programs do not look for it, or too deep")
        self._open.append(name)
        if name == self.item:
            self._item_tag, self._plain = tag, None
        self.begin(name, attributes, parent)

    def end(self, tag: str) -> None:
        """Is called by the parser where an element ends."""
        if self._rich is not None and self._rich.depth:
            self._rich.end(tag)
            return
        name = self._open.pop()
        if self._item_tag:
            if name == "t":
                self._plain = "".join(self.texts)
                return
            self.take_text(self._finished_text())
            self._item_tag = ""
        self.finish(name)

    def count(self) -> None:
        """Adds to the meter what has been met since the last call."""
        self.meter.add("elements", self.elements)
        self.meter.add("characters", self.characters)
        self.elements = self.characters = 0
        if not self._item_tag and self._open[-1] not in _VALUES:
            self.texts.clear()

    def _begin_rich(self) -> "RichItem":
        """Makes the elements of the text so far: perhaps a first `t`, which may still be open."""
        rich = RichItem(self._item_tag, self.texts, self.meter)
        is_open = self._open[-1] == "t"
        so_far = "".join(self.texts) if is_open else self._plain
        self.texts.clear()
        if so_far is not None:
            rich.start(self._text_tag, "t", {})
            self.texts.append(so_far)
        if is_open:
            self._open.pop()
        elif so_far is not None:
            rich.end(self._text_tag)
        return rich

    def _finished_text(self) -> CellText:
        if self._rich is not None:
            rich, self._rich = self._rich, None
            return rich.finished()
        text = unescaped([self._plain]) if self._plain else ""
        self.characters += len(text)
        return text


class EnoughError(Exception):
    """The rest of a part is not needed."""


def parse_part(chunks: Iterable[bytes], handler: PartHandler) -> None:
    """Passes all elements of a part to `handler`, until it raises EnoughError.

    Raises:
        ExpatError, ValueError: the part is damaged, has a document type, or holds what no workbook holds.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.texts.append
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            if not fed and not handler.elements:
                raise ValueError("no root in the first chunk, so that a prolog could grow without an end")
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TAG or sum(map(len, handler.texts)) > LONGEST_TEXT:
                raise ValueError("a text or a tag longer than any is")
            handler.count()
        parser.Parse(b"", True)
    except EnoughError:
        handler.count()


def _refuse_document_type(*_: object) -> None:
    raise ValueError("a document type, which no part needs")


class RichItem:
    """One text with runs of its own, made into elements while it is parsed; the characters arrive in `texts`."""

    def __init__(self, tag: str, texts: list[str], meter: Meter) -> None:
        self._tag, self._texts, self._meter = _clark(tag), texts, meter
        self.depth, self._size = 0, 0  # elements that are open in it, and all of them so far
        self._tree = etree.TreeBuilder()
        self._tree.start(self._tag, {})

    def start(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        """Takes the beginning of an element in it."""
        self.depth += 1
        self._size += 1
        if name in PARENTS or self._size > _LARGEST_ITEM or self.depth > MOST_DEPTH:
            raise ValueError("an item larger or deeper than any is, or with elements that belong elsewhere")
        self._flush()
        self._tree.start(_clark(tag), {_clark(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """Takes the end of an element in it."""
        self.depth -= 1
        self._flush()
        self._tree.end(_clark(tag))

    def finished(self) -> CellText:
        """Returns the text at the end of its element."""
        self._tree.end(self._tag)
        return read_rich_text(self._tree.close(), self._meter)

    def _flush(self) -> None:
        if self._texts:
            self._tree.data("".join(self._texts))
            self._texts.clear()


def _clark(tag: str) -> str:
    return "{" + tag if "}" in tag else tag
