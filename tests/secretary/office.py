"""The files of a workspace as a person sees them: the report, the workbook of open matters, the page, the archive."""

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

from generator.disk.digests import sha256_of
from generator.domain.submission.workbook import Workbook as ReadBook
from generator.formats.xlsx.reader import read_workbook
from generator.workspace.folders import DECISIONS_FILE

DRAFT, ASIDE = "seurantaraportti-2026-1-LUONNOS.docx", "seurantaraportti-2026-1-LUONNOS-uusi.docx"
BOOK, PAGE = DECISIONS_FILE, "tilanne.html"
FINALS = "lopulliset/2026-1/julkaistavat"
# Word, Excel and LibreOffice put such a file beside the one that somebody has open.
LOCKS = ("~$", ".~lock.")
_LEFTOVER = ".seuranta-"
_FINAL = re.compile(r"seurantaraportti-2026-1(?:-versio-(\d+))?\.docx")
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>|<w:br/>)")
_MARKED = re.compile(rb"<w:bookmark(Start|End) ([^>]*)>|<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>|<w:br/>)")
_ID, _NAME = re.compile(rb'w:id="([^"]*)"'), re.compile(rb'w:name="([^"]*)"')
_CUT = ("replace", "link", "unlink", "remove", "fsync")


def outbox_files(root: Path) -> dict[str, bytes]:
    """The files of the outbox by their paths in it, without lock files.

    Nor those that an interruption left of a write: such a file may be a second name of a file that a person then edits.
    """
    outbox = root / "outbox"
    files = (path for path in outbox.rglob("*") if path.is_file() and not path.name.startswith((*LOCKS, _LEFTOVER)))
    return {path.relative_to(outbox).as_posix(): path.read_bytes() for path in files}


def last_final(root: Path) -> Path | None:
    """The document of the last final version."""
    found = ((_FINAL.fullmatch(path.name), path) for path in (root / "outbox" / FINALS).glob("*.docx"))
    return max(((int(match[1] or 1), path) for match, path in found if match), default=(0, None))[1]


def is_archived(root: Path, data: bytes) -> bool:
    """True if the archive has these bytes and the journal tells about them."""
    digest, state = sha256_of(data), root / ".seuranta"
    kept = state / "archive" / digest[:2] / f"{digest}.bin"
    return kept.is_file() and kept.read_bytes() == data and digest.encode() in journal_of(root)


def journal_of(root: Path) -> bytes:
    """The journal's lines."""
    return next((root / ".seuranta").rglob("journal.jsonl")).read_bytes()


def printed_values(data: bytes) -> dict[str, str]:
    """Each bookmark of a document of the program and the text that it encloses; a paragraph's end is `\\n`."""
    found: dict[str, list[str]] = {}
    inside: dict[bytes, str] = {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        for match in _MARKED.finditer(package.read("word/document.xml")):
            kind, attributes, text, _ = match.groups()
            if kind == b"Start":
                name = _NAME.findall(attributes)[0].decode()
                inside[_ID.findall(attributes)[0]] = name
                found[name] = []
            elif kind == b"End":
                inside.pop(_ID.findall(attributes)[0], None)
            else:
                for name in inside.values():
                    found[name].append("\n" if text is None else unescape(text.decode()))
    return {name: "".join(pieces) for name, pieces in found.items()}


def document_text(data: bytes) -> str:
    """All text of a document: body, headers, footers and comments; what a tracked change takes out is none."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = (name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml"))
        return "\n".join("".join(_pieces(package.read(name))) for name in names)


def book_rows(data: bytes, sheet_name: str | None = None) -> list[list[str]]:
    """The rows of the workbook's sheets, each as the texts of its filled cells; of one sheet, or of all."""
    book = read_workbook(data)
    assert isinstance(book, ReadBook), book
    rows: list[list[str]] = []
    for sheet in book.sheets:
        if sheet_name in (None, sheet.name):
            by_row: dict[int, list[str]] = {}
            for cell in sheet.cells:
                by_row.setdefault(cell.row, []).append(cell.raw)
            rows += by_row.values()
    return rows


def lock_of(path: Path) -> Path:
    """The file that Word or Excel puts beside the one that it has open."""
    return path.with_name(f"~${path.name if len(path.stem) < 7 else path.name[2:]}")


def killed_after(patch: pytest.MonkeyPatch, operations: int) -> None:
    """Ends the program at one of its operations on the disk; nothing that it does later reaches the disk either."""
    done = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def operation(*given: object, **named: object) -> object:
            done[0] += 1
            if done[0] > operations:
                raise KeyboardInterrupt
            return real(*given, **named)

        return operation

    for name in _CUT:
        patch.setattr(os, name, counted(getattr(os, name)))


def _pieces(xml: bytes) -> Iterator[str]:
    for match in _TEXT.finditer(xml):
        yield "\n" if match[2] else unescape(match[1].decode())
