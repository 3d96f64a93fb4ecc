"""The JSON forms of the commands' answers: stable, typed, their schemas in docs/json.md."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter

from generator.cli.json_forms import (
    CellsForm,
    CheckedFileForm,
    ContestedForm,
    DifferenceForm,
    DisagreementForm,
    EditedForm,
    FarParentForm,
    FileForm,
    FinalForm,
    FinalRequestForm,
    FindingForm,
    GoalsForm,
    HeldFinalForm,
    OfficerForm,
    OpenEditForm,
    PeriodForm,
    PeriodsForm,
    PlanFindingsForm,
    ProblemForm,
    RefusedForm,
    ReplyForm,
    ReportForm,
    RequestOutcome,
    RowForm,
    RunForm,
    StatusForm,
    VoiceForm,
    WaitingForm,
)
from generator.domain.base.finding import Finding
from generator.domain.base.rule import Severity
from generator.domain.follow_up.merge import FarParent, FollowUp, GoalFollowUp
from generator.domain.follow_up.open_items import OpenEdit
from generator.domain.follow_up.status import Difference, EditedReport, OfficerStatus, Problem, Status, StoredReply
from generator.domain.submission.answers import EntryCells
from generator.domain.submission.checks import Checked
from generator.domain.submission.row_checks import CheckedRow
from generator.i18n.words import Words
from generator.workspace.folders import DECISIONS_FILE

if TYPE_CHECKING:
    from generator.app.check import CheckedFile
    from generator.app.periods import ListedPeriod
    from generator.app.run import RunResult
    from generator.app.status import PeriodStatus
    from generator.app.taking import TakenFile
    from generator.store.records import Final


def to_json(form: BaseModel | tuple[CheckedFileForm, ...]) -> str:
    """Returns a form as JSON text with indentation."""
    if isinstance(form, BaseModel):
        return form.model_dump_json(indent=2)
    return TypeAdapter(tuple[CheckedFileForm, ...]).dump_json(form, indent=2).decode("utf-8")


def check_form(files: "tuple[CheckedFile, ...]", words: Words) -> tuple[CheckedFileForm, ...]:
    """Makes the JSON form of `seuranta check`."""
    return tuple(_checked(file, words) for file in files)


def run_form(result: "RunResult", words: Words) -> RunForm:
    """Makes the JSON form of `seuranta run`."""
    return RunForm(
        files=tuple(_taken(file, words) for file in result.files),
        goals=_goals(result.status.follow_up),
        waiting=_waiting(result.status),
        report=_report_form(
            result.published.place,
            result.published.sha256,
            changed=result.published.changed,
            is_draft=not result.published.is_final,
        ),
        problems=(*_problems(result.problems, words), *_refusals(result, words)),
        final=_final_request(result),
    )


def status_form(stand: "PeriodStatus", words: Words) -> StatusForm:
    """Makes the JSON form of `seuranta status`."""
    status = stand.status
    return StatusForm(
        period=status.period.id,
        deadline=status.period.deadline.isoformat(),
        goals=_goals(status.follow_up),
        officers=tuple(_officer(officer) for officer in status.officers),
        disagreements=tuple(_disagreement(item) for item in status.follow_up.disputed),
        contested=tuple(
            ContestedForm(
                code=row.key[0],
                officer=row.standing.answer.entry.officer,
                file=row.file,
                in_report=row.standing.answer.file,
                unsigned=row.is_unsigned,
            )
            for row in status.contested
        ),
        waiting=_waiting(status),
        unchecked=tuple(
            WaitingForm(file=answer.file, officer=answer.entry.officer, codes=(answer.entry.code,))
            for answer in status.unchecked
        ),
        refused=tuple(RefusedForm(file=fault.file, rule=fault.finding.rule) for fault in status.refused),
        far_parents=tuple(_far_parent(far) for far in status.far_parents),
        replies=tuple(_reply(reply, words) for reply in status.replies),
        report=_report(stand),
        edited=next(iter(_edited(stand)), None),
        edited_documents=(*_edited(stand), *_edited_copies(stand)),
        open_edits=tuple(map(_open_edit, stand.open_edits)),
        lapsed=tuple(goal.code for goal in stand.lapsed),
        final=_final(stand),
        problems=_problems(stand.problems, words),
    )


def periods_form(periods: "tuple[ListedPeriod, ...]") -> PeriodsForm:
    """Makes the JSON form of `seuranta period list`."""
    return PeriodsForm(
        periods=tuple(
            PeriodForm(
                id=period.id,
                label=period.label,
                present=period.is_present,
                closed=period.closed_by.time if period.closed_by else None,
                finals=tuple(map(partial(_held_final, period), enumerate(period.finals, start=1))),
            )
            for period in periods
        )
    )


def _held_final(period: "ListedPeriod", numbered: "tuple[int, Final]") -> HeldFinalForm:
    number, final = numbered
    version = final.version or number
    return HeldFinalForm(version=version, time=final.time, dealt_with=period.dealt_with == version)


def _waiting(status: Status) -> tuple[WaitingForm, ...]:
    return tuple(
        WaitingForm(
            file=sender.file, officer=sender.officer, codes=tuple(answer.entry.code for answer in sender.answers)
        )
        for sender in status.senders
    )


def _problems(problems: tuple[Problem, ...], words: Words) -> tuple[ProblemForm, ...]:
    return tuple(
        ProblemForm(
            what=words(problem.message, **dict(problem.details)),
            where=problem.place,
            advice=words(problem.advice, **dict(problem.details)) if problem.advice else "",
            severity=problem.severity,
            differences=_differences(problem.edited.differences) if problem.edited else None,
        )
        for problem in problems
    )


def _refusals(result: "RunResult", words: Words) -> tuple[ProblemForm, ...]:
    """Makes a question of each choice in the secretary's workbook that could not be carried out."""
    from generator.cli.refusals import refusal_lines

    lines, place = refusal_lines(result, words), f"outbox/{DECISIONS_FILE}"
    return tuple(ProblemForm(what=line, where=place, advice="", severity=Severity.QUESTION) for line in lines)


