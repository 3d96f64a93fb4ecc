"""The last save of each file in the inbox: its present findings, and which answers the report has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.app.session import Session
from generator.domain.base.finding import Finding, errors
from generator.domain.base.rule import Severity
from generator.domain.follow_up.file_rows import AnswersInForce, FileRow, file_rows, keys_of
from generator.domain.follow_up.standing import (
    CONTESTED_RULES,
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
from generator.domain.follow_up.whose_answer import NO_STATE, FileState, InForce, Key, entry_key, is_in_force
from generator.domain.output.receipt import receipt_name
from generator.domain.submission.answers import Answer
from generator.domain.submission.checks import Verdict

COPY_RULES = ("copy", "copy-needs-correction")


@dataclass(frozen=True, slots=True)
class SaveInputs:
    """The inputs of a `PresentSave` without findings. If they have not changed, the save has not either.

    `in_force` are the answers in force for its file's goals and officers; None if there is none.
    """

    save: StoredSave
    file: SavedFile
    in_force: tuple[tuple[Key, InForce | None], ...]


@dataclass(frozen=True, slots=True)
class PresentSave:
    """The last save of a file that is in the inbox, with its present findings.

    `printed` are its answers that are in the report; `rows` tell for each of its rows which answer is in the report.
    `contested` are rows for which a person must choose an answer, `senders` those whose sender a person must check.
    `inputs` is None if the save also depends on other files.
    """

    save: StoredSave
    printed: tuple[Answer, ...]
    rows: tuple[FileRow, ...] = ()
    contested: tuple[ContestedRow, ...] = ()
    senders: tuple[WaitingSender, ...] = ()
    inputs: SaveInputs | None = field(default=None, compare=False, repr=False)


def present_saves(session: Session, period: str, earlier: tuple[PresentSave, ...] = ()) -> tuple[PresentSave, ...]:
    """Returns the last save of each file that is in the inbox, with present findings, in the journal's order.

    Its findings may differ from those at the time of saving, because other files or acts have changed since.

    Args:
        earlier: the result of an earlier call; saves that have not changed are taken from it.
    """
    ledger, is_gone = session.store.ledger, session.store.history.is_gone
    in_force, states, replied = AnswersInForce(ledger.in_force(period)), ledger.file_states(period), ledger.replied()
    files = ledger.current_files(period)
    present = tuple(save for save in files if not is_gone(save.file))
    settled = _Later(ledger.answers_of, files, present, in_force, states, replied)
    known = {each.save.file: each for each in earlier}
    return tuple(
        _present(
            _inputs(save, SavedFile(save.file, period, _rows_of(save, session), state), in_force),
            known.get(save.file),
            in_force,
            settled,
        )
        if (state := states.get(save.file)) and state.sequence == save.sequence
        else _refused_whole(save, period, in_force, settled)
        for save in present
    )


@dataclass(frozen=True, slots=True)
class _Later:
    """What was settled after a save: by a reply, or in another file that has the same receipt.

    An answer workbook is made from a save. What its author corrected in it is no longer to be corrected in the file
    that was saved, also after the answer workbook has been removed. What it took over as a whole, such as the errors of
    a copy, it tells itself: only while it is there.
    """

    answers_of: Callable[[int], tuple[Answer, ...]]
    files: tuple[StoredSave, ...]
    present: tuple[StoredSave, ...]
    in_force: AnswersInForce
    states: Mapping[str, FileState]
    replied: frozenset[str]

    def still_open(self, findings: Iterable[Finding], save: StoredSave) -> tuple[Finding, ...]:
        """The findings of a save without those that are settled."""
        return tuple(finding for finding in findings if not self._is_settled(finding, save))

    def _is_settled(self, finding: Finding, save: StoredSave) -> bool:
        if finding.severity is Severity.NOTE or finding.rule in CONTESTED_RULES:
            return False
        if finding.key and finding.key in self.replied:
            return True
        if finding.code is None:
            later_files = (each.file for each in self.present if self._was_read_after(each, save))
            return any(self._was_made_from(file, save) for file in later_files)
        if self._is_told_by_answer(finding, save):
            return True
        keys = keys_of(finding.code, save.officer, self.in_force)
        standing = ((key, self.in_force.by_key[key]) for key in keys if key in self.in_force.by_key)
        later = tuple((key, each) for key, each in standing if each.since > save.sequence)
        if finding.severity is Severity.QUESTION:
            return any(self._was_replaced_knowingly(key, each, save) for key, each in later)
        return any(self._was_made_from(each.answer.file, save) for _, each in later if not each.is_withdrawn)

    def _is_told_by_answer(self, finding: Finding, save: StoredSave) -> bool:
        """True if an answer workbook made from this save was saved with the same row still at fault: it tells it."""
        later = (each for each in self.present if each.sequence > save.sequence)
        same = (each for each in later if any(_is_same_fault(finding, other) for other in each.findings))
        return any(self._was_made_from(each.file, save) and self._was_read_after(each, save) for each in same)

    def _was_replaced_knowingly(self, key: Key, standing: InForce, save: StoredSave) -> bool:
        """True if the author of the answer in force had seen the row, or the row repeats the answered save."""
        source = self._source(standing)
        if not self._shares_receipt(source, save):
            return False
        if self._was_chosen(key, standing, save):
            return True
        return self._was_made_from(source, save) or self._repeats(key, save)

    def _was_chosen(self, key: Key, standing: InForce, save: StoredSave) -> bool:
        """True if the answer came by a choice between this row and another: the question showed both.

        The row was in force until then, so no other file may have come between. A choice in an answer workbook is known
        to the file that it answers, too.
        """
        source = self._source(standing)
        answered = self.states.get(source, NO_STATE).answers
        others = [state for file, state in self.states.items() if file not in (save.file, source)]
        chosen = [each for each in others if each.sequence == answered and each.seen.get(key) == standing.since]
        came_between = any(each.seen.get(key, 0) > save.sequence for each in others if each not in chosen)
        return bool(chosen) and not came_between and self.states[save.file].seen.get(key) == save.sequence

    def _repeats(self, key: Key, save: StoredSave) -> bool:
        """True if a row of an answer workbook says just what the save that it answers said."""
        state = self.states.get(save.file)
        answered = self.answers_of(state.answers) if state and state.answers else ()
        said = (answer.entry.value for answer in answered if entry_key(answer.entry) == key)
        return state is not None and state.said.get(key) in tuple(said)

    def _was_read_after(self, other: StoredSave, save: StoredSave) -> bool:
        """True if the rows of a later save could be read, so that it tells itself what is open in it."""
        state = self.states.get(other.file)
        return other.sequence > save.sequence and state is not None and state.sequence == other.sequence

    def _was_made_from(self, file: str, save: StoredSave) -> bool:
        """True if a file is an answer workbook that shows this save, perhaps by way of other answer workbooks."""
        state = self.states.get(file) if self._shares_receipt(file, save) else None
        while state and state.answers > save.sequence:
            state = next((each for each in self.states.values() if each.sequence == state.answers), None)
        return state is not None and state.answers == save.sequence

    def _shares_receipt(self, file: str, save: StoredSave) -> bool:
        return file != save.file and receipt_name(file) == receipt_name(save.file)

    def _source(self, standing: InForce) -> str:
        """The file that brought an answer into force, or that withdrew it."""
        return next((each.file for each in self.files if each.sequence == standing.since), standing.answer.file)


def _is_same_fault(one: Finding, other: Finding) -> bool:
    """True if both are errors of one goal's row, or the same question about it."""
    if (one.code, one.severity) != (other.code, other.severity):
        return False
    return one.severity is Severity.ERROR or one.rule == other.rule


