"""Writes in words how a degree has changed, and with which report it is compared."""

from generator.domain.base.rule import N_
from generator.domain.follow_up.comparison import Basis, Beginning, ComparedReport
from generator.domain.output.movement import Change, Movement
from generator.domain.output.programme import EndedYear
from generator.domain.plan.succession import Origin
from generator.formats.docx.document_language import DocumentLanguage, one_line, series
from generator.i18n.words import Words

_CHANGES = {
    Change.ADVANCED: N_("{before} → {now}, rose"),
    Change.FELL_BACK: N_("{before} → {now}, fell"),
    Change.OTHER_SOURCES: N_("{before} → {now}, computed in another way"),
}
_ORIGINS = {Origin.SPLIT: N_("split from {goals}"), Origin.JOINED: N_("joined from {goals}")}


def movement_text(movement: Movement, lang: DocumentLanguage) -> str:
    """Returns `2 → 3, nousi`, or how the goal relates to earlier goals; an empty string for an unchanged degree."""
    return "; ".join(filter(None, (_origin_text(movement, lang.words), _degree_text(movement, lang.words))))


def _origin_text(movement: Movement, words: Words) -> str:
    if movement.origin not in _ORIGINS:
        return ""
    return words(_ORIGINS[movement.origin], goals=series(movement.earlier, words))


def _degree_text(movement: Movement, words: Words) -> str:
    match movement.change:
        case Change.UNCHANGED:
            return ""
        case Change.NEW_GOAL:
            return words("new goal")
        case Change.ADVANCED | Change.FELL_BACK | Change.OTHER_SOURCES:
            return words(_CHANGES[movement.change], before=movement.before, now=movement.now)
        case Change.JOINED | Change.SPLIT if movement.before is None:
            return ""
    if movement.differed:
        return words("earlier assessments differed")
    if movement.before is None:
        return words("no earlier assessment")
    return words("degree {before} in the previous period", before=movement.before)


def compared_text(compared: ComparedReport, words: Words) -> str:
    """Returns which report this one is compared with, and whether the scale has changed since."""
    named = _basis_text(compared, words)
    if not compared.has_other_scale or compared.beginning is Beginning.TERM:
        return named
    told = words("The scale has changed since: the degrees of progress are not compared.")
    return f"{named} {told}"


def _basis_text(compared: ComparedReport, words: Words) -> str:
    if compared.beginning is Beginning.TERM:
        return words("A new council term has begun: nothing is compared with the term before.")
    period = in_brackets(compared.period(words.language.value))
    match compared.basis:
        case Basis.HELD:
            return words(
                "Compared with: the latest answers of the previous reporting period{period}, which has not been made "
                "final.",
                period=period,
            )
        case Basis.UNRECORDED:
            return words(
                "Compared with: the latest answers of the previous reporting period{period}; the degrees printed in "
                "its version {version} are not recorded.",
                period=period,
                version=compared.version,
            )
        case Basis.FINAL:
            return _final_text(compared, period, words)


def ended_year_text(ended: EndedYear | None, words: Words) -> tuple[str, ...]:
    """Returns last year's annual goals and actions in one sentence; () unless a new year begins."""
    if ended is None:
        return ()
    counts = [words("at degree {degree}: {count}", degree=degree, count=count) for degree, count in ended.degrees]
    counts += [words("without a degree: {count}", count=ended.without)] if ended.without else []
    sentence = words(
        "A new year has begun: annual goals and actions begin afresh. Of last year's, in all {total}, there were "
        "{counts}.",
        total=ended.total,
        counts=", ".join(counts),
    )
    return (sentence,)


def in_brackets(text: str) -> str:
    """Returns ` (tammi–kesäkuu 2026)`; an empty string for an empty one."""
    return f" ({one_line(text)})" if text else ""


def _final_text(compared: ComparedReport, period: str, words: Words) -> str:
    section = in_brackets(compared.section)
    if compared.day is not None:
        day = words.date(compared.day) + section
        return words(
            "Compared with: the report of the previous reporting period{period}, version {version}, with which the "
            "council dealt on {day}.",
            period=period,
            version=compared.version,
            day=day,
        )
    return words(
        "Compared with: the final report of the previous reporting period{period}, version {version}.",
        period=period,
        version=f"{compared.version}{section}",
    )
