"""What the present period is compared with: the previous period's last final as it was printed, else what is held."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from generator.app.editions import whole_edition
from generator.app.finals import standing_version
from generator.app.plans import HeldPeriod, plan_at_final
from generator.app.provenance import read_printed_goals
from generator.app.session import Session
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


def make_comparison(session: Session, held: HeldPeriod | None) -> Comparison | None:
    """Returns the comparison with the previous period; None where nothing is known of one.

    Args:
        held: what is held of the previous period now, which stands in where no final tells what was printed.
    """
    period = session.settings.period.previous
    final = _dealt_with(session, period) if period else None
    printed = _as_printed(session, final) if final else None
    if printed is not None or held is None:
        return printed
    basis, number = (Basis.UNRECORDED, _number(session, final)) if final else (Basis.HELD, 0)
    return comparison_with_held(held.follow_up, held.plan, _compared(session, basis, number))


def _dealt_with(session: Session, period: str) -> Final | None:
    """Returns the final that the council dealt with: that which was told when the period was closed, else the last."""
    finals, opened = session.store.history.finals(period), session.store.history.closing_of(period)
    told = (final for final in finals if opened and _number(session, final) == opened.version)
    return next(told, next(reversed(finals), None))


def _compared(session: Session, basis: Basis, number: int) -> ComparedReport:
    """Returns what the document says of the comparison: the version, the meeting, and what begins with the period."""
    opened = session.store.history.opening_of(session.period)
    if opened is None:
        return ComparedReport(basis, number)
    meeting = date.fromisoformat(opened.meeting) if opened.meeting else None
    return ComparedReport(basis, number, meeting, opened.section, Beginning(opened.beginning))


def _as_printed(session: Session, final: Final) -> Comparison | None:
    """Returns the comparison with a final as it was printed; None if that is not recorded."""
    with suppress(FolderError):  # a file of the archive or the outbox is missing or damaged
        plan, record = plan_at_final(session, final), _provenance(session, final)
        goals = read_printed_goals(record, plan) if plan and record else None
        if plan and goals is not None:
            return Comparison(_compared(session, Basis.FINAL, _number(session, final)), plan, goals)
    return None


def _provenance(session: Session, final: Final) -> bytes | None:
    """Returns the provenance of a final. Earlier versions left it in the outbox alone: there it must be unchanged."""
    if final.provenance:
        return session.store.archive.read(final.provenance)
    settings = session.settings
    whole = whole_edition(replace(settings, period=replace(settings.period, id=final.period)), session.words)
    version = standing_version(session.workspace.outbox, final.period, _number(session, final), whole)
    path = version.provenance(whole) if version else None
    return read_file(path) if path and session.placer.is_recorded(path) else None


def _number(session: Session, final: Final) -> int:
    """Returns a final's number; the records of 0.2.0 do not have it."""
    return final.version or session.store.history.finals(final.period).index(final) + 1
