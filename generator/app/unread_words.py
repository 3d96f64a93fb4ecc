"""Finds what a person wrote into the secretary's workbook outside the cells to fill: nobody reads it, so it is told.

What the person wrote is what this program did not: its workbooks are in the archive.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from generator.app.lost_texts import read_text
from generator.app.session import Session
from generator.domain.base.personal import mask_identity_codes
from generator.domain.base.text import clean_text
from generator.domain.follow_up.choice_rows import filled_text
from generator.domain.submission.workbook import Unreadable, Workbook
from generator.errors import FolderError

# A person may have saved an old copy of the workbook.
_MOST_COMPARED = 10
_MOST_TOLD, _LONGEST_TOLD = 5, 100


def unread_words(session: Session, path: Path, workbook: Workbook, read: Iterable[str]) -> tuple[str, ...]:
    """Returns the texts of a saved workbook that this program neither wrote nor read.

    Args:
        path: where the workbook lies.
        read: the texts of the cells that were read.

    Returns:
        The texts; none where the archive has no workbook of this program.
    """
    language = session.words.language.value
    ours = tuple(_texts(each, language) for each in islice(_placed_workbooks(session, path), _MOST_COMPARED))
    known = {text for texts in ours for text in texts} | set(map(_folded, read))
    return tuple(text for text in dict.fromkeys(_texts(workbook, language)) if text not in known) if ours else ()


def keep_unread(session: Session, texts: tuple[str, ...]) -> str:
    """Keeps the texts in the archive; returns their digest, an empty string if there are none."""
    return session.store.archive.keep(json.dumps(texts, ensure_ascii=False).encode()) if texts else ""


def told_unread(session: Session) -> str:
    """Returns the first texts that were not read in the workbook saved last; an empty string if there are none."""
    applied = session.store.history.last_applied
    if applied is None or not applied.unread:
        return ""
    with suppress(FolderError, ValueError):
        texts = json.loads(read_text(session, applied.unread))
        more = (f"+ {len(texts) - _MOST_TOLD}",) if len(texts) > _MOST_TOLD else ()
        return "; ".join((*(f"”{mask_identity_codes(text[:_LONGEST_TOLD])}”" for text in texts[:_MOST_TOLD]), *more))
    return ""


def _placed_workbooks(session: Session, path: Path) -> Iterator[Workbook]:
    """Yields the workbooks that this program wrote at a path, the last one first."""
    from generator.formats.xlsx.reader import read_workbook  # `status` tells what was found, and reads none

    store = session.store
    for digest in reversed(session.placer.placed_digests(path)):
        if store.archive.has(digest):
            with suppress(FolderError):
                workbook = read_workbook(store.archive.read(digest))
                if not isinstance(workbook, Unreadable):
                    yield workbook


def _texts(workbook: Workbook, language: str) -> tuple[str, ...]:
    cells = (filled_text(cell, language) for sheet in workbook.sheets for cell in sheet.cells)
    notes = (note.text for sheet in workbook.sheets for note in sheet.notes)
    return tuple(folded for text in (*cells, *notes) if (folded := _folded(text)))


def _folded(text: str) -> str:
    return " ".join(clean_text(text).split())
