"""Rows as printed: each is made, printed and checked once, and joined into every document that has it."""

import marshal
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from generator.disk.user_cache import UserCache
from generator.domain.base.canonical import digest
from generator.formats.docx.row_check import RowVerdict
from generator.formats.opc.wordml import BOOKMARK_START
from generator.formats.opc.zip_writer import Deflated, deflate, inflate

# Stands for a row in what a template prints, with the row's number; no tag of a template can make it.
ROW_MARK = "<?row "
# Marks the place of the list of contents until all headings are printed.
CONTENTS_MARK = "<?contents?>"
_MOST_KEPT = 64 * 2**20  # bytes of XML: the rows of some 15,000 goals
_MOST_DEFLATED = 32 * 2**20
_MOST_SHAPES = 10_000
# The cached file is written again if more than one row in eight is new.
_NEW_SHARE = 8


class RowSetting(NamedTuple):
    """Everything that a row's XML depends on, except the row itself; `template` is the template's SHA-256.

    `municipality` changes nothing in a row: with it, each municipality's rows have a cache file of their own.
    """

    municipality: str
    template: str
    language: str
    own_language: str
    degrees: tuple[tuple[int | None, str], ...]
    posts: tuple[tuple[str, str], ...] = ()


class RowKey(NamedTuple):
    """Names a row's XML within one setting.

    `block` is the number of the template's loop in its part; `source` is the digest of the report's row, `kind` how it
    is printed.
    """

    part: str
    block: int
    source: str
    kind: str


class PrintedRow:
    """A printed row: its XML, the texts of its bookmarks, and the result of its check.

    `size` is the length of the XML in bytes; `values` are the texts that its bookmarks enclose, by name. The XML itself
    is kept until it is deflated together with the rows around it: then it is a slice of their inflated bytes.
    """

    __slots__ = ("_start", "_xml", "checked", "key", "size", "values")

    def __init__(self, key: RowKey, xml: bytes, values: Mapping[str, str], checked: RowVerdict) -> None:
        self.key, self.values, self.checked, self.size = key, values, checked, len(xml)
        self._xml: bytes | Deflated = xml
        self._start = 0

    @classmethod
    def deflated(cls, key: RowKey, size: int, values: Mapping[str, str], checked: RowVerdict) -> "PrintedRow":
        """Makes a row whose XML is in a deflated run; `lies_in` sets which."""
        row = cls(key, b"", values, checked)
        row.size = size
        return row

    def lies_in(self, run: Deflated, start: int) -> None:
        """Sets the run and the offset of the row's XML, so that the row need not keep its own copy."""
        self._xml, self._start = run, start

    @property
    def is_in_run(self) -> bool:
        """True if the XML is kept in a run."""
        return isinstance(self._xml, Deflated)

    @property
    def xml(self) -> bytes:
        """The row's XML."""
        if isinstance(self._xml, bytes):
            return self._xml
        if self._start == 0:  # quicker for the first row of a run, which each document reads
            return inflate(self._xml, self.size)
        return _inflated(self._xml)[self._start : self._start + self.size]


# Consecutive rows of a document.
RowRun: TypeAlias = tuple[PrintedRow, ...]


def joined(run: RowRun) -> bytes:
    """The XML of rows that stand one after the other."""
    return b"".join([row.xml for row in run])


@lru_cache(maxsize=4)
def _inflated(run: Deflated) -> bytes:
    return inflate(run)


class PrintedPart:
    """The printed XML of one part of a document; `runs` are the rows that were printed one by one.

    `contents` is the list of contents, which is printed last.
    """

    def __init__(self, name: str, root: str) -> None:
        self.name = name
        self._root = root  # the start tag of the root element
        self._pieces: list[bytes] = []
        self.runs: list[RowRun] = []
        self.contents = b""
        self.bookmarks = 0

    @property
    def shortened(self) -> bytes:
        """The part's XML with one row of each run."""
        return b"".join(self._pieces).replace(CONTENTS_MARK.encode(), self.contents)

    def alone(self, row: str) -> bytes:
        """XML of the part's kind that holds a row alone."""
        return f"{self._root}{row}</{self._root[1:].split(maxsplit=1)[0]}>".encode()

    def add(self, piece: bytes | RowRun) -> None:
        """Adds what is printed next."""
        if isinstance(piece, bytes):
            self._pieces.append(piece)
            self.bookmarks += piece.count(BOOKMARK_START.encode())
        else:
            self._pieces.append(piece[0].xml)
            self.runs.append(piece)
            self.bookmarks += sum(len(row.values) for row in piece)


