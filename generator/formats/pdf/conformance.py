"""Mends a PDF and has it judged, with weaker claims as long as the judge does not agree."""

from dataclasses import dataclass
from threading import Event

from generator.domain.base.rule import N_
from generator.formats.pdf.outcome import Conformance, Judgement, NoPdf, Pdf, PdfFacts
from generator.formats.pdf.repair import repair
from generator.formats.pdf.validator import validate
from generator.formats.pdf.word_marks import WordMarks, read_marks

_REFUSED = (
    N_("The PDF keeps neither to PDF/UA-1 nor to PDF/A-2, so it is not given out: {value}"),
    N_("Check the Word template with `seuranta template check`, or save the Word document as a PDF by hand."),
)
_WEAKER = {Conformance.A_2A: Conformance.A_2B}


def make_conformant(
    made: bytes, document: bytes, facts: PdfFacts, *, seconds: float, cancelled: Event | None
) -> Pdf | NoPdf | None:
    """Returns the PDF with every claim that the judge agrees with, at least one.

    Args:
        made: The PDF as LibreOffice wrote it.
        document: The .docx that it was made of.
        facts: What the PDF says about itself.
        seconds: The time limit of each round of judging.
        cancelled: Set by another thread to stop the judge; the result is then None.
    """
    draft = _ConvertedPdf(made, read_marks(document), facts, seconds, cancelled)
    return _try(draft, (Conformance.UA_1, Conformance.A_2A), ())


@dataclass(frozen=True, slots=True)
class _ConvertedPdf:
    made: bytes
    marks: WordMarks
    facts: PdfFacts
    seconds: float
    cancelled: Event | None


def _try(draft: _ConvertedPdf, claims: tuple[Conformance, ...], heard: tuple[Judgement, ...]) -> Pdf | NoPdf | None:
    if not claims:
        return NoPdf(*_REFUSED, value=heard[0].first_fault, verdict=heard)
    mended = repair(draft.made, draft.facts, draft.marks, claims)
    if isinstance(mended, NoPdf):
        return mended
    opinions = validate(mended.data, claims, draft.seconds, cancelled=draft.cancelled)
    if not isinstance(opinions, tuple):
        return opinions
    said = tuple(_with_headings(opinion, mended.headless) for opinion in opinions)
    refused = tuple(judgement for judgement in said if not judgement.agrees)
    if not refused:
        return Pdf(mended.data, claims, heard + said)
    return _try(draft, tuple(claim for judgement in said for claim in _still_claimed(judgement)), heard + refused)


def _with_headings(opinion: Judgement, headless: tuple[int, ...]) -> Judgement:
    """No judge sees that a table lacks what every reader needs to find its way. Source: ISO 14289-1:2014, 7.5."""
    if opinion.claim is not Conformance.UA_1 or not headless:
        return opinion
    fault = f"SEURANTA-TABLE-HEADINGS ({len(headless)}): table {headless[0]} has no heading cells"
    return Judgement(opinion.claim, False, f"{opinion.said}\n{fault}")


def _still_claimed(judgement: Judgement) -> tuple[Conformance, ...]:
    if judgement.agrees:
        return (judgement.claim,)
    weaker = _WEAKER.get(judgement.claim)
    return (weaker,) if weaker else ()
