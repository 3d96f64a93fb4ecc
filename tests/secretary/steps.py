"""What may happen on an evening: officers save, she edits, settles, writes, undoes, and the program is interrupted."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import openpyxl
from docx import Document
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.follow_up.open_items import ChoiceColumn
from generator.domain.follow_up.settlements import SettlementColumn
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from tests.builders import PLAN, SETTINGS
from tests.final_sheets import fill_final
from tests.secretary import office
from tests.secretary.draft_edits import EDITS, add_other
from tests.secretary.history import OFFICERS, History, Place
from tests.secretary.rounds import cut_final, cut_round, final
from tests.settlement_sheets import OPEN_SHEET, SETTLED_SHEET, columns_of
from tests.text_sheets import write_text
from tests.workspaces import fill

Step = Callable[[History, Random], None]
IN_REPORT = "Raportissa:"
HERS, THEIRS, LEFT_OUT = "oma muokkaus", "vastuuhenkilön teksti", "jätetään pois"
TEXT_PLACES = ("Alkusanat", "Koottu arvio", "Loppusanat", "01 ")


def save(history: History, random: Random) -> None:
    """An officer saves other texts, risks or degrees of some goals."""
    officer = random.choice(OFFICERS)
    codes = history.codes_of(officer)
    answers: dict[str, dict[str, object]] = {}
    for code in random.sample(codes, random.randint(1, len(codes))):
        answers[code] = answer(history, random, code, officer)
    path = history.root / "inbox" / f"{officer}.xlsx"
    fill(path, answers)
    history.saves[path.name], history.has_unread_save = path.read_bytes(), True


def answer(history: History, random: Random, code: str, officer: str) -> dict[str, object]:
    """What an officer types on a goal's row: each value may stay as it was."""
    made: dict[str, object] = {}
    if random.random() < 0.7 or Place(code, officer, "narrative") not in history.said:
        made["narrative"] = _said(history, Place(code, officer, "narrative"))
    if random.random() < 0.3:
        made["main_risks"] = _said(history, Place(code, officer, "main_risks"))
    if random.random() < 0.3 or (code, officer) not in history.degrees:
        made["degree"] = history.degrees[code, officer] = random.choice((2, 3))
    return made


def edit_draft(history: History, random: Random) -> None:
    """She edits the draft in Word, in one or more ways, and saves it."""
    if history.draft.exists():
        _edit(history, random)


def edit_old_draft(history: History, random: Random) -> None:
    """She has had an earlier draft open since, edits that, and saves it over the present one."""
    if history.drafts and history.draft.exists():
        history.draft_is_written_over()
        history.draft.write_bytes(random.choice(history.drafts[-6:]))
        _edit(history, random)


def edit_beside(history: History, random: Random) -> None:
    """She edits the new draft that lies beside the one that she edited before."""
    if history.aside.exists():
        document = Document(str(history.aside))
        stood = history.stay.copy()
        add_other(history, random, document)
        history.stay = {*stood, office.ASIDE}
        document.save(str(history.aside))


def edit_final(history: History, random: Random) -> None:
    """Somebody edits the last final."""
    path = office.last_final(history.root)
    if path:
        document = Document(str(path))
        document.paragraphs[-1].insert_paragraph_before(history.new_word("Hänen"))
        document.save(str(path))


def move_away(history: History, random: Random) -> None:
    """She moves her edited draft elsewhere, or removes it."""
    for path in (history.draft, history.aside):
        if path.exists() and random.random() < 0.7:
            if random.random() < 0.5:
                path.rename(path.with_name(f"oma {history.new_word('kopio')}docx"))
            else:
                path.unlink()
            if path == history.draft:
                history.draft_is_gone()
            history.stay.discard(path.name)


def open_file(history: History, random: Random) -> None:
    """Somebody has a file open in Word or Excel."""
    path = random.choice((history.draft, history.draft, history.aside, history.book))
    office.lock_of(path).write_bytes(b"")


def close_files(history: History, random: Random) -> None:
    """All files are closed."""
    del random
    for path in (history.draft, history.aside, history.book):
        office.lock_of(path).unlink(missing_ok=True)


def settle(history: History, random: Random) -> None:
    """She chooses on some rows of the open matters."""
    book = _open_book(history)
    if book is None:
        return
    sheet = book[OPEN_SHEET]
    columns = columns_of(sheet, ChoiceColumn)
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, columns["Identifier"]).value]
    for row in random.sample(rows, min(len(rows), random.randint(1, 3))):
        details = str(sheet.cell(row, columns["Details"]).value)
        choice = random.choice([HERS, THEIRS, LEFT_OUT, *OFFICERS, "kyllä", "ehkä"])
        sheet.cell(row, columns["Settlement"]).value = choice
        _note_choice(history, choice, details, str(sheet.cell(row, columns["Concerns"]).value))
    book.save(history.book)


def undo(history: History, random: Random) -> None:
    """She undoes a settlement, an edit or a text."""
    book = _open_book(history)
    if book is None:
        return
    sheet = book[SETTLED_SHEET]
    columns = columns_of(sheet, SettlementColumn)
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, columns["Identifier"]).value]
    if rows:
        row = random.choice(rows)
        sheet.cell(row, columns["Undo"]).value = "kyllä"
        _note_undone(history, _row_text(sheet, row))
        book.save(history.book)


