"""The report as values: the content of the council's document, not yet in any language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.domain.base.canonical import HasDigest
from generator.domain.base.heading import Field
from generator.domain.base.scale import OverallStatus, OverallStatuses
from generator.domain.base.settings import ScopeKind, SettledForm
from generator.domain.base.text import same_name
from generator.domain.follow_up.comparison import ComparedReport, Comparison, printed_goals
from generator.domain.follow_up.merge import FollowUp, GoalFollowUp, GoalState
from generator.domain.output.frame import WHOLE, Frame, Scope
from generator.domain.output.movement import Movement, movements
from generator.domain.output.programme import EndedYear, ProgrammeRow, ended_year, programme_rows
from generator.domain.output.revision import ReplacedVersion
from generator.domain.output.summary import Counted, NoDegree, NoStatus, Summary, summarise
from generator.domain.output.written_texts import NO_TEXTS, WrittenTexts
from generator.domain.plan.goals import Goal, Plan, owns
from generator.domain.plan.succession import Succession, succession
from generator.domain.submission.answers import Answer

# An extract of more goals than these has a summary, and a list of contents.
BRIEF, FEW_GOALS = 3, 10


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of one officer; the name is empty if only one officer speaks.

    `language` (fi, sv, en) is the officer's, an empty string where it is the plan's.
    """

    officer: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DegreeVoice:
    """A degree (None: not assessable) and who gave it; an empty string where all agree."""

    officer: str
    degree: int | None


@dataclass(frozen=True, slots=True)
class StatusVoice:
    """The overall status that one officer gave."""

    officer: str
    status: OverallStatus


@dataclass(frozen=True, slots=True)
class Assessment:
    """One officer's answer: a degree (None: not assessable) and a status (None: left empty)."""

    officer: str
    degree: int | None
    status: OverallStatus | None


@dataclass(frozen=True)
class ReportRow(HasDigest):
    """One goal's row, not yet in any language. The whole report and extracts use the same object.

    Tuples are () if there is nothing; `movement` is None without a previous period. `disagreement` holds every
    officer's assessment where they differ on the degree or the overall status. `unchecked` are those of the `waiting`
    officers whose answer waits for a check of its sender. `settled` holds every officer's assessment where they differ
    and a person chose one of them.
    """

    goal: Goal
    state: GoalState
    main_risks: tuple[Voice, ...]
    statuses: tuple[StatusVoice, ...]
    degrees: tuple[DegreeVoice, ...]
    narratives: tuple[Voice, ...]
    waiting: tuple[str, ...]
    movement: Movement | None = None
    disagreement: tuple[Assessment, ...] = ()
    unchecked: tuple[str, ...] = ()
    settled: tuple[Assessment, ...] = ()
    settled_form: SettledForm = SettledForm.SHORT

    @property
    def is_degree_settled(self) -> bool:
        """True if officers gave different degrees, and a person chose the printed one."""
        return len({given.degree for given in self.settled}) > 1

    @property
    def is_status_settled(self) -> bool:
        """True if officers gave different overall statuses, and a person chose the printed one."""
        return len({given.status.id for given in self.settled if given.status}) > 1

    @property
    def is_computed(self) -> bool:
        """True if the degree is computed from lower goals."""
        return self.state is GoalState.COMPUTED

    @property
    def degree(self) -> int | None:
        """The one degree as printed; None if there is none, or if officers disagree."""
        return self.degrees[0].degree if len(self.degrees) == 1 else None

    @cached_property
    def counted(self) -> Counted:
        """The degree and the status by which the summary counts the goal, or the reasons why it has none."""
        return Counted(self.goal, self._counted_degree, self._counted_status)

    @property
    def _counted_degree(self) -> int | NoDegree:
        if len(self.degrees) > 1:
            return NoDegree.DISPUTED
        if self.degrees:
            return NoDegree.NOT_ASSESSABLE if self.degree is None else self.degree
        if self.goal.reporters:
            return NoDegree.NOT_REPORTED
        return NoDegree.NOT_EXPECTED if self.goal.officers else NoDegree.WITHOUT_OFFICER

    @property
    def _counted_status(self) -> str:
        if len(self.statuses) > 1:
            return NoStatus.DISPUTED
        return self.statuses[0].status.id if self.statuses else NoStatus.NOT_GIVEN


