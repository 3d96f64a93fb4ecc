"""Forms as the journal tells of them."""

from generator.store.history import History
from generator.store.records import FormIssued, JournalEntry

PATH = "inbox/X.xlsx"


def issued(digest: str, inputs: str = "") -> FormIssued:
    return FormIssued(PATH, digest, "X", "2026-1", 1, "2026-01-01T00:00:00+00:00", inputs)


def history_of(*records: FormIssued) -> History:
    history = History()
    history.add(JournalEntry(sequence, record) for sequence, record in enumerate(records, start=1))
    return history


def test_a_form_that_is_entered_again_counts_once_and_as_the_last() -> None:
    again = [issued("a", str(number)) for number in range(99)]
    history = history_of(issued("a"), issued("b"), *again)
    assert history.issued_form(PATH, "a") == again[-1]
    assert history.forms_issued_at("X.xlsx") == ("b", "a")
    assert history.issued_forms("X", "2026-1", 7) == ("b", "a")


def test_a_copy_for_another_thread_has_forms_of_its_own() -> None:
    history = history_of(issued("a"), issued("b"))
    other = history.copy()
    other.add([JournalEntry(3, issued("a", "later"))])
    assert history.issued_forms("X", "2026-1", 7) == ("a", "b")
    assert history.issued_form(PATH, "a") == issued("a")
