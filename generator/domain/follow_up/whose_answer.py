"""Whose answer counts: which saved row becomes the answer in force for a goal and an officer.

1. A row says what it changes. A row that repeats what its file said before says nothing.
2. Any other row is a statement. It becomes the answer in force if its author can have seen the answer in force: that
   one came from the same file, from the base of the save, or was in force when the form or answer workbook was made.
3. Otherwise two files of one officer differ: the answer in force stands, and a person chooses.
4. A signed statement replaces an unsigned answer. An unsigned one never replaces a signed one.
5. What was withdrawn returns only by a row that says something else.

File names and times of files decide nothing. Source: DESIGN, section 6, Whose answer counts.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias

from generator.domain.base.text import name_key
from generator.domain.submission.answers import Answer, Entry
from generator.domain.submission.row_checks import Author, CheckedRow, Standing

Key: TypeAlias = tuple[str, str]
"""A goal's code and the key of an officer's name (`name_key`)."""

WITHDRAWN = "withdrawn"
"""What a row says by which an officer withdraws the answer."""

NOT_SETTLED = (Standing.DIFFERS, Standing.UNSIGNED, Standing.WAITING)


@dataclass(frozen=True, slots=True)
class InForce:
    """The answer that counts for a goal and an officer, or the one that was withdrawn last.

    `since` is the journal sequence from which it counts: of its save, or of the act that chose or withdrew it.
    """

    answer: Answer
    since: int
    is_withdrawn: bool = False

    @property
    def value(self) -> str:
        """The digest of what it says."""
        return WITHDRAWN if self.is_withdrawn else self.answer.entry.value

    def says(self, entry: Entry) -> bool:
        """True if it is in force and says the same as an entry."""
        own = self.answer.entry
        return not self.is_withdrawn and (own is entry or own.value == entry.value)


@dataclass(frozen=True, slots=True)
class Contested:
    """A row that a person must settle: why it was not taken, and the digest of what it says."""

    why: Standing
    value: str


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file said when it was saved, and which answers its author can have seen.

    `sequence` is that of the save or of the form as issued; `officer` is who signed the file. `said` are the values of
    the settled rows; `emptied` are rows that said something before and are blank now; `contested` wait for a person.
    The author can have seen every answer in force since `floor` or before, and the answers in `seen` (their `since`).
    `replies` stood in the file, as question and words: they stay there, and say nothing the next time. `under_replies`
    are the values of rows whose answers a reply withdrew. `answers` is the save that the file, an answer workbook,
    was made from (0: it is none).
    """

    sequence: int = 0
    officer: str | None = None
    said: Mapping[Key, str] = field(default_factory=dict)
    emptied: frozenset[Key] = frozenset()
    contested: Mapping[Key, Contested] = field(default_factory=dict)
    seen: Mapping[Key, int] = field(default_factory=dict)
    floor: int = 0
    replies: frozenset[str] = frozenset()
    under_replies: Mapping[Key, str] = field(default_factory=dict)
    answers: int = 0

    def has_seen(self, key: Key, standing: InForce) -> bool:
        """True if the file's author can have seen an answer; the file's own row may say the same."""
        if max(self.floor, self.seen.get(key, 0)) >= standing.since:
            return True
        contested = self.contested.get(key)
        return standing.value in (self.said.get(key), contested.value if contested else None)

    def has_compared(self, key: Key, standing: InForce) -> bool:
        """True if the file's row says what is in force, or was taken or chosen against it.

        That an answer workbook showed the other answer is not enough: whoever saves it with the row as it was may have
        left it so, or may have typed it back in a copy.
        """
        # The cheap comparison first: the digest of the answer in force takes longer.
        return self.seen.get(key, 0) >= standing.since or standing.value == self.said.get(key)

    def has_said(self, key: Key, value: str) -> bool:
        """True if the file's row said just this before, settled or not."""
        contested = self.contested.get(key)
        return value in (self.said.get(key), self.under_replies.get(key), contested.value if contested else None)

    def awaits_choice(self, key: Key, value: str) -> bool:
        """True if the file's row said just this, and a person was asked to choose between it and another file's."""
        return self.contested.get(key) == Contested(Standing.DIFFERS, value)


NO_STATE = FileState()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row says of a goal in an officer's name: the digest of its values, or `WITHDRAWN`."""

    key: Key
    value: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Statements:
    """What a save says, and the codes of all goals that something stands about in it, right or wrong."""

    said: tuple[Statement, ...]
    mentioned: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgedSave:
    """A save's statements with their standings, and the state of its file after it."""

    standings: Mapping[Key, Standing]
    state: FileState


