"""What comes into force by saves that nothing stands in the way of, as `Ledger.store` takes it."""

from generator.domain.follow_up.whose_answer import FileState, InForce, entry_key
from generator.domain.submission.answers import Answer
from generator.store.ledger import StandingChanges
from generator.store.ledger_rows import InForceChange, StateChange, Stored


def changes_by(*saves: Stored) -> StandingChanges:
    """Each valid row is in force from its save on, and each file has said its rows."""
    return StandingChanges(
        tuple(InForceChange(save.period, InForce(answer, save.sequence)) for save in saves for answer in rows_of(save)),
        tuple(StateChange(save.period, save.file, save.sequence, state_after(save)) for save in saves),
        max((save.sequence for save in saves), default=0),
    )


def rows_of(save: Stored) -> tuple[Answer, ...]:
    """A save's valid rows."""
    return tuple(Answer(entry, save.sequence, save.file, save.time) for entry in save.checked.entries)


def state_after(save: Stored) -> FileState:
    """The state of a save's file right after it."""
    said = {entry_key(answer.entry): answer.entry.value for answer in rows_of(save)}
    signer = next((entry.officer for entry in save.checked.entries if entry.signed), None)
    return FileState(save.sequence, signer, said=said, seen=dict.fromkeys(said, save.sequence))