def findings_form(findings: tuple[Finding, ...], problems: tuple[Problem, ...], words: Words) -> PlanFindingsForm:
    """Makes the JSON form of `seuranta plan check`."""
    return PlanFindingsForm(
        findings=tuple(_finding(finding, words) for finding in findings), problems=_problems(problems, words)
    )


def _checked(file: "CheckedFile", words: Words) -> CheckedFileForm:
    return CheckedFileForm(
        file=str(file.path),
        sha256=file.digest,
        verdict=file.checked.verdict,
        officer=file.checked.officer,
        period=file.checked.period,
        findings=_findings(file.checked, words),
        rows=tuple(_row(row) for row in file.checked.rows),
    )


def _taken(file: "TakenFile", words: Words) -> FileForm:
    return FileForm(
        file=file.file,
        sha256=file.digest,
        verdict=file.checked.verdict,
        officer=file.checked.officer,
        period=file.checked.period,
        findings=_findings(file.checked, words),
    )


def _row(row: CheckedRow) -> RowForm:
    entry = row.entry
    return RowForm(
        code=row.code,
        state=row.state,
        degree=entry.degree if entry else None,
        overall_status=entry.overall_status if entry else None,
        main_risks=entry.main_risks if entry else None,
        narrative=entry.narrative if entry else None,
        taken=row.taken,
        standing=row.standing,
        printed=row.taken,
        cells=_cells(entry.cells) if entry else None,
    )


def _cells(cells: EntryCells) -> CellsForm:
    return CellsForm(
        main_risks=cells.main_risks,
        overall_status=cells.overall_status,
        degree=cells.degree,
        narrative=cells.narrative,
    )


def _findings(checked: Checked, words: Words) -> tuple[FindingForm, ...]:
    return tuple(_finding(finding, words) for finding in checked.findings)


def _finding(finding: Finding, words: Words) -> FindingForm:
    return FindingForm(
        rule=finding.rule,
        severity=finding.severity,
        sheet=finding.place.sheet,
        cell=finding.place.cell,
        code=finding.code,
        value=finding.value,
        message=words.finding(finding),
        advice=words.advice(finding),
    )


def _goals(merged: FollowUp) -> GoalsForm:
    return GoalsForm(expected=len(merged.expected), reported=len(merged.reported), missing=len(merged.missing))