def entry_key(entry: Entry) -> Key:
    """The key of an entry's goal and officer."""
    return entry.code, name_key(entry.officer)


def is_in_force(in_force: Mapping[Key, InForce], entry: Entry) -> bool:
    """True if the answer in force for the entry's goal and officer says the same."""
    standing = in_force.get(entry_key(entry))
    return standing is not None and standing.says(entry)


def statements_of(rows: Iterable[CheckedRow], withdrawn: Mapping[str, Author] = MappingProxyType({})) -> Statements:
    """What the rows without an error say.

    Args:
        withdrawn: the goals' codes whose answers an officer withdraws in a reply, with whose answers they are.
    """
    said: dict[Key, Statement] = {}
    mentioned = set(withdrawn)
    for row in rows:
        if row.entry or row.findings or row.withdraws:
            mentioned.add(row.code or "")
        if row.code in withdrawn or not row.is_valid:
            continue
        if row.entry is not None:
            said[entry_key(row.entry)] = Statement(entry_key(row.entry), row.entry.value, row.entry.signed)
        elif row.withdraws and row.code and row.author:
            said |= _withdrawal(row.code, row.author)
    for code, author in withdrawn.items():
        said |= _withdrawal(code, author)
    return Statements(tuple(said.values()), frozenset(mentioned))


def _withdrawal(code: str, author: Author) -> dict[Key, Statement]:
    key = code, name_key(author.officer)
    return {key: Statement(key, WITHDRAWN, author.signed)}


def base_of(last: FileState | None, named: FileState | None) -> FileState:
    """What a save is compared with: the later of its file's last state and of what the file itself names.

    Args:
        last: the state after the last save at the same path; None where there was none.
        named: the state after the save that an answer workbook answers, or a form as it was issued; None: unknown.
    """
    known = [state for state in (last, named) if state is not None]
    if not known:
        return NO_STATE
    latest = max(known, key=lambda state: state.sequence)
    seen: dict[Key, int] = {}
    for state in known:
        seen |= {key: max(since, seen.get(key, 0)) for key, since in state.seen.items()}
    return replace(latest, seen=seen, floor=max(state.floor for state in known))


def judge(statement: Statement, base: FileState, standing: InForce | None) -> Standing:
    """The standing of one statement: whether it becomes the answer in force."""
    key, value = statement.key, statement.value
    repeats = base.under_replies.get(key, base.said.get(key)) == value and key not in base.emptied
    if standing is None:
        return Standing.UNCHANGED if repeats or value == WITHDRAWN else Standing.TAKEN
    if standing.value == value:
        if statement.is_signed and not standing.answer.entry.signed:
            return Standing.TAKEN
        return Standing.UNCHANGED if repeats else Standing.SAME
    if repeats:
        return Standing.SUPERSEDED
    if statement.is_signed != standing.answer.entry.signed:
        return Standing.TAKEN if statement.is_signed else Standing.UNSIGNED
    if base.awaits_choice(key, value):
        return Standing.DIFFERS
    withdrawn = standing.answer.entry.value
    is_new = standing.is_withdrawn and value != withdrawn and base.has_said(key, withdrawn)
    return Standing.TAKEN if is_new or base.has_seen(key, standing) else Standing.DIFFERS


@dataclass(frozen=True, slots=True)
class SavedBy:
    """The save that is judged: its journal sequence, and who signed the file (None: nobody).

    `accepted` are the keys of the officers (`name_key`) in whose names its unsigned rows count; None: of all.
    """

    sequence: int
    officer: str | None
    accepted: frozenset[str] | None = None

    def must_wait(self, said: Statement) -> bool:
        """True if the sender of an unsigned row has not been accepted."""
        return not said.is_signed and self.accepted is not None and said.key[1] not in self.accepted


