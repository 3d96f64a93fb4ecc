"""Finds what is in the journal but not yet in the ledger."""

from generator.app.session import Session
from generator.store.records import JournaledSave, JournalEntry


def has_untaken(session: Session) -> bool:
    """True if the journal has saves, or acts about answers, that have not been processed yet."""
    return bool(untaken(session))


def untaken(session: Session) -> tuple[JournaledSave | JournalEntry, ...]:
    """Returns saves and acts about answers that have not been processed yet, in the journal's order."""
    last, history = session.store.ledger.taken_up_to(), session.store.history
    saves = (save for save in history.saves_after(last))
    acts = (entry for entry in history.answer_acts if entry.sequence > last)
    return tuple(sorted((*saves, *acts), key=lambda event: event.sequence))
