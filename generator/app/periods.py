"""Opens the next reporting period: closes the present one, puts its files away, and writes the new forms.

The period is open once the journal has `PeriodOpened`. If the program stops after that, the next start does the rest,
see `unfinished_opening`; files that are open in another program are moved in later rounds, see `put_away`.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from generator.app.comparison import DealtWith
from generator.app.decisions import take_choices
from generator.app.forms import FormOutcome, write_owed_forms
from generator.app.kept_settings import settings_of
from generator.app.opening import opened_with_saves_taken
from generator.app.outbox import Outbox
from generator.app.period_sessions import session_of
from generator.app.plans import keep_sources, read_current_plan
from generator.app.put_away import PutAwayResult, make_folder, put_away
from generator.app.rules import Rules
from generator.app.session import Session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.app.taking import take_new
from generator.app.told_version import final_number, told_version
from generator.app.unfinished_opening import finish_opening
from generator.disk.digests import sha256_of
from generator.domain.base.moments import read_moment
from generator.domain.base.period import Period
from generator.domain.base.rule import N_
from generator.domain.base.text import name_key
from generator.domain.follow_up.open_by_kind import NOTHING_OPEN, OpenByKind
from generator.domain.follow_up.open_items import Signature
from generator.errors import UsageError
from generator.i18n.period_names import usual_period_name
from generator.store.plan_record import officers_record
from generator.store.records import Final, PeriodOpened
from generator.workspace.folders import SETTINGS_FILE, Workspace, read_file
from generator.workspace.settings_edit import NewPeriod, with_period
from generator.workspace.settings_file import decode_settings


@dataclass(frozen=True, slots=True)
class PeriodOrder:
    """The period to open, as a person ordered it.

    The id of the previous period is filled in; an empty label is made from the months.
    """

    period: NewPeriod
    dealt_with: DealtWith


@dataclass(frozen=True, slots=True)
class OpenedPeriod:
    """The new period: the closed one's id, its final that is compared with (0: none), forms, and moved files.

    `edited` are the closed period's drafts that somebody has edited; they stay in the outbox.
    """

    period: Period
    closed: str
    version: int
    forms: tuple[FormOutcome, ...]
    files: PutAwayResult
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodRefused:
    """Why the present period is not closed. A person can close it anyway by giving a reason.

    `has_final` is False where the report was never made final, `is_late` True where it has changed since.
    """

    period: str
    has_final: bool
    is_late: bool
    open: OpenByKind = NOTHING_OPEN


@dataclass(frozen=True, slots=True)
class ListedPeriod:
    """A period that has stored data: its finals, and its label (its id if the label is no longer known).

    `closed_by` tells when and by whom it was closed; None while it is open, or if another was written by hand.
    `dealt_with` is the number of the final that the council dealt with; 0 if nobody has told it.
    """

    id: str
    label: str
    is_present: bool
    finals: tuple[Final, ...]
    closed_by: PeriodOpened | None
    dealt_with: int = 0


def open_period(workspace: Workspace, order: PeriodOrder, signature: Signature) -> OpenedPeriod | PeriodRefused:
    """Closes the present period and opens the ordered one, unless something is open and no reason is given.

    Raises:
        UsageError: the period cannot be the next one; the final that the council dealt with does not exist.
        SettingsError: seuranta.toml would not be right with the new period.
        FolderError: a folder cannot be written.
    """
    now = read_moment(signature.time)
    with opened_with_saves_taken(workspace, now) as (session, snapshot), session.store.sole_writer():
        session.store.read_journal()
        closing, held = _closing(session, _with_choices(session, snapshot, signature.time), order.period.id)
        _require_next(closing, order.period)
        version = _version(closing, order.dealt_with.version)
        refused, because = _refusal(held), signature.because.strip()
        if refused and not because:
            return refused
        # What would keep the period from being opened is found before anything is changed.
        settings = _rewritten(closing, order.period)
        make_folder(session, closing.period)
        # The finals have taken the drafts' place; without one `finalize --period` makes the report again.
        edited, outbox = Outbox(closing).edited_drafts(held), Outbox(closing)
        outbox.remove(*outbox.documents())
        reason = because if refused else ""
        opening = _opening(closing, order, signature, settings, version=version, because=reason)
        officers = session.store.archive.keep(officers_record(held.plan.officers))
        session.store.append(replace(opening, officers=officers))
        # Everything after this can be done again: the next round does what is missing.
        done = _with_files(finish_opening(session), closing.period, version, signature.time)
        return replace(done, edited=edited)


def held_periods(session: Session) -> tuple[ListedPeriod, ...]:
    """Returns all periods that have stored data, the oldest first."""
    history = session.store.history
    ids = dict.fromkeys((*history.periods, session.period))
    return tuple(
        ListedPeriod(
            id=period,
            label=_label(session, period),
            is_present=period == session.period,
            finals=history.finals(period),
            closed_by=history.closing_of(period),
            dealt_with=told_version(session, period),
        )
        for period in ids
    )


def _with_choices(session: Session, snapshot: Snapshot, now: str) -> Snapshot:
    """Returns the snapshot after taking the secretary's saved choices that no round has processed yet."""
    take_choices(session, snapshot, now)
    take_new(session, Rules(session, snapshot.plan))
    return make_snapshot(session, snapshot.reading)


