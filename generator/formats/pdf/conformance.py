"""Repairs a PDF and validates it, with weaker claims until the validator agrees.

The validator is page-validation, in a child process and within a time.
"""

import json
import sys
from pathlib import Path
from threading import Event

from generator.domain.base.rule import N_
from generator.formats.pdf.outcome import Conformance, Judgement, NoPdf, Pdf, PdfFacts
from generator.formats.pdf.repair import repair
from generator.formats.pdf.word_marks import read_marks
from generator.formats.process.bounded import TIME, Ended, run_bounded

_REFUSED = (
    N_("The PDF keeps neither to PDF/UA-1 nor to PDF/A-2, so it is not given out: {value}"),
    N_("Check the Word template with `seuranta template check`, or save the Word document as a PDF by hand."),
)
_WEAKER = {Conformance.A_2A: Conformance.A_2B}
_UNHEARD = (
    N_("The PDF could not be checked, so it is not given out: {value}"),
    N_("It is tried again when the report next changes. Or save the Word document as a PDF by hand."),
)
_PROFILES = {Conformance.UA_1: "ua1", Conformance.A_2A: "2a", Conformance.A_2B: "2b"}


def make_conformant(
    made: bytes, document: bytes, facts: PdfFacts, *, seconds: float, cancelled: Event | None
) -> Pdf | NoPdf | None:
    """Returns the PDF with every claim that the validator confirms, at least one.

    Args:
        made: The PDF as LibreOffice wrote it.
        document: The .docx that it was made of.
        facts: What the PDF says about itself.
        seconds: The time limit of each round of judging.
        cancelled: Set by another thread to stop the validator; the result is then None.
    """
    marks = read_marks(document)
    claims: tuple[Conformance, ...] = (Conformance.UA_1, Conformance.A_2A)
    judgements: tuple[Judgement, ...] = ()
    while claims:
        repaired = repair(made, facts, marks, claims)
        if isinstance(repaired, NoPdf):
            return repaired
        opinions = validate(repaired.data, claims, seconds, cancelled=cancelled)
        if not isinstance(opinions, tuple):
            return opinions
        said = tuple(_with_headings(opinion, repaired.without_headings) for opinion in opinions)
        refused = tuple(judgement for judgement in said if not judgement.agrees)
        if not refused:
            return Pdf(repaired.data, claims, judgements + said)
        claims = tuple(claim for judgement in said for claim in _still_claimed(judgement))
        judgements += refused
    return NoPdf(*_REFUSED, value=judgements[0].first_fault, verdict=judgements)


def validate(
    pdf: bytes, claims: tuple[Conformance, ...], seconds: float, *, cancelled: Event | None = None
) -> tuple[Judgement, ...] | NoPdf | None:
    """Returns a judgement for each claim, the reason if there is none, or None if the caller gave up."""
    program = (sys.executable, "-P", str(Path(__file__).with_name("validator_child.py")))
    try:
        command = (*program, *(_PROFILES[claim] for claim in claims))
        ended = run_bounded(command, seconds=seconds, given=pdf, cancelled=cancelled)
    except OSError as error:
        return NoPdf(*_UNHEARD, value=error.strerror or str(error))
    return read_verdict(ended, claims, seconds) if ended else None


def read_verdict(ended: Ended, claims: tuple[Conformance, ...], seconds: float) -> tuple[Judgement, ...] | NoPdf:
    """Reads the child's answer; it may have been too slow, or have died of a PDF."""
    if ended.code != 0 or ended.stopped:
        return NoPdf(*_UNHEARD, value=f"{seconds:g} s" if ended.stopped == TIME else f"exit code {ended.code}")
    opinions = json.loads(ended.output)
    return tuple(Judgement(claim, *opinion) for claim, opinion in zip(claims, opinions, strict=True))


def _with_headings(opinion: Judgement, without_headings: tuple[int, ...]) -> Judgement:
    """Rejects PDF/UA for tables without headings, which no validator notices. Source: ISO 14289-1:2014, 7.5."""
    if opinion.claim is not Conformance.UA_1 or not without_headings:
        return opinion
    fault = f"SEURANTA-TABLE-HEADINGS ({len(without_headings)}): table {without_headings[0]} has no heading cells"
    return Judgement(opinion.claim, False, f"{opinion.said}\n{fault}")


def _still_claimed(judgement: Judgement) -> tuple[Conformance, ...]:
    if judgement.agrees:
        return (judgement.claim,)
    weaker = _WEAKER.get(judgement.claim)
    return (weaker,) if weaker else ()
