"""Writes the matters that a council asks about first, a line each, and the table of goals that need attention."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.domain.base.rule import N_
from generator.domain.output.matters import ChangedDegrees, Matters
from generator.domain.output.movement import Change
from generator.domain.output.report import Report, ReportRow
from generator.formats.docx.document_language import DocumentLanguage, goal_line, one_line, series
from generator.formats.docx.fields import AttentionFields, AttentionRowFields
from generator.formats.docx.movement_words import in_brackets, movement_text
from generator.formats.docx.programme import programme_counts
from generator.formats.docx.rows import RowOnDemand, listed
from generator.formats.docx.summary_fields import MatterFields
from generator.i18n.words import Words

# With more divisions the summary, which has one page, gives less room to all else.
MOST_DIVISIONS = 8
# Characters: two lines on the summary's page, and one. More titles than that stand behind it.
_TWO_LINES, _ONE_LINE = 240, 120
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class _Matter:
    """A kind of matter before it is written: label, goals, what is said of each and at the end, longest length."""

    label: str
    rows: tuple[ReportRow, ...]
    say: Callable[[ReportRow, DocumentLanguage], str]
    end: str = ""
    longest: int = _ONE_LINE


def make_matters(report: Report, matters: Matters, lang: DocumentLanguage) -> tuple[MatterFields, ...]:
    """Makes a line for each kind of matter that some goal is in; beside many divisions none has a second line."""
    words, longest = lang.words, _TWO_LINES if len(report.summary.divisions) <= MOST_DIVISIONS else _ONE_LINE
    lines = (
        *(_goals(replace(each, longest=longest), lang) for each in _by_status(report, matters, lang)),
        *(_moved(report, matters.moved, matters, lang) if matters.moved else ()),
        *(() if matters.moved else _listed(words("✓ Achieved"), matters.achieved, lang)),
        *_other(words("Programme changed"), programme_counts(report, words)),
        *(_unreported(report, matters, lang) if matters.unreported else _all_reported(matters, words)),
        *_listed(words("Partly reported"), matters.partly_reported, lang),
        *_listed(words("Assessments differ"), matters.differing, lang),
    )
    return tuple(lines)


def make_attention(matters: Matters, rows: Mapping[str, RowOnDemand], lang: DocumentLanguage) -> AttentionFields:
    """Makes the table of the goals that need attention, each once with all reasons; `rows` are the tables' by code."""
    return AttentionFields(
        rows=tuple(_attention(row, rows[row.goal.code], matters, lang) for row in matters.needing_attention),
        caption=lang.words("Goals that need attention: why, their risks and whose they are"),
        risen=_risen(matters.moved, lang) if matters.moved else "",
    )


