"""People's acts: the last about a subject is in force, and an undone one leaves the subject open."""

from hypothesis import given
from hypothesis import strategies as st

from generator.domain.follow_up.edit_acts import DraftEdit, UndoneAct, WrittenText
from generator.domain.follow_up.merge import Decision
from generator.store.acts import Acts
from generator.store.history import History
from generator.store.records import JournalEntry, Record, from_line, to_line

CODES = st.sampled_from(("01", "01.01"))
TEXT = st.text("ab", min_size=1, max_size=2)


def decision(code: str, officer: str) -> Decision:
    return Decision("2026-1", code, officer, "a" * 64, "kirjuri", "2026-07-01T12:00:00+03:00")


def edit(code: str, after: str) -> DraftEdit:
    made = ("kirjuri", "2026-07-01T12:00:00+03:00")
    return DraftEdit("2026-1", code, "Talousjohtaja", "narrative", "b" * 64, after, "c" * 64, *made)


def undo(act: int) -> UndoneAct:
    return UndoneAct("2026-1", act, "kirjuri", "2026-07-01T12:00:00+03:00")


RECORDS = st.one_of(st.builds(decision, CODES, TEXT), st.builds(edit, CODES, TEXT), st.builds(undo, st.integers(1, 12)))


def numbered(records: list[Record]) -> list[JournalEntry]:
    return [JournalEntry(number, record) for number, record in enumerate(records, start=1)]


@given(st.lists(RECORDS, max_size=12))
def test_the_last_act_on_a_subject_is_in_force_unless_it_was_undone_after_it(records: list[Record]) -> None:
    entries = numbered(records)
    in_force = {entry.sequence for entry in Acts(entries).in_force("2026-1")}
    for entry in entries:
        if isinstance(entry.record, UndoneAct):
            continue
        later = entries[entry.sequence :]
        subject = (type(entry.record), entry.record.code)
        is_replaced = any((type(each.record), getattr(each.record, "code", "")) == subject for each in later)
        is_undone = any(isinstance(each.record, UndoneAct) and each.record.act == entry.sequence for each in later)
        assert (entry.sequence in in_force) == (not is_replaced and not is_undone)


def test_a_decision_that_was_undone_counts_no_more_and_does_not_bring_back_the_one_before() -> None:
    history = History()
    history.add(numbered([decision("01", "a"), decision("01", "b"), decision("01.01", "a"), undo(2)]))
    assert [act.code for act in history.decisions("2026-1")] == ["01.01"]
    assert history.decisions("2025-2") == ()


def test_acts_about_words_are_read_back_from_their_lines() -> None:
    text = WrittenText("2026-1", "foreword", "fi", "d" * 64, "kirjuri", "2026-07-01T12:00:00+03:00")
    for entry in numbered([edit("01", "e" * 64), text, undo(1)]):
        assert from_line(to_line(entry)) == entry
