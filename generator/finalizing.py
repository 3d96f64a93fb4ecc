"""A report made final: the document, its PDF and its provenance, frozen in a folder of their own."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.deciding import Signature, Wish
from generator.domain.merge import FollowUp, GoalFollowUp
from generator.domain.plan import Plan
from generator.domain.rules import N_
from generator.errors import FolderError
from generator.files.acts import Final
from generator.files.pdf import NoPdf, Pdf
from generator.files.placed import Placement
from generator.office import Office, document, draft, follow_up, pdf_of, provenance_of, report

DIGESTS = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class Finalized:
    """The frozen document; `pdf` is its PDF, or why there is none."""

    docx: Path
    pdf: Pdf | NoPdf


@dataclass(frozen=True, slots=True)
class Refused:
    """What is open, so that the report is not made final without a reason."""

    missing: tuple[GoalFollowUp, ...]
    disputed: tuple[GoalFollowUp, ...]


@dataclass(frozen=True, slots=True)
class Outdated:
    """The report has changed since somebody wished it final, so that nobody has seen what would be frozen."""


def finalize_as_wished(office: Office, plan: Plan, wish: Wish) -> Finalized | Refused | Outdated:
    """Freezes the report that the wish was about, and no other."""
    return finalize(office, plan, wish.signature) if wish.is_current else Outdated()


def finalize(office: Office, plan: Plan, signature: Signature) -> Finalized | Refused:
    """Freezes the report as it is now in `outbox/lopulliset/<period>/`; earlier finals of the period stay beside it.

    Raises:
        FolderError: the folder cannot be written, or the file's place is taken by a person's.
    """
    merged = follow_up(office, plan)
    if (merged.missing or merged.disputed) and not signature.because.strip():
        return Refused(merged.missing, merged.disputed)
    made = report(office, plan)
    final = replace(made, frame=replace(made.frame, is_draft=False))
    drafted = draft(office, final, office.words)
    docx = document(office, drafted)
    pdf = pdf_of(office, docx, final)
    files = _files(office, merged, docx, pdf)
    path = _free_place(office)
    _freeze(office, path, files)
    inputs = draft(office, made, office.words).inputs
    period = office.workspace.settings.period.id
    office.acts.add(Final(period, inputs, signature.who, signature.time, signature.because))
    return Finalized(path.with_suffix(".docx"), pdf)


def _files(office: Office, merged: FollowUp, docx: bytes, pdf: Pdf | NoPdf) -> Mapping[str, bytes]:
    """What is frozen, by its ending."""
    made = {".docx": docx, ".json": provenance_of(office, merged, docx, pdf)}
    return {**made, ".pdf": pdf.data} if isinstance(pdf, Pdf) else made


def _free_place(office: Office) -> Path:
    """The file's path without its ending: a number behind the name where the period has been final before."""
    period = office.workspace.settings.period.id
    folder = office.workspace.outbox / "lopulliset" / period
    number = 1
    while (path := folder / f"seurantaraportti-{period}{'' if number == 1 else f'-{number}'}.docx").exists():
        number += 1
    return path.with_suffix("")


def _freeze(office: Office, path: Path, files: Mapping[str, bytes]) -> None:
    names = {path.with_name(path.name + ending): data for ending, data in files.items()}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name.name}\n" for name, data in names.items())
    names[path.with_name(f"{path.name}-{DIGESTS}")] = sums.encode()
    for name, data in names.items():
        if office.placed.place(name, data) in (Placement.TOUCHED, Placement.LOCKED):
            raise FolderError(_TAKEN, _MOVE, path=name)


_TAKEN = N_("{path}: a file stands there that this program has not made.")
_MOVE = N_("Move the file elsewhere and make the report final again.")
