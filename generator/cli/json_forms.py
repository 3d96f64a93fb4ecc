"""The JSON forms of the commands' answers as pydantic models: extended, never renamed. Schemas: docs/json.md."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from generator.domain.base.rule import Severity
from generator.domain.follow_up.open_by_kind import OpenKind
from generator.domain.follow_up.status import OfficerState
from generator.domain.plan.programme import ProgrammeChangeKind
from generator.domain.submission.checks import Verdict
from generator.domain.submission.row_checks import RowState, Standing


class _JsonForm(BaseModel):
    model_config = ConfigDict(frozen=True)


class CellsForm(_JsonForm):
    """Where each value was read, as `Sheet!F12`; an empty string where the workbook has no such column."""

    main_risks: str
    overall_status: str
    degree: str
    narrative: str


class RowForm(_JsonForm):
    """A row of a checked file; `standing` is None where it has an error, `printed` tells if the report holds it."""

    code: str | None
    state: RowState
    degree: int | None
    overall_status: str | None
    main_risks: str | None
    narrative: str | None
    taken: bool
    standing: Standing | None
    printed: bool
    cells: CellsForm | None


class FindingForm(_JsonForm):
    rule: str
    severity: Severity
    sheet: str | None
    cell: str | None
    code: str | None
    value: str
    message: str
    advice: str


class FileForm(_JsonForm):
    """One file of `run --json`."""

    file: str
    sha256: str
    verdict: Verdict
    officer: str | None
    period: str | None
    findings: tuple[FindingForm, ...]


class CheckedFileForm(FileForm):
    """One file of `check --json`."""

    rows: tuple[RowForm, ...]


class GoalsForm(_JsonForm):
    expected: int
    reported: int
    missing: int


class ReportForm(_JsonForm):
    """The report in the outbox; `docx` is None where none has been made yet."""

    docx: str | None
    pdf: str | None
    provenance: str | None
    draft: bool
    sha256: str | None
    changed: bool


class DifferenceForm(_JsonForm):
    """Where an edited report differs from ours. For what is no goal's value `code` is an empty string, and `field` is
    `comment`, `struck`, `emphasis`, `picture`, `order`, or an empty string for other text. `ours` and `edited` are both
    texts."""

    code: str
    field: str
    ours: str
    edited: str


class EditedForm(_JsonForm):
    """A report that somebody has edited, in the place of ours; `differences` is None where they cannot be told."""

    docx: str
    differences: tuple[DifferenceForm, ...] | None


class ProblemForm(_JsonForm):
    """Something that could not be done (`error`) or is asked about the settings (`question`): what, where (a path,
    or an empty string), and what to do. `differences` are those of a document that somebody has edited; None for all
    other problems, and where they cannot be told."""

    what: str
    where: str
    advice: str
    severity: Severity
    differences: tuple[DifferenceForm, ...] | None = None


class ContestedForm(_JsonForm):
    """Two files that differ on an officer's goal; `in_report` is the one whose answer counts.

    `unsigned`: nothing says that the file is the officer's, and the answer in the report is that of the officer's form.
    """

    code: str
    officer: str
    file: str
    in_report: str
    unsigned: bool


class WaitingForm(_JsonForm):
    """A file whose answers in an officer's name wait for a check of its sender."""

    file: str
    officer: str
    codes: tuple[str, ...]


class RefusedForm(_JsonForm):
    """A file that the setting `identity` refuses whole, and the rule by which."""

    file: str
    rule: str


class RequestOutcome(StrEnum):
    """What became of a request to make the report final."""

    MADE = "made"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    OUTDATED = "outdated"


class FinalRequestForm(_JsonForm):
    """A request to make the report final; `version` and `docx` are of the version that stands, None without one.

    Where the request was refused, `open` are the kinds of what is open, and `edited` the drafts that somebody has
    edited.
    """

    outcome: RequestOutcome
    version: int | None
    docx: str | None
    open: tuple[OpenKind, ...]
    edited: tuple[str, ...] = ()


class RunForm(_JsonForm):
    """`run --json`; `final` is None where nobody asked to make the report final."""

    files: tuple[FileForm, ...]
    goals: GoalsForm
    waiting: tuple[WaitingForm, ...]
    report: ReportForm
    problems: tuple[ProblemForm, ...]
    final: FinalRequestForm | None


