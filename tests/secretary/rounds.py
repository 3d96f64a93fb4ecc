"""What the program does in a history: rounds, finals and interruptions, each with what must be true after it."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from generator.app.finalize import Finalized, make_final
from generator.app.intake import Clock
from generator.app.run import RunResult, run
from generator.domain.follow_up.open_items import Signature
from generator.errors import FolderError, RefusedFileError
from generator.workspace.folders import open_workspace
from tests.flow.test_pass import clock
from tests.secretary import checks, office
from tests.secretary.history import History, SavedBook
from tests.secretary.watching import Watching

# A run takes 4 to 62 operations on the disk, the making of a final 20.
MOST_OPERATIONS = 50


class FaultError(AssertionError):
    """Something was lost, overwritten or told wrongly."""


def whole_round(history: History) -> None:
    """A run that nothing interrupts; then every word must be where it belongs."""
    history.note_hand()
    history.report = None
    try:
        history.report = _made(history).published.place.relative_to(history.root)
    except FolderError:
        if not checks.is_blocked(history):
            raise
    after_program(history)
    read(history)
    require(history, *checks.faults(history))


def cut_round(history: History, random: Random) -> None:
    """A run that is interrupted at one of its operations on the disk."""
    _cut(history, random, lambda: _made(history))
    history.stop_watching()


def final(history: History, source: Path | None = None) -> None:
    """The report is made final by command, of the data or of her file."""
    history.note_hand()
    hers = office.document_text(source.read_bytes()) if source else ""
    try:
        made = make_final(open_workspace(history.root), _signature(history), source=source)
    except RefusedFileError as error:
        history.story.append(f"(refused: {error})")
        history.may_have_read()
        return after_program(history)
    after_program(history)
    history.story.append(f"({type(made).__name__})")
    if source:
        _read_edits(history)
    if isinstance(made, Finalized):
        require(history, *_lost_in_final(history, hers, made.docx))
        if not history.has_unread_save:
            require(history, *checks.report_faults(history, office.printed_values(made.docx.read_bytes())))
    return None


def cut_final(history: History, random: Random) -> None:
    """The making of a final is interrupted at one of its operations on the disk."""
    _cut(history, random, lambda: make_final(open_workspace(history.root), _signature(history)))


def after_program(history: History) -> None:
    """Checks that the program left alone what a person made."""
    require(history, *checks.hand_made_faults(history))
    checks.note_placed(history)
    history.note_hand()


def read(history: History) -> None:
    """Notes what a whole round has read: her words of the draft, and the texts of the workbook."""
    if not history.is_locked(history.draft):
        _read_edits(history)
    if not history.is_locked(history.book):
        _read_texts(history)
        history.old_places.clear()
        history.books.append(SavedBook(history.book.read_bytes(), dict(history.texts)))
    for path in (history.draft, history.aside):
        if path.exists() and path.name not in history.hand:
            history.drafts.append(path.read_bytes())
    history.is_cut = history.has_unread_save = False


def require(history: History, *faults: str) -> None:
    """Raises an error with the story if there are faults."""
    if faults:
        raise FaultError("\n".join((*faults, *history.story)))


def _made(history: History) -> RunResult:
    """What the program makes in a round."""
    history.minutes += 1
    standing = clock()
    time = Clock(lambda: history.now, standing.ticks, standing.wait)
    if not history.is_watched:
        return run(history.root, time)
    history.watching = history.watching or Watching(history.root, time)
    return history.watching.round()


def _signature(history: History) -> Signature:
    history.minutes += 1
    return Signature("kirjuri", history.now.isoformat(), "Kokous on pidetty.")


def _cut(history: History, random: Random, act: Callable[[], object]) -> None:
    history.note_hand()
    with pytest.MonkeyPatch.context() as patch:
        office.killed_after(patch, random.randint(1, MOST_OPERATIONS))
        try:
            act()
            history.story.append("(not interrupted)")
        except KeyboardInterrupt:
            history.story.append("(interrupted)")
        except FolderError:
            history.story.append("(stopped)")
    history.is_cut = True
    for place in history.unread_texts:  # the new text may have been entered, or not
        history.texts.pop(place, None)
    after_program(history)


def _read_edits(history: History) -> None:
    """Her words are read; a text of a goal that has left the plan stays in her file, which stays in its place.

    A round that was interrupted may have read such a text while the goal was still there: then it is asked about like
    any other, in place of the text that she typed over.
    """
    codes = {goal.code for goal in history.plan.goals}
    for place, word in history.unread.items():
        if place.officer and place.code not in codes and not (history.is_cut and checks.is_asked(history, place, word)):
            history.keep_file(word)
        else:
            history.hers[place] = word
    history.unread.clear()


def _read_texts(history: History) -> None:
    """Each new text is printed, or the workbook tells why not; an old copy of the workbook writes over nothing."""
    report = history.present_report
    if report is None or not history.unread_texts:
        return
    printed = office.document_text(report.read_bytes())
    told = "\n".join("\n".join(row) for row in office.book_rows(history.book.read_bytes()))
    for place, word in history.unread_texts.items():
        if word in printed:
            if place in history.old_places and place in history.texts:
                require(history, f"lost text: {place} {history.texts[place]} was written over by an old copy")
            history.texts[place] = word
        elif word not in told:
            require(history, f"lost text: {place} {word} is neither printed nor told")
    history.unread_texts.clear()


def _lost_in_final(history: History, hers: str, docx: Path) -> list[str]:
    """The words of her file that the final made of it lacks."""
    printed = office.document_text(docx.read_bytes())
    words = [word for word in history.file_words if word in hers]
    return [f"lost in the final: {word}" for word in words if word not in printed]
