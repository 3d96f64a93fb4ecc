"""Opens the next reporting period: closes the present one, puts its files away, and writes the new forms.

The journal's `PeriodOpened` is the one step that counts: what is cut off after it is finished at the next start, see
`finish_opening`; what is open in another program follows in the next rounds, see `put_away`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from generator.app.forms import FormOutcome, write_owed_forms
from generator.app.opening import opened_with_saves_taken
from generator.app.plans import keep_sources, read_current_plan
from generator.app.put_away import PutAwayResult, put_away
from generator.app.session import Session
from generator.app.snapshot import Snapshot, file_digest, make_snapshot
from generator.disk.digests import sha256_of
from generator.disk.safe_write import folder_errors, replace_file
from generator.domain.base.moments import read_moment
from generator.domain.base.period import Period
from generator.domain.base.rule import N_
from generator.domain.follow_up.open_by_kind import NOTHING_OPEN, OpenByKind
from generator.domain.follow_up.open_items import Signature
from generator.errors import SettingsError, UsageError
from generator.store.archive import MissingBytesError
from generator.store.records import Final, PeriodOpened
from generator.workspace.folders import SETTINGS_FILE, Workspace, open_workspace, read_file
from generator.workspace.settings_edit import NewPeriod, with_period
from generator.workspace.settings_file import decode_settings


class Beginning(StrEnum):
    """What begins with a period: only the period, a new budget year with new annual goals, or a new council term."""

    PERIOD = "period"
    YEAR = "year"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class DealtWith:
    """The closed period's final that the council dealt with: its version, and the meeting (None, "": not told).

    `version` is None where the last final is meant.
    """

    version: int | None = None
    meeting: date | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class PeriodOrder:
    """The period to open, as a person ordered it; the id of the period before is filled in."""

    period: NewPeriod
    beginning: Beginning = Beginning.PERIOD
    dealt_with: DealtWith = DealtWith()


@dataclass(frozen=True, slots=True)
class OpenedPeriod:
    """The new period: the closed one's id, its final that is compared with (0: none), forms, and moved files."""

    period: Period
    closed: str
    version: int
    forms: tuple[FormOutcome, ...]
    files: PutAwayResult


@dataclass(frozen=True, slots=True)
class PeriodRefused:
    """The reasons why the present period is not closed; a reason given by a person overrules them.

    `has_final` is False where the report was never made final, `is_late` True where it has changed since.
    """

    period: str
    has_final: bool
    is_late: bool
    open: OpenByKind = NOTHING_OPEN


@dataclass(frozen=True, slots=True)
class HeldPeriod:
    """A period of which something is held: its finals, and its label (its id where that is not known any more).

    `closed_by` tells when and by whom it was closed; None while it is open, or if another was written by hand.
    """

    id: str
    label: str
    is_present: bool
    finals: tuple[Final, ...]
    closed_by: PeriodOpened | None


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
        _require_next(session, order.period)
        version = _version(session, order.dealt_with.version)
        refused = _refusal(snapshot)
        if refused and not signature.because.strip():
            return refused
        closed = session.period
        _journal_opening(session, order, signature, version=version, is_open=refused is not None)
        session = finish_opening(session)
        # Everything after this can be done again: the next round does what is missing.
        return _with_files(session, closed, version, signature.time)


def finish_opening(session: Session) -> Session:
    """Writes the settings of a period that was opened, if that was cut off; returns the session with the new ones.

    Settings that somebody has changed since are left alone.
    """
    entry = session.store.history.last_opening()
    opened = entry.record if entry else None
    if not isinstance(opened, PeriodOpened) or _are_settings_used(session, opened):
        return session
    path = session.workspace.root / SETTINGS_FILE
    if file_digest(session.workspace, SETTINGS_FILE) == opened.before:
        with folder_errors(path):
            replace_file(path, session.store.archive.read(opened.settings))
    return session.with_workspace(open_workspace(session.workspace.root))


