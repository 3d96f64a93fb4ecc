"""Edits Word documents in one running LibreOffice Writer, one line of JSON after another, as a person does by hand.

Run by an interpreter that has `uno`, as `fill_form.py` is. Each line of the standard input is an object:

    {"source": "…", "target": "…", "acts": [["type", "old text", "new text"], ["foreword", "…"]]}

The names of the acts are those of `ACTS`. Prints an object for each line: `seen`, or `error`, what could not be done.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
from fill_form import FormError, properties, running_office

DOCX, ANCHOR, PARAGRAPH_BREAK, BODY_TEXT = (
    "MS Word 2007 XML",
    "com.sun.star.text.TextContentAnchorType",
    0,
    "Text body",
)


def work(desktop: Any, job: dict[str, Any]) -> None:
    document = desktop.loadComponentFromURL(Path(job["source"]).resolve().as_uri(), "_blank", 0, ())
    try:
        for name, *texts in job["acts"]:
            ACTS[name](document, *texts)
        document.storeToURL(Path(job["target"]).resolve().as_uri(), properties(FilterName=DOCX))
    finally:
        document.close(True)


def type_over(document: Any, old: str, new: str) -> None:
    """Selects a paragraph's words in a cell and types others."""
    selected(document, old).setString(new)


def type_cell(document: Any, old: str, new: str) -> None:
    """Selects everything in a cell and types anew; the bookmark goes."""
    next(cell for _, cell in cells(document) if cell.getString() == old).setString(new)


def go_on(document: Any, old: str, new: str) -> None:
    """Types on the next line of a cell."""
    cursor = selected(document, old)
    cursor.collapseToEnd()
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    cursor.Text.insertString(cursor, new, False)


def track(document: Any, old: str, new: str) -> None:
    """Types over a paragraph while changes are tracked."""
    document.RecordChanges = True
    type_over(document, old, new)
    document.RecordChanges = False


def comment(document: Any, text: str) -> None:
    made = document.createInstance("com.sun.star.text.textfield.Annotation")
    made.Content, made.Author = text, "Siiri"
    document.Text.insertTextContent(document.Text.createTextCursor(), made, False)


def foreword(document: Any, text: str) -> None:
    """Types a paragraph below the title."""
    cursor = document.Text.createTextCursorByRange(next(paragraphs(document.Text)).getEnd())
    document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    cursor.ParaStyleName = BODY_TEXT
    document.Text.insertString(cursor, text, False)


def header(document: Any, text: str) -> None:
    add_to_margin(document, "HeaderText", text)


def footer(document: Any, text: str) -> None:
    add_to_margin(document, "FooterText", text)


def add_to_margin(document: Any, margin: str, text: str) -> None:
    cursor = document.Text.createTextCursor()
    cursor.gotoEnd(False)
    styles = document.StyleFamilies.getByName("PageStyles")
    place = getattr(styles.getByName(cursor.PageStyleName), margin)
    place.insertString(place.getEnd(), text, False)


def picture(document: Any, path: str) -> None:
    made = document.createInstance("com.sun.star.text.TextGraphicObject")
    made.GraphicURL, made.AnchorType = Path(path).resolve().as_uri(), uno.Enum(ANCHOR, "AS_CHARACTER")
    document.Text.insertTextContent(document.Text.getEnd(), made, False)


def add_row(document: Any, text: str) -> None:
    """Adds a row below the one with a text, and types a word into it."""
    table, row = place_of(document, text)
    table.Rows.insertByIndex(row + 1, 1)
    table.getCellByPosition(0, row + 1).setString("Uusi rivi")


def remove_row(document: Any, text: str) -> None:
    table, row = place_of(document, text)
    table.Rows.removeByIndex(row, 1)


def move_row(document: Any, text: str) -> None:
    """Types a row anew above the one before it, and removes it from its place."""
    table, row = place_of(document, text)
    words = [table.getCellByPosition(at, row).getString() for at in range(table.getColumns().Count)]
    table.Rows.removeByIndex(row, 1)
    table.Rows.insertByIndex(row - 1, 1)
    for at, word in enumerate(words):
        table.getCellByPosition(at, row - 1).setString(word)


def selected(document: Any, text: str) -> Any:
    """A cursor over a paragraph of a table."""
    for _, cell in cells(document):
        for paragraph in paragraphs(cell):
            if paragraph.getString() == text:
                cursor = cell.createTextCursorByRange(paragraph.getStart())
                cursor.gotoRange(paragraph.getEnd(), True)
                return cursor
    raise FormError(f"no paragraph {text!r}")


def place_of(document: Any, text: str) -> tuple[Any, int]:
    """The table and the 0-based row of the first cell that has a paragraph."""
    for table, cell in cells(document):
        if text in cell.getString().split("\n"):
            return table, int("".join(filter(str.isdigit, cell.CellName))) - 1
    raise FormError(f"no cell {text!r}")


def cells(document: Any) -> Iterator[tuple[Any, Any]]:
    """Each cell of the tables of goals, with its table."""
    for table in document.TextTables:
        if table.getColumns().Count == 8:
            yield from ((table, table.getCellByName(name)) for name in table.CellNames)


def paragraphs(text: Any) -> Iterator[Any]:
    return (part for part in text if part.supportsService("com.sun.star.text.Paragraph"))


ACTS = {
    "type": type_over,
    "cell": type_cell,
    "go on": go_on,
    "track": track,
    "comment": comment,
    "foreword": foreword,
    "header": header,
    "footer": footer,
    "picture": picture,
    "add row": add_row,
    "remove row": remove_row,
    "move row": move_row,
}


def main() -> None:
    with running_office() as desktop:
        for line in sys.stdin:
            try:
                work(desktop, json.loads(line))
                said = {"seen": None}
            except FormError as error:
                said = {"error": str(error)}
            print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
