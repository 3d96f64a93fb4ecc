"""The workspace with its stores open: what the walk and the desk both work with."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from generator.domain.checks import Checked, check
from generator.domain.form import PreviousAnswer
from generator.domain.merge import FollowUp, merge
from generator.domain.plan import Plan
from generator.domain.report import WHOLE, Report, Scope, make_report
from generator.domain.rulebook import Rulebook, read_sender
from generator.domain.rules import N_
from generator.domain.status import Status, make_status
from generator.errors import FolderError, TemplateError
from generator.files.archive import Archive
from generator.files.document import render
from generator.files.folders import Workspace, workspace_key
from generator.files.ledger import Ledger, open_ledger
from generator.files.placed import Placed
from generator.files.plan_file import load_plan
from generator.files.workbook import read_workbook
from generator.language import Language, Words

LOCK_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace, its archive, ledger and record of placed files, and the key that signs its forms."""

    workspace: Workspace
    archive: Archive
    ledger: Ledger
    placed: Placed
    key: bytes

    @property
    def words(self) -> Words:
        return self.workspace.settings.words

    def plan(self) -> Plan:
        """plan.xlsx as it is now; PlanError where it cannot be worked with."""
        return load_plan(self.workspace.plan, self.workspace.settings.headings)


@contextmanager
def open_office(workspace: Workspace) -> Iterator[Office]:
    """Opens a workspace's stores; FolderError where the state folder cannot be worked with."""
    with open_ledger(workspace.ledger) as ledger:
        yield Office(
            workspace=workspace,
            archive=Archive(workspace.archive),
            ledger=ledger,
            placed=Placed(workspace.placed_record, workspace.root),
            key=workspace_key(workspace),
        )


@contextmanager
def sole_writer(workspace: Workspace) -> Iterator[None]:
    """Holds the workspace's lock: one pass at a time. FolderError where another holds it for two minutes."""
    try:
        with FileLock(workspace.lock_file, timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise FolderError(_BUSY, _WAIT, path=workspace.lock_file) from None


_BUSY = N_("{path}: another pass holds the workspace.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")


def words_of(plan: Plan, officer: str | None, default: Words) -> Words:
    """The language that the officers' sheet gives to an officer, else the municipality's first."""
    listed = plan.officer(officer) if officer else None
    return Words(Language(listed.language)) if listed and listed.language in list(Language) else default


def follow_up(office: Office, plan: Plan) -> FollowUp:
    """What is held of this period, merged."""
    settings = office.workspace.settings
    return merge(plan, office.ledger.answers(settings.period.id), settings.rollup)


def previous_follow_up(office: Office, plan: Plan) -> FollowUp | None:
    """What is held of the period before; None where the settings name none or nothing of it is held."""
    settings = office.workspace.settings
    answers = office.ledger.answers(settings.period.previous) if settings.period.previous else ()
    return merge(plan, answers, settings.rollup) if answers else None


def rulebook(office: Office, plan: Plan) -> Rulebook:
    """What submissions are held against, in the municipality's first language."""
    settings = office.workspace.settings
    previous = previous_follow_up(office, plan)
    return Rulebook(
        language=office.words.language.value,
        plan=plan,
        scale=settings.degree_scale,
        statuses=settings.statuses,
        headings=settings.headings,
        period=settings.reporting_period,
        degree_words=settings.degree_words(office.words),
        identity=settings.identity,
        unowned_reporter=settings.unowned_reporter,
        previous=_all_answers(previous) if previous else (),
        held=tuple(answer for item in follow_up(office, plan).goals for answer in item.answers),
    )


def examine(office: Office, rules: Rulebook, data: bytes, folder: str) -> Checked:
    """Reads one saved file and holds it against the rules, in its sender's language.

    Args:
        data: the file's bytes.
        folder: the name of the inbox's sub-folder that it lies in, an empty string at the top.
    """
    workbook = read_workbook(data)
    sender = read_sender(workbook, folder, office.key)
    words = words_of(rules.plan, sender.signer, office.words)
    own_rules = replace(
        rules, language=words.language.value, degree_words=office.workspace.settings.degree_words(words)
    )
    return check(workbook, sender, own_rules)


def status(office: Office, plan: Plan) -> Status:
    """Who has reported and what needs correction, from what is held."""
    settings = office.workspace.settings
    held = office.ledger.held(settings.period.id)
    return make_status(settings.reporting_period, plan, follow_up(office, plan), held)


def report(office: Office, plan: Plan, scope: Scope = WHOLE) -> Report:
    """The report of what is held, whole or an extract."""
    merged, previous = follow_up(office, plan), previous_follow_up(office, plan)
    return make_report(office.workspace.settings.frame, plan, merged, previous=previous, scope=scope)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report, the template that it goes into, and the words that it is written with."""

    report: Report
    template: bytes
    words: Words

    @property
    def inputs(self) -> str:
        """SHA-256 of all that decides the document's bytes, so that nothing is rendered twice for nothing."""
        parts = (version("seuranta"), self.words.language.value, repr(self.report))
        return hashlib.sha256(self.template + "\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def report_name(what: str) -> str:
    """A report's file name; `what` is the period's id, with whose extract or which language behind it."""
    return f"seurantaraportti-{what}-LUONNOS.docx"


def draft(office: Office, made: Report, words: Words) -> Draft:
    return Draft(made, _template_bytes(office.workspace.template), words)


def document(office: Office, made: Draft) -> bytes:
    """The .docx of a draft; TemplateError names the place where the template is at fault."""
    return render(made.report, made.template, office.workspace.settings.headings, made.words)


def _template_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TemplateError(_NO_TEMPLATE, _RESTORE_TEMPLATE, path=path) from None


_NO_TEMPLATE = N_("{path}: the report's template is missing.")
_RESTORE_TEMPLATE = N_("Put the template back, or copy one from a new workspace: seuranta init DIR")


def _all_answers(previous: FollowUp) -> tuple[PreviousAnswer, ...]:
    answers = (answer.entry for item in previous.goals for answer in item.answers)
    return tuple(
        PreviousAnswer(entry.code, entry.degree, entry.narrative, entry.overall_status, entry.officer)
        for entry in answers
    )
