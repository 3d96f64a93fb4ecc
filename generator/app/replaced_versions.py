"""Reads what a period's final versions printed, for a later version that tells what it changes."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from generator.app.editions import Edition, whole_edition
from generator.app.finals import standing_version
from generator.app.session import Session
from generator.app.written_texts import texts_of_final
from generator.domain.base.moments import read_moment
from generator.domain.base.settings import Language
from generator.domain.output.revision import ReplacedVersion
from generator.domain.output.written_texts import NO_TEXTS, WrittenTexts
from generator.errors import FolderError
from generator.i18n.words import Words
from generator.store.records import Final
from generator.workspace.folders import read_file


@dataclass(frozen=True)
class PrintedFinal:
    """A final version: its number, the day on which it was made, its texts by language and bookmark, and those that
    were written on the sheet of texts.
    """

    version: int
    day: date
    texts: Mapping[str, Mapping[str, str]]
    written: WrittenTexts = NO_TEXTS

    def in_language(self, language: Language) -> ReplacedVersion:
        """Returns the version as a document in a language names it."""
        texts, written = self.texts.get(language.value), self.written.in_language(language.value)
        return ReplacedVersion(self.version, self.day, texts, written)


def printed_finals(session: Session) -> tuple[PrintedFinal, ...]:
    """Returns the present period's last two finals: the last one is what a late draft differs from, and if that is made
    again, it must print what the last one printed."""
    finals = session.store.history.finals(session.period)
    numbered = tuple((final.version or number, final) for number, final in enumerate(finals, start=1))
    return tuple(
        PrintedFinal(
            number,
            read_moment(final.time).date(),
            _texts(session, final, number),
            texts_of_final(session, final),
        )
        for number, final in numbered[-2:]
    )


def printed_texts(session: Session, final: Final, language: Language) -> Mapping[str, str]:
    """Returns what a final printed in a language, by bookmark; nothing if there is no record of it."""
    found = dict(final.texts).get(language.value)
    with suppress(FolderError, ValueError):
        return _read_record(session.store.archive.read(found)) if found else {}
    return {}


def _texts(session: Session, final: Final, number: int) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for language, digest in final.texts:
        with suppress(FolderError, ValueError):  # without the record the document says that it cannot tell
            found[language] = _read_record(session.store.archive.read(digest))
    if not final.texts and (texts := _read_document(session, number)) is not None:
        found[session.settings.language.value] = texts
    return MappingProxyType(found)


def _read_document(session: Session, number: int) -> Mapping[str, str] | None:
    """Reads a final of an earlier program version from its document; None if that is gone or has been changed."""
    whole: Edition = whole_edition(session.settings, Words(session.settings.language))
    version = standing_version(session.workspace.outbox, session.period, number, whole)
    path = version.document(whole) if version else None
    if path is None or not session.placer.is_recorded(path):
        return None
    return _read_docx(read_file(path))


@lru_cache(maxsize=4)  # asked for with each snapshot
def _read_docx(docx: bytes) -> Mapping[str, str]:
    from generator.formats.docx.printed_values import printed_values

    return MappingProxyType(dict(printed_values(docx)))


@lru_cache(maxsize=8)
def _read_record(record: bytes) -> Mapping[str, str]:
    from generator.formats.docx.printed_values import read_values_record

    return MappingProxyType(dict(read_values_record(record)))
