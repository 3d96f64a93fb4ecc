"""Chooses what the present period is compared with: the previous period's last final, or else its stored answers."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from generator.app.editions import whole_edition
from generator.app.finals import standing_version
from generator.app.kept_settings import settings_of
from generator.app.plans import HeldPeriod, plan_at_final
from generator.app.provenance import read_printed_goals
from generator.app.session import Session
from generator.app.told_version import final_number, told_version
from generator.domain.base.settings import Language
from generator.domain.follow_up.comparison import (
    Basis,
    Beginning,
    ComparedReport,
    Comparison,
    comparison_with_held,
)
from generator.errors import FolderError
from generator.store.records import Final
from generator.workspace.folders import read_file


@dataclass(frozen=True, slots=True)
class DealtWith:
    """Which final of the previous period the council dealt with, as a person said.

    `version` is the number of the final that the council dealt with (0: the last one), `day` when it did (None: not
    told), and `section` the section of those minutes (an empty string: not told).
    """

    version: int = 0
    day: date | None = None
    section: str = ""
    beginning: Beginning = Beginning.PERIOD


def make_comparison(
    session: Session, held: HeldPeriod | None, dealt_with: DealtWith | None = None
) -> Comparison | None:
    """Returns the comparison with the previous period; None if no previous period is known.

    Args:
        held: the previous period's stored answers, which are used if no final says what was printed.
        dealt_with: which version the council dealt with, and what begins with the present period; None: as told when
            the period was opened, or later in the workbook.
    """
    dealt_with = dealt_with or _told(session)
    final = _final(session, dealt_with.version)
    changed = _changed_settings(session)
    if final is None:
        report = replace(changed, beginning=dealt_with.beginning)
    else:
        told = replace(changed, day=dealt_with.day, section=dealt_with.section, beginning=dealt_with.beginning)
        report = replace(told, basis=Basis.FINAL, version=final_number(session, final))
    printed = _as_printed(session, final, report) if final else None
    if printed is not None or held is None:
        return printed
    if final is not None:
        report = replace(changed, basis=Basis.UNRECORDED, version=report.version, beginning=dealt_with.beginning)
    return comparison_with_held(held.follow_up, held.plan, report)


def _changed_settings(session: Session) -> ComparedReport:
    """Returns what has changed in the settings since the previous period, with which its degrees were made."""
    previous = session.settings.period.previous or ""
    now, then = session.settings, settings_of(session, previous)
    if then is None:
        return ComparedReport(Basis.HELD, periods=tuple((language.value, previous) for language in Language))
    return ComparedReport(
        Basis.HELD,
        has_other_scale=not now.degree_scale.is_comparable(then.degree_scale),
        has_other_rollup=now.rollup is not then.rollup,
        periods=tuple((language.value, then.names_in(language)[2].label) for language in Language),
    )


def _told(session: Session) -> DealtWith:
    opened = session.store.history.opening_of(session.period)
    version = told_version(session, session.settings.period.previous or "")
    if opened is None:
        return DealtWith(version)
    day = date.fromisoformat(opened.meeting) if opened.meeting else None
    return DealtWith(version, day, opened.section, Beginning(opened.beginning))


def _final(session: Session, version: int) -> Final | None:
    """Returns a final of the previous period by its number (0: the last one); None if there is none."""
    period = session.settings.period.previous
    finals = session.store.history.finals(period) if period else ()
    numbered = (final for final in finals if final_number(session, final) == version)
    return next(numbered, finals[-1] if finals else None)


def _as_printed(session: Session, final: Final, report: ComparedReport) -> Comparison | None:
    """Returns the comparison with a final as it was printed; None if there is no record of what it printed."""
    with suppress(FolderError):  # a file of the archive or the outbox is missing or damaged
        plan, record = plan_at_final(session, final), _printed_record(session, final)
        goals = read_printed_goals(record, plan) if plan and record else None
        if plan and goals is not None:
            return Comparison(report, plan, goals)
    return None


def _printed_record(session: Session, final: Final) -> bytes | None:
    """Returns the record of what a final printed; None if there is none.

    Finals made by earlier versions have it only in the provenance file in the outbox, which must be unchanged.
    """
    if final.printed:
        return session.store.archive.read(final.printed)
    settings = session.settings
    whole = whole_edition(replace(settings, period=replace(settings.period, id=final.period)), session.words)
    version = standing_version(session.workspace.outbox, final.period, final_number(session, final), whole)
    path = version.provenance(whole) if version else None
    return read_file(path) if path and session.placer.is_recorded(path) else None