class KeptRows:
    """A cache in memory of printed rows and deflated runs of rows; `cache` on disk keeps them for later processes.

    Only the child process that prints has a cache, see decision 0012.
    """

    def __init__(self, cache: UserCache | None = None) -> None:
        self.cache = cache
        self.clean_shapes = set[object]()
        self._rows = OrderedDict[tuple[RowSetting, RowKey], PrintedRow]()
        self._runs = OrderedDict[RowRun, Deflated]()
        self._size = self._deflated_size = 0
        self._in_file: dict[RowSetting, frozenset[RowKey]] = {}

    def get(self, setting: RowSetting, key: RowKey) -> PrintedRow | None:
        """The row that was kept under a key, if it is still kept."""
        found = self._rows.get((setting, key))
        if found is not None:
            self._rows.move_to_end((setting, key))
        return found

    def keep(self, setting: RowSetting, row: PrintedRow) -> None:
        """Keeps a row; those that were not used for longest go when all together are too large."""
        if earlier := self._rows.pop((setting, row.key), None):
            self._size -= earlier.size
        self._rows[setting, row.key] = row
        self._size += row.size
        while self._size > _MOST_KEPT:
            self._size -= self._rows.popitem(last=False)[1].size

    def keep_shape(self, shape: object) -> None:
        """Keeps the shape of a row in which nothing is wrong, see `row_check.shape_of`."""
        if len(self.clean_shapes) == _MOST_SHAPES:
            self.clean_shapes.clear()
        self.clean_shapes.add(shape)

    def deflated(self, run: RowRun) -> Deflated:
        """Rows that stand one after the other, deflated together."""
        found = self._runs.get(run)
        if found is None:
            found = deflate(joined(run))
            self._keep_run(run, found)
        self._runs.move_to_end(run)
        return found

    def load(self, setting: RowSetting) -> None:
        """Loads the printed rows that an earlier process saved in the cache; once for each template and language."""
        if self.cache is None or setting in self._in_file:
            return
        runs = _read_runs(self.cache.read(_file_name(setting)))
        self._in_file[setting] = frozenset(row.key for run, _ in runs for row in run)
        for run, data in runs:
            for row in run:
                self.keep(setting, row)
            self._keep_run(run, data)

    def save(self, setting: RowSetting, runs: Sequence[RowRun]) -> None:
        """Saves the rows of a checked document for later processes, if many of them are new."""
        if self.cache is None:
            return
        rows = {row.key for run in runs for row in run}
        new = rows - self._in_file.get(setting, frozenset())
        if len(new) * _NEW_SHARE <= len(rows):
            return
        self._in_file[setting] = frozenset(rows)
        self.cache.write(_file_name(setting), marshal.dumps([_written(run, self.deflated(run)) for run in runs]))

    def _keep_run(self, run: RowRun, data: Deflated) -> None:
        start = 0
        for row in run:
            if not row.is_in_run:
                row.lies_in(data, start)
            start += row.size
        self._runs[run] = data
        self._deflated_size += len(data.data)
        while self._deflated_size > _MOST_DEFLATED and len(self._runs) > 1:
            self._deflated_size -= len(self._runs.popitem(last=False)[1].data)


def _file_name(setting: RowSetting) -> str:
    return f"{digest(setting)}.rows"


def _written(run: RowRun, data: Deflated) -> tuple[object, ...]:
    """Returns a run as values for `marshal`: only tuples, texts, bytes and numbers."""
    rows = [(tuple(row.key), row.size, tuple(row.values.items()), row.checked.is_told) for row in run]
    return data.data, data.crc, data.size, rows


def _read_runs(content: bytes | None) -> tuple[tuple[RowRun, Deflated], ...]:
    """Reads the runs that `_written` made; () if the bytes are anything else."""
    try:
        return tuple(_runs_of(content)) if content else ()
    except (EOFError, TypeError, ValueError):
        return ()


def _runs_of(content: bytes) -> Iterator[tuple[RowRun, Deflated]]:
    for data, crc, size, rows in marshal.loads(content):
        yield (
            tuple(
                PrintedRow.deflated(RowKey(*key), length, dict(values), RowVerdict(is_clean=True, is_told=told))
                for key, length, values, told in rows
            ),
            Deflated(data, crc, size),
        )
