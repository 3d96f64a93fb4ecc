"""Fills in a form as a person would, in LibreOffice Calc, and saves it.

Run by an interpreter that has `uno` (Debian: /usr/bin/python3 with python3-uno), not by the project's own:

    echo '{"code": "01.02", "degree": "3 …", "overall_status": "● …", "narrative": "…"}' | python3 fill_form.py IN OUT

IN and OUT may be one file, which is then saved in place. A third argument is LibreOffice's name of the format to save
in, such as `calc8` (.ods) or `MS Excel 97` (.xls); .xlsx where none is given. The standard input may also hold a list
of such objects; keys other than `code` may be left out. Ends with 1 and a message where that could not be done.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.uno import Exception as UnoError

SECONDS_TO_START = 60
XLSX = "Calc MS Excel 2007 XML"
# The form's columns, 0-based; where the last period's are there, its degree stands before the narrative.
TITLES, FIELDS = range(3), {"main_risks": 3, "overall_status": 4, "degree": 5, "narrative": 6}
HEADING_ROW, PREVIOUS_NARRATIVE = 2, 8


@dataclass(frozen=True)
class Answer:
    """What to type on the row of a goal; None leaves a cell as it is."""

    code: str
    main_risks: str | None = None
    overall_status: str | None = None
    degree: str | None = None
    narrative: str | None = None


class FormError(Exception):
    """The form does not have what is to be filled in."""


def fill(source: Path, target: Path, answers: tuple[Answer, ...], filter_name: str = XLSX) -> None:
    """Opens a form, types the answers on its first sheet and saves it in the filter's format."""
    with running_office() as desktop, open_document(desktop, source) as document:
        sheet = document.Sheets.getByIndex(0)
        for answer in answers:
            type_answer(sheet, answer)
        save(document, target, filter_name)


@contextmanager
def running_office() -> Iterator[Any]:
    """A LibreOffice of our own, with a profile of its own, and its desktop; it ends with the block."""
    pipe = f"seuranta{uuid4().hex}"
    with tempfile.TemporaryDirectory() as folder:
        options = ("--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;")
        command = ["soffice", f"-env:UserInstallation={Path(folder).as_uri()}", *options]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            desktop = connect(pipe, office)
            try:
                yield desktop
            finally:
                desktop.terminate()
        finally:
            end(office)


def connect(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if has_ended(office, within=0.2):
                break
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise FormError(f"LibreOffice did not answer in {SECONDS_TO_START} seconds")


def has_ended(office: subprocess.Popen[bytes], *, within: float) -> bool:
    """Waits for the program's end, so many seconds at the most."""
    try:
        office.wait(timeout=within)
    except subprocess.TimeoutExpired:
        return False
    return True


def end(office: subprocess.Popen[bytes]) -> None:
    if not has_ended(office, within=20):
        office.kill()
        office.wait()


@contextmanager
def open_document(desktop: Any, path: Path) -> Iterator[Any]:
    document = load(desktop, path)
    try:
        yield document
    finally:
        document.close(True)


# UNO's own exceptions stop where they arise: Python cannot give them a traceback, and so cannot hand them on.
def load(desktop: Any, path: Path) -> Any:
    """Opens a spreadsheet, shown: what belongs to the view, such as frozen rows, is saved only then."""
    try:
        document = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, ())
    except UnoError as error:
        raise FormError(f"{path}: LibreOffice cannot open the file ({error.Message})") from None
    if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        raise FormError(f"{path}: LibreOffice cannot open the file as a spreadsheet")
    return document


def save(document: Any, path: Path, filter_name: str = XLSX) -> None:
    try:
        document.storeToURL(path.resolve().as_uri(), properties(FilterName=filter_name))
    except UnoError as error:
        raise FormError(f"{path}: LibreOffice cannot save the file ({error.Message})") from None


def type_answer(sheet: Any, answer: Answer) -> None:
    row = row_of(sheet, answer.code)
    fields = dict(FIELDS)
    if sheet.getCellByPosition(PREVIOUS_NARRATIVE, HEADING_ROW).getString():
        fields["narrative"] += 1
    for field, column in fields.items():
        text = getattr(answer, field)
        if text is not None:
            sheet.getCellByPosition(column, row).setString(text)


def row_of(sheet: Any, code: str) -> int:
    """The 0-based row of a goal."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    for row in range(cursor.RangeAddress.EndRow + 1):
        titles = (sheet.getCellByPosition(column, row).getString() for column in TITLES)
        if any(title.split()[:1] == [code] for title in titles):
            return row
    raise FormError(f"no row of the goal {code}")


def properties(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def main(arguments: list[str]) -> int:
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    given = json.load(sys.stdin)
    answers = tuple(Answer(**answer) for answer in (given if isinstance(given, list) else [given]))
    try:
        fill(Path(arguments[0]), Path(arguments[1]), answers, *arguments[2:])
    except FormError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
