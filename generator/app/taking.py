"""Processes saves and acts that are in the journal but not yet in the ledger, in order, and stores the results."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.app.rules import FirstReading, Rules, examine, period_of, read_saved, words_of
from generator.app.session import Session
from generator.app.untaken import untaken
from generator.domain.base.finding import Finding, errors
from generator.domain.submission.check_rules import CheckRules
from generator.domain.submission.checks import Checked, Verdict
from generator.domain.submission.feedback import make_feedback
from generator.domain.submission.workbook import Unreadable, Workbook
from generator.store.ledger_rows import StandingChanges, Stored, outcome_of
from generator.store.records import JournaledSave, JournalEntry, SaveReading, TakenSaves
from generator.store.state import MissingBytesError

log = logging.getLogger(__name__)

Reader: TypeAlias = Callable[[bytes], Workbook | Unreadable]


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A save that was just read (its file relative to the inbox), with its findings.

    `is_reread`: it was read before, with the same result; the ledger that had the result was lost.
    """

    file: str
    digest: str
    checked: Checked
    is_reread: bool = False


def take_new(
    session: Session, rules: Rules, read: Reader = read_saved, most: int | None = None
) -> tuple[TakenFile, ...]:
    """Processes all that is new: one entry in the journal and one transaction for everything.

    A fault of one save stops no other: bytes that the archive lacks and faults of ours become findings of that save.

    Args:
        read: reads the workbook in a saved file's bytes.
        most: how many saves and acts to process; None: all.
    """
    events = untaken(session)[:most]
    if not events:
        return ()
    saves: list[Stored] = []
    for event in events:
        if isinstance(event, JournalEntry):
            rules.standings.apply(event)
            continue
        saves.append(_take(session, rules, event, read))
    judged = tuple(SaveReading(each.sequence, each.period, outcome_of(each.checked)) for each in saves)
    known = session.store.history.reading_of
    new = tuple(each for each in judged if known(each.save) != each)
    # The journal before the ledger: after a crash in between the saves are read again, and the journal knows them by
    # then. In the other order it would lack a result, and a rebuilt ledger could not see that the result differs.
    if new:
        session.store.append(TakenSaves(new))
    standings = rules.standings
    changes = StandingChanges(
        tuple(standings.in_force_changes), tuple(standings.state_changes), up_to=events[-1].sequence
    )
    session.store.ledger.store(tuple(saves), changes, session.store.journal_mark)
    unread = {each.save for each in new}
    return tuple(TakenFile(each.file, each.digest, each.checked, each.sequence not in unread) for each in saves)


def _take(session: Session, rules: Rules, save: JournaledSave, read: Reader) -> Stored:
    """Reads, checks and judges one save; its answers count for those after it."""
    check_rules = rules.of_save(save)
    checked = _copy_of_first(session, rules, save, check_rules)
    if checked is None:
        found = _with_return(session, save, _read(session, rules, save, read), check_rules)
        checked = rules.judge(save, found, check_rules)
    rules.count_replies(checked)
    faults = len(errors(checked.findings))
    rules.readings[save.sequence] = FirstReading(checked.verdict, checked.taken, faults, check_rules.period.id)
    return _stored(session, save, checked)


def _stored(session: Session, save: JournaledSave, checked: Checked) -> Stored:
    period = period_of(session, save)
    judged = session.store.history.reading_of(save.sequence)
    is_reread = judged is not None and judged.outcome != outcome_of(checked)
    needs_typed = not save.path.casefold().endswith((".xlsx", ".xlsm")) and make_feedback(checked.findings).items
    typed = checked.typed if needs_typed else None
    return Stored(save.sequence, save.path, save.digest, save.time, period, checked, typed, is_reread)


def _copy_of_first(session: Session, rules: Rules, save: JournaledSave, check_rules: CheckRules) -> Checked | None:
    """Returns the result for the same bytes at another path; None if this file must be judged on its own.

    Source: DESIGN, section 6, The same bytes at another path.
    """
    period, first = check_rules.period.id, session.store.history.first_of(save.digest)
    if first.path == save.path or rules.standings.state(period, save.path) is not None:
        return None
    if rules.standings.moved_unchanged(period, save):
        return None
    reading = rules.readings.get(first.sequence) or _first_reading(session, first)
    if reading is None or reading.period != period or not rules.standings.take_copy(save, period, first):
        return None
    if reading.verdict is Verdict.ACCEPTED:
        return Checked(file_findings=(Finding("copy", value=first.path, allowed=(str(reading.taken),)),))
    refused = Finding("copy-needs-correction", value=first.path, allowed=(str(reading.taken), str(reading.faults)))
    return Checked(file_findings=(refused,))


def _first_reading(session: Session, first: JournaledSave) -> FirstReading | None:
    held = session.store.ledger.save(first.sequence)
    if held is None:
        return None
    faults = len(errors(held.findings))
    return FirstReading(held.verdict, held.taken, faults, period_of(session, first))


def _with_return(session: Session, save: JournaledSave, checked: Checked, check_rules: CheckRules) -> Checked:
    """Adds a note to the save if somebody put earlier bytes back at its path."""
    earlier = session.store.history.returns_to(save) if checked.sender else None
    if earlier is None:
        return checked
    words = words_of(check_rules.plan, checked.officer, session.words)
    note = Finding("returned", value=words.moment(earlier.time))
    return replace(checked, file_findings=(*checked.file_findings, note))


def _read(session: Session, rules: Rules, save: JournaledSave, read: Reader) -> Checked:
    check_rules = rules.of_save(save)
    try:
        workbook = read(session.store.archive.read(save.digest))
        if isinstance(workbook, Unreadable):
            log.warning("save %s (%s): %s, %s", save.sequence, save.digest, workbook.rule, workbook.value)
        return examine(session, check_rules, workbook, save.path, standings=rules.standings)
    except MissingBytesError as error:
        log.warning("save %s: %s", save.sequence, error)
        return Checked(file_findings=(Finding("archive-missing"),), readable=False)
    except Exception:
        log.exception("the program failed on save %s (%s)", save.sequence, save.digest)
        return Checked(file_findings=(Finding("program-fault"),), readable=False)