def _inputs(save: StoredSave, file: SavedFile, in_force: AnswersInForce) -> SaveInputs:
    state, own = file.state, (entry_key(answer.entry) for answer in file.answers)
    keys = dict.fromkeys((*state.said, *state.contested, *state.emptied, *own, *in_force.of_file.get(file.path, ())))
    return SaveInputs(save, file, tuple((key, in_force.by_key.get(key)) for key in keys))


def _rows_of(save: StoredSave, session: Session) -> tuple[Answer, ...]:
    """Returns the valid rows of a save; those of a copy are stored with the first save of its bytes."""
    is_copy = any(finding.rule in COPY_RULES for finding in save.findings)
    sequence = session.store.history.first_of(save.digest).sequence if is_copy else save.sequence
    return session.store.ledger.answers_of(sequence)


def _present(inputs: SaveInputs, known: PresentSave | None, in_force: AnswersInForce, settled: _Later) -> PresentSave:
    """Returns a save that was checked row by row: the known one, if its inputs are the same."""
    if known is not None and known.inputs == inputs:
        return known
    save, file = inputs.save, inputs.file
    standing = standing_findings(file, in_force.by_key)
    found = (*_own(save), *without_answered(standing, settled.replied))
    findings = settled.still_open(found, save)
    own = (answer for answer in file.answers if answer.sequence == save.sequence)
    printed = tuple(answer for answer in own if is_in_force(in_force.by_key, answer.entry))
    verdict = Verdict.NEEDS_CORRECTION if errors(findings) else Verdict.ACCEPTED
    present = replace(save, findings=findings, verdict=verdict, taken=len(printed))
    # A row that was corrected in another file is a row of this one too.
    rows = file_rows(file, replace(present, findings=found), in_force)
    contested, senders = contested_rows(file, in_force.by_key), waiting_senders(file)
    is_plain = not save.findings and not standing
    return PresentSave(present, printed, rows, contested, senders, inputs if is_plain else None)


def _refused_whole(save: StoredSave, period: str, in_force: AnswersInForce, settled: _Later) -> PresentSave:
    """A save that was not judged row by row: what the report has of its file is from earlier saves."""
    present = replace(save, findings=settled.still_open(_own(save), save))
    return PresentSave(present, (), file_rows(SavedFile(save.file, period, (), NO_STATE), present, in_force))


def _own(save: StoredSave) -> tuple[Finding, ...]:
    """Returns the findings of the save itself."""
    return tuple(finding for finding in save.findings if finding.rule not in STANDING_RULES)
