"""The workspace with its stores open: what the walk and the desk both work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from filelock import FileLock, Timeout

from generator.domain.checks import Checked, check
from generator.domain.form import Form, Identity, PreviousAnswer, make_form
from generator.domain.merge import FollowUp, continued, merge, previous_answers
from generator.domain.period import Period
from generator.domain.plan import Plan, PlanReading
from generator.domain.rule import N_
from generator.domain.rulebook import Rulebook, read_sender
from generator.domain.status import Status, make_status
from generator.domain.submission import Answer, Unreadable, Workbook
from generator.errors import FolderError
from generator.files.acts import Acts, PlanInUse, Taken
from generator.files.archive import Archive, Save
from generator.files.excel.feedback_sheet import feedback_headings
from generator.files.folders import Workspace, workspace_key
from generator.files.form_file import form_bytes
from generator.files.ledger import Ledger, open_ledger
from generator.files.other_formats import read_other
from generator.files.placed import Placed
from generator.files.plan_file import load_plan
from generator.files.plan_record import plan_record, read_plan_record
from generator.files.workbook import read_workbook
from generator.language import Language, Words
from generator.settings import Settings

LOCK_SECONDS = 120
OTHER_FORMATS = ("xls", "ods")


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace, its archive, ledger, acts and record of placed files, and the key that signs its forms."""

    workspace: Workspace
    archive: Archive
    ledger: Ledger
    acts: Acts
    placed: Placed
    key: bytes

    @property
    def words(self) -> Words:
        return self.workspace.settings.words

    def plan(self) -> Plan:
        """plan.xlsx as it is now; PlanError where it cannot be worked with."""
        return self.plan_reading().plan

    def plan_reading(self) -> PlanReading:
        """plan.xlsx as it is now, with its findings; PlanError where it cannot be worked with."""
        return load_plan(self.workspace.plan, self.workspace.settings.headings)


@contextmanager
def open_office(workspace: Workspace) -> Iterator[Office]:
    """Opens a workspace's stores; FolderError where the state folder cannot be worked with."""
    with open_ledger(workspace.ledger) as ledger:
        yield Office(
            workspace=workspace,
            archive=Archive(workspace.archive),
            ledger=ledger,
            acts=Acts(workspace.acts_record),
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
    period = settings.period.id
    return merge(plan, office.ledger.answers(period), settings.rollup, office.acts.decisions(period))


def undecided(office: Office, plan: Plan) -> FollowUp:
    """What is held of this period, merged as if nobody had decided anything."""
    settings = office.workspace.settings
    return merge(plan, office.ledger.answers(settings.period.id), settings.rollup)


def previous_follow_up(office: Office, plan: Plan) -> FollowUp | None:
    """What is held of the period before, by the plan that it had, of the goals that a plan of this period still has.

    None where the settings name no such period or nothing of it is held.
    """
    return _follow_up_before(office, plan, office.workspace.settings.period.previous or "")


def _follow_up_before(office: Office, plan: Plan, period: str) -> FollowUp | None:
    settings = office.workspace.settings
    answers = office.ledger.answers(period) if period else ()
    if not answers:
        return None
    earlier = _plan_in_the_end(office, period, answers) or plan
    return continued(merge(earlier, answers, settings.rollup, office.acts.decisions(period)), plan)


def keep_plan(office: Office, plan: Plan, now: str) -> None:
    """Keeps the plan, and enters it as the one by which the saves to come are held, unless it is that already."""
    period, digest = office.workspace.settings.period, office.archive.keep(plan_record(plan))
    used = office.acts.plans(period.id)
    previous = period.previous or ""
    if not used or (used[-1].digest, used[-1].previous) != (digest, previous):
        # The ledger may have been removed, and then knows of fewer saves than have been taken.
        first = max(office.ledger.last_sequence(), office.acts.last_taken()) + 1
        office.acts.add(PlanInUse(period.id, digest, now, first, previous))


def mark_taken(office: Office) -> None:
    """Remembers how far the journal has been taken, also if the ledger is removed."""
    last = office.ledger.last_sequence()
    if last > office.acts.last_taken():
        office.acts.add(Taken(office.workspace.settings.period.id, last))


def _plan_in_the_end(office: Office, period: str, answers: tuple[Answer, ...]) -> Plan | None:
    """The plan that was in use when an earlier period was made final, or last answered; None where none is known.

    The next period's plan may be written before the settings name that period, and is then entered as this one's.
    """
    final, used = office.acts.last_final(period), office.acts.plans(period)
    last = datetime.fromisoformat(final.time if final else max(answers, key=attrgetter("sequence")).time)
    before = tuple(plan for plan in used if datetime.fromisoformat(plan.time) <= last) or used[:1]
    return _recorded(office, before[-1]) if before else None


def _recorded(office: Office, used: PlanInUse) -> Plan:
    return read_plan_record(office.archive.read(used.digest))


def rulebook_of(office: Office, plan: Plan, save: Save) -> Rulebook:
    """What a save is held against: the plan of its own time and period, however late it is read.

    Args:
        plan: today's, whose officers' sheet counts for all.
    """
    settings = office.workspace.settings
    period = save.period or settings.period.id
    used = office.acts.plans(period)
    then = next((each for each in reversed(used) if each.first <= save.sequence), used[0] if used else None)
    if then is None or (period == settings.period.id and then == used[-1]):
        return rulebook(office, plan)
    old = replace(_recorded(office, then), officers=plan.officers)
    previous = _follow_up_before(office, old, then.previous)
    answers = merge(old, office.ledger.answers(period), settings.rollup).goals
    return replace(
        rulebook(office, old),
        period=settings.reporting_period if period == settings.period.id else _period(settings, period),
        previous=_all_answers(previous) if previous else (),
        held=tuple(answer for item in answers for answer in item.answers),
    )


def _period(settings: Settings, period: str) -> Period:
    """An earlier period, of which only the id is kept."""
    return replace(settings.reporting_period, id=period, label=period)


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
        feedback_headings=feedback_headings(),
        replied=office.ledger.replied(),
        held=tuple(answer for item in follow_up(office, plan).goals for answer in item.answers),
    )


