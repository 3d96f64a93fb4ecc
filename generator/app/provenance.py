"""The provenance file beside the report: file, cell, digest, officer and time of each value in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.disk.digests import remembered_digest_of
from generator.domain.base.indented_json import indented_json
from generator.domain.follow_up.comparison import PrintedGoal, printed_goal
from generator.domain.follow_up.merge import Acceptance, Decision, FollowUp, GoalFollowUp
from generator.domain.follow_up.open_by_kind import Reason
from generator.domain.follow_up.open_items import Signature
from generator.domain.output.written_texts import NO_TEXTS, WrittenTexts
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer
from generator.formats.text_mark import with_record_mark

# The folders of a period's finals: what the agenda takes, and what stays in the house.
PUBLISHED, INTERNAL = "julkaistavat", "sisaiset"


@dataclass(frozen=True, slots=True)
class Digests:
    """SHA-256 of each source of the report and of each result; an empty string if there is none."""

    plan: str
    template: str
    settings: str
    docx: str
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class PdfFault:
    """What is wrong with a PDF, or why there is none: messages of the catalogue, whose `{value}` the value fills."""

    message: str
    advice: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class PdfProof:
    """The standards that the PDF claims (`PDF/UA-1`), and the validator's report on each; () if there is no PDF.

    `faults` are kept here so that later processes tell them too.
    """

    claims: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    faults: tuple[PdfFault, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfRecord:
    """The provenance of a document's PDF: its SHA-256 (an empty string if there is no PDF), and its proof."""

    digest: str = ""
    proof: PdfProof = PdfProof()

    @property
    def is_known(self) -> bool:
        """True if the PDF was made or failed. Earlier versions did not write why it failed: it is tried again."""
        return bool(self.digest or self.proof.faults)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who made the report final, when and why, with a reason for each kind of what was open.

    `restored` are the titles of the tables and charts whose alternative texts another program had lost from the
    document that a person edited, and that were put back from the draft.
    """

    signature: Signature
    reasons: tuple[Reason, ...] = ()
    restored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven of the report beside its values.

    `approval` says who made it final, None for a draft; `texts` are those that the report's maker wrote.
    """

    digests: Digests
    pdf: PdfProof
    approval: Approval | None = None
    texts: WrittenTexts = NO_TEXTS


def proof_places(document: Path) -> tuple[Path, ...]:
    """The paths where the provenance of a document or PDF may lie.

    Args:
        document: in the outbox. A final lies in `julkaistavat/`, its provenance in `sisaiset/` beside that folder.
    """
    beside = document.with_suffix(".json")
    return (beside, document.parent.parent / INTERNAL / beside.name) if document.parent.name == PUBLISHED else (beside,)


def provenance_bytes(period: str, follow_up: FollowUp, saves: Mapping[int, str], proof: Proof) -> bytes:
    """Returns the record as UTF-8 JSON with our mark as its last key; the same report gives the same bytes.

    Args:
        period: the period's id.
        follow_up: what the report was made from.
        saves: the digest of each save by its journal sequence.
        proof: the digests of the inputs and of the documents made, what the PDF claims, and who made it final.

    Source: DESIGN, section 4, Provenance.
    """
    record: dict[str, Any] = {
        "period": period,
        "digests": asdict(proof.digests),
        "pdf": asdict(proof.pdf),
        "final": _approval(proof.approval) if proof.approval else None,
        **({"texts": [asdict(each) for each in proof.texts.texts]} if proof.texts.texts else {}),
        "goals": [],
    }
    # Made as bytes, not text: with thousands of goals this is the largest object that a round makes.
    goals = b",\n  ".join(_goal_bytes(item, _saves_of(item, saves)) for item in follow_up.goals)
    text = _bytes(f"{indented_json(record)}\n")
    if not goals:
        return with_record_mark(text)
    return with_record_mark(text.removesuffix(_NO_GOALS), b"[\n  ", goals, b"\n ]\n}\n")


def read_digests(path: Path) -> Digests | None:
    """Reads the digests of a record; None if it cannot be read."""
    try:
        return Digests(**json.loads(path.read_bytes())["digests"])
    except (OSError, LookupError, TypeError, ValueError):
        return None


def read_pdf_record(path: Path, docx_digest: str) -> PdfRecord | None:
    """Reads the PDF's part of a provenance file; None if the file cannot be read, or is another document's.

    Args:
        path: the provenance file. It is large, so it is read again only if its size or its time of change is another.
        docx_digest: SHA-256 of the document.
    """
    digests, proof = _pdf_part(path, remembered_digest_of(path)) or (None, PdfProof())
    return PdfRecord(digests.pdf, proof) if digests and digests.docx == docx_digest else None


