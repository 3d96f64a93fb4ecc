"""Reads plain cells and shared texts with a regular expression, for speed; the XML parser gets only the rest.

Programs write most of them in the same few ways. The parser gets a row that has any other cell, a text with runs of its
own, and a whole part that is large or has anything that the parser might read differently from the regular
expression.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple, Protocol

MOST_BYTES = 512 * 2**10  # of a part that is looked at as a whole
_BEGIN, _ROW_END, _CELL = b"<sheetData>", b"</row>", b"<c "
# UTF-8 only: in it no byte of another character looks like markup.
_HEAD = re.compile(
    rb"(?:<\?xml\s+version=[\"']1\.0[\"'](?:\s+encoding=[\"'](?i:UTF-8)[\"'])?(?:\s+standalone=[\"']\w+[\"'])?\s*\?>)?\s*<\w"
)
_TEXTS_HEAD = re.compile(_HEAD.pattern.removesuffix(rb"\w") + rb"sst(?:\s[^<>]*)?>\s*")
_TEXT_BEGIN, _TEXT_END = b"<si>", b"</si>"
_PLAIN_TEXT = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_ROW_TAG = re.compile(r'[ \t\n]*<row r="([0-9]{1,7})"((?: [A-Za-z][A-Za-z0-9:]*="[^"<&>\t\n]*")*)>(?=<c )')
# Characters that XML forbids, or that the parser replaces (a carriage return).
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n")), (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"]]>")
_REFERENCE = re.compile("&(?:#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NUMBERED = re.compile(b"&#([0-9]{3,5});")
_LETTERS = range(0xA0, 0xD800)
_MOST_LETTERS = 40  # kinds of them: each is replaced in the whole text


class RowLook(NamedTuple):
    """What a row's tag says of it: whether it is hidden, and whether cells without a style are struck through."""

    is_hidden: bool
    is_struck: bool


class PlainRows(Protocol):
    """A handler of the parser that can also read a row's cells from text.

    `rows` are those that have begun, `look` is that of the last one.
    """

    rows: int
    look: RowLook

    def next_row(self, number: str, look: RowLook) -> None:
        """Begins a row with this number (digits), without an end of the one before it."""

    def take_plain(self, row: str, start: int) -> bool:
        """Reads all cells of the open row from its text, starting at a character (0-based).

        Returns False, and reads nothing, if a cell is not plain or no row is open.
        """


def around_plain_cells(chunks: Iterable[bytes], handler: PlainRows) -> Iterator[bytes]:
    """Yields the pieces of a worksheet for the parser, without the rows and cells that the handler has read as plain.

    Args:
        chunks: the part's bytes.
        handler: has parsed all that was yielded before the next piece is asked for.
    """
    rest = iter(chunks)
    data = _beginning(rest)
    begin, end = data.find(_BEGIN) + len(_BEGIN), data.rfind(_ROW_END)
    rows = data[begin:end]
    plain = _plain(rows) if len(data) <= MOST_BYTES and end > begin >= len(_BEGIN) and _HEAD.match(data) else None
    if plain is None:
        yield from chain((data,), rest)
        return
    yield data[:begin]
    yield from _around(zip(rows.split(_ROW_END), plain.split("</row>"), strict=True), handler)
    yield data[end:]


class PlainTexts(Protocol):
    """A handler of the parser that can also take a plain shared text."""

    def is_among_texts(self) -> bool:
        """True if the texts begin here."""

    def take_plain(self, text: str) -> None:
        """Takes a text."""


def around_plain_texts(chunks: Iterable[bytes], handler: PlainTexts) -> Iterator[bytes]:
    """Yields the pieces of the shared texts for the parser, without the texts that the handler has taken as plain.

    Args:
        chunks: the part's bytes.
        handler: has parsed all that was yielded before the next piece is asked for.
    """
    rest = iter(chunks)
    data = _beginning(rest)
    begin, end = data.find(_TEXT_BEGIN), data.rfind(_TEXT_END)
    texts = data[begin:end]
    is_usual = len(data) <= MOST_BYTES and end > begin >= 0 and _TEXTS_HEAD.fullmatch(data, 0, begin)
    plain = _plain(texts) if is_usual and b"<!" not in texts and b"<?" not in texts else None
    yield data[:begin] if plain is not None else data
    if plain is None or not handler.is_among_texts():
        yield from chain((data[begin:],) if plain is not None else (), rest)
        return
    for item, text in zip(texts.split(_TEXT_END), plain.split("</si>"), strict=True):
        if found := _PLAIN_TEXT.fullmatch(text):
            handler.take_plain(unescape(found[1]) if "&" in found[1] else found[1])
        else:
            yield item + _TEXT_END
    yield data[end + len(_TEXT_END) :]


def _beginning(chunks: Iterator[bytes]) -> bytes:
    """Returns the whole part, or its beginning if it is large."""
    data = b""
    for chunk in chunks:
        data += chunk
        if len(data) > MOST_BYTES:
            break
    return data


def _around(rows: Iterable[tuple[bytes, str]], handler: PlainRows) -> Iterator[bytes]:
    """Yields the parts of rows that the parser must read; the end tag of each row follows with the next one.

    Args:
        rows: each as bytes, and as text.
        handler: has parsed all that was yielded before the next piece is asked for.
    """
    looks: dict[str, RowLook] = {}  # by what stands in a row's tag after its number
    is_taken = False  # whether all of the row before was read as plain: then the parser still waits for a row's end
    end = b""
    for row, text in rows:
        tag = _ROW_TAG.match(text)
        at = row.find(_CELL)
        if tag is None or "xmlns" in tag[0]:
            is_taken = False
            yield end + row
        else:
            number, others = tag.groups()
            if is_taken and others in looks:
                handler.next_row(number, looks[others])
            else:
                known = handler.rows
                yield end + row[:at]
                is_taken = handler.rows > known  # False if it is in a comment, for example
                looks[others] = handler.look
            is_taken = is_taken and handler.take_plain(text, tag.end())
            if not is_taken:
                yield row[at:]
        end = _ROW_END


def unescape(text: str) -> str:
    """Returns a text with its character references replaced; raises ValueError for one that XML forbids."""
    return _REFERENCE.sub(_referred, text)


def _plain(rows: bytes) -> str | None:
    """Returns the rows as text, with character numbers replaced; None if the parser might read them differently."""
    control, others = _NO_TEXT
    if len(rows.translate(None, control)) < len(rows) or any(each[:1] in rows and each in rows for each in others):
        return None
    try:
        text = _with_letters(rows).decode()
    except UnicodeDecodeError:
        return None
    return text if text.count("&") == sum(1 for _ in _REFERENCE.finditer(text)) else None


def _with_letters(rows: bytes) -> bytes:
    """Replaces the numbers of usual letters (`&#228;`): some programs write all letters outside ASCII like that."""
    at = 0
    for _ in range(_MOST_LETTERS):
        found = _NUMBERED.search(rows, at)
        if found is None:
            break
        at = found.start()
        if int(found[1]) in _LETTERS:
            rows = rows.replace(found[0], chr(int(found[1])).encode())
        else:
            at = found.end()
    return rows


def _referred(reference: re.Match[str]) -> str:
    number, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(number)
    if (code < 32 and code not in (9, 10, 13)) or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        raise ValueError(f"no character of XML: {code}")
    return chr(code)
