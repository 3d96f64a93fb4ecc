"""The answers in force while saves and acts are processed in order, and what each file said last."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

from generator.app.session import Session
from generator.domain.base.finding import Finding
from generator.domain.base.settings import IdentityPolicy
from generator.domain.base.text import name_key, same_name
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.standing import (
    SavedFile,
    StandingReplies,
    read_standing_replies,
    standing_findings,
    without_answered,
)
from generator.domain.follow_up.whose_answer import (
    NO_STATE,
    NOT_SETTLED,
    WITHDRAWN,
    FileState,
    InForce,
    JudgedSave,
    Key,
    SavedBy,
    after_acceptance,
    after_choice,
    base_of,
    entry_key,
    is_in_force,
    judge_save,
    statements_of,
)
from generator.domain.plan.form import AnswerStamp
from generator.domain.submission.answers import Answer
from generator.domain.submission.check_rules import CheckRules, Sender
from generator.domain.submission.checks import Checked
from generator.domain.submission.feedback import Reply
from generator.domain.submission.row_checks import Author, CheckedRow, Standing
from generator.store.ledger_rows import InForceChange, StateChange
from generator.store.records import JournaledSave, JournalEntry

COPY_RULES = ("copy", "copy-needs-correction")


class Standings:
    """The answers in force and the files' states of each period, up to the last save or act that was processed.

    `in_force_changes` and `state_changes` are what has changed since, in order, for the ledger.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._in_force: dict[str, dict[Key, InForce]] = {}
        self._states: dict[str, dict[str, FileState]] = {}
        # Of each save that is not in the ledger yet: its period, the state right after it, and its answers.
        self._new: dict[int, tuple[str, FileState, tuple[Answer, ...]]] = {}
        # The digests of those saves: `seuranta check` takes files that are not in the journal.
        self._digests: dict[int, str] = {}
        self.in_force_changes: list[InForceChange] = []
        self.state_changes: list[StateChange] = []

    def in_force(self, period: str) -> Mapping[Key, InForce]:
        """The answers in force in a period."""
        return self._load(period)

    def answers(self, period: str) -> tuple[Answer, ...]:
        """Returns the answers that count in a period, without withdrawn ones, in the order of their saves."""
        counting = (each.answer for each in self.in_force(period).values() if not each.is_withdrawn)
        return tuple(sorted(counting, key=attrgetter("sequence")))

    def state(self, period: str, file: str) -> FileState | None:
        """Returns a file's state after its last save or an act about it; None if it was not saved in the period."""
        return self._load_states(period).get(file)

    def signer_before(self, period: str, file: str, stamp: AnswerStamp | None) -> str | None:
        """Who signed the file the last time, else the save that an answer workbook answers; None: nobody."""
        answered = self._session.store.history.find_save(stamp.save) if stamp else None
        known = [self.state(period, file)]
        if answered:
            known += [self._state_at(period, answered) or self.state(period, answered.path)]
        return next((state.officer for state in known if state and state.officer), None)

    def take(self, save: JournaledSave, checked: Checked, rules: CheckRules) -> Checked:
        """Judges a checked save by the answers in force; its rows that count are in force from now on.

        Returns:
            The save with the standing of each row, and with what its officer must know of other files.
        """
        period, sender = rules.period.id, checked.sender or Sender()
        last = self.state(period, save.path)
        moved = None if last else self.moved_unchanged(period, save) or self._moved_from(period, save, sender)
        base = base_of(self.state(period, moved) if moved else last, self._named(period, sender))
        by = SavedBy(save.sequence, sender.signer, self._accepted(period, save, rules.identity))
        answers = tuple(Answer(entry, save.sequence, save.path, save.time) for entry in checked.entries)
        judged = judge_save(by, statements_of(checked.rows), base, self.in_force(period))
        answered = self._answered_file(sender.stamp) or save.path
        asked = standing_findings(SavedFile(answered, period, answers, judged.state), self.in_force(period))
        own_names = (save.path, answered)
        new_replies = tuple(reply for reply in checked.replies if _reply_text(reply) not in base.replies)
        replies = read_standing_replies(new_replies, asked, own_names, rules.reply_words)
        withdrawn = self._withdrawn(period, checked, base, replies)
        if replies.chosen or withdrawn:
            # A reply is never a repetition of what the row said before.
            compared = replace(base, said={key: value for key, value in base.said.items() if key[0] not in withdrawn})
            said = statements_of(checked.rows, withdrawn)
            judged = judge_save(by, said, compared, self.in_force(period), chosen=replies.chosen)
            # A choice that an unsigned workbook cannot make settles nothing.
            made = [key for key in replies.chosen if judged.standings.get(key) not in NOT_SETTLED]
            self._settle_answered(period, save, sender.stamp, made)
        self._enter(save, period, answers, judged)
        state = _with_rows(judged.state, answers, withdrawn)
        answered_save = sender.stamp.save if sender.stamp else 0
        overruled = {entry.code for entry in checked.entries} & (replies.withdrawn - withdrawn.keys())
        settled = _settled_replies(checked.replies, state, overruled)
        state = replace(state, replies=settled, answers=answered_save)
        self._keep(save, period, answers, state)
        found = standing_findings(SavedFile(save.path, period, answers, state), self.in_force(period))
        notes = (Finding("form-moved", value=moved),) if moved else ()
        new = (*checked.file_findings, *notes, *without_answered(found, _replied(rules, checked)))
        return replace(checked, rows=tuple(_with_standing(row, judged) for row in checked.rows), file_findings=new)

    def _withdrawn(
        self, period: str, checked: Checked, base: FileState, replies: StandingReplies
    ) -> Mapping[str, Author]:
        """Returns the goals whose answers are withdrawn by a reply, each with its officer.

        If the row was changed to something else, the row counts.
        """
        answered = self._answered_file(checked.sender.stamp) if checked.sender else None
        states = (base, self.state(period, answered or "") or NO_STATE)
        in_force = self.in_force(period)
        changed = {
            entry.code
            for entry in checked.entries
            if not is_in_force(in_force, entry)
            and not any(state.has_said(entry_key(entry), entry.value) for state in states)
        }
        authors = {
            code: _author_of(code, checked) or self._author_before(period, code, states)
            for code in replies.withdrawn - changed
        }
        return {code: author for code, author in authors.items() if author}

    def _author_before(self, period: str, code: str, states: Iterable[FileState]) -> Author | None:
        """Returns the author of a row without a name, as the file said before; unsigned, as the file is now."""
        in_force = self.in_force(period)
        said = {key for state in states for key in (*state.said, *state.contested)}
        keys = [key for key in said if key[0] == code and key in in_force]
        return Author(in_force[keys[0]].answer.entry.officer, signed=False) if len(keys) == 1 else None

    def moved_unchanged(self, period: str, save: JournaledSave) -> str | None:
        """Returns the file that was moved here unchanged; None if there is none, or it is still at its old path too.

        The path of a file that was read as no table is unknown here: such a file says nothing that could go on.
        """
        history, states = self._session.store.history, self._load_states(period)
        same = [file for file, state in states.items() if self._digest_of(state.sequence) == save.digest]
        gone = [file for file in same if history.was_gone(file, save.sequence) or file == history.moved_from(save)]
        return max(gone, key=lambda file: states[file].sequence) if gone and gone == same else None

    def take_copy(self, save: JournaledSave, period: str, first: JournaledSave) -> bool:
        """Enters a copy of another file's earlier save: it says what that save said, and no more.

        False if no row of the first one could be read.
        """
        state = self._state_of_bytes(period, first)
        if state is None:
            return False
        self._keep(save, period, (), replace(state, sequence=save.sequence))
        return True

    def _state_of_bytes(self, period: str, first: JournaledSave) -> FileState | None:
        """Returns the state of the file that these bytes were copied or moved from, with later acts about it."""
        states = self._load_states(period).values()
        same = [state for state in states if self._digest_of(state.sequence) == first.digest]
        return max(same, key=attrgetter("sequence"), default=None) or self._state_at(period, first)

    def apply(self, entry: JournalEntry) -> None:
        """Applies a person's act about answers."""
        match entry.record:
            case ChosenFile() as act:
                self._choose(act, entry.sequence)
            case WithdrawnAnswer() as act:
                standing = self.in_force(act.period).get((act.code, self._key(act.officer)))
                if standing and standing.since <= act.seen:
                    self._put(act.period, InForce(standing.answer, entry.sequence, is_withdrawn=True))
            case AcceptedSender() as act:
                self._accept(act, entry.sequence)

    def _choose(self, act: ChosenFile, sequence: int) -> None:
        key = act.code, self._key(act.officer)
        for file in (act.file, act.other):
            state = self.state(act.period, file)
            if state is None or key not in state.contested or state.sequence > act.seen:
                continue
            if file == act.file:
                self._put_row(act.period, state, key, sequence)
            self._set_state(act.period, file, after_choice(state, [key], sequence), sequence)

    def _accept(self, act: AcceptedSender, sequence: int) -> None:
        state = self.state(act.period, act.file)
        if state is None:
            return
        officer = self._session.store.ledger.names.of(act.officer)
        judged = after_acceptance(state, sequence, officer, self.in_force(act.period))
        for key, standing in judged.standings.items():
            if standing is Standing.TAKEN:
                self._put_row(act.period, state, key, sequence)
        self._set_state(act.period, act.file, judged.state, sequence)

    def _put_row(self, period: str, state: FileState, key: Key, since: int) -> None:
        """Puts a contested row of a file into force."""
        if state.contested[key].value == WITHDRAWN:
            self._put(period, InForce(self.in_force(period)[key].answer, since, is_withdrawn=True))
            return
        own = (answer for answer in self._answers(state.sequence) if entry_key(answer.entry) == key)
        for answer in own:
            self._put(period, InForce(answer, since))

    def _moved_from(self, period: str, save: JournaledSave, sender: Sender) -> str | None:
        """Returns the officer's last file, if that is gone: a form at a new path continues from it.

        An answer workbook goes on from the save that it answers. A file that lies elsewhere as it was goes on there.
        """
        officer, history = sender.signer, self._session.store.history
        if officer is None or sender.stamp is not None:
            return None
        own = {
            file: state
            for file, state in self._load_states(period).items()
            if state.officer and same_name(state.officer, officer)
        }
        latest = max(own, key=lambda file: own[file].sequence, default=None)
        if latest is None or not history.was_gone(latest, save.sequence):
            return None
        return None if history.was_moved(latest, save.sequence) else latest

    def _named(self, period: str, sender: Sender) -> FileState | None:
        """Returns the state of what the file itself names: the save that it answers, or the form as issued."""
        stamp, claim = sender.stamp, sender.claim
        answered = self._session.store.history.find_save(stamp.save) if stamp else None
        if stamp and answered:
            # Where the save was refused whole, its author knew all the same what was in force at the answer.
            state = self._state_at(period, answered) or NO_STATE
            # It lies at its path since it was made, whatever was saved there before.
            made, floor = max(state.sequence, stamp.base), max(state.floor, stamp.base)
            return replace(state, sequence=made, floor=floor, replies=frozenset())
        if claim and claim.signed:
            return FileState(sequence=claim.identity.base, floor=claim.identity.base)
        return None

    def _answered_file(self, stamp: AnswerStamp | None) -> str | None:
        """Returns the file that an answer workbook answers; None if this is no answer workbook."""
        answered = self._session.store.history.find_save(stamp.save) if stamp else None
        return answered.path if answered else None

    def _settle_answered(
        self, period: str, save: JournaledSave, stamp: AnswerStamp | None, chosen: Iterable[Key]
    ) -> None:
        """Adds to the answered file's state the choice, and all that was in force when its answer was made."""
        file = self._answered_file(stamp)
        state = self.state(period, file) if file else None
        # Where it was saved again since, nobody has seen yet what it says now.
        if stamp and file and state and file != save.path and state.sequence == stamp.save:
            knowing = replace(state, floor=max(state.floor, stamp.base))
            self._set_state(period, file, after_choice(knowing, chosen, save.sequence), save.sequence)

    def _accepted(self, period: str, save: JournaledSave, identity: IdentityPolicy) -> frozenset[str] | None:
        if identity is not IdentityPolicy.CONFIRM:
            return None
        acts = self._session.store.history.answer_acts
        accepted = (entry.record for entry in acts if entry.sequence < save.sequence)
        own = (act for act in accepted if isinstance(act, AcceptedSender) and act.period == period)
        return frozenset(self._key(act.officer) for act in own if act.file == save.path)

    def _key(self, officer: str) -> str:
        """Returns the key of an officer's present name."""
        return self._session.store.ledger.names.key(name_key(officer))

    def _enter(self, save: JournaledSave, period: str, answers: tuple[Answer, ...], judged: JudgedSave) -> None:
        by_key = {entry_key(answer.entry): answer for answer in answers}
        for key, standing in judged.standings.items():
            if standing is not Standing.TAKEN:
                continue
            if judged.state.said.get(key) == WITHDRAWN:
                self._put(period, InForce(self.in_force(period)[key].answer, save.sequence, is_withdrawn=True))
            else:
                self._put(period, InForce(by_key[key], save.sequence))

    def _keep(self, save: JournaledSave, period: str, answers: tuple[Answer, ...], state: FileState) -> None:
        """Keeps a save's answers, and the state of its file after it."""
        self._new[save.sequence] = period, state, answers
        self._digests[save.sequence] = save.digest
        self._set_state(period, save.path, state, save.sequence)

    def _put(self, period: str, in_force: InForce) -> None:
        self._load(period)[entry_key(in_force.answer.entry)] = in_force
        self.in_force_changes.append(InForceChange(period, in_force))

    def _set_state(self, period: str, file: str, state: FileState, event: int) -> None:
        self._load_states(period)[file] = state
        self.state_changes.append(StateChange(period, file, event, state))

    def _state_at(self, period: str, save: JournaledSave) -> FileState | None:
        """Returns the state of a file right after a save of it."""
        if save.sequence in self._new:
            of, state, _ = self._new[save.sequence]
            return state if of == period else None
        return self._session.store.ledger.file_state_at(period, save.path, save.sequence)

    def _digest_of(self, sequence: int) -> str | None:
        """Returns the SHA-256 of a save's bytes; None if there is no such save."""
        known = self._session.store.history.find_save(sequence)
        return known.digest if known else self._digests.get(sequence)

    def _answers(self, sequence: int) -> tuple[Answer, ...]:
        """Returns the valid rows of a save, counted or not; those of a copy are stored with the first save."""
        history = self._session.store.history
        return self._answers_held(sequence) or self._answers_held(
            history.first_of(history.save(sequence).digest).sequence
        )

    def _answers_held(self, sequence: int) -> tuple[Answer, ...]:
        if sequence in self._new:
            return self._new[sequence][2]
        return self._session.store.ledger.answers_of(sequence)

    def _load(self, period: str) -> dict[Key, InForce]:
        if period not in self._in_force:
            self._in_force[period] = dict(self._session.store.ledger.in_force(period))
        return self._in_force[period]

    def _load_states(self, period: str) -> dict[str, FileState]:
        if period not in self._states:
            self._states[period] = dict(self._session.store.ledger.file_states(period))
        return self._states[period]


