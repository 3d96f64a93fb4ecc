"""Writes the matters that a council asks about first, a line each, and the table of goals that need attention."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.domain.base.rule import N_
from generator.domain.output.matters import ChangedDegrees, Matters
from generator.domain.output.movement import Change
from generator.domain.output.report import Report, ReportRow
from generator.formats.docx.document_language import (
    DocumentLanguage,
    division_line,
    goal_line,
    one_line,
    posts_language,
    series,
)
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
        *(() if matters.moved else _achieved(matters, lang)),
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
        label = N_("No status, degrees {degrees}") if matters.has_statuses else N_("Lowest degrees {degrees}")
        named = lang.words(label, degrees=lowest_degrees(report, lang.words))
        yield _Matter(named, matters.lowest, _title)


def _moved(report: Report, moved: ChangedDegrees, matters: Matters, lang: DocumentLanguage) -> Iterator[MatterFields]:
    words = lang.words
    in_all = _with_computed(matters.achieved, words) or words("in all {count}", count=len(matters.achieved))
    kinds = (
        _Matter(words("↓ Fell"), moved.fell, _change),
        _Matter(words("↑ Rose"), moved.rose, _change),
        _Matter(words("✓ Newly achieved"), moved.achieved, _title, in_all),
    )
    yield from (_goals(kind, lang) for kind in kinds if kind.rows)
    if matters.achieved and not moved.achieved:
        yield from _other(words("✓ Achieved"), in_all)
    yield from _other(words("Other degrees of progress"), _rest(report, moved, words))


def _achieved(matters: Matters, lang: DocumentLanguage) -> Iterator[MatterFields]:
    """All goals at the highest degree, where nothing is compared."""
    if rows := matters.achieved:
        yield _goals(_Matter(lang.words("✓ Achieved"), rows, _title, _with_computed(rows, lang.words)), lang)


def _with_computed(rows: Sequence[ReportRow], words: Words) -> str:
    """Returns how many goals there are, and how many of their degrees are computed; empty if none is."""
    computed = sum(row.is_computed for row in rows)
    return words("in all {count}, of them computed {computed}", count=len(rows), computed=computed) if computed else ""


def _rest(report: Report, moved: ChangedDegrees, words: Words) -> str:
    found = Counter(row.movement.change for row in moved.others if row.movement)
    counts = (
        (N_("unchanged {count}"), found[Change.UNCHANGED]),
        (N_("new goals {count}"), found[Change.NEW_GOAL]),
        (N_("split or joined {count}"), found[Change.SPLIT] + found[Change.JOINED]),
        (N_("computed in another way {count}"), found[Change.OTHER_SOURCES]),
        (N_("computed, rose {count}"), found[Change.ADVANCED]),
        (N_("computed, fell {count}"), found[Change.FELL_BACK]),
    )
    told = (words(message, count=count) for message, count in counts if count)
    return _SEPARATOR.join((*told, *without_degree(moved.others, report, words)))


def without_degree(rows: Iterable[ReportRow], report: Report, words: Words) -> Iterator[str]:
    """Yields how many of the rows have no single degree, by the period in which they have none."""
    movements = (row.movement for row in rows if row.movement and row.movement.change is Change.NO_EARLIER)
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
    """Those that nobody reported, by division; by whose they are where there are no divisions."""
    counts = _by_division(report, lang) if report.summary.divisions else _by_officers(matters, lang)
    own = [(f"{name} {count}", language) for (name, language), count in counts if count]
    label = _counted(lang.words("Not reported"), len(matters.unreported))
    in_check = sum(bool(row.unchecked) for row in matters.unreported)
    end = lang.words("of them waiting for a check of the sender {count}", count=in_check) if in_check else ""
    text = _with_end(_SEPARATOR.join(text for text, _ in own), end)
    yield MatterFields(label, text, lang.own if any(language for _, language in own) else "")


def _by_division(report: Report, lang: DocumentLanguage) -> list[tuple[tuple[str, str], int]]:
    """Counts the goals that nobody reported by the division's name and its language."""
    divisions = report.summary.divisions
    return [(division_line(one_line(each.division), lang), each.not_reported) for each in divisions]


def _by_officers(matters: Matters, lang: DocumentLanguage) -> list[tuple[tuple[str, str], int]]:
    """Counts the goals that nobody reported by the names of all their officers and the language of these."""
    waiting = (row.waiting for row in matters.unreported)
    return [*Counter(("; ".join(map(lang.names.post, each)), posts_language(each, lang)) for each in waiting).items()]


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
    text = _with_end(_SEPARATOR.join([*said[:shown], *rest]), matter.end)
    is_own = any(goal_line(row.goal, lang).language for row in matter.rows[:shown])
    return MatterFields(_counted(matter.label, len(said)), text, lang.own if is_own else "")


def _room_for(texts: Sequence[str], longest: int) -> int:
    """Returns how many texts a line of the summary has room for: at least one."""
    lengths = [sum(len(text) + len(_SEPARATOR) for text in texts[: count + 1]) for count in range(len(texts))]
    return max(1, sum(length <= longest for length in lengths))


def _risen(moved: ChangedDegrees, lang: DocumentLanguage) -> str:
    """All goals that rose and that were achieved, if the summary's line has no room for them; else an empty string."""
    rose = _Matter(lang.words("↑ Rose"), moved.rose, _change)
    achieved = _Matter(lang.words("✓ Newly achieved"), moved.achieved, _title)
    return " ".join(_in_full(kind, lang) for kind in (rose, achieved) if _is_cut(kind, lang))


def _is_cut(matter: _Matter, lang: DocumentLanguage) -> bool:
    return _room_for([matter.say(row, lang) for row in matter.rows], matter.longest) < len(matter.rows)


def _in_full(matter: _Matter, lang: DocumentLanguage) -> str:
    titles = _SEPARATOR.join(_change(row, lang) for row in matter.rows)
    return f"{_counted(matter.label, len(matter.rows))}: {titles}."


def _title(row: ReportRow, lang: DocumentLanguage) -> str:
    return one_line(goal_line(row.goal, lang).text)


def _change(row: ReportRow, lang: DocumentLanguage) -> str:
    if row.movement is None or row.movement.before is None:
        return _title(row, lang)
    return f"{_title(row, lang)}: {row.movement.before} → {row.movement.now}"


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


def _with_end(text: str, end: str) -> str:
    return f"{text} ({end})" if end else text


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})"