def write(history: History, random: Random) -> None:
    """She writes a text on the sheet of texts."""
    if history.book.exists():
        place, word = random.choice((*TEXT_PLACES, *history.texts, *history.texts)), history.new_word("Hänen")
        write_text(history.book, place, word)
        history.unread_texts[place] = word


def save_old_book(history: History, random: Random) -> None:
    """She saves an old copy of the workbook again, with something more in it or not."""
    if history.books:
        _drop_unread_texts(history)
        old = random.choice(history.books[-8:])
        history.book.write_bytes(old.data)
        history.old_places = {place for place, text in history.texts.items() if old.texts.get(place) != text}
        random.choice((settle, undo, write, write))(history, random)


def remove_book(history: History, random: Random) -> None:
    """She removes the workbook."""
    del random
    history.book.unlink(missing_ok=True)
    _drop_unread_texts(history)


def change_plan(history: History, random: Random) -> None:
    """A goal leaves the plan, gets another code, or all are there again."""
    kind = random.choice(("removed", "renumbered", "whole", "whole"))
    others = tuple(goal for goal in PLAN.goals if not goal.code.startswith("01.01"))
    moved = tuple(replace(g, code="01.02", earlier_codes=("01.01",)) for g in PLAN.goals if g.code == "01.01")
    goals = {"removed": others, "renumbered": (*others[:1], *moved, *others[1:]), "whole": PLAN.goals}[kind]
    history.plan = replace(PLAN, goals=goals)
    (history.root / "plan.xlsx").write_bytes(plan_bytes(history.plan, SETTINGS.headings, Words(SETTINGS.language)))


def cut_after_act(history: History, random: Random) -> None:
    """Somebody saves, edits, writes or settles, and the next run is interrupted."""
    for act in random.sample((save, edit_draft, write, settle, undo), random.choice((1, 1, 2))):
        act(history, random)
    cut_round(history, random)


def finish(history: History, random: Random) -> None:
    """She makes the report final by command."""
    del random
    final(history)


def finish_from_file(history: History, random: Random) -> None:
    """She makes her edited draft final."""
    del random
    if history.draft.exists():
        final(history, history.draft)


def ask_final(history: History, random: Random) -> None:
    """She fills in the sheet that makes the report final."""
    del random
    if history.book.exists():
        fill_final(history.book)


STEPS: dict[Step, int] = {
    save: 18,
    edit_draft: 22,
    edit_old_draft: 4,
    edit_beside: 2,
    edit_final: 2,
    move_away: 5,
    open_file: 6,
    close_files: 4,
    settle: 12,
    undo: 5,
    write: 6,
    save_old_book: 7,
    remove_book: 1,
    change_plan: 3,
    finish: 5,
    finish_from_file: 3,
    ask_final: 3,
    cut_round: 2,
    cut_after_act: 6,
    cut_final: 2,
}


def _said(history: History, place: Place) -> str:
    text = history.new_word("Virka")
    history.said[place] = text
    history.place_of[text] = place
    return text


def _edit(history: History, random: Random) -> None:
    document = Document(str(history.draft))
    kinds = random.choices([*EDITS], [*EDITS.values()], k=random.choice((1, 1, 2, 3)))
    is_edited = [kind(history, random, document) for kind in kinds]
    if any(is_edited):
        document.core_properties.last_modified_by = "Siiri Sihteeri"
        document.save(str(history.draft))


def _open_book(history: History) -> "openpyxl.Workbook | None":
    if not history.book.exists():
        return None
    book = openpyxl.load_workbook(history.book)
    book.properties.lastModifiedBy = "Siiri Sihteeri"
    return book


def _note_choice(history: History, choice: str, details: str, concerns: str) -> None:
    """Her words in a row stand for the officers' texts beside them, or are left out; other choices are refused.

    Where two files of hers say something else, the one that is chosen takes the place of the one in the report.
    """
    in_report = details.rpartition(IN_REPORT)[2]
    if choice == HERS:
        for place, cleared in history.cleared.items():
            cleared |= {said for at, said in history.said.items() if at == place and said in details}
    for word, place in history.place_of.items():
        if word in details and word in history.stands_for and concerns.startswith(place.code):
            if choice == HERS:
                history.stands_for[word] |= {said for said in history.said.values() if said in details}
                if word in in_report and history.hers.get(place) == word:
                    history.forget(place)
            elif choice in (THEIRS, LEFT_OUT, *OFFICERS) and history.hers.get(place) == word:
                history.forget(place)


def _note_undone(history: History, row: str) -> None:
    for place, word in [*history.hers.items()]:
        if word in row:
            history.forget(place)
    for name, text in [*history.texts.items()]:
        if text in row:
            del history.texts[name]


def _row_text(sheet: Worksheet, row: int) -> str:
    return "\n".join(str(cell.value) for cell in sheet[row] if cell.value)


def _drop_unread_texts(history: History) -> None:
    if history.is_cut:  # an interrupted round may have read them, or not
        for place in history.unread_texts:
            history.texts.pop(place, None)
    history.unread_texts.clear()
    history.old_places.clear()
