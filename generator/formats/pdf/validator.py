"""Asks the judge, page-validation, whether a PDF is what it claims; in a child process, within a time."""

import json
import sys
from pathlib import Path
from threading import Event

from generator.domain.base.rule import N_
from generator.formats.pdf.outcome import Conformance, Judgement, NoPdf
from generator.formats.process import TIME, Ended, run_bounded

_UNHEARD = (
    N_("The PDF could not be checked, so it is not given out: {value}"),
    N_("It is tried again when the report next changes. Or save the Word document as a PDF by hand."),
)
_PROFILES = {Conformance.UA_1: "ua1", Conformance.A_2A: "2a", Conformance.A_2B: "2b"}


def validate(
    pdf: bytes, claims: tuple[Conformance, ...], seconds: float, *, cancelled: Event | None = None
) -> tuple[Judgement, ...] | NoPdf | None:
    """Returns a judgement for each claim, the reason why there is none, or None if the caller has given up."""
    program = (sys.executable, "-P", str(Path(__file__).with_name("validator_child.py")))
    try:
        command = (*program, *(_PROFILES[claim] for claim in claims))
        ended = run_bounded(command, seconds=seconds, given=pdf, cancelled=cancelled)
    except OSError as error:
        return NoPdf(*_UNHEARD, value=error.strerror or str(error))
    return read_verdict(ended, claims, seconds) if ended else None


def read_verdict(ended: Ended, claims: tuple[Conformance, ...], seconds: float) -> tuple[Judgement, ...] | NoPdf:
    """What the child said, which may have been too slow or have died of a PDF."""
    if ended.code != 0 or ended.stopped:
        return NoPdf(*_UNHEARD, value=f"{seconds:g} s" if ended.stopped == TIME else f"exit code {ended.code}")
    opinions = json.loads(ended.output)
    return tuple(Judgement(claim, *opinion) for claim, opinion in zip(claims, opinions, strict=True))