@lru_cache(maxsize=16)
def _pdf_part(path: Path, _digest: str) -> tuple[Digests, PdfProof] | None:
    try:
        record = json.loads(path.read_bytes())
        pdf = record["pdf"]
        faults = tuple(PdfFault(**fault) for fault in pdf.get("faults", ()))
        return Digests(**record["digests"]), PdfProof(tuple(pdf["claims"]), tuple(pdf["verdict"]), faults)
    except (OSError, AttributeError, LookupError, TypeError, ValueError):
        return None


_PRINTED = ("code", "degree", "computed", "differed", "counts")


def printed_record(provenance: bytes) -> bytes:
    """Returns the degrees that a final printed, as UTF-8 JSON, from its provenance. It has no words of officers, so it
    may be kept as long as periods are compared."""
    goals = [{name: goal[name] for name in _PRINTED} for goal in json.loads(provenance)["goals"]]
    return f"{json.dumps({'goals': goals})}\n".encode()


@lru_cache(maxsize=2)  # the same final is asked for in each round
def read_printed_goals(record: bytes, plan: Plan) -> tuple[PrintedGoal, ...] | None:
    """Reads the goals as a final printed them; None if the bytes are neither such a record nor a provenance.

    Args:
        record: that of `printed_record`, or the provenance of a final.
        plan: that of the final; goals that it lacks are left out.
    """
    try:
        goals = json.loads(record)["goals"]
        return tuple(_printed_goal(goal, plan.by_code[goal["code"]]) for goal in goals if goal["code"] in plan.by_code)
    except (LookupError, TypeError, ValueError):
        return None


def _printed_goal(values: dict[str, Any], goal: Goal) -> PrintedGoal:
    degree = values["degree"]
    if degree is not None and type(degree) is not int:
        raise TypeError("not a degree")
    if "counts" in values:
        return PrintedGoal(goal, degree, values["differed"], values["computed"], values["counts"])
    # Earlier versions did not write these two fields; they are computed from the officers' values.
    is_open = values["decision"] is None
    differed = is_open and _are_different(values, "degree")
    is_disputed = differed or (is_open and _are_different(values, "overall_status"))
    return PrintedGoal(goal, degree, differed, values["computed"], degree is not None and not is_disputed)


def _are_different(values: dict[str, Any], field: str) -> bool:
    """True if officers gave different values. A missing overall status is ignored."""
    given = {value["value"] for value in values["values"] if value["field"] == field}
    return len(given - {""}) > 1


def _approval(approval: Approval) -> dict[str, Any]:
    restored = {"restored": list(approval.restored)} if approval.restored else {}
    return {**asdict(approval.signature), "reasons": [asdict(reason) for reason in approval.reasons], **restored}


_NO_GOALS = b"[]\n}\n"


def _bytes(text: str) -> bytes:
    """Returns UTF-8; a lone surrogate, which represents a byte of a file's name, becomes its escape in JSON."""
    return text.encode("utf-8", "backslashreplace")


def _saves_of(item: GoalFollowUp, saves: Mapping[int, str]) -> tuple[str, ...]:
    """The digest of the save from which each answer comes."""
    return tuple(saves.get(answer.sequence, "") for answer in item.answers)


@lru_cache(maxsize=20_000)
def _goal_bytes(item: GoalFollowUp, saves: tuple[str, ...]) -> bytes:
    """Returns one goal's part of the record; cached, since most goals have not changed."""
    return _bytes(indented_json(_goal(item, saves), depth=2))


def _goal(item: GoalFollowUp, saves: tuple[str, ...]) -> dict[str, Any]:
    printed = printed_goal(item)
    return {
        "code": item.goal.code,
        "state": item.state.value,
        "degree": item.degree,
        "computed": item.computed is not None,
        "differed": printed.differed,
        "counts": printed.counts,
        "decision": _signed(item.decision) | {"officer": item.decision.officer} if item.decision else None,
        "accepted": _signed(item.acceptance) if item.acceptance else None,
        "values": [value for answer, save in zip(item.answers, saves, strict=True) for value in _values(answer, save)],
    }


def _signed(made: Decision | Acceptance) -> dict[str, str]:
    return {"who": made.who, "time": made.time, "because": made.because}


def _edited(answer: Answer, field: str) -> dict[str, Any]:
    """Returns the text that is printed in place of an officer's, with who edited it and when."""
    edit = next((edit for edit in answer.edits if edit.field == field), None)
    return {"edited": {"value": edit.text, "who": edit.who, "time": edit.time}} if edit else {}


def _values(answer: Answer, save: str) -> Iterator[dict[str, Any]]:
    """Returns each value that was read from a cell; without a column in the workbook it came from the plan."""
    entry = answer.entry
    for field in ("main_risks", "overall_status", "degree", "narrative"):
        sheet, _, cell = getattr(entry.cells, field).rpartition("!")
        if cell:
            yield {
                "field": field,
                "value": getattr(entry, field),
                **_edited(answer, field),
                "officer": entry.officer,
                "file": answer.file,
                "sheet": sheet,
                "cell": cell,
                "sha256": save,
                "signed": entry.signed,
                "time": answer.time,
            }
