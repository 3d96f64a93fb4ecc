"""What ours is measured beside: a naive program, docxtpl alone, and the bound below which no program can be."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

NAIVE, CALAMINE = "naive", "naive, calamine"
TEMPLATE = Path(__file__).parent.parent / "templates" / "report.docx"
_PROGRAM = Path(__file__).with_name("naive.py")


def naive_command(inbox: Path, folder: Path, program: str) -> Sequence[str | Path]:
    """Returns the command that reads all workbooks of an inbox and prints a report into a folder.

    `program` is NAIVE, which reads by openpyxl, or CALAMINE.
    """
    template = folder / "naive.docx"
    if not template.exists():
        template.write_bytes(plain_template(TEMPLATE.read_bytes()))
    reader = "calamine" if program == CALAMINE else "openpyxl"
    return _PROGRAM, inbox, template, folder / "naive-report.docx", reader


def plain_template(template: bytes) -> bytes:
    """Returns the shipped template with a plain value where it prints paragraphs, and without chart and contents.

    docxtpl alone prints it, and it is as large as ours.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = re.sub(rb"{{p (?:contents|summary\.chart) }}", b"", source.read(name))
            target.writestr(name, part.replace(b"{{p ", b"{{ "))
    return made.getvalue()


def bound(rows: Sequence[bytes]) -> bytes:
    """Joins the rows' finished XML and deflates it: what no program that writes such a document can avoid."""
    text = b"".join(rows)
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    zlib.crc32(text)
    return packer.compress(text) + packer.flush()


def rows_of(docx: bytes) -> list[bytes]:
    """Returns a document's XML in pieces that each end with a table's row."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return re.split(rb"(?<=</w:tr>)", archive.read("word/document.xml"))
