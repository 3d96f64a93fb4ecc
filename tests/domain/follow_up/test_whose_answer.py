"""Whose answer counts: the five sentences of the rule, each by saves that follow one another, and what always holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.finding import Finding
from generator.domain.base.text import name_key
from generator.domain.follow_up.whose_answer import (
    NO_STATE,
    NOT_SETTLED,
    WITHDRAWN,
    Contested,
    FileState,
    InForce,
    JudgedSave,
    Key,
    SavedBy,
    Statement,
    after_acceptance,
    after_choice,
    base_of,
    entry_key,
    is_open,
    judge,
    judge_save,
    statements_of,
)
from generator.domain.submission.answers import Answer, Entry
from generator.domain.submission.row_checks import Author, CheckedRow, Standing
from tests.builders import CLERK, DIRECTOR, entry

OWN, COPY = "Hallintojohtaja.xlsx", "Hallintojohtaja (1).xlsx"
KEY: Key = ("01.01", name_key(CLERK))
THREE, FOUR, FIVE = (entry("01.01", CLERK, degree) for degree in (3, 4, 5))
UNSIGNED = replace(FIVE, signed=False)


@dataclass
class Saves:
    """Saves of one period that are judged one after another: what is in force after them, and what each file said."""

    sequence: int = 0
    in_force: dict[Key, InForce] = field(default_factory=dict)
    states: dict[str, FileState] = field(default_factory=dict)

    def save(
        self,
        file: str,
        *entries: Entry,
        named: FileState | None = None,
        chosen: Mapping[Key, bool] | None = None,
        withdrawn: Mapping[str, Author] | None = None,
        accepted: frozenset[str] | None = None,
    ) -> JudgedSave:
        """Judges a save of these rows at a path."""
        self.sequence += 1
        rows = tuple(CheckedRow(number, each.code, each) for number, each in enumerate(entries, start=5))
        officer = next((each.officer for each in entries if each.signed), None)
        judged = judge_save(
            SavedBy(self.sequence, officer, accepted),
            statements_of(rows, withdrawn or {}),
            base_of(self.states.get(file), named),
            self.in_force,
            chosen=chosen or {},
        )
        by_key = {entry_key(each): Answer(each, self.sequence, file, "") for each in entries}
        for key, standing in judged.standings.items():
            if standing is Standing.TAKEN and judged.state.said[key] == WITHDRAWN:
                self.in_force[key] = InForce(self.in_force[key].answer, self.sequence, is_withdrawn=True)
            elif standing is Standing.TAKEN:
                self.in_force[key] = InForce(by_key[key], self.sequence)
        self.states[file] = judged.state
        return judged

    def issue_form(self) -> FileState:
        """What a form that is made now names."""
        return FileState(sequence=self.sequence, floor=self.sequence)

    def settle(self, *keys: Key) -> None:
        """A person chooses the answers in force, for every file."""
        self.sequence += 1
        self.states = {file: after_choice(state, keys, self.sequence) for file, state in self.states.items()}

    def withdraw(self, key: Key) -> None:
        """The secretary withdraws an answer."""
        self.sequence += 1
        self.in_force[key] = InForce(self.in_force[key].answer, self.sequence, is_withdrawn=True)

    @property
    def degrees(self) -> dict[str, int | None]:
        return {
            key[0]: each.answer.entry.degree for key, each in sorted(self.in_force.items()) if not each.is_withdrawn
        }

    @property
    def values(self) -> dict[Key, str]:
        return {key: each.value for key, each in self.in_force.items()}


def standing(judged: JudgedSave) -> Standing:
    (only,) = judged.standings.values()
    return only


# 1. A row says what it changes. A row that repeats what its file said before says nothing.


def test_a_row_that_is_saved_again_changes_nothing_and_keeps_its_time() -> None:
    saves = Saves()
    assert standing(saves.save(OWN, THREE)) is Standing.TAKEN
    assert standing(saves.save(OWN, THREE)) is Standing.UNCHANGED
    assert saves.in_force[KEY].since == saves.in_force[KEY].answer.sequence == 1


def test_a_row_that_repeats_does_not_bring_back_what_another_file_replaced() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    saves.save(COPY, FOUR, named=saves.issue_form())
    assert standing(saves.save(OWN, THREE)) is Standing.SUPERSEDED
    assert saves.degrees == {"01.01": 4}


def test_values_are_compared_and_not_bytes() -> None:
    saves = Saves()
    saves.save(OWN, replace(THREE, narrative="Ta\u0308ma\u0308 \r\netenee\u00a0nyt. "))
    assert standing(saves.save(OWN, replace(THREE, narrative="Tämä\netenee nyt."))) is Standing.UNCHANGED
    assert standing(saves.save(OWN, replace(THREE, narrative="Tämä\n\netenee nyt."))) is Standing.TAKEN


def test_a_row_with_an_error_says_nothing_and_is_mentioned() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    refused = CheckedRow(5, "01.01", FOUR, (Finding("cell-error"),))
    statements = statements_of((refused, CheckedRow(6, "01.10"), CheckedRow(7, None, None, (Finding("no-code"),))))
    assert statements.said == () and statements.mentioned == {"01.01", ""}
    after = judge_save(SavedBy(2, CLERK), statements, saves.states[OWN], saves.in_force).state
    assert after.said == {} and after.emptied == frozenset()
    # What stood there before the error is a statement when it comes back.
    saves.states[OWN] = after
    assert standing(saves.save(OWN, THREE)) is Standing.SAME


# 2. Any other row becomes the answer in force if its author can have seen that one.


def test_a_row_replaces_an_answer_of_its_own_file() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    assert standing(saves.save(OWN, FOUR)) is Standing.TAKEN
    assert saves.degrees == {"01.01": 4}


def test_an_answer_workbook_replaces_an_answer_of_the_save_that_it_answers() -> None:
    saves = Saves()
    answered = saves.save(OWN, THREE).state
    assert standing(saves.save("X.korjattavaa.xlsx", FOUR, named=answered)) is Standing.TAKEN
    assert standing(saves.save("X.korjattavaa.xlsx", THREE)) is Standing.TAKEN


def test_an_answer_workbook_that_repeats_the_save_that_it_answers_says_nothing() -> None:
    saves = Saves()
    answered = saves.save(OWN, THREE).state
    saves.save(OWN, FIVE)
    assert standing(saves.save("X.korjattavaa.xlsx", THREE, named=answered)) is Standing.SUPERSEDED


def test_a_form_replaces_what_was_in_force_when_it_was_made() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    form = saves.issue_form()
    assert standing(saves.save("uusi.xlsx", FOUR, named=form)) is Standing.TAKEN
    assert standing(saves.save("toinen.xlsx", FIVE, named=form)) is Standing.DIFFERS


def test_the_base_is_the_later_of_the_files_last_save_and_of_what_it_names() -> None:
    earlier = FileState(2, CLERK, said={KEY: "a"}, seen={KEY: 2}, floor=1)
    later = FileState(5, None, said={KEY: "b"}, seen={KEY: 1, ("02", "x"): 5}, floor=0)
    assert base_of(None, None) == NO_STATE
    assert base_of(earlier, None) == base_of(None, earlier) == earlier
    both = replace(later, seen={KEY: 2, ("02", "x"): 5}, floor=1)
    assert base_of(earlier, later) == base_of(later, earlier) == both


# 3. Otherwise two files of one officer differ: the answer in force stands, and a person chooses.


def test_a_file_that_cannot_have_seen_the_answer_in_force_does_not_replace_it() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    for _ in range(2):  # a row that was not taken is a statement each time
        assert standing(saves.save(COPY, FOUR)) is Standing.DIFFERS
    assert saves.degrees == {"01.01": 3}
    assert saves.states[COPY].contested == {KEY: Contested(Standing.DIFFERS, FOUR.value)}
    assert is_open(KEY, saves.states[COPY].contested[KEY], saves.in_force)


def test_a_file_that_says_the_same_has_seen_it_and_may_go_on() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    assert standing(saves.save(COPY, THREE)) is Standing.SAME
    assert saves.in_force[KEY].answer.file == OWN
    assert standing(saves.save(COPY, FOUR)) is Standing.TAKEN


def test_files_that_come_to_say_the_same_are_settled_without_a_choice() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    contested = saves.save(COPY, FOUR).state.contested[KEY]
    saves.save(OWN, FOUR)
    assert not is_open(KEY, contested, saves.in_force)


@pytest.mark.parametrize(("this", "degree"), [(True, 4), (False, 3)])
def test_the_officer_chooses_in_the_workbook_and_its_author_knows_the_answer(this: bool, degree: int) -> None:  # noqa: FBT001
    saves = Saves()
    saves.save(OWN, THREE)
    saves.save(COPY, FOUR)
    saves.save(COPY, FOUR, chosen={KEY: this})
    assert saves.degrees == {"01.01": degree}
    assert saves.states[COPY].contested == {} and saves.states[COPY].seen[KEY] == 3
    assert standing(saves.save(COPY, FIVE)) is Standing.TAKEN


def test_the_file_that_was_not_chosen_must_be_chosen_when_it_says_something_new() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    saves.save(COPY, FOUR, chosen={KEY: True})
    assert standing(saves.save(OWN, THREE)) is Standing.SUPERSEDED
    assert standing(saves.save(OWN, FIVE)) is Standing.DIFFERS


# 4. A signed statement replaces an unsigned answer. An unsigned one never replaces a signed one.


def test_a_signed_row_replaces_an_unsigned_answer_from_any_file() -> None:
    saves = Saves()
    saves.save("oma.xlsx", UNSIGNED)
    assert standing(saves.save(OWN, THREE)) is Standing.TAKEN
    assert standing(saves.save("oma.xlsx", UNSIGNED)) is Standing.SUPERSEDED
    assert standing(saves.save("oma.xlsx", replace(UNSIGNED, degree=2))) is Standing.UNSIGNED
    assert saves.degrees == {"01.01": 3}


def test_a_signed_row_that_says_the_same_signs_the_answer() -> None:
    saves = Saves()
    saves.save("oma.xlsx", UNSIGNED)
    assert standing(saves.save(OWN, replace(UNSIGNED, signed=True))) is Standing.TAKEN
    assert saves.in_force[KEY].answer.file == OWN
    assert standing(saves.save("toinen.xlsx", UNSIGNED)) is Standing.SAME


def test_an_unsigned_workbook_cannot_choose_itself_over_a_signed_answer() -> None:
    saves = Saves()
    saves.save("oma.xlsx", UNSIGNED)
    saves.save(OWN, THREE)
    assert standing(saves.save("oma.xlsx", UNSIGNED, chosen={KEY: True})) is Standing.UNSIGNED
    assert saves.degrees == {"01.01": 3}


def test_an_unsigned_row_waits_until_its_sender_is_accepted() -> None:
    saves = Saves()
    nobody: frozenset[str] = frozenset()
    assert standing(saves.save("oma.xlsx", UNSIGNED, accepted=nobody)) is Standing.WAITING
    assert saves.degrees == {}
    accepted = after_acceptance(saves.states["oma.xlsx"], 2, CLERK.upper(), saves.in_force)
    assert accepted.standings == {KEY: Standing.TAKEN}
    assert (accepted.state.contested, accepted.state.said) == ({}, {KEY: UNSIGNED.value})
    assert after_acceptance(saves.states["oma.xlsx"], 2, DIRECTOR, saves.in_force).standings == {}
    assert standing(saves.save("oma.xlsx", UNSIGNED, accepted=frozenset({name_key(CLERK)}))) is Standing.TAKEN
    assert standing(saves.save(OWN, THREE, accepted=nobody)) is Standing.TAKEN


def test_an_accepted_row_still_does_not_replace_a_signed_answer() -> None:
    saves = Saves()
    saves.save("oma.xlsx", UNSIGNED, accepted=frozenset())
    saves.save(OWN, THREE)
    accepted = after_acceptance(saves.states["oma.xlsx"], 3, CLERK, saves.in_force)
    assert accepted.standings == {KEY: Standing.UNSIGNED}
    assert accepted.state.contested == {KEY: Contested(Standing.UNSIGNED, UNSIGNED.value)}


# 5. What was withdrawn returns only by a row that says something else.


def test_an_officer_withdraws_an_answer_in_the_degrees_cell_or_by_a_reply() -> None:
    author = Author(CLERK, signed=True)
    in_cell = statements_of((CheckedRow(5, "01.01", author=author, withdraws=True),))
    by_reply = statements_of((CheckedRow(5, "01.01", THREE),), {"01.01": author})
    for statements in (in_cell, by_reply):
        assert statements.said == (Statement(KEY, WITHDRAWN, is_signed=True),)
        assert statements.mentioned == {"01.01"}


def test_what_was_withdrawn_by_the_secretary_does_not_return_by_the_same_row() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    saves.withdraw(KEY)
    assert standing(saves.save(OWN, THREE)) is Standing.SUPERSEDED
    assert standing(saves.save(COPY, THREE)) is Standing.DIFFERS
    assert saves.degrees == {}
    assert standing(saves.save(COPY, FOUR)) is Standing.TAKEN
    assert saves.degrees == {"01.01": 4}


def test_what_an_officer_withdrew_returns_by_a_changed_row() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    assert standing(saves.save(OWN, withdrawn={"01.01": Author(CLERK, signed=True)})) is Standing.TAKEN
    assert saves.degrees == {} and saves.in_force[KEY].is_withdrawn
    assert standing(saves.save(OWN, withdrawn={"01.01": Author(CLERK, signed=True)})) is Standing.UNCHANGED
    assert standing(saves.save(OWN, THREE)) is Standing.TAKEN


def test_nothing_is_withdrawn_where_nothing_was_said_and_nobody_unsigned_withdraws_a_signed_answer() -> None:
    saves = Saves()
    assert standing(saves.save(OWN, withdrawn={"01.01": Author(CLERK, signed=True)})) is Standing.UNCHANGED
    saves.save(OWN, THREE)
    assert standing(saves.save("oma.xlsx", withdrawn={"01.01": Author(CLERK, signed=False)})) is Standing.UNSIGNED
    assert saves.degrees == {"01.01": 3}


def test_an_emptied_row_withdraws_nothing_and_is_remembered_until_it_is_filled() -> None:
    saves = Saves()
    saves.save(OWN, THREE)
    for _ in range(2):
        assert saves.save(OWN).standings == {}
        assert saves.states[OWN].emptied == {KEY} and saves.degrees == {"01.01": 3}
    assert standing(saves.save(OWN, THREE)) is Standing.SAME
    assert saves.states[OWN].emptied == frozenset()


# What always holds

FILES = (OWN, COPY, "oma.xlsx")
some_entries = st.builds(
    entry,
    st.sampled_from(["01.01", "01.10"]),
    st.sampled_from([CLERK, DIRECTOR]),
    st.integers(1, 3),
    signed=st.booleans(),
)
some_rows = st.lists(some_entries, max_size=3, unique_by=entry_key).map(tuple)
forms = st.booleans()
keys = st.tuples(st.sampled_from(["01.01", "01.10"]), st.sampled_from([name_key(CLERK), name_key(DIRECTOR)]))
choices = st.dictionaries(keys, st.booleans(), max_size=2)


@st.composite
def histories(draw: st.DrawFn) -> Saves:
    """Saves of three files, some of new forms, some with choices, and acts of the secretary between them."""
    saves = Saves()
    for file, rows, is_form, chosen in draw(
        st.lists(st.tuples(st.sampled_from(FILES), some_rows, forms, st.just({}) | choices), max_size=8)
    ):
        saves.save(file, *rows, named=saves.issue_form() if is_form else None, chosen=chosen)
        if saves.in_force and draw(st.integers(0, 5)) == 0:
            saves.withdraw(draw(st.sampled_from(sorted(saves.in_force))))
    return saves


@given(histories(), st.sampled_from(FILES), some_rows)
def test_a_save_that_is_saved_again_changes_nothing(saves: Saves, file: str, rows: tuple[Entry, ...]) -> None:
    first = saves.save(file, *rows)
    before = dict(saves.in_force)
    again = saves.save(file, *rows)
    assert saves.in_force == before
    assert again.state.contested == first.state.contested and again.state.said == first.state.said


@given(histories(), st.sampled_from(FILES), some_rows, histories())
def test_a_row_that_repeats_its_base_never_changes_what_is_in_force(
    saves: Saves, file: str, rows: tuple[Entry, ...], other: Saves
) -> None:
    """Whatever has come into force in between."""
    base = saves.save(file, *rows).state
    for each in rows:
        key = entry_key(each)
        if base.said.get(key) == each.value:
            now = other.in_force.get(key)
            judged = judge(Statement(key, each.value, is_signed=each.signed), base, now)
            assert judged in (Standing.UNCHANGED, Standing.SUPERSEDED) or (now and now.value == each.value)


@given(histories(), st.sampled_from(FILES), st.booleans(), st.data())
def test_an_equal_value_is_never_contested(saves: Saves, file: str, is_signed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    for key, now in saves.in_force.items():
        base = saves.states.get(data.draw(st.sampled_from(FILES)), NO_STATE)
        assert judge(Statement(key, now.value, is_signed=is_signed), base, now) not in NOT_SETTLED
    equal = [each.answer.entry for each in saves.in_force.values() if not each.is_withdrawn]
    values = saves.values
    assert saves.save(file, *equal).state.contested == {} and saves.values == values


@given(histories(), st.sampled_from(FILES), some_rows, choices)
def test_an_unsigned_row_is_never_in_force_over_a_signed_one(
    saves: Saves, file: str, rows: tuple[Entry, ...], chosen: dict[Key, bool]
) -> None:
    before = dict(saves.in_force)
    saves.save(file, *rows, chosen=chosen)
    for key, was in before.items():
        assert saves.in_force[key].answer.entry.signed or not was.answer.entry.signed


@given(histories(), st.sampled_from(FILES), some_rows)
def test_after_a_choice_the_rejected_row_says_nothing_when_it_comes_again(
    saves: Saves, file: str, rows: tuple[Entry, ...]
) -> None:
    contested = saves.save(file, *rows).state.contested
    saves.settle(*contested)
    before = dict(saves.in_force)
    assert saves.states[file].contested == {}
    again = saves.save(file, *rows)
    assert saves.in_force == before
    assert all(again.standings[key] is Standing.SUPERSEDED for key in contested)


@given(st.lists(st.tuples(st.sampled_from(["a.xlsx", "b.xlsx"]), some_rows), max_size=6), st.data())
def test_different_officers_files_may_be_taken_in_any_order(
    saved: list[tuple[str, tuple[Entry, ...]]], data: st.DataObject
) -> None:
    """Each officer's own order kept."""
    own = {
        name: [(f"{name} {file}", tuple(each for each in rows if each.officer == name)) for file, rows in saved]
        for name in (CLERK, DIRECTOR)
    }
    in_turn, mixed = Saves(), Saves()
    for file, rows in own[CLERK] + own[DIRECTOR]:
        in_turn.save(file, *rows)
    left = {name: list(files) for name, files in own.items()}
    while any(left.values()):
        name = data.draw(st.sampled_from([name for name, files in left.items() if files]))
        file, rows = left[name].pop(0)
        mixed.save(file, *rows)
    assert in_turn.values == mixed.values