def _closing(session: Session, snapshot: Snapshot, period: str) -> tuple[Session, Snapshot]:
    """Returns the period to close: the present one, or the previous one if somebody wrote the new one by hand."""
    previous = session.settings.period.previous
    if period != session.period or not previous or session.store.history.opening_of(period):
        return session, snapshot
    return session_of(session, previous)


def _with_files(session: Session, closed: str, version: int, now: str) -> OpenedPeriod:
    """Puts the closed period's files away and writes the new forms."""
    reading = read_current_plan(session)
    keep_sources(session, reading.plan, now)
    snapshot = make_snapshot(session, reading)
    files = put_away(session, snapshot, now)
    forms = write_owed_forms(session, snapshot, now)
    return OpenedPeriod(session.settings.period, closed, version, forms, files)


def _require_next(session: Session, period: NewPeriod) -> None:
    """Raises UsageError if the period cannot follow the one that is closed."""
    present = session.settings.period
    if held := _same_folder(session, period.id):
        raise UsageError(_HELD, _OTHER_ID, period=held)
    if period.end <= present.end:
        raise UsageError(_TOO_EARLY, _LATER_END, end=period.end.isoformat(), present=present.end.isoformat())


def _same_folder(session: Session, new: str) -> str | None:
    """Returns the period whose folders the new id would name too, with small and capital letters alike; else None.

    The id itself may have data already, if somebody wrote the new period by hand.

    Source: Microsoft, "Naming Files, Paths, and Namespaces": names do not differ by case.
    """
    history = session.store.history
    is_used = new == session.period or history.opening_of(new) or history.closing_of(new)
    ids = dict.fromkeys((session.period, *history.closed_periods, *history.periods))
    others = (period for period in ids if period != new and name_key(period) == name_key(new))
    return new if is_used else next(others, None)


def final_versions(session: Session) -> tuple[int, ...]:
    """The numbers of the present period's final versions, the last one last."""
    return tuple(final_number(session, final) for final in session.store.history.finals(session.period))


def _version(session: Session, asked: int) -> int:
    """Returns the number of the final that the council dealt with: the asked one (0: the last one), or 0: none."""
    numbers = final_versions(session)
    if not asked:
        return max(numbers, default=0)
    if asked not in numbers:
        listed = ", ".join(map(str, numbers)) or "–"
        raise UsageError(_NO_SUCH_VERSION, _VERSIONS, version=asked, versions=listed)
    return asked


def _refusal(snapshot: Snapshot) -> PeriodRefused | None:
    """Returns why the period should not be closed; None if its report is final and has not changed since."""
    final = snapshot.final_report
    if final and final.is_current:
        return None
    return PeriodRefused(snapshot.settings.period.id, final is not None, snapshot.is_late, snapshot.open)


@dataclass(frozen=True, slots=True)
class _Rewritten:
    """The bytes of seuranta.toml before the new period, and with it."""

    before: bytes
    after: bytes


def _rewritten(session: Session, period: NewPeriod) -> _Rewritten:
    """Returns seuranta.toml with the new period; raises SettingsError if it would not be right."""
    path = session.workspace.root / SETTINGS_FILE
    before = read_file(path)
    new = replace(period, previous=session.period, label=period.label or _usual_label(session, period))
    after = with_period(before.decode("utf-8"), new).encode("utf-8")
    decode_settings(after, path)
    return _Rewritten(before, after)


def _opening(
    closing: Session, order: PeriodOrder, signature: Signature, settings: _Rewritten, *, version: int, because: str
) -> PeriodOpened:
    """Returns the record of the opening. Once it is in the journal the new period is the present one."""
    told = order.dealt_with
    return PeriodOpened(
        period=order.period.id,
        closed=closing.period,
        version=version,
        meeting=told.day.isoformat() if told.day else "",
        section=told.section,
        beginning=told.beginning.value,
        before=sha256_of(settings.before),
        settings=closing.store.archive.keep(settings.after),
        who=signature.who,
        time=signature.time,
        because=because,
    )


def _usual_label(session: Session, period: NewPeriod) -> str:
    first = session.settings.period.end + timedelta(days=1)
    label = usual_period_name(first, period.end, session.words.language)
    if label is None:
        raise UsageError(_NO_LABEL, _GIVE_LABEL)
    return label


def _label(session: Session, period: str) -> str:
    settings = session.settings if period == session.period else settings_of(session, period)
    return settings.period.label if settings else period


_NO_LABEL = N_("The new period's name does not follow from its months.")
_GIVE_LABEL = N_('Give it: --label "July to December 2026"')
_HELD = N_("The period {period} is held already.")
_OTHER_ID = N_("Give the new period an id of its own. The periods: seuranta period list")
_TOO_EARLY = N_("The new period ends on {end}, which is not after the present one's end, {present}.")
_LATER_END = N_("Give its last day: --end 2026-12-31")
_NO_SUCH_VERSION = N_("The present period has no final version {version}.")
_VERSIONS = N_("Its versions are: {versions}. Without --dealt-with the last one is meant.")
