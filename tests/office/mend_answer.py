"""Follows the links of an answer workbook as a person would, in LibreOffice Calc, mends and replies.

`calc.py` runs it, with acts such as:

    [{"number": 1, "value": "3"}, {"number": 2, "reply": "…"}]

`number` is a line of the feedback, on which the workbook opens; `value` is typed where its link leads, `reply` beside
it. `{"insert_row_above": 6, "sheet": "…"}` inserts a row. Returns what each link led to: the cell, what it held, its
colour and its note.
"""

from typing import Any

from fill_form import FormError

NUMBER, LINK, REPLY = 0, 2, 6


def mend(document: Any, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = document.CurrentController.ActiveSheet
    found = [act_on(document, shown, act) for act in acts if "number" in act]
    for act in acts:
        if "insert_row_above" in act:
            document.Sheets.getByName(act["sheet"]).Rows.insertByIndex(act["insert_row_above"] - 1, 1)
    return found


def act_on(document: Any, feedback: Any, act: dict[str, Any]) -> dict[str, Any]:
    row = row_of(feedback, str(act["number"]))
    cell = follow(document, feedback.getCellByPosition(LINK, row))
    seen = {
        "cell": cell.AbsoluteName,
        "held": cell.getString(),
        "colour": f"{cell.CellBackColor & 0xFFFFFF:06X}",
        "note": cell.Annotation.getString(),
    }
    if "value" in act:
        cell.setString(act["value"])
    if "reply" in act:
        feedback.getCellByPosition(REPLY, row).setString(act["reply"])
    return seen


def row_of(feedback: Any, number: str) -> int:
    """The 0-based row of a line of the feedback."""
    cursor = feedback.createCursor()
    cursor.gotoEndOfUsedArea(False)
    for row in range(cursor.RangeAddress.EndRow + 1):
        if feedback.getCellByPosition(NUMBER, row).getString() == number:
            return row
    raise FormError(f"no line {number} in the feedback")


def follow(document: Any, link: Any) -> Any:
    """Selects what a cell's link leads to, and gives the selected cell."""
    fields = link.getTextFields()
    if fields.Count != 1:
        raise FormError("no link")
    sheet, _, name = fields.getByIndex(0).URL.removeprefix("#").rpartition(".")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    target = document.Sheets.getByName(sheet.lstrip("$")).getCellRangeByName(name)
    document.CurrentController.select(target)
    return document.CurrentSelection