def held_periods(session: Session) -> tuple[HeldPeriod, ...]:
    """Returns all periods of which something is held, the oldest first."""
    history, labels = session.store.history, dict(_labels(session))
    ids = dict.fromkeys((*history.periods, session.period))
    return tuple(
        HeldPeriod(
            id=period,
            label=labels.get(period, period),
            is_present=period == session.period,
            finals=history.finals(period),
            closed_by=history.closing_of(period),
        )
        for period in ids
    )


def _with_files(session: Session, closed: str, version: int, now: str) -> OpenedPeriod:
    """Puts the closed period's files away and writes the new forms."""
    reading = read_current_plan(session)
    keep_sources(session, reading.plan, now)
    snapshot = make_snapshot(session, reading)
    files = put_away(session, snapshot, now)
    forms = write_owed_forms(session, snapshot, now)
    return OpenedPeriod(session.settings.period, closed, version, forms, files)


def _require_next(session: Session, period: NewPeriod) -> None:
    present = session.settings.period
    if period.id in {held.id for held in held_periods(session)}:
        raise UsageError(_HELD, _OTHER_ID, period=period.id)
    if period.end <= present.end:
        raise UsageError(_TOO_EARLY, _LATER_END, end=period.end.isoformat(), present=present.end.isoformat())


def _version(session: Session, asked: int | None) -> int:
    """Returns the number of the final that the council dealt with: the asked one, else the last one; 0: none."""
    numbers = [final.version or number for number, final in enumerate(session.store.history.finals(session.period), 1)]
    if asked is None:
        return max(numbers, default=0)
    if asked not in numbers:
        listed = ", ".join(map(str, numbers)) or "–"
        raise UsageError(_NO_SUCH_VERSION, _VERSIONS, version=asked, versions=listed)
    return asked


def _refusal(snapshot: Snapshot) -> PeriodRefused | None:
    """What speaks against closing the period; None where its report is final and has not changed since."""
    final = snapshot.final_report
    if final and final.is_current:
        return None
    return PeriodRefused(snapshot.settings.period.id, final is not None, snapshot.is_late, snapshot.open)


def _journal_opening(
    session: Session, order: PeriodOrder, signature: Signature, *, version: int, is_open: bool
) -> None:
    """Enters the opening: from here on the new period is the present one, whatever is cut off."""
    path = session.workspace.root / SETTINGS_FILE
    before = read_file(path)
    text = with_period(before.decode("utf-8"), replace(order.period, previous=session.period))
    settings = text.encode("utf-8")
    decode_settings(settings, path)  # refuses what would not be right, before anything is changed
    meeting = order.dealt_with.meeting
    session.store.append(
        PeriodOpened(
            period=order.period.id,
            closed=session.period,
            version=version,
            meeting=meeting.isoformat() if meeting else "",
            section=order.dealt_with.section,
            beginning=order.beginning.value,
            before=sha256_of(before),
            settings=session.store.archive.keep(settings),
            who=signature.who,
            time=signature.time,
            because=signature.because.strip() if is_open else "",
        )
    )


def _are_settings_used(session: Session, opened: PeriodOpened) -> bool:
    return any(used.digest == opened.settings for used in session.store.history.settings_used())


def _labels(session: Session) -> Iterator[tuple[str, str]]:
    """The labels of periods by their ids, from all settings that were ever in use; the present ones last."""
    for used in session.store.history.settings_used():
        try:
            settings = decode_settings(session.store.archive.read(used.digest), Path(SETTINGS_FILE))
        except (MissingBytesError, SettingsError):
            continue
        yield settings.period.id, settings.period.label
    yield session.period, session.settings.period.label


_HELD = N_("The period {period} is held already.")
_OTHER_ID = N_("Give the new period an id of its own. The periods: seuranta period list")
_TOO_EARLY = N_("The new period ends on {end}, which is not after the present one's end, {present}.")
_LATER_END = N_("Give its last day: --end 2026-12-31")
_NO_SUCH_VERSION = N_("The present period has no final version {version}.")
_VERSIONS = N_("Its versions are: {versions}. Without --dealt-with the last one is meant.")