def lowest_degrees(report: Report, words: Words) -> str:
    """Returns the degrees of the scale's lower half: `1 ja 2`."""
    degrees = report.frame.scale.degrees
    return series(tuple(str(degree.value) for degree in degrees[: len(degrees) // 2]), words)


def _by_status(report: Report, matters: Matters, lang: DocumentLanguage) -> Iterator[_Matter]:
    for matter in matters.statuses:
        word = matter.status.words[lang.language]
        yield _Matter(f"{matter.status.shape} {word[:1].upper()}{word[1:]}", matter.rows, _title)
    if matters.lowest:
        label = lang.words("At the lowest degrees of progress ({degrees})", degrees=lowest_degrees(report, lang.words))
        yield _Matter(label, matters.lowest, _title)


def _moved(report: Report, moved: ChangedDegrees, matters: Matters, lang: DocumentLanguage) -> Iterator[MatterFields]:
    words = lang.words
    in_all = words("in all {count}", count=len(matters.achieved))
    kinds = (
        _Matter(words("↓ Fell"), moved.fell, _change),
        _Matter(words("↑ Rose"), moved.rose, _change),
        _Matter(words("✓ Newly achieved"), moved.achieved, _title, in_all),
    )
    yield from (_goals(kind, lang) for kind in kinds if kind.rows)
    if matters.achieved and not moved.achieved:
        yield from _other(words("✓ Achieved"), in_all)
    yield from _other(words("Other degrees of progress"), _rest(report, moved, words))


def _rest(report: Report, moved: ChangedDegrees, words: Words) -> str:
    counts = (
        (N_("unchanged {count}"), moved.unchanged),
        (N_("new goals {count}"), moved.new),
        (N_("split or joined {count}"), moved.split_or_joined),
        (N_("computed in another way {count}"), moved.computed_otherwise),
        (N_("computed, rose {count}"), moved.computed_rose),
        (N_("computed, fell {count}"), moved.computed_fell),
    )
    told = (words(message, count=count) for message, count in counts if count)
    return _SEPARATOR.join((*told, *without_degree(report, words)))


def without_degree(report: Report, words: Words) -> Iterator[str]:
    """Yields how many goals have no single degree, by the period in which they have none."""
    movements = (row.movement for row in report.rows if row.movement and row.movement.change is Change.NO_EARLIER)
    counts = Counter((each.before is None, each.now is None) for each in movements)
    before = in_brackets(report.compared.period(words.language.value) if report.compared else "")
    now = in_brackets(report.frame.period.label)
    if count := counts[True, False]:
        yield words("without a single degree in the previous period{period} {count}", count=count, period=before)
    if count := counts[False, True]:
        yield words("without a single degree in this period{period} {count}", count=count, period=now)
    if count := counts[True, True]:
        yield words("without a single degree in either period {count}", count=count)


def _unreported(report: Report, matters: Matters, lang: DocumentLanguage) -> Iterator[MatterFields]:
    """Those that nobody reported, by division; by officer where there are no divisions."""
    nameless, names = lang.words("No division"), lang.names
    counts = [
        (names.division(one_line(each.division)) or nameless, each.not_reported) for each in report.summary.divisions
    ]
    if not counts:
        counts = [*Counter(names.post(officer) for row in matters.unreported for officer in row.waiting).items()]
    text = _SEPARATOR.join(f"{name} {count}" for name, count in counts if count)
    yield MatterFields(_counted(lang.words("Not reported"), len(matters.unreported)), text, lang.own)


def _all_reported(matters: Matters, words: Words) -> Iterator[MatterFields]:
    if not matters.partly_reported:
        yield from _other(words("Reported"), words("Every goal that has a responsible officer has been reported."))


def _listed(label: str, rows: tuple[ReportRow, ...], lang: DocumentLanguage) -> Iterator[MatterFields]:
    if rows:
        yield _goals(_Matter(label, rows, _title), lang)


def _other(label: str, text: str) -> Iterator[MatterFields]:
    if text:
        yield MatterFields(label, text, "")


def _goals(matter: _Matter, lang: DocumentLanguage) -> MatterFields:
    """Makes a line with as many titles as it has room for, and how many more there are."""
    said = [matter.say(row, lang) for row in matter.rows]
    shown = _room_for(said, matter.longest)
    more = len(said) - shown
    rest = [lang.words.plural("{count} other", "{count} others", more)] if more else []
    end = f" ({matter.end})" if matter.end else ""
    return MatterFields(_counted(matter.label, len(said)), _SEPARATOR.join([*said[:shown], *rest]) + end, lang.own)


def _room_for(texts: Sequence[str], longest: int) -> int:
    """Returns how many texts a line of the summary has room for: at least one."""
    lengths = [sum(len(text) + len(_SEPARATOR) for text in texts[: count + 1]) for count in range(len(texts))]
    return max(1, sum(length <= longest for length in lengths))


def _risen(moved: ChangedDegrees, lang: DocumentLanguage) -> str:
    """All goals that rose, if the summary's lines have no room for them; else an empty string."""
    groups = ([_change(row, lang) for row in rows] for rows in (moved.rose, moved.achieved))
    cut = [text for texts in groups if _room_for(texts, _ONE_LINE) < len(texts) for text in texts]
    return _SEPARATOR.join(cut)


def _title(row: ReportRow, lang: DocumentLanguage) -> str:
    return one_line(goal_line(row.goal, lang).text)


def _change(row: ReportRow, lang: DocumentLanguage) -> str:
    degrees = f" {row.movement.before} → {row.movement.now}" if row.movement else ""
    return _title(row, lang) + degrees


def _attention(row: ReportRow, fields: RowOnDemand, matters: Matters, lang: DocumentLanguage) -> AttentionRowFields:
    shown, title = listed(fields), goal_line(row.goal, lang)
    return AttentionRowFields(
        title=one_line(title.text),
        language=title.language,
        reason="; ".join(_reasons(row, matters, lang)),
        main_risks=shown.main_risks,
        officers=shown.officers,
        officers_language=shown.officers_language,
        is_short=shown.is_short,
    )


def _reasons(row: ReportRow, matters: Matters, lang: DocumentLanguage) -> Iterable[str]:
    for matter in matters.statuses:
        if row in matter.rows:
            yield matter.status.text(lang.language)
    if row.movement and row.movement.change is Change.FELL_BACK:
        yield movement_text(row.movement, lang)
    elif row.degree is not None and row in matters.lowest:
        yield lang.degree(row.degree)


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})"
