"""Finds the files of finals that somebody has edited, and where their words differ from ours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from generator.app.editions import editions
from generator.app.finals import edited_finals, final_version, old_version
from generator.app.replaced_versions import printed_texts
from generator.app.session import Session
from generator.domain.follow_up.status import Difference
from generator.domain.plan.goals import Plan
from generator.errors import FolderError


@dataclass(frozen=True, slots=True)
class ChangedFinal:
    """A file of a final that somebody has edited, and where its words differ from ours.

    `differences` is None where they cannot be found; `has_words` is False for other files than Word documents.
    """

    path: Path
    has_words: bool
    differences: tuple[Difference, ...] | None = None


def changed_finals(session: Session, plan: Plan | None) -> Iterator[ChangedFinal]:
    """Yields the files of all finals that somebody has changed since they were written.

    The present period may have files of a final whose making was interrupted: what is ours of them is removed later.
    """
    for period in dict.fromkeys((*session.store.history.final_periods, session.period)):
        for path in edited_finals(session.workspace.outbox, period, session.placer):
            has_words = path.suffix == ".docx"
            found = _final_differences(session, plan, period, path) if has_words else None
            yield ChangedFinal(path, has_words, found)


def _final_differences(session: Session, plan: Plan | None, period: str, path: Path) -> tuple[Difference, ...] | None:
    """Compares an edited final with its own bytes in the archive; a final without them with the values it printed."""
    edited = _bytes_of(path)
    if edited is None:
        return None
    for digest in session.placer.placed_digests(path):
        if session.store.archive.has(digest):
            try:
                return _differences(edited, session.store.archive.read(digest))
            except FolderError:  # damaged: the values are left
                break
    values = _printed_values(session, plan, period, path)
    return _value_differences(edited, values) if values else None


def _printed_values(session: Session, plan: Plan | None, period: str, path: Path) -> tuple[tuple[str, str], ...]:
    """Returns what a final printed at a path, by bookmark; nothing if that is not known."""
    outbox = session.workspace.outbox
    settings = replace(session.settings, period=replace(session.settings.period, id=period))
    wholes = [edition for edition in editions(plan, settings) if edition.is_whole] if plan else []
    for number, final in enumerate(session.store.history.finals(period), start=1):
        for version in (each(outbox, period, final.version or number) for each in (final_version, old_version)):
            for edition in wholes:
                if version.document(edition) == path:
                    return tuple(printed_texts(session, final, edition.words.language).items())
    return ()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # Word does not let others read what it has open
        return None


@lru_cache(maxsize=16)  # asked for in each round
def _differences(edited: bytes, ours: bytes) -> tuple[Difference, ...] | None:
    from generator.formats.docx.document_difference import differences

    return differences(edited, ours)


@lru_cache(maxsize=16)
def _value_differences(edited: bytes, values: tuple[tuple[str, str], ...]) -> tuple[Difference, ...] | None:
    from generator.formats.docx.document_difference import changed_values, read_document

    read = read_document(edited)
    if read is None or not read.values:
        return None
    changed = changed_values(read, dict(values))
    return tuple(Difference(each.code, each.field, each.before, each.after) for each in changed)
