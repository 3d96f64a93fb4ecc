"""Reads the present plan, parsed only once for the same bytes, and earlier plans from the archive."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import attrgetter

from generator.app.session import Session
from generator.domain.base.finding import Finding, shown
from generator.domain.base.moments import read_moment
from generator.domain.base.settings import Language, Settings
from generator.domain.base.text import name_key
from generator.domain.follow_up.merge import FollowUp, continued, merge
from generator.domain.plan.goals import Officer, Plan
from generator.domain.plan.plan_changes import PlanChange, plan_changes
from generator.domain.plan.plan_reading import PlanReading
from generator.domain.plan.succession import succession
from generator.domain.submission.answers import Answer
from generator.store.plan_record import (
    officers_record,
    plan_record,
    read_officers_record,
    read_plan_record,
    read_reading_record,
    reading_record,
)
from generator.store.records import Final, PlanInUse, Record, SettingsInUse, TemplateInUse
from generator.store.state import MissingBytesError
from generator.workspace.folders import SETTINGS_FILE, Workspace, read_file
from generator.workspace.templates import read_templates

# Raise this when the program reads the same plan.xlsx differently than before, or keeps it in another form.
PLAN_READER = "6"


def check_plan(workspace: Workspace) -> PlanReading:
    """Returns the plan with its findings; raises PlanError if the file has no table of goals."""
    from generator.formats.xlsx.plan_reader import read_plan_file

    reading = read_plan_file(workspace.plan, workspace.settings.headings)
    return replace(reading, findings=(*reading.findings, *_unknown_divisions(reading.plan, workspace.settings)))


def _unknown_divisions(plan: Plan, settings: Settings) -> Iterator[Finding]:
    """Yields a question for each division in seuranta.toml that has no goal in the plan."""
    known = frozenset(map(name_key, plan.divisions))
    for division in settings.divisions:
        if name_key(division.name) not in known:
            yield Finding("plan-division-unknown", value=shown(division.name), allowed=plan.divisions)


def read_current_plan(session: Session) -> PlanReading:
    """plan.xlsx as it is now, with its findings and without e-mail addresses; the same bytes are parsed once.

    From then on the ledger reads officers by the plan's present names of their posts.

    Raises:
        PlanError: it cannot be used.
        FolderError: it cannot be read now.
    """
    reading = _read_current_plan(session)
    session.store.ledger.read_with(reading.plan.post_names)
    return reading


def _read_current_plan(session: Session) -> PlanReading:
    workspace, ledger = session.workspace, session.store.ledger
    if not workspace.plan.exists():
        return check_plan(workspace)
    data = read_file(workspace.plan)
    digest = _plan_key(data, workspace)
    record = ledger.parsed_plan(digest)
    if record is not None:
        return read_reading_record(record)
    record = reading_record(_parse(data, workspace))
    ledger.keep_parsed_plan(digest, record)
    return read_reading_record(record)


def _parse(data: bytes, workspace: Workspace) -> PlanReading:
    from generator.formats.xlsx.plan_reader import parse_plan, refuse_unusable

    reading = parse_plan(data, workspace.plan, workspace.settings.headings)
    refuse_unusable(reading, workspace.plan)
    return reading


def last_good_plan(session: Session) -> Plan | None:
    """Returns the last usable plan of the period; None if there was none. It has no officers' sheet."""
    used = session.store.history.plans(session.period)
    plan = _recorded(session, used[-1]) if used else None
    if plan:
        session.store.ledger.read_with(plan.post_names)
    return plan


def last_plan_of(session: Session, period: str) -> Plan | None:
    """Returns the plan in use when a period was made final, or else last answered; None if there was none."""
    return _last_plan(session, period, session.store.ledger.current_answers(period))


def last_officers_of(session: Session, period: str) -> tuple[Officer, ...] | None:
    """Returns the officers' sheet of a period's last plan; None if it is not known."""
    history = session.store.history
    closing, used = history.closing_of(period), history.plans(period)
    digest = (closing.officers if closing else "") or (used[-1].officers if used else "")
    with suppress(MissingBytesError):
        return read_officers_record(session.store.archive.read(digest)) if digest else None
    return None


def keep_plan(session: Session, plan: Plan, now: str) -> None:
    """Archives the plan and, if it has changed, journals it as the plan for later saves."""
    session.store.append(*_new_plan(session, plan, now))


def keep_sources(session: Session, plan: Plan, now: str) -> None:
    """Archives settings, templates and plan, and journals those that have changed in one entry."""
    store = session.store
    settings = store.archive.keep(read_file(session.workspace.root / SETTINGS_FILE))
    used = store.history.last_settings()
    new = () if used and used.digest == settings else (SettingsInUse(settings, now),)
    store.append(*new, *_new_templates(session, now), *_new_plan(session, plan, now))


def _new_templates(session: Session, now: str) -> Iterator[Record]:
    """Archives the templates; yields a record of each that has changed. One that cannot be read now is left out."""
    store, templates = session.store, read_templates(session.workspace)
    own = {language.value: template for language, template in templates.own}
    for language, template in {"": templates.common, **own}.items():
        used, digest = store.history.last_template(language), template and store.archive.keep(template)
        if digest and (used is None or used.digest != digest):
            yield TemplateInUse(digest, now, language)
    for gone in (language.value for language in Language if language.value not in own):
        used = store.history.last_template(gone)
        if used and used.digest:
            yield TemplateInUse("", now, gone)


