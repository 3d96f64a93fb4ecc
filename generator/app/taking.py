"""Reads and checks the saves that are in the journal but not in the ledger, and stores the results."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from generator.app.rules import Rules, examine, period_of, read_saved
from generator.app.session import Session
from generator.domain.base.finding import Finding
from generator.domain.submission.answers import Unreadable
from generator.domain.submission.check_rules import CheckRules
from generator.domain.submission.checks import Checked, Verdict, settle_pass
from generator.domain.submission.feedback import make_feedback
from generator.store.archive import MissingBytesError
from generator.store.ledger_rows import Stored, outcome_of
from generator.store.records import JournaledSave, SaveReading, TakenSaves

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A save that was read now (its file relative to the inbox), with its findings."""

    file: str
    digest: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class _FirstReading:
    """The result of the first save of some bytes: its verdict, and how many answers were taken from it."""

    verdict: Verdict
    taken: int
    period: str


def untaken_saves(session: Session) -> tuple[JournaledSave, ...]:
    """The saves that have not been read yet, in the journal's order."""
    last = session.store.ledger.last_sequence()
    newest_first = takewhile(lambda save: save.sequence > last, reversed(session.store.history.saves))
    return tuple(reversed(tuple(newest_first)))


def take_new(session: Session, rules: Rules) -> tuple[TakenFile, ...]:
    """Takes every save that has not been read yet: one entry in the journal and one transaction for all of them.

    A fault of one save stops no other: bytes that the archive lacks and faults of ours become findings of that save.
    """
    saves = untaken_saves(session)
    if not saves:
        return ()
    taken = tuple(_read_all(session, rules, saves))
    judged = tuple(SaveReading(each.sequence, each.period, outcome_of(each.checked)) for each in taken)
    known = session.store.history.reading_of
    new = tuple(each for each in judged if known(each.save) != each)
    # The journal before the ledger: after a crash in between the saves are read again, and the journal knows them by
    # then. In the other order it would lack a result, and a rebuilt ledger could not tell that it came out otherwise.
    if new:
        session.store.append(TakenSaves(new))
    session.store.ledger.store(taken, session.store.journal_mark)
    return tuple(TakenFile(each.file, each.digest, each.checked) for each in taken)


def _read_all(session: Session, rules: Rules, saves: tuple[JournaledSave, ...]) -> Iterator[Stored]:
    """Reads the saves of each look together; their answers count for the next look."""
    outcomes: dict[int, _FirstReading] = {}
    for together in _looks(saves):
        check_rules = rules.of_save(together[-1])
        read = tuple(_examine(session, check_rules, save, outcomes) for save in together)
        settled = settle_pass(read, tuple(save.path for save in together))
        for save, checked in zip(together, settled, strict=True):
            rules.count(save, checked)
            outcomes[save.sequence] = _FirstReading(checked.verdict, len(checked.entries), check_rules.period.id)
            yield _stored(session, save, checked)


def _looks(saves: tuple[JournaledSave, ...]) -> Iterator[tuple[JournaledSave, ...]]:
    """Groups the saves by look: one time and period, each path once."""
    look: list[JournaledSave] = []
    for save in saves:
        if look and ((save.time, save.period) != (look[0].time, look[0].period) or save.path in {s.path for s in look}):
            yield tuple(look)
            look = []
        look.append(save)
    if look:
        yield tuple(look)


def _stored(session: Session, save: JournaledSave, checked: Checked) -> Stored:
    period = period_of(session, save)
    judged = session.store.history.reading_of(save.sequence)
    is_reread = judged is not None and judged.outcome != outcome_of(checked)
    needs_typed = not save.path.casefold().endswith((".xlsx", ".xlsm")) and make_feedback(checked.findings).items
    typed = checked.typed if needs_typed else None
    return Stored(save.sequence, save.path, save.digest, save.time, period, checked, typed, is_reread)


def _examine(session: Session, rules: CheckRules, save: JournaledSave, outcomes: dict[int, _FirstReading]) -> Checked:
    first = session.store.history.first_of(save.digest)
    if first.path != save.path and _was_taken(session, first, rules.period.id, outcomes):
        return Checked(file_findings=(Finding("copy", value=first.path),))
    try:
        return _read(session, rules, save)
    except MissingBytesError as error:
        log.warning("save %s: %s", save.sequence, error)
        return Checked(file_findings=(Finding("archive-missing"),), readable=False)
    except Exception:
        log.exception("the program failed on save %s (%s)", save.sequence, save.digest)
        return Checked(file_findings=(Finding("program-fault"),), readable=False)


def _read(session: Session, rules: CheckRules, save: JournaledSave) -> Checked:
    workbook = read_saved(session.store.archive.read(save.digest))
    if isinstance(workbook, Unreadable):
        log.warning("save %s (%s): %s, %s", save.sequence, save.digest, workbook.rule, workbook.value)
    return examine(session, rules, workbook, save.path)


def _was_taken(session: Session, first: JournaledSave, period: str, outcomes: dict[int, _FirstReading]) -> bool:
    """True if the same bytes, saved at another path, were taken in the same period without an error."""
    outcome = outcomes.get(first.sequence)
    if outcome is None:
        held = session.store.ledger.save(first.sequence)
        outcome = _FirstReading(held.verdict, held.taken, period_of(session, first)) if held else None
    return (
        outcome is not None and outcome == _FirstReading(Verdict.ACCEPTED, outcome.taken, period) and outcome.taken > 0
    )
