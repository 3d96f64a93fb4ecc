"""Rows as printed: each is made, printed and checked once, and joined into every document that has it."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.formats.docx.row_check import RowVerdict
from generator.formats.opc.wordml import BOOKMARK_START
from generator.formats.opc.zip_writer import Deflated, deflate

# Stands for a row in what a template prints, with the row's number; no tag of a template can make it.
ROW_MARK = "<?row "
_MOST_KEPT = 64 * 2**20  # bytes of XML: the rows of some 15,000 goals


@dataclass(frozen=True, slots=True, eq=False)
class PrintedRow:
    """A row's XML and what stands in it.

    `source` is the digest of the report's row; `values` are the texts that its bookmarks enclose, by name.
    """

    source: str
    xml: bytes
    values: Mapping[str, str]
    checked: RowVerdict


def joined(run: tuple[PrintedRow, ...]) -> bytes:
    """The XML of rows that stand one after the other."""
    return b"".join(row.xml for row in run)


class PrintedPart:
    """The printed XML of one part of a document; `first_rows` has the first row of each run of rows."""

    def __init__(self, name: str, root: str) -> None:
        self.name = name
        self._root = root  # the start tag of the root element
        self._pieces: list[bytes] = []
        self.first_rows: list[PrintedRow] = []
        self.bookmarks = 0

    @property
    def shortened(self) -> bytes:
        """The part's XML with one row of each run."""
        return b"".join(self._pieces)

    def alone(self, row: str) -> bytes:
        """XML of the part's kind that holds a row alone."""
        return f"{self._root}{row}</{self._root[1:].split(maxsplit=1)[0]}>".encode()

    def add(self, piece: bytes | tuple[PrintedRow, ...]) -> None:
        """Adds what is printed next."""
        if isinstance(piece, bytes):
            self._pieces.append(piece)
            self.bookmarks += piece.count(BOOKMARK_START.encode())
        else:
            self._pieces.append(piece[0].xml)
            self.first_rows.append(piece[0])
            self.bookmarks += sum(len(row.values) for row in piece)


class KeptRows:
    """A cache of printed rows by their sources, and of deflated runs of rows."""

    def __init__(self) -> None:
        self._rows = OrderedDict[object, PrintedRow]()
        self._runs = OrderedDict[tuple[PrintedRow, ...], Deflated]()
        self._size = 0
        self.clean_shapes = set[object]()

    def get(self, key: object) -> PrintedRow | None:
        """The row that was kept under a key, if it is still kept."""
        found = self._rows.get(key)
        if found is not None:
            self._rows.move_to_end(key)
        return found

    def keep(self, key: object, row: PrintedRow) -> None:
        """Keeps a row; those that were not used for longest go when all together are too large."""
        if earlier := self._rows.pop(key, None):
            self._size -= len(earlier.xml)
        self._rows[key] = row
        self._size += len(row.xml)
        while self._size > _MOST_KEPT:
            self._size -= len(self._rows.popitem(last=False)[1].xml)

    def keep_shape(self, shape: object) -> None:
        """Keeps the shape of a row in which nothing is wrong, see `row_check.shape_of`."""
        if len(self.clean_shapes) == _MOST_SHAPES:
            self.clean_shapes.clear()
        self.clean_shapes.add(shape)

    def deflated(self, run: tuple[PrintedRow, ...]) -> Deflated:
        """Rows that stand one after the other, deflated together."""
        found = self._runs.get(run) or deflate(joined(run))
        self._runs[run] = found
        self._runs.move_to_end(run)
        while len(self._runs) > _MOST_RUNS:
            self._runs.popitem(last=False)
        return found


_MOST_RUNS, _MOST_SHAPES = 1_000, 10_000