def plan_of(session: Session, period: str, sequence: int) -> PlanInUse | None:
    """Returns the plan in use at a save's journal sequence; None if no plan is known."""
    used = session.store.history.plans(period)
    return next((each for each in reversed(used) if each.first <= sequence), used[0] if used else None)


def old_plan(session: Session, used: PlanInUse) -> Plan:
    """Reads an earlier plan; its goals have no cells, and it has no officers' sheet.

    Raises:
        FolderError: the archive does not have it.
    """
    return _recorded(session, used)


def changes_in_period(session: Session, plan: Plan) -> tuple[PlanChange, ...]:
    """How the plan differs from that of the period's first save; () where nobody has saved."""
    period, history = session.period, session.store.history
    first = history.first_save_of(period)
    used = plan_of(session, period, first.sequence) if first else None
    if used is None or used.digest == history.plans(period)[-1].digest:
        return ()
    try:
        return plan_changes(old_plan(session, used), plan)
    except MissingBytesError:  # without the earlier plan there is nothing to compare
        return ()


@dataclass(frozen=True, slots=True)
class HeldPeriod:
    """The stored data of an earlier period: its plan, and its answers merged under that plan."""

    plan: Plan
    follow_up: FollowUp

    def continued_in(self, plan: Plan) -> FollowUp:
        """Returns its follow-up for the goals of a later plan that continue its goals."""
        return continued(self.follow_up, succession(self.plan, plan))


def previous_period(session: Session, plan: Plan) -> HeldPeriod | None:
    """Returns the stored data of the previous period.

    None if the settings name no previous period, or it has no answers.

    Args:
        plan: the present plan, which is used if the earlier one is not known.
    """
    period = session.settings.period.previous
    return held_period(session, period, plan, session.store.ledger.current_answers(period) if period else ())


def held_period(session: Session, period: str, plan: Plan, answers: tuple[Answer, ...]) -> HeldPeriod | None:
    """Returns the stored data of an earlier period; None if there are no answers.

    Args:
        plan: a later plan, which is used if the earlier one is not known.
        answers: those in force in that period.
    """
    if not answers:
        return None
    earlier = (_last_plan(session, period, answers) or plan).with_names(plan.post_names)
    earlier = replace(earlier, officers=plan.officers)
    decisions = session.store.history.decisions(period)
    return HeldPeriod(earlier, merge(earlier, answers, session.settings.rollup, decisions))


def plan_at_final(session: Session, final: Final) -> Plan | None:
    """Returns the plan of a final report; None if it is not known.

    Raises:
        FolderError: the archive does not have it.
    """
    if final.plan:
        return read_plan_record(session.store.archive.read(final.plan))
    return _plan_before(session, final.period, final.time)


def _new_plan(session: Session, plan: Plan, now: str) -> tuple[PlanInUse, ...]:
    """Returns the journal's record of the plan; None if that plan is in use already."""
    period, digest = session.settings.period, session.store.archive.keep(plan_record(plan))
    officers = session.store.archive.keep(officers_record(plan.officers))
    used = session.store.history.plans(period.id)
    previous = period.previous
    if used and (used[-1].digest, used[-1].previous, used[-1].officers) == (digest, previous, officers):
        return ()
    return (PlanInUse(period.id, digest, now, _first_unread(session), previous, officers),)


def _plan_key(data: bytes, workspace: Workspace) -> str:
    """Returns the digest of everything that the parsed plan depends on: the file and the headings."""
    labels = [workspace.settings.headings.labels(language) for language in ("fi", "sv", "en")]
    return sha256(b"\0".join((PLAN_READER.encode(), json.dumps(labels).encode(), data))).hexdigest()


def _first_unread(session: Session) -> int:
    """Returns the sequence of the first save that has not been checked against a plan.

    The ledger may have been removed, and then knows of fewer saves than have been taken.
    """
    history = session.store.history
    judged = next((save.sequence for save in reversed(history.saves) if history.reading_of(save.sequence)), 0)
    return max(session.store.ledger.last_sequence(), judged) + 1


def _last_plan(session: Session, period: str, answers: tuple[Answer, ...]) -> Plan | None:
    """Returns the plan in use when an earlier period was made final, or else last answered; None if unknown."""
    final = session.store.history.last_final(period)
    if final:
        return plan_at_final(session, final)
    if not answers:
        used = session.store.history.plans(period)
        return _recorded(session, used[-1]) if used else None
    return _plan_before(session, period, max(answers, key=attrgetter("sequence")).time)


def _plan_before(session: Session, period: str, time: str) -> Plan | None:
    """Returns a period's plan in use at a time (ISO 8601); None if it has none.

    The next period's plan may be written before the settings name that period. It is then recorded as this one's.
    """
    last, used = read_moment(time), session.store.history.plans(period)
    before = tuple(plan for plan in used if read_moment(plan.time) <= last) or used[:1]
    return _recorded(session, before[-1]) if before else None


def _recorded(session: Session, used: PlanInUse) -> Plan:
    return read_plan_record(session.store.archive.read(used.digest))
