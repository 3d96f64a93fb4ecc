"""The paths of a report's final versions: files to publish in one folder, internal files in another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from generator.app.editions import Edition, whole_edition
from generator.app.owned_files import Placer
from generator.app.provenance import INTERNAL, PUBLISHED
from generator.app.session import Session
from generator.domain.follow_up.status import FinalReport

FINALS = "lopulliset"
_DIGESTS, _REASONS = "SHA256SUMS.txt", "perustelut.txt"


@dataclass(frozen=True, slots=True)
class FinalVersion:
    """The paths of the files of one final version; `number` counts from 1, `ending` comes after each file's name."""

    published: Path
    internal: Path
    number: int
    ending: str

    def document(self, edition: Edition) -> Path:
        """The path of a document; its PDF lies beside it."""
        return self.published / edition.final_folder / f"{edition.stem}{self.ending}.docx"

    def provenance(self, whole: Edition) -> Path:
        """The path of the provenance of a whole report."""
        return self.internal / f"{whole.stem}{self.ending}.json"

    def reasons(self, whole: Edition) -> Path:
        """The path of the list of open items, each kind with the reason why the report was made final anyway."""
        return self.internal / f"{whole.stem}{self.ending}-{_REASONS}"

    def digests(self, whole: Edition) -> Path:
        """The path of the list of digests, which is written last: without it a version is not complete."""
        return self.published / f"{whole.stem}{self.ending}-{_DIGESTS}"

    def present(self, editions: tuple[Edition, ...]) -> tuple[Path, ...]:
        """The paths at which a file is."""
        return tuple(path for path in self._places(editions) if path.exists())

    def has_same_documents(self, documents: tuple[tuple[Edition, bytes], ...]) -> bool:
        """True if the version is complete and its documents have these bytes."""
        digests = self.digests(documents[0][0])
        return digests.exists() and all(_reads(self.document(edition), docx) for edition, docx in documents)

    def _places(self, editions: tuple[Edition, ...]) -> Iterator[Path]:
        for edition in editions:
            document = self.document(edition)
            yield from (document, document.with_suffix(".pdf"), self.provenance(edition))
        yield from (self.digests(editions[0]), self.reasons(editions[0]))


def final_version(outbox: Path, period: str, number: int) -> FinalVersion:
    """The paths of a version: `…-versio-2.docx` in `lopulliset/<period>/julkaistavat/`."""
    folder = outbox / FINALS / period
    return FinalVersion(folder / PUBLISHED, folder / INTERNAL, number, "" if number == 1 else f"-versio-{number}")


def edited_finals(outbox: Path, period: str, placer: Placer) -> tuple[Path, ...]:
    """The files of a period's finals that somebody has changed since they were written."""
    return tuple(path for path in sorted((outbox / FINALS / period).rglob("*.*")) if placer.is_edited(path))


def unfinished_files(outbox: Path, period: str, placer: Placer, last: int) -> tuple[Path, ...]:
    """Returns our files of versions above the last journaled one: an interrupted attempt left them."""
    folder = outbox / FINALS / period
    files = (path for path in sorted(folder.rglob("*.*")) if _version_of(path.name) > last)
    return tuple(path for path in files if placer.is_recorded(path))


def old_version(outbox: Path, period: str, number: int) -> FinalVersion:
    """The paths of a version that 0.2.0 made: `…-2.docx` in `lopulliset/<period>/`, with all files in that folder."""
    folder = outbox / FINALS / period
    return FinalVersion(folder, folder, number, "" if number == 1 else f"-{number}")


def next_version(outbox: Path, period: str, above: int, editions: tuple[Edition, ...]) -> FinalVersion:
    """Returns the first version above a number that has no file yet, so that nothing is overwritten."""
    free = (
        number
        for number in count(above + 1)
        if not final_version(outbox, period, number).present(editions)
        and not old_version(outbox, period, number).present(editions)
    )
    return final_version(outbox, period, next(free))


def standing_version(outbox: Path, period: str, number: int, whole: Edition) -> FinalVersion | None:
    """Returns the version with this number; None if its whole report is not in its place."""
    places = (final_version(outbox, period, number), old_version(outbox, period, number))
    return next((version for version in places if version.document(whole).exists()), None)


def standing_final(session: Session, final: FinalReport | None, edition: Edition) -> Path | None:
    """Returns the last final's document of an edition, while it says what a draft would say; None if a draft is needed.

    A final that somebody has changed or moved away is no such document.
    """
    if final is None or not final.is_current:
        return None
    whole = whole_edition(session.settings, session.words)
    version = standing_version(session.workspace.outbox, session.period, final.version, whole)
    path = version.document(edition) if version else None
    return path if path and session.placer.stands_unchanged(path) else None


def _version_of(name: str) -> int:
    found = _VERSION.search(name)
    return int(found[1]) if found else 1


# `…-versio-2.docx`, `…-versio-2-perustelut.txt`.
_VERSION = re.compile(r"-versio-(\d+)(?:-[^-]+)?\.\w+\Z")


def _reads(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
