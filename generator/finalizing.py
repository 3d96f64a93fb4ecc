"""A report made final: every document of the period, frozen in a folder of its own with a list of them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.deciding import Wish, leave_unheard
from generator.domain.matters import Obstacle, Signature
from generator.domain.merge import GoalFollowUp
from generator.domain.plan import Plan
from generator.domain.report import Frame
from generator.domain.rule import N_
from generator.editions import COMPANIONS, FINALS, Edition, Sources, editions, gather_sources, pdf_of, provenance_of
from generator.errors import FolderError
from generator.files.acts import Final
from generator.files.pdf import NoPdf, Pdf
from generator.files.placed import HELD
from generator.files.word.values import document_title
from generator.language import Words
from generator.office import Office, follow_up, keep_plan

DIGESTS = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class Finalized:
    """The frozen report; `pdf` is its PDF, or why there is none."""

    docx: Path
    pdf: Pdf | NoPdf | None


@dataclass(frozen=True, slots=True)
class Refused:
    """What is open, so that the report is not made final without a reason."""

    missing: tuple[GoalFollowUp, ...]
    disputed: tuple[GoalFollowUp, ...]


@dataclass(frozen=True, slots=True)
class Outdated:
    """The report has changed since somebody wished it final, so that nobody has seen what would be frozen."""


def finalize_as_wished(office: Office, plan: Plan, wish: Wish | None) -> Finalized | Refused | Outdated | None:
    """Freezes the report that the wish was about, and no other; the workbook of decisions tells why it did not."""
    if wish is None:
        return None
    made = finalize(office, plan, wish.signature, wish.choice.key) if wish.is_current else Outdated()
    if not isinstance(made, Finalized):
        leave_unheard(office, wish, Obstacle.OUTDATED if isinstance(made, Outdated) else Obstacle.NO_REASON)
    return made


def finalize(office: Office, plan: Plan, signature: Signature, key: str = "") -> Finalized | Refused:
    """Freezes the report as it is now in `outbox/lopulliset/<period>/`; earlier finals of the period stay beside it.

    Its other languages and its extracts are frozen with it, and a list with the digest of each.

    Args:
        key: that of the choice in the workbook of decisions, an empty string where it is made by command.

    Raises:
        FolderError: the folder cannot be written, or a file's place is taken by a person's.
    """
    keep_plan(office, plan, signature.time)
    merged = follow_up(office, plan)
    if (merged.awaited or merged.disputed) and not signature.because.strip():
        return Refused(merged.awaited, merged.disputed)
    sources = replace(gather_sources(office, plan), is_draft=False, is_late=False)
    docx, pdf = _freeze(office, sources, editions(plan, office.workspace.settings), signature)
    period = office.workspace.settings.period.id
    office.acts.add(Final(period, sources.contents, signature.who, signature.time, signature.because, key))
    return Finalized(docx, pdf)


def _freeze(
    office: Office, sources: Sources, wanted: tuple[Edition, ...], approval: Signature
) -> tuple[Path, Pdf | NoPdf | None]:
    """Makes all documents, and only then places the first: the whole report after the others, and last the list."""
    folder = office.workspace.outbox / FINALS / sources.settings.period.id
    number = _free_number(folder, wanted)
    paths = tuple(folder / edition.final_name(number) for edition in wanted)
    made = tuple(_make(office, sources, edition, approval) for edition in wanted)
    each = zip(reversed(paths), reversed(made), strict=True)
    files = {file: data for path, frozen in each for file, data in frozen.files(path)}
    title = document_title(sources.draft(wanted[0]).report, office.words)
    listed = _list_of(files, folder, _facts(title, sources.frame(office.words), office.words))
    for path, data in {**files, _list_path(folder, wanted[0], number): listed}.items():
        if office.placed.place(path, data) in HELD:
            raise FolderError(_TAKEN, _MOVE, path=path)
    return paths[0], made[0].pdf


def _free_number(folder: Path, wanted: tuple[Edition, ...]) -> int:
    """1 for the period's first final, and so on: nothing that stands there, ours or not, is written over."""
    number = 1
    while not _is_free(folder, wanted, number):
        number += 1
    return number


def _is_free(folder: Path, wanted: tuple[Edition, ...], number: int) -> bool:
    documents = tuple(folder / edition.final_name(number) for edition in wanted)
    files = (path.with_suffix(ending) for path in documents for ending in (".docx", *COMPANIONS))
    return not any(path.exists() for path in (_list_path(folder, wanted[0], number), *files))


def _list_path(folder: Path, whole: Edition, number: int) -> Path:
    document = folder / whole.final_name(number)
    return document.with_name(f"{document.stem}-{DIGESTS}")


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A final document and what is frozen with it; an extract has no PDF and no provenance."""

    docx: bytes
    pdf: Pdf | NoPdf | None = None
    provenance: bytes | None = None

    def files(self, path: Path) -> Iterator[tuple[Path, bytes]]:
        """What is written, the document at the path and the others beside it."""
        pdf = self.pdf.data if isinstance(self.pdf, Pdf) else None
        for ending, data in ((".docx", self.docx), (".pdf", pdf), (".json", self.provenance)):
            if data is not None:
                yield path.with_suffix(ending), data


def _make(office: Office, sources: Sources, edition: Edition, approval: Signature) -> _Frozen:
    made = sources.draft(edition)
    docx = made.document()
    if not edition.is_whole:
        return _Frozen(docx)
    pdf = pdf_of(docx, made)
    return _Frozen(docx, pdf, provenance_of(office, sources, docx, pdf, approval=approval))


def _list_of(files: Mapping[Path, bytes], folder: Path, facts: Iterable[str]) -> bytes:
    """What the agenda asks of an attachment, and below it the digests as `sha256sum --check` reads them."""
    names = {path: path.relative_to(folder).as_posix() for path in files}
    digests = (f"{hashlib.sha256(data).hexdigest()}  {names[path]}" for path, data in files.items())
    return "".join(f"{line}\n" for line in (*facts, *digests)).encode()


def _facts(title: str, frame: Frame, words: Words) -> Iterator[str]:
    period = frame.period
    yield f"# {frame.municipality}, {frame.organ}"
    yield f"# {title}"
    named = (
        (words("Case number"), period.case_number),
        (words("Date"), words.date(period.report_date)),
        (words("Section"), frame.section),
        (words("Attachment"), frame.attachment),
    )
    yield from (f"# {name}: {value}" for name, value in named if value)


_TAKEN = N_("{path}: a file stands there that this program has not made.")
_MOVE = N_("Move the file elsewhere and make the report final again.")
