"""Works on workbooks in one running LibreOffice Calc, one line of JSON after another, as people do from save to save.

Run by an interpreter that has `uno`, as `fill_form.py` is. Each line of the standard input is an object:

    {"source": "…", "target": "…", "filter": "calc8", "sheet": 0, "answers": [{"code": "01.01", "degree": "3"}],
     "strike": {"01.01": "ei"}, "note": {"01.01": "Kysy Annalta"}, "reply": "tämä"}

`sheet` (0-based) has the answers; `strike` strikes a word of a goal's narrative through, `note` puts a note on its
degree, and `reply` answers every question on the first sheet. `typed` has the cells to type into as a person does,
each a sheet's name, a row, a column (1-based) and the text, which Calc reads by the cell's format. `mend` follows the
links of an answer workbook (`mend_answer.py`), `broken` looks for broken words (`broken_words.py`). Only the source
must be given; without a target nothing is saved. Prints an object for each: `seen`, what was looked at, or `error`,
what could not be done.
"""

import json
import sys
from pathlib import Path
from typing import Any

from broken_words import broken
from fill_form import FIELDS, Answer, FormError, open_document, row_of, running_office, save, type_answer
from mend_answer import mend

REPLY, KEY = 6, 7
SINGLE_LINE = 1  # com.sun.star.awt.FontStrikeout.SINGLE


def work(desktop: Any, act: dict[str, Any]) -> Any:
    with open_document(desktop, Path(act["source"])) as document:
        sheet = document.Sheets.getByIndex(act.get("sheet", 0))
        for answer in act.get("answers", ()):
            type_answer(sheet, Answer(**answer))
        for code, word in act.get("strike", {}).items():
            strike_through(sheet.getCellByPosition(FIELDS["narrative"], row_of(sheet, code)), word)
        for code, text in act.get("note", {}).items():
            cell = sheet.getCellByPosition(FIELDS["degree"], row_of(sheet, code))
            sheet.Annotations.insertNew(cell.CellAddress, text)
        if "reply" in act:
            reply_to_all(document.Sheets.getByIndex(0), act["reply"])
        for name, row, column, text in act.get("typed", ()):
            document.Sheets.getByName(name).getCellByPosition(column - 1, row - 1).FormulaLocal = text
        seen = mend(document, act["mend"]) if "mend" in act else None
        if "broken" in act:
            seen = broken(document, **act["broken"])
        if "target" in act:
            save(document, Path(act["target"]), act["filter"])
    return seen


def strike_through(cell: Any, word: str) -> None:
    cursor = cell.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(cell.getString().index(word), False)
    cursor.goRight(len(word), True)
    cursor.CharStrikeout = SINGLE_LINE


def reply_to_all(feedback: Any, text: str) -> None:
    cursor = feedback.createCursor()
    cursor.gotoEndOfUsedArea(False)
    rows = range(cursor.RangeAddress.EndRow + 1)
    asked = [row for row in rows if len(feedback.getCellByPosition(KEY, row).getString()) == 12]
    if not asked:
        raise FormError("nothing is asked")
    for row in asked:
        feedback.getCellByPosition(REPLY, row).setString(text)


def main() -> None:
    with running_office() as desktop:
        for line in sys.stdin:
            try:
                said = {"seen": work(desktop, json.loads(line))}
            except FormError as error:
                said = {"error": str(error)}
            print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
