"""Digests of a report's content, by which a final knows whether the draft says something else."""

from generator.domain.base.canonical import Canonical, digest, filled, old_digest
from generator.domain.follow_up.comparison import Basis, Beginning, ComparedReport
from generator.domain.output.programme import ProgrammeRow
from generator.domain.output.report import Report, ReportRow
from generator.domain.plan.succession import Origin


def contents_digest(report: Report) -> str:
    """Returns the SHA-256 (hex) of a report's content; the same for draft and final and in every program version.

    A final keeps it, so that it shows whether the draft says something else.
    """
    return digest(_contents(report) + _unchecked(report) + _later(report))


def contents_digests(report: Report) -> tuple[str, str]:
    """Returns `contents_digest`, then the digest that version 0.1.0 wrote into its finals."""
    return contents_digest(report), old_digest(_contents(report))


def _unchecked(report: Report) -> tuple[Canonical, ...]:
    """Returns whose answers wait for a check of their senders; empty if none does, as in earlier versions."""
    found = tuple((row.goal.code, row.unchecked) for row in report.rows if row.unchecked)
    return (found,) if found else ()


def _later(report: Report) -> tuple[Canonical, ...]:
    """Returns the contents that only later versions print, by name; empty if a report has none of them."""
    ended = report.ended_year
    found = filled(
        plan_decision=report.frame.plan_decision,
        compared=_compared_contents(report.compared) if report.compared else (),
        programme=tuple(map(_programme_contents, report.programme)),
        movements=tuple(contents for row in report.rows if (contents := _movement_contents(row))),
        ended_year=(ended.degrees, ended.without) if ended else (),
        texts=tuple((each.place, each.language, each.text) for each in report.texts.texts),
    )
    return (found,) if found else ()


def _compared_contents(compared: ComparedReport) -> Canonical:
    """Returns which report is compared with; empty for stored answers, which earlier versions always compared with."""
    return filled(
        basis="" if compared.basis is Basis.HELD else compared.basis.value,
        version=compared.version or None,
        day=compared.day.isoformat() if compared.day else "",
        section=compared.section,
        beginning="" if compared.beginning is Beginning.PERIOD else compared.beginning.value,
        has_other_scale=compared.has_other_scale,
        has_other_rollup=compared.has_other_rollup,
    )


def _programme_contents(row: ProgrammeRow) -> Canonical:
    change = row.change
    earlier = tuple((goal.code, goal.title, goal.officers) for goal in change.earlier)
    printed = tuple((each.degree, each.differed, each.is_computed) for each in row.printed)
    return change.kind.value, change.goal.code, change.goal.title, earlier, printed, change.before, change.now


def _movement_contents(row: ReportRow) -> Canonical:
    moved = row.movement
    if moved is None or not (moved.earlier or moved.has_other_sources):
        return ()
    return row.goal.code, moved.origin.value, moved.earlier, moved.has_other_sources


def _contents(report: Report) -> tuple[Canonical, ...]:
    """Returns a report's content as version 0.1.0 knew it; the old digest must not cover anything newer."""
    frame = report.frame
    period = (frame.period.label, frame.period.report_date.isoformat(), frame.period.case_number)
    labels: tuple[Canonical, ...] = tuple(
        (degree.value, *sorted(degree.labels.items())) for degree in frame.scale.degrees
    )
    return (
        (frame.municipality, frame.organ, *period, frame.section, frame.attachment, labels),
        tuple(map(_row_contents, report.rows)),
    )


def _row_contents(row: ReportRow) -> Canonical:
    moved = row.movement
    movement = (moved.before, moved.now, moved.origin is Origin.NEW, moved.differed) if moved else None
    return (
        (row.goal.code, row.goal.title, row.goal.officers, row.state.value, row.waiting, movement),
        tuple((voice.officer, voice.text) for voice in row.main_risks),
        tuple((voice.officer, voice.status.id) for voice in row.statuses),
        tuple((voice.officer, voice.degree) for voice in row.degrees),
        tuple((voice.officer, voice.text) for voice in row.narratives),
    )
