"""The texts of the report that its maker writes into the secretary's workbook: kept, read again, and entered."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from generator.app.lost_texts import read_text
from generator.app.session import Session
from generator.domain.follow_up.edit_acts import WrittenText
from generator.domain.follow_up.open_items import RejectedChoice, Signed
from generator.domain.output.text_rows import KIND, TextCell, TextHistory, settle_texts
from generator.domain.output.written_texts import PlacedText, WrittenTexts
from generator.errors import FolderError
from generator.store.records import Act, Final, JournalEntry


def written_texts(session: Session) -> WrittenTexts:
    """Returns the texts that are written for the present period; one that the archive lacks is a lost text."""
    return _in_order(_placed(session, session.store.history.acts.in_force(session.period)))


def texts_of_final(session: Session, final: Final) -> WrittenTexts:
    """Returns the texts that were written when a final was made: those that it printed."""
    return _in_order(_placed(session, session.store.history.acts.before(final).in_force(final.period)))


def text_acts(session: Session, cells: tuple[TextCell, ...], signed: Signed, renewed: int) -> tuple[Act, ...]:
    """Returns the acts for the changed cells of a saved workbook; their texts are in the archive.

    Args:
        renewed: the number in the journal of the workbook's last renewal.
    """
    past = session.store.history.acts.past(signed.period)
    changes = settle_texts(cells, TextHistory(written_texts(session), past, renewed), signed)
    return tuple(each if isinstance(each, RejectedChoice) else _act(session, each, signed) for each in changes)


def rejected_texts(session: Session) -> tuple[RejectedChoice, ...]:
    """Returns the texts that were not carried out, unless another text was written in their place since."""
    return tuple(each for each in session.store.history.rejected(session.period) if each.kind == KIND)


def _act(session: Session, text: PlacedText, signed: Signed) -> WrittenText:
    digest = session.store.archive.keep(text.text.encode("utf-8", "backslashreplace"))
    return WrittenText(signed.period, text.place, text.language, digest, signed.who, signed.time)


def _in_order(texts: Iterable[PlacedText]) -> WrittenTexts:
    return WrittenTexts(tuple(sorted(texts, key=lambda each: (each.place, each.language))))


def _placed(session: Session, entries: Iterable[JournalEntry]) -> Iterator[PlacedText]:
    for entry in entries:
        act = entry.record
        if isinstance(act, WrittenText):
            with suppress(FolderError):
                text = read_text(session, act.text)
                if text:
                    yield PlacedText(act.place, act.language, text, act.who, act.time)