def _replied(rules: CheckRules, checked: Checked) -> frozenset[str]:
    return rules.replied | {reply.key for reply in checked.replies}


def _author_of(code: str, checked: Checked) -> Author | None:
    """Returns whose answer a reply withdraws: the signer's, else that of the officer on the row."""
    if checked.sender and checked.sender.signer:
        return Author(checked.sender.signer, signed=True)
    authors = (row.author for row in checked.rows if row.code == code and (row.entry or row.withdraws))
    return next(filter(None, authors), None)


def _reply_text(reply: Reply) -> str:
    return f"{reply.key} {reply.text}"


def _settled_replies(replies: Iterable[Reply], state: FileState, overruled: Container[str]) -> frozenset[str]:
    """Returns the replies that need not be read again; replies about rows that wait for a person must be.

    `overruled` are goals whose row was changed beside a reply that would withdraw their answer: the row counted.
    """
    waiting = {code for code, _ in state.contested if code not in overruled}
    return frozenset(_reply_text(reply) for reply in replies if reply.code not in waiting)


def _with_rows(state: FileState, answers: Iterable[Answer], withdrawn: Mapping[str, Author]) -> FileState:
    """Adds to the state the rows whose answers a reply withdrew: repeated later, they are no new statement."""
    rows = {entry_key(answer.entry): answer.entry.value for answer in answers if answer.entry.code in withdrawn}
    return replace(state, under_replies={**state.under_replies, **rows})


def _with_standing(row: CheckedRow, judged: JudgedSave) -> CheckedRow:
    if row.entry is None or not row.is_valid:
        return row
    return replace(row, standing=judged.standings.get(entry_key(row.entry)))
