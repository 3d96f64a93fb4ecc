"""Which final version of a closed period the council dealt with, as a person told it last."""

from generator.app.session import Session
from generator.domain.follow_up.acts import CouncilVersion
from generator.store.records import Final, JournalEntry


def told_version(session: Session, closed: str) -> int:
    """Returns the number of a closed period's final that the council dealt with, as told last; 0 if nobody told it."""
    if (last := last_version_act(session, closed)) and isinstance(last.record, CouncilVersion):
        return last.record.version
    closing = session.store.history.closing_of(closed)
    return closing.version if closing else 0


def final_number(session: Session, final: Final) -> int:
    """Returns a final's number; the records of 0.2.0 do not have it."""
    return final.version or session.store.history.finals(final.period).index(final) + 1


def last_version_act(session: Session, closed: str) -> JournalEntry | None:
    """Returns the last choice of a closed period's version in the workbook; None if there was none."""
    return session.store.history.acts.last_council_version(closed)
