"""What `seuranta check` costs on workbooks made to be costly: seconds of work and MiB at most, start-up included.

    python -m benchmarks.limits

Held by DESIGN 10 (untrusted, bounded) and issue 10: a verdict within 3 s of work, without start-up, and 300 MiB.
"""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwt

SHEET, STYLES, CUSTOM = "xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/custom.xml"
TEXT = b'<c t="inlineStr"><is><t>teksti</t></is></c>'
PROPERTY = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="a%d"><v>x</v></property>'
OPEN_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
OPEN_ROW = f"""<table:table-row>{
    "<table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>" * 8
}</table:table-row>"""

MEASURE = """import pathlib, resource, subprocess, sys
subprocess.run(sys.argv[1:], check=False, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
name = pathlib.Path(sys.argv[-1]).name
print(f"{used.ru_utime + used.ru_stime:6.2f} s {used.ru_maxrss // 1024:5} MiB  {name}", flush=True)
"""


def excel_files(form: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Names, and the parts that differ from those of a form."""

    def ended(more: bytes) -> dict[str, bytes]:
        return {SHEET: form[SHEET].replace(b"</sheetData>", more)}

    for count in (20_000, 200_000):
        yield f"{count} rows.xlsx", ended(b"<row>%s</row>" % (TEXT * 8) * count + b"</sheetData>")
    yield "blank cells.xlsx", ended((b"<row>" + b'<c s="1"/>' * 8 + b"</row>") * 160_000 + b"</sheetData>")
    merges = b'<mergeCell ref="X1:Y1"/>' * 2_000_000
    yield "2 million merges.xlsx", ended(b"</sheetData><mergeCells>%s</mergeCells>" % merges)
    properties = b"".join(PROPERTY % (number, number) for number in range(2, 1_000_000))
    yield "1 million properties.xlsx", {CUSTOM: form[CUSTOM].replace(b"</Properties>", properties + b"</Properties>")}
    wrong = b'<row><c t="inlineStr"><is><t>0%d.0%d ei</t></is></c><c/><c/><c/><c/><c><v>7</v></c></row>'
    yield "4,900 errors.xlsx", ended(b"".join(wrong % (at % 9, at % 7) for at in range(4900)) + b"</sheetData>")
    for name, letter in (("zeros", b"0"), ("brackets", b"["), ("semicolons", b";")):
        number_format = b'<numFmts><numFmt numFmtId="999" formatCode="%s"/></numFmts>' % (letter * 840_000)
        styles = re.sub(rb"<numFmts.*?(?:/>|</numFmts>)|(?=<fonts)", number_format, form[STYLES], count=1)
        look = b'<xf numFmtId="999"/></cellXfs>'
        cells = b'<row><c t="inlineStr"><is><t>01.02 x</t></is></c><c/><c/><c/><c/><c s="1"><v>3</v></c></row>' * 400
        changed = {STYLES: styles.replace(b"</cellXfs>", look)}
        yield f"840 kB of {name}.xlsx", ended(cells + b"</sheetData>") | changed


def open_documents() -> Iterator[tuple[str, str]]:
    groups = "<table:table-row-group>" * 100_000 + "</table:table-row-group>" * 100_000
    for name, rows in (
        ("100,000 nested groups.ods", groups),
        ("20,000 rows.ods", OPEN_ROW * 20_000),
        ("200,000 rows.ods", OPEN_ROW * 200_000),
    ):
        body = f"<office:spreadsheet><table:table table:name='S'>{rows}</table:table></office:spreadsheet>"
        yield name, f"<office:document-content {SPACES}><office:body>{body}</office:body></office:document-content>"


def old_excel() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row in range(65_536):
        for column in range(8):
            sheet.write(row, column, f"x{row % 1000}")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def files(form: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(form)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    yield "a form.xlsx", form
    for name, changed in excel_files(parts):
        yield name, zipped(parts | changed)
    for name, content in open_documents():
        manifest = {"mimetype": OPEN_TYPE.encode(), "META-INF/manifest.xml": b"<m/>"}
        yield name, zipped(manifest | {"content.xml": content.encode()})
    yield "65,536 rows.xls", old_excel()


def main() -> None:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "generator"]
        subprocess.run([*command, "init", folder, "--example"], check=True, capture_output=True)
        subprocess.run([*command, "forms", "--workspace", folder], check=True, capture_output=True)
        saved = (path.read_bytes() for path in sorted(Path(folder, "inbox").rglob("*.xlsx")))
        form = next(data for data in saved if CUSTOM.encode() in data)  # a signed one
        for name, data in files(form):
            path = Path(folder, name)
            path.write_bytes(data)
            # A process between: what a child has at most begins with what the process had that made it.
            subprocess.run([sys.executable, "-c", MEASURE, *command, "check", "--workspace", folder, path], check=True)


if __name__ == "__main__":
    main()