class OfficerForm(_JsonForm):
    officer: str
    division: str
    expected: int
    reported: int
    errors: int
    waiting: int
    last_saved: str | None
    state: OfficerState


class VoiceForm(_JsonForm):
    officer: str
    degree: int | None
    overall_status: str


class DisagreementForm(_JsonForm):
    code: str
    title: str
    answers: tuple[VoiceForm, ...]


class FinalForm(_JsonForm):
    """A report made final: by whom, when (ISO 8601) and why; `current` tells whether it says what is held now.

    `version` counts the period's finals from 1; `docx` is None where its document does not lie where it was placed.
    """

    who: str
    time: str
    because: str
    current: bool
    version: int
    docx: str | None


class FarParentForm(_JsonForm):
    """A reported goal a whole step or more from the median of the goals right under it."""

    code: str
    title: str
    degree: int
    median: float


class ReplyForm(_JsonForm):
    """An officer's reply to a question: in which file, when (ISO 8601), and what was asked."""

    file: str
    officer: str | None
    time: str
    question: FindingForm
    text: str


class OpenEditForm(_JsonForm):
    """A value that a person edited in the draft and that waits for a choice; `officer` is whose text it is."""

    code: str
    field: str
    officer: str | None
    printed: str
    edited: str


class StatusForm(_JsonForm):
    """`status --json`; `final` is None until a person makes the report final, `edited` unless somebody edited it.

    `edited_documents` are all documents that somebody has edited, also extracts and other languages. `lapsed` are the
    codes of goals whose settlement lapsed because an officer has saved another value.
    """

    period: str
    deadline: str
    goals: GoalsForm
    officers: tuple[OfficerForm, ...]
    disagreements: tuple[DisagreementForm, ...]
    contested: tuple[ContestedForm, ...]
    waiting: tuple[WaitingForm, ...]
    unchecked: tuple[WaitingForm, ...]
    refused: tuple[RefusedForm, ...]
    far_parents: tuple[FarParentForm, ...]
    replies: tuple[ReplyForm, ...]
    report: ReportForm
    edited: EditedForm | None
    edited_documents: tuple[EditedForm, ...]
    open_edits: tuple[OpenEditForm, ...]
    lapsed: tuple[str, ...]
    final: FinalForm | None
    problems: tuple[ProblemForm, ...]


class PlanFindingsForm(_JsonForm):
    """`plan check --json`; `problems` are questions about the settings, such as a due day before the period's end."""

    findings: tuple[FindingForm, ...]
    problems: tuple[ProblemForm, ...]


class HeldFinalForm(_JsonForm):
    """A period's final version: when it was made (ISO 8601), and whether the next period is compared with it."""

    version: int
    time: str
    dealt_with: bool


class PeriodForm(_JsonForm):
    """A period of which something is held; `closed` is when it was closed (ISO 8601), None where it was not."""

    id: str
    label: str
    present: bool
    closed: str | None
    finals: tuple[HeldFinalForm, ...]


class PeriodsForm(_JsonForm):
    """`period list --json`."""

    periods: tuple[PeriodForm, ...]


class GoalForm(_JsonForm):
    code: str
    title: str
    officers: tuple[str, ...]


class ProgrammeChangeForm(_JsonForm):
    """A goal that differs from the earlier plan, as it is now (`removed`: as it was), and the goals that it was then.

    `answered` are the officers whose answers to a removed goal would no longer be printed.
    """

    kind: ProgrammeChangeKind
    goal: GoalForm
    earlier: tuple[GoalForm, ...]
    answered: tuple[str, ...]


class UnprintedForm(_JsonForm):
    """An answer in force that the report would no longer print."""

    code: str
    officer: str
    file: str


class MissingRowsForm(_JsonForm):
    """An officer whose form lacks rows of these goals."""

    officer: str
    codes: tuple[str, ...]


class OfficerChangeForm(_JsonForm):
    """A post that is renamed (`before`: its former name), whose answers are expected no more, or again, or whose deputy
    or division is another (`before` and `after`: an empty string for none)."""

    officer: str
    kind: str
    before: str
    after: str = ""


class PlanDiffForm(_JsonForm):
    """`plan diff --json`; `period` is the id of the period whose plan plan.xlsx is compared with."""

    period: str
    changes: tuple[ProgrammeChangeForm, ...]
    unprinted: tuple[UnprintedForm, ...]
    forms: tuple[MissingRowsForm, ...]
    officers: tuple[OfficerChangeForm, ...]
