"""`seuranta status`: who has reported, what is broken, and where the report lies."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.app.editions import whole_edition
from generator.app.finals import standing_version
from generator.app.outbox import Outbox
from generator.app.pdf_problems import pdf_problems
from generator.app.plans import last_good_plan, read_current_plan
from generator.app.problems import lasting_problems, problem_of, problems_of, within
from generator.app.refused_choices import count_refused
from generator.app.session import Opened, Session, ask, open_even_if_broken, state_at
from generator.app.snapshot import Snapshot, make_snapshot
from generator.app.untaken import has_untaken
from generator.disk.digests import sha256_of
from generator.domain.base.heading import Headings
from generator.domain.follow_up.open_items import OpenEdit
from generator.domain.follow_up.status import FinalReport, Problem, ReportFile, Status
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.plan_reading import PlanReading
from generator.errors import SeurantaError, TemplateError
from generator.store.journal import Journal
from generator.workspace.folders import SETTINGS_FILE, Workspace
from generator.workspace.settings_file import read_intake_settings
from generator.workspace.templates import own_path, read_templates


@dataclass(frozen=True, slots=True)
class PeriodStatus:
    """The period's status, with its report and all problems.

    `report` is the document in the outbox, `final` the latest final report, if any, and `final_path` its document where
    that lies in its place; `edited` are the drafts that somebody has edited, `open_edits` the values edited in a draft
    that are not printed; `rejected` is how many choices in the workbook of open matters could not be carried out;
    `lapsed` are the goals of settlements that lapsed because an officer has saved another value; `problems` is all that
    is broken.
    """

    workspace: Workspace
    status: Status
    report: ReportFile | None
    report_path: Path | None
    headings: Headings
    final: FinalReport | None
    final_path: Path | None
    edited: tuple[str, ...]
    open_edits: tuple[OpenEdit, ...]
    rejected: int
    lapsed: tuple[Goal, ...]
    problems: tuple[Problem, ...]


def current_status(root: Path) -> PeriodStatus:
    """Returns the period's status. With a broken plan or settings it is the last good one, and they are problems in it.

    Raises:
        SettingsError: the folder is no workspace, or its settings are broken and were never good.
        PlanError: the plan cannot be used, and none was ever used.
    """
    state = state_at(root, read_intake_settings(root / SETTINGS_FILE).state)
    with closing(state):
        journal = Journal(state.journal_lines())
        journal.read()
        opened = open_even_if_broken(root, journal.history, state.bytes_archive())
    return ask(opened.workspace, lambda session: _answer(session, opened))


def _answer(session: Session, opened: Opened) -> PeriodStatus:
    problems = [*problems_of(opened.settings_error)] if opened.settings_error else []
    problems += _key_problems(session)
    reading = _plan(session, problems)
    # Without the key the sender of a new save is not known.
    if not problems and session.key and has_untaken(session):
        _take_new(session, reading.plan)
    snapshot = make_snapshot(session, reading)
    problems += (*_template_problems(session), *_problems_of_last_round(session))
    lasting = lasting_problems(session, snapshot.plan, opened.settings_error)
    return status_of(session, snapshot, (*problems, *lasting, *pdf_problems(session, snapshot.final_report)))


def _take_new(session: Session, plan: Plan) -> None:
    from generator.app.rules import Rules
    from generator.app.taking import take_new

    take_new(session, Rules(session, plan))


def status_of(session: Session, snapshot: Snapshot, problems: tuple[Problem, ...] = ()) -> PeriodStatus:
    """Returns the status of a snapshot, with these problems."""
    lies = Outbox(session).report_file(snapshot.final_report, snapshot.plan)
    return PeriodStatus(
        workspace=session.workspace,
        status=snapshot.status,
        report=lies,
        report_path=session.workspace.outbox / lies.name if lies else None,
        headings=session.settings.headings,
        final=snapshot.final_report,
        final_path=_final_path(session, snapshot),
        edited=Outbox(session).edited_drafts(snapshot),
        open_edits=snapshot.open_edits,
        rejected=count_refused(session, snapshot),
        lapsed=snapshot.lapsed_goals,
        problems=within(session.workspace, problems),
    )


def _final_path(session: Session, snapshot: Snapshot) -> Path | None:
    final, whole = snapshot.final_report, whole_edition(session.settings, session.words)
    outbox = session.workspace.outbox
    version = standing_version(outbox, session.period, final.version, whole) if final else None
    return version.document(whole) if version else None


def _plan(session: Session, problems: list[Problem]) -> PlanReading:
    """Returns the plan, or the last good one with a problem added to `problems`."""
    try:
        return read_current_plan(session)
    except SeurantaError as error:
        plan = last_good_plan(session)
        if plan is None:
            raise
        problems.append(problem_of(error))
        return PlanReading(plan, ())


def _problems_of_last_round(session: Session) -> tuple[Problem, ...]:
    """Returns the last round's problems, except those of settings, plan and key, which are checked again."""
    workspace = session.workspace
    anew = (workspace.root / SETTINGS_FILE, workspace.plan, session.store.state.key_place)
    places = {place.removeprefix(f"{workspace.root}{os.sep}") for place in map(str, anew)}
    return tuple(problem for problem in session.store.ledger.problems() if problem.place not in places)


def _key_problems(session: Session) -> tuple[Problem, ...]:
    """Returns the problem of a key that cannot be read.

    A key that only the asker may not read is none, unless there are saves that cannot be taken without it.
    """
    error = session.key_error
    if error is None or (isinstance(error.__cause__, PermissionError) and not has_untaken(session)):
        return ()
    return (problem_of(error),)


def _template_problems(session: Session) -> tuple[Problem, ...]:
    """Returns the problems of templates that no round has used yet."""
    templates, history, workspace = read_templates(session.workspace), session.store.history, session.workspace
    files = [("", workspace.template, templates.common)]
    files += [(language.value, own_path(workspace, language), template) for language, template in templates.own]
    used = {language: history.last_template(language) for language, _, _ in files}
    digests = {language: record.digest for language, record in used.items() if record}
    new = ((path, data) for language, path, data in files if data and digests.get(language) != sha256_of(data))
    return tuple(problem for path, data in new for problem in _faults_of(path, data))


def _faults_of(path: Path, template: bytes) -> Iterator[Problem]:
    """Yields the first fault of a template, if it has one."""
    from generator.formats.docx.rendering import find_faults_apart

    try:
        yield from (problem_of(fault, path) for fault in find_faults_apart(template)[:1])
    except TemplateError as error:
        yield problem_of(error, path)
