"""The last save of each file in the inbox: its present findings, and which answers the report has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.app.session import Session
from generator.domain.base.finding import Finding, errors
from generator.domain.follow_up.file_rows import FileRow, file_rows
from generator.domain.follow_up.standing import (
    STANDING_RULES,
    ContestedRow,
    SavedFile,
    WaitingSender,
    contested_rows,
    standing_findings,
    waiting_senders,
    without_answered,
)
from generator.domain.follow_up.status import StoredSave
from generator.domain.follow_up.whose_answer import (
    NO_STATE,
    InForce,
    Key,
    is_in_force,
)
from generator.domain.submission.answers import Answer
from generator.domain.submission.checks import Verdict

COPY_RULES = ("copy", "copy-needs-correction")


@dataclass(frozen=True, slots=True)
class PresentSave:
    """The last save of a file that is in the inbox, with its present findings.

    `printed` are its answers that are in the report; `rows` tell for each of its rows which answer is. Of `contested`
    rows a person must choose, of `senders` check one.
    """

    save: StoredSave
    printed: tuple[Answer, ...]
    rows: tuple[FileRow, ...] = ()
    contested: tuple[ContestedRow, ...] = ()
    senders: tuple[WaitingSender, ...] = ()


def present_saves(session: Session, period: str) -> tuple[PresentSave, ...]:
    """Returns the last save of each file that is in the inbox, with present findings, in the journal's order.

    What its rows meet in other files has changed since it was taken, where other saves or acts came later.
    """
    ledger, is_gone = session.store.ledger, session.store.history.is_gone
    in_force, states, replied = ledger.in_force(period), ledger.file_states(period), ledger.replied()
    return tuple(
        _present(save, SavedFile(save.file, period, _rows_of(save, session), state), in_force, replied)
        if (state := states.get(save.file)) and state.sequence == save.sequence
        else _refused_whole(save, period, in_force)
        for save in ledger.current_files(period)
        if not is_gone(save.file)
    )


def _rows_of(save: StoredSave, session: Session) -> tuple[Answer, ...]:
    """Returns the valid rows of a save; those of a copy are stored with the first save of its bytes."""
    is_copy = any(finding.rule in COPY_RULES for finding in save.findings)
    sequence = session.store.history.first_of(save.digest).sequence if is_copy else save.sequence
    return session.store.ledger.answers_of(sequence)


def _present(
    save: StoredSave, file: SavedFile, in_force: Mapping[Key, InForce], replied: frozenset[str]
) -> PresentSave:
    findings = (*_own(save), *without_answered(standing_findings(file, in_force), replied))
    own = (answer for answer in file.answers if answer.sequence == save.sequence)
    printed = tuple(answer for answer in own if is_in_force(in_force, answer.entry))
    verdict = Verdict.NEEDS_CORRECTION if errors(findings) else Verdict.ACCEPTED
    present = replace(save, findings=findings, verdict=verdict, taken=len(printed))
    rows = file_rows(file, present, in_force)
    return PresentSave(present, printed, rows, contested_rows(file, in_force), waiting_senders(file))


def _refused_whole(save: StoredSave, period: str, in_force: Mapping[Key, InForce]) -> PresentSave:
    """Returns a save that was not judged row by row: the report only has answers from the file's earlier saves."""
    present = replace(save, findings=_own(save))
    return PresentSave(present, (), file_rows(SavedFile(save.file, period, (), NO_STATE), present, in_force))


def _own(save: StoredSave) -> tuple[Finding, ...]:
    """Returns the findings of the save itself."""
    return tuple(finding for finding in save.findings if finding.rule not in STANDING_RULES)
