"""The secretary's workbook: her choices are entered in the journal, and its content is made from what is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.app.council_version import version_acts
from generator.app.lost_texts import read_text
from generator.app.refused_choices import is_of_closed
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.app.unread_words import keep_unread
from generator.app.written_texts import text_acts
from generator.domain.base.settings import Language
from generator.domain.follow_up.edit_acts import DraftEdit, WrittenText
from generator.domain.follow_up.final_sheet import FilledCell
from generator.domain.follow_up.open_items import (
    Choice,
    Obstacle,
    OpenItem,
    RejectedChoice,
    Signed,
    earlier_items,
    list_open_items,
)
from generator.domain.follow_up.settlements import UndoChoice, list_settlements, undo
from generator.domain.follow_up.settling import ChoiceWords, settle
from generator.domain.output.text_rows import TextCell
from generator.errors import FolderError
from generator.formats.xlsx.final_sheet import YES
from generator.formats.xlsx.open_items_sheet import EDITED_TEXT, LATER_EDIT, NOT_PRINTED, OFFICERS_TEXT
from generator.formats.xlsx.settlements_sheet import SettlementsMade
from generator.i18n.words import Words
from generator.store.records import Act, AppliedWorkbook


@dataclass(frozen=True, slots=True)
class SavedChoices:
    """A saved workbook: its bytes, their digest, what was chosen, undone and written in it, and who saved it.

    `renewed` is the number in the journal of the last time that this program wrote a workbook at its path. `versions`
    are the cells with the version of the previous period that the council dealt with. `unread` are texts that stand in
    no cell to fill.
    """

    data: bytes
    digest: str
    choices: tuple[Choice, ...]
    undone: tuple[UndoChoice, ...]
    signed: Signed
    texts: tuple[TextCell, ...] = ()
    renewed: int = 0
    versions: tuple[FilledCell, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def base(self) -> int:
        """The number in the journal of the last act that the workbook knows; 0 where no row tells it."""
        return max((*(choice.base for choice in self.choices), *(text.base for text in self.texts)), default=0)


def enter_choices(session: Session, snapshot: Snapshot, saved: SavedChoices) -> None:
    """Enters the choices of a workbook in the journal, unless it is the one whose choices were entered last.

    Treats settled matters as open again: if the last round could not replace the workbook, the user may since have
    changed a choice in it.
    """
    history, period = session.store.history, saved.signed.period
    if history.last_applied and history.last_applied.digest == saved.digest:
        return
    past = history.acts.past(period)
    items = (*earlier_items(snapshot.undecided), *_items(snapshot, undecided=True), *_items(snapshot))
    settled = settle(saved.choices, items, past, signed=saved.signed, words=_CHOICE_WORDS)
    listed = list_settlements(past, snapshot.follow_up, snapshot.plan.post_names)
    undone = undo(saved.undone, listed, saved.signed, YES_WORDS)
    texts = text_acts(session, saved.texts, saved.signed, saved.renewed)
    versions = version_acts(session, saved.versions, saved.signed)
    acts = tuple(_new(session, (*settled, *undone, *texts, *versions)))
    _keep_texts(session, acts, snapshot)
    unread = keep_unread(session, saved.unread)
    first = history.last_sequence + 1
    applied = AppliedWorkbook(period, saved.digest, saved.signed.time, saved.base, first, unread)
    session.store.append(*acts, applied)


def _keep_texts(session: Session, acts: Iterable[object], snapshot: Snapshot) -> None:
    """Keeps the officers' texts in whose place an edited text was chosen."""
    chosen = {act.before for act in acts if isinstance(act, DraftEdit)}
    for edit in snapshot.open_edits:
        if edit.before in chosen:
            session.store.archive.keep(edit.officer_text.encode("utf-8", "backslashreplace"))


def open_items(session: Session, snapshot: Snapshot) -> tuple[OpenItem, ...]:
    """Returns what waits for a choice, each with the choice about it that could not be carried out."""
    return _items(snapshot, rejected=session.store.history.rejected(session.period))


def settlements_made(session: Session, snapshot: Snapshot, items: tuple[OpenItem, ...]) -> SettlementsMade:
    """Returns the period's settlements, and the refused choices about what is open no more."""
    rejected, past = session.store.history.rejected(session.period), session.store.history.acts.past(session.period)
    rows = list_settlements(past, snapshot.follow_up, snapshot.plan.post_names, rejected)
    lost = tuple(each for each in rejected if each.obstacle != Obstacle.TAKEN_BACK and is_of_closed(each, items))
    return SettlementsMade(rows, lost, titles_of(snapshot), tuple(_texts(session, rows)))


def _items(
    snapshot: Snapshot, *, rejected: tuple[RejectedChoice, ...] = (), undecided: bool = False
) -> tuple[OpenItem, ...]:
    follow_up = snapshot.undecided if undecided else snapshot.follow_up
    return list_open_items(
        follow_up,
        rejected=rejected,
        contested=snapshot.contested,
        senders=snapshot.senders,
        edits=snapshot.open_edits,
        lost=snapshot.lost,
    )


def _new(session: Session, acts: Iterable[Act]) -> Iterator[Act]:
    """Returns the acts without the refusals that are told already."""
    known = {replace(each, time="") for each in session.store.history.rejected(session.period)}
    return (act for act in acts if not isinstance(act, RejectedChoice) or replace(act, time="") not in known)


def titles_of(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Returns the goals' codes and titles."""
    return tuple((goal.code, goal.title) for goal in snapshot.plan.goals)


def _texts(session: Session, rows: Iterable[object]) -> Iterator[tuple[str, str]]:
    """The texts of edits and of the sheet of texts by their digests; one that the archive lacks is left out."""
    for row in rows:
        act = getattr(row, "act", None)
        if isinstance(act, DraftEdit | WrittenText):
            digest = act.after if isinstance(act, DraftEdit) else act.text
            try:
                yield digest, read_text(session, digest)
            except FolderError:
                continue


def _in_every_language(*messages: str) -> frozenset[str]:
    return frozenset(Words(language)(message).casefold() for language in Language for message in messages)


YES_WORDS = _in_every_language(YES)
_CHOICE_WORDS = ChoiceWords(
    YES_WORDS, _in_every_language(EDITED_TEXT, LATER_EDIT), _in_every_language(OFFICERS_TEXT, NOT_PRINTED)
)