@dataclass(frozen=True)
class Section(HasDigest):
    """One council-term goal with all that is under it; the goal's own row is the first."""

    goal: Goal
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True)
class Report(HasDigest):
    """The values that a document prints. The digest covers all of them; so do those of sections and rows.

    `compared` is the report that it is compared with (None: no previous period is known), `programme` how the programme
    has changed since, and `ended_year` last year's annual goals and actions, where a new year begins. `replaced` is the
    final version that the whole report replaces, None where it is the first or an extract. `texts` are those that its
    maker wrote: in a document those of its language; an extract has none. `own_goals` is how many goals an extract is
    about, without those above them; None for the whole report.
    """

    frame: Frame
    scope: Scope
    sections: tuple[Section, ...]
    summary: Summary
    compared: ComparedReport | None = None
    programme: tuple[ProgrammeRow, ...] = ()
    ended_year: EndedYear | None = None
    replaced: ReplacedVersion | None = None
    texts: WrittenTexts = NO_TEXTS
    own_goals: int | None = None

    @property
    def has_contents(self) -> bool:
        """True if the document has a list of contents: an extract of a few goals has none."""
        return self.own_goals is None or self.own_goals > FEW_GOALS

    @property
    def is_brief(self) -> bool:
        """True for an extract that needs no summary: the rows of a goal or three say all of it."""
        return self.own_goals is not None and self.own_goals <= BRIEF

    @cached_property
    def rows(self) -> tuple[ReportRow, ...]:
        """The rows of all sections, in the order of the plan."""
        return tuple(row for section in self.sections for row in section.rows)

    @cached_property
    def not_reported(self) -> tuple[ReportRow, ...]:
        """The rows whose officers, all or some, have not reported."""
        return tuple(row for row in self.rows if row.waiting)

    @cached_property
    def lowest(self) -> tuple[ReportRow, ...]:
        """The rows whose degree is in the lower half of the scale (1 and 2 of five steps), the lowest first."""
        degrees = self.frame.scale.degrees
        low = tuple(degree.value for degree in degrees[: len(degrees) // 2])
        return tuple(row for value in low for row in self.rows if row.degree == value)

    @cached_property
    def disagreements(self) -> tuple[ReportRow, ...]:
        """The rows on whose degree or overall status the officers differ."""
        return tuple(row for row in self.rows if row.disagreement)


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A whole report that was made before, and from what: rows of which nothing has changed are taken from it."""

    report: Report
    plan: Plan
    follow_up: FollowUp

    def rows(self, frame: Frame, plan: Plan) -> Mapping[GoalFollowUp, ReportRow]:
        """The rows by what they were made from; none where something has changed that all rows share."""
        own = self.report.frame
        if plan is not self.plan or _row_frame(own) != _row_frame(frame):
            return {}
        rows = {row.goal.code: row for row in self.report.rows}
        return {item: rows[item.goal.code] for item in self.follow_up.goals}


def _row_frame(frame: Frame) -> tuple[object, ...]:
    """Returns what all rows take from the frame."""
    return frame.scale, frame.statuses, frame.settled


def make_report(
    frame: Frame,
    plan: Plan,
    follow_up: FollowUp,
    *,
    comparison: Comparison | None = None,
    scope: Scope = WHOLE,
    earlier: EarlierReport | None = None,
) -> Report:
    """Makes the values of the whole document, or of an extract.

    Where both are needed, or several extracts or languages, make the whole once; then `extract_of` and `in_frame`.

    Args:
        comparison: the previous period, with its own plan; None if nothing is known of it.
        earlier: the report before the last change. It only saves time; the result is the same without it.
    """
    known = earlier.rows(frame, plan) if earlier else {}
    found = succession(comparison.plan, plan) if comparison else None
    moved = _movements(comparison, found, follow_up) if comparison and found else {}
    rows: dict[str, list[ReportRow]] = {root.code: [] for root in plan.children(None)}
    for item in follow_up.goals:
        movement = moved.get(item.goal.code)
        row = known.get(item)
        if row is None or row.movement != movement:
            row = _row(item, movement, frame, plan)
        rows[item.goal.code.partition(".")[0]].append(row)
    sections = tuple(Section(plan.by_code[code], tuple(own)) for code, own in rows.items())
    whole = Report(frame, WHOLE, sections, _summary(sections, frame, plan))
    if comparison and found:
        whole = replace(
            whole,
            compared=comparison.report,
            programme=programme_rows(comparison, found),
            ended_year=ended_year(comparison, found),
        )
    return whole if scope == WHOLE else extract_of(whole, scope, plan)


def extract_of(whole: Report, scope: Scope, plan: Plan) -> Report:
    """Returns a whole report's rows in the scope and their ancestors: the same row objects, with new counts.

    Args:
        whole: a whole report, in whatever frame.
        plan: the plan that it was made from.

    Raises:
        ValueError: the report is an extract already.
    """
    if whole.scope != WHOLE:
        raise ValueError("an extract is made of the whole report")
    own = _goals_in(scope, plan)
    shown = {code for goal in own for code in (*goal.ancestors, goal.code)}
    sections = tuple(
        replace(section, rows=tuple(row for row in section.rows if row.goal.code in shown))
        for section in whole.sections
        if section.goal.code in shown
    )
    return replace(
        whole,
        scope=scope,
        sections=sections,
        summary=_summary(sections, whole.frame, plan),
        programme=tuple(row for row in whole.programme if _is_in(scope, row, plan)),
        ended_year=None,
        texts=NO_TEXTS,
        own_goals=None if scope == WHOLE else len(own),
    )


def in_frame(report: Report, frame: Frame) -> Report:
    """Returns the same report with another frame: in another language, as a final, or without an attachment's number.

    Raises:
        ValueError: the frame has another scale or other overall statuses than those that the rows were made with.
    """
    if (frame.scale, frame.statuses) != (report.frame.scale, report.frame.statuses):
        raise ValueError("the report's rows were made with another scale or other overall statuses")
    return replace(report, frame=frame)


def _summary(sections: tuple[Section, ...], frame: Frame, plan: Plan) -> Summary:
    counted = tuple(row.counted for section in sections for row in section.rows)
    return summarise(counted, frame.scale, frame.statuses, plan)


def _goals_in(scope: Scope, plan: Plan) -> tuple[Goal, ...]:
    if scope.kind is ScopeKind.OFFICER:
        return plan.goals_of(scope.name)
    return plan.goals if scope.kind is ScopeKind.WHOLE else plan.goals_in(scope.name)


def _is_in(scope: Scope, row: ProgrammeRow, plan: Plan) -> bool:
    """True if a change is about a goal of an extract's officer or division, now or before."""
    goals = (row.change.goal, *row.change.earlier)
    if scope.kind is ScopeKind.OFFICER:
        return any(owns(goal, scope.name) for goal in goals)
    return any(same_name(plan.division_of(goal), scope.name) for goal in goals)


def _movements(comparison: Comparison, found: Succession, follow_up: FollowUp) -> Mapping[str, Movement]:
    return movements(comparison, found, {printed.goal.code: printed for printed in printed_goals(follow_up)})


def _row(item: GoalFollowUp, movement: Movement | None, frame: Frame, plan: Plan) -> ReportRow:
    return ReportRow(
        goal=item.goal,
        state=item.state,
        main_risks=_risks(item, plan),
        statuses=_statuses(item, frame.statuses),
        degrees=_degrees(item),
        narratives=_voices(((answer, answer.text(Field.NARRATIVE)) for answer in item.answers), plan),
        waiting=item.waiting,
        movement=movement,
        disagreement=_assessments(item, frame.statuses) if item.is_disputed else (),
        unchecked=item.unchecked,
        settled=_assessments(item, frame.statuses) if item.differs and item.decision else (),
        settled_form=frame.settled,
    )


def _risks(item: GoalFollowUp, plan: Plan) -> tuple[Voice, ...]:
    if not item.answers:
        return (Voice("", item.goal.main_risks),) if item.goal.main_risks.strip() else ()
    return _voices(((answer, answer.text(Field.MAIN_RISKS)) for answer in item.answers), plan)


def _voices(said: Iterable[tuple[Answer, str]], plan: Plan) -> tuple[Voice, ...]:
    """Groups words by officer; words that several share, or that one says alone, have no name."""
    spoken = tuple((answer, text) for answer, text in said if text.strip())
    texts = dict.fromkeys(text for _, text in spoken)
    languages = tuple(_language_of(answer.entry.officer, plan) for answer, _ in spoken)
    if len(texts) == 1:
        return (Voice("", next(iter(texts)), languages[0]),)
    voices = zip(spoken, languages, strict=True)
    return tuple(Voice(answer.entry.officer, text, language) for (answer, text), language in voices)


def _language_of(officer: str, plan: Plan) -> str:
    listed = plan.officer(officer)
    return listed.language if listed else ""


def _degrees(item: GoalFollowUp) -> tuple[DegreeVoice, ...]:
    degrees = {answer.entry.degree for answer in item.printed}
    if len(degrees) > 1:
        return tuple(DegreeVoice(answer.entry.officer, answer.entry.degree) for answer in item.printed)
    if degrees:
        return (DegreeVoice("", degrees.pop()),)
    return () if item.computed is None else (DegreeVoice("", item.computed),)


def _statuses(item: GoalFollowUp, statuses: OverallStatuses) -> tuple[StatusVoice, ...]:
    given = tuple((answer.entry.officer, statuses.get(answer.entry.overall_status)) for answer in item.printed)
    found = tuple(StatusVoice(officer, status) for officer, status in given if status)
    if len({voice.status.id for voice in found}) > 1:
        return found
    return tuple(StatusVoice("", voice.status) for voice in found[:1])


def _assessments(item: GoalFollowUp, statuses: OverallStatuses) -> tuple[Assessment, ...]:
    """Returns what each officer gave."""
    given = (answer.entry for answer in item.answers)
    return tuple(Assessment(entry.officer, entry.degree, statuses.get(entry.overall_status)) for entry in given)