def _report(stand: "PeriodStatus") -> ReportForm:
    if stand.report is None:
        return _report_form(None, None, changed=False, is_draft=True)
    return _report_form(stand.report_path, stand.report.sha256, changed=False, is_draft=not stand.report.is_final)


def _far_parent(far: FarParent) -> FarParentForm:
    return FarParentForm(code=far.goal.code, title=far.goal.title, degree=far.degree, median=far.median)


def _reply(reply: StoredReply, words: Words) -> ReplyForm:
    return ReplyForm(
        file=reply.file,
        officer=reply.officer,
        time=reply.time,
        question=_finding(reply.question, words),
        text=reply.text,
    )


def _edited(stand: "PeriodStatus") -> tuple[EditedForm, ...]:
    return tuple(_edited_form(stand, each) for each in stand.report.edited) if stand.report else ()


def _edited_copies(stand: "PeriodStatus") -> tuple[EditedForm, ...]:
    return tuple(_edited_form(stand, each) for each in stand.report.edited_copies) if stand.report else ()


def _edited_form(stand: "PeriodStatus", edited: EditedReport) -> EditedForm:
    docx = str(stand.workspace.outbox / edited.name)
    return EditedForm(docx=docx, differences=_differences(edited.differences))


def _differences(found: tuple[Difference, ...] | None) -> tuple[DifferenceForm, ...] | None:
    if found is None:
        return None
    return tuple(DifferenceForm(code=each.code, field=each.field, ours=each.ours, edited=each.theirs) for each in found)


def _open_edit(edit: OpenEdit) -> OpenEditForm:
    act = edit.act
    return OpenEditForm(
        code=act.code, field=act.field, officer=act.officer or None, printed=edit.present, edited=edit.edited
    )


def _final(stand: "PeriodStatus") -> FinalForm | None:
    if stand.final is None:
        return None
    made = stand.final
    return FinalForm(
        who=made.who,
        time=made.time,
        because=made.because,
        current=made.is_current,
        version=made.version,
        docx=str(stand.final_path) if stand.final_path else None,
    )


def _final_request(result: "RunResult") -> FinalRequestForm | None:
    from generator.app.finalize import Finalized, Refused, Unchanged

    made = result.final
    if made is None:
        return None
    if isinstance(made, Finalized | Unchanged):
        outcome = RequestOutcome.MADE if isinstance(made, Finalized) else RequestOutcome.UNCHANGED
        return FinalRequestForm(outcome=outcome, version=made.version, docx=str(made.docx), open=())
    if isinstance(made, Refused):
        return FinalRequestForm(
            outcome=RequestOutcome.REFUSED, version=None, docx=None, open=made.open.kinds, edited=made.edited
        )
    return FinalRequestForm(outcome=RequestOutcome.OUTDATED, version=None, docx=None, open=())


def _report_form(path: Path | None, digest: str | None, *, changed: bool, is_draft: bool) -> ReportForm:
    return ReportForm(
        docx=str(path) if path else None,
        pdf=_beside(path, ".pdf"),
        provenance=_provenance(path),
        draft=is_draft,
        sha256=digest,
        changed=changed,
    )


def _provenance(path: Path | None) -> str | None:
    """The document's provenance, where there is one; that of a final lies in another folder."""
    from generator.app.provenance import proof_places

    places = proof_places(path) if path else ()
    return next((str(place) for place in places if place.exists()), None)


def _beside(path: Path | None, ending: str) -> str | None:
    """A companion of the document, where there is one."""
    beside = path.with_suffix(ending) if path else None
    return str(beside) if beside and beside.exists() else None


def _officer(officer: OfficerStatus) -> OfficerForm:
    return OfficerForm(
        officer=officer.officer,
        division=officer.division,
        expected=officer.expected,
        reported=officer.reported,
        errors=officer.errors,
        waiting=officer.waiting,
        last_saved=officer.last_saved,
        state=officer.state,
    )


def _disagreement(item: GoalFollowUp) -> DisagreementForm:
    entries = tuple(answer.entry for answer in item.answers)
    voices = tuple(
        VoiceForm(officer=entry.officer, degree=entry.degree, overall_status=entry.overall_status) for entry in entries
    )
    return DisagreementForm(code=item.goal.code, title=item.goal.title, answers=voices)