def judge_save(
    save: SavedBy,
    statements: Statements,
    base: FileState,
    in_force: Mapping[Key, InForce],
    *,
    chosen: Mapping[Key, bool] = MappingProxyType({}),
) -> JudgedSave:
    """Judges everything that one save says.

    Args:
        in_force: the answers in force before it.
        chosen: the rows that the officer settled by a reply in this workbook; True: this file's row, False: the other.
    """
    standings = {
        said.key: _settled(
            judge(said, base, in_force.get(said.key)),
            chosen=chosen.get(said.key),
            is_weaker=_is_weaker(said, in_force.get(said.key)),
            waits=save.must_wait(said),
        )
        for said in statements.said
    }
    values = {said.key: said.value for said in statements.said}
    settled = {key: values[key] for key, standing in standings.items() if standing not in NOT_SETTLED}
    under_replies = {key: value for key, value in base.under_replies.items() if settled.get(key) == value}
    settled |= {key: base.said[key] for key in under_replies if key in base.said}
    emptied = {
        key: value for key, value in base.said.items() if key not in values and key[0] not in statements.mentioned
    }
    state = FileState(
        save.sequence,
        save.officer,
        said=emptied | settled,
        emptied=frozenset(emptied),
        contested={key: Contested(why, values[key]) for key, why in standings.items() if why in NOT_SETTLED},
        seen={
            # A row under a reply says nothing, also where it is equal to what is in force.
            **_seen_after(save.sequence, base, in_force, _without(standings, under_replies)),
            **dict.fromkeys(chosen, save.sequence),
        },
        floor=base.floor,
        under_replies=under_replies,
    )
    return JudgedSave(standings, state)


def _is_weaker(said: Statement, standing: InForce | None) -> bool:
    """True if an unsigned statement is about a signed answer."""
    return standing is not None and standing.answer.entry.signed and not said.is_signed


def _settled(standing: Standing, *, chosen: bool | None, is_weaker: bool, waits: bool) -> Standing:
    """The standing after the officer's own choice, and after the check of the sender."""
    if chosen is not None and standing in (Standing.DIFFERS, Standing.SUPERSEDED):
        # Anybody can write a reply in a workbook that nobody signed.
        preferred = Standing.UNSIGNED if is_weaker else Standing.TAKEN
        standing = preferred if chosen else Standing.SUPERSEDED
    return Standing.WAITING if waits and standing in (Standing.TAKEN, Standing.DIFFERS) else standing


def _seen_after(
    sequence: int, base: FileState, in_force: Mapping[Key, InForce], standings: Mapping[Key, Standing]
) -> Mapping[Key, int]:
    """The answers that the file's author has seen: those of the base, the own ones, and equal ones of other files."""
    seen = dict(base.seen)
    for key, standing in standings.items():
        if standing is Standing.TAKEN:
            seen[key] = sequence
        elif standing in (Standing.SAME, Standing.UNCHANGED) and key in in_force:
            seen[key] = max(seen.get(key, 0), in_force[key].since)
    return seen


def _without(standings: Mapping[Key, Standing], keys: Container[Key]) -> Mapping[Key, Standing]:
    return {key: standing for key, standing in standings.items() if key not in keys}


def after_choice(state: FileState, keys: Iterable[Key], sequence: int) -> FileState:
    """A file's state after a person chose about rows of it, by a reply or an act with this sequence.

    Its contested rows are settled, so that they say nothing when they come again, whichever file was chosen; its author
    knows what is in force for them now, and for no other row: nobody compared the others. If the file knew all that was
    in force at the reply, an old answer on another of its rows could replace a newer one that its author never saw.
    """
    keys = tuple(keys)
    settled = {key: state.contested[key].value for key in keys if key in state.contested}
    return replace(
        state,
        said={**state.said, **settled},
        contested={key: each for key, each in state.contested.items() if key not in settled},
        seen={**state.seen, **dict.fromkeys(keys, sequence)},
    )


def after_acceptance(state: FileState, sequence: int, officer: str, in_force: Mapping[Key, InForce]) -> JudgedSave:
    """Judges the waiting rows of a file whose sender was accepted as an officer, by an act with this sequence."""
    waiting = {
        key: each.value
        for key, each in state.contested.items()
        if each.why is Standing.WAITING and key[1] == name_key(officer)
    }
    standings = {
        key: judge(Statement(key, value, is_signed=False), state, in_force.get(key)) for key, value in waiting.items()
    }
    settled = {key: waiting[key] for key, standing in standings.items() if standing not in NOT_SETTLED}
    contested = {key: each for key, each in state.contested.items() if key not in settled}
    contested |= {key: Contested(why, waiting[key]) for key, why in standings.items() if why in NOT_SETTLED}
    seen = _seen_after(sequence, state, in_force, standings)
    return JudgedSave(standings, replace(state, said={**state.said, **settled}, contested=contested, seen=seen))


def is_open(key: Key, contested: Contested, in_force: Mapping[Key, InForce]) -> bool:
    """True if a contested row still says something else than the answer in force."""
    standing = in_force.get(key)
    return standing is None or standing.value != contested.value