def examine(office: Office, rules: Rulebook, data: bytes, path: str) -> Checked:
    """Reads one saved file and holds it against the rules, in its sender's language.

    Args:
        data: the file's bytes.
        path: the file's path relative to the inbox, or its name alone.
    """
    workbook = read_saved(data)
    sender = read_sender(workbook, path, office.key)
    words = words_of(rules.plan, sender.signer, office.words)
    return check(workbook, sender, _in_language(rules, words, office))


def read_saved(data: bytes) -> Workbook | Unreadable:
    """What a saved file holds, in whichever format it was saved."""
    workbook = read_workbook(data)
    is_other = isinstance(workbook, Unreadable) and workbook.rule == "save-as-xlsx" and workbook.value in OTHER_FORMATS
    return read_other(data) if is_other else workbook


def _in_language(rules: Rulebook, words: Words, office: Office) -> Rulebook:
    if rules.language == words.language.value:
        return rules
    degree_words = office.workspace.settings.degree_words(words)
    return replace(rules, language=words.language.value, degree_words=degree_words)


def officer_form(office: Office, plan: Plan, officer: str, before: FollowUp | None) -> Form:
    """An officer's blank form, in the officer's language, with what was said in the period before (None: not held)."""
    return make_form(
        plan,
        officer,
        unowned_reporter=office.workspace.settings.unowned_reporter,
        language=words_of(plan, officer, office.words).language.value,
        previous=previous_answers(before, officer) if before else (),
    )


def form_workbook(office: Office, plan: Plan, form: Form, *, base: int) -> bytes:
    """A form as a workbook, signed; `base` is the journal sequence that it is made from."""
    settings = office.workspace.settings
    identity = Identity(settings.period.id, form.officer, plan.digest, base)
    return form_bytes(form, identity.pairs(office.key), settings, Words(Language(form.language)))


def status(office: Office, plan: Plan) -> Status:
    """Who has reported and what needs correction, from what is held."""
    settings = office.workspace.settings
    period = settings.period.id
    return make_status(
        settings.reporting_period,
        plan,
        follow_up(office, plan),
        held=office.ledger.held(period),
        replies=office.ledger.replies(period),
    )


def _all_answers(previous: FollowUp) -> tuple[PreviousAnswer, ...]:
    answers = (answer.entry for item in previous.goals for answer in item.answers)
    return tuple(
        PreviousAnswer(entry.code, entry.degree, entry.narrative, entry.overall_status, entry.officer)
        for entry in answers
    )
