"""What a person may do to the draft in Word: each edit takes the document and notes what was written where."""

from collections.abc import Callable, Collection
from copy import deepcopy
from random import Random

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.oxml.text.run import CT_R
from docx.table import _Row as TableRow
from docx.text.paragraph import Paragraph

from tests.flow.test_draft_edits import OTHERS, paragraphs
from tests.flow.test_retyped_cells import added_below
from tests.secretary import office
from tests.secretary.checks import LABELS
from tests.secretary.history import History, Place

Edit = Callable[[History, Random, Docx], bool]
_BY = f'{nsdecls("w")} w:author="S" w:date="2026-08-01T10:00:00Z"'


def retype(history: History, random: Random, document: Docx) -> bool:
    """Types other words over a text, or goes on writing in it; True if there was a text to edit."""
    found = _text(history, random, document)
    if found is None:
        return False
    old, new = found.text, history.new_word("Hänen")
    kept = random.choice(["", "", old])
    _set_text(found, f"{kept} {new}".strip())
    _note(history, old, new)
    return True


def track(history: History, random: Random, document: Docx) -> bool:
    """Types other words with Word's tracked changes: the old words are deleted, or the new ones stand behind them."""
    found = _text(history, random, document)
    if found is None:
        return False
    old, new = found.text, history.new_word("Hänen")
    last = found.runs[-1]._r
    if random.random() < 0.6:
        for run in found.runs:
            delete_run(run._r)
        last = last.getparent()
    last.addnext(parse_xml(f'<w:ins {_BY} w:id="901"><w:r><w:t xml:space="preserve"> {new}</w:t></w:r></w:ins>'))
    _note(history, old, new)
    return True


def clear(history: History, random: Random, document: Docx) -> bool:
    """Empties an officer's text, or one of hers, with tracked changes or without."""
    found = _text(history, random, document)
    if found is None:
        return False
    place, old = history.place_of[found.text], found.text
    if random.random() < 0.5:
        _set_text(found, "")
    else:
        for run in found.runs:
            delete_run(run._r)
    history.clear(place, old)
    return True


def add_paragraph(history: History, random: Random, document: Docx) -> bool:
    """Goes on writing in a new paragraph of the cell."""
    found = _text(history, random, document)
    if found is None or found._p is not found._parent.paragraphs[-1]._p:
        return False
    new = history.new_word("Hänen")
    added_below(found.text, new)(document)
    _note(history, found.text, new)
    return True


def edit_value(history: History, random: Random, document: Docx) -> bool:
    """Types over a degree or a goal's name; these are never printed as she wrote them."""
    goal = random.choice([goal for goal in history.plan.goals if goal.code.count(".") != 0])
    lines = {f"{goal.code} {goal.title}": "title"}
    rows = [r for t in document.tables if len(t.columns) == 8 for r in t.rows if _has(r, lines)]
    if not rows:
        return False
    row = rows[0]
    if random.random() < 0.3:
        found = next(p for cell in row.cells for p in cell.paragraphs if p.text in lines)
        name, new = "title", f"{goal.code} {history.new_word('Hänen')}"
    else:
        shown = [p for cell in row.cells for p in cell.paragraphs if p.text in LABELS.values()]
        if not shown:
            return False
        found, name, new = random.choice(shown), "degree", LABELS[random.choice((1, 2, 3, 4, 5))]
    if new == found.text:
        return False
    _set_text(found, new)
    place = Place(goal.code, "", name)
    history.write(place, "", new)
    return True


def add_other(history: History, random: Random, document: Docx) -> bool:
    """A foreword, a picture, a comment or a header."""
    word, kind = history.new_word("Hänen"), random.choice(["foreword", "picture", "comment", "header", "end"])
    if kind == "picture":
        OTHERS["picture"](document)
    elif kind == "comment":
        document.add_comment(document.paragraphs[0].runs, text=word, author="Siiri", initials="S")
    elif kind == "header":
        document.sections[0].header.paragraphs[0].add_run(f" {word}")
    else:
        at = document.paragraphs[random.randint(1, 3) if kind == "foreword" else -1]
        at.insert_paragraph_before(word)
    history.keep_file(word)
    return True


def change_rows(history: History, random: Random, document: Docx) -> bool:
    """A row of a table is moved or removed, or a new one is inserted with words in it.

    A file that must stay already gets only new rows: a row moved back again would leave nothing that differs.
    """
    table = random.choice([table for table in document.tables if len(table.columns) == 8 and len(table.rows) > 2])
    rows = [row._tr for row in table.rows][1:]
    row, other = random.sample(rows, 2)
    is_first = office.DRAFT not in history.stay
    kind, word = random.choice(["move", "remove", "insert"] if is_first else ["insert"]), history.new_word("Hänen")
    if kind == "move":
        row.addprevious(other) if rows.index(row) < rows.index(other) else row.addnext(other)
    elif kind == "remove":
        _remove_row(history, row)
    else:
        _insert_row(row, word)
    history.keep_file(word)
    return True


EDITS: dict[Edit, int] = {retype: 8, track: 4, clear: 1, add_paragraph: 3, edit_value: 4, add_other: 3, change_rows: 2}


def _text(history: History, random: Random, document: Docx) -> Paragraph | None:
    """One of the officers' texts or hers in the tables."""
    found = [each for each in paragraphs(document) if each.text in history.place_of and _is_text(history, each.text)]
    return random.choice(found) if found else None


def _is_text(history: History, text: str) -> bool:
    return history.place_of[text].officer != ""


def _note(history: History, old: str, new: str) -> None:
    history.write(history.place_of[old], old, new)


def _set_text(paragraph: Paragraph, text: str) -> None:
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""


def delete_run(run: CT_R) -> None:
    """Deletes a run as a tracked change of Word."""
    deleted = parse_xml(f'<w:del {_BY} w:id="900"/>')
    run.addprevious(deleted)
    deleted.append(run)
    for text in run.iter(qn("w:t")):
        text.tag = qn("w:delText")


def _remove_row(history: History, row: CT_Row) -> None:
    """Removes a row; what she wrote in it before any round has read it is gone by her own act."""
    text = "".join(each.text or "" for each in row.iter(qn("w:t")))
    for place in [place for place, word in history.unread.items() if word in text]:
        del history.unread[place]
    row.getparent().remove(row)


def _insert_row(row: CT_Row, word: str) -> None:
    made = deepcopy(row)
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(made.iter(qn(tag))):
            mark.getparent().remove(mark)
    for number, text in enumerate(made.iter(qn("w:t"))):
        text.text = word if number == 0 else ""
    row.addnext(made)


def _has(row: TableRow, texts: Collection[str]) -> bool:
    return any(p.text in texts for cell in row.cells for p in cell.paragraphs)
