"""Asks about unlikely values in seuranta.toml: dates in the wrong order, unknown periods, old names of periods."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.app.session import Session, ask
from generator.domain.base.rule import N_, Severity
from generator.domain.base.settings import Language, Settings
from generator.domain.follow_up.status import Problem
from generator.errors import SeurantaError
from generator.i18n.period_names import is_of_another_time
from generator.workspace.folders import SETTINGS_FILE, Workspace


@dataclass(frozen=True, slots=True)
class Held:
    """What is held beside the settings: `ids` are the periods in which officers have saved, the oldest first.

    `has_begun` is True if the present period has an answer or a form; then its id is not a typing error. `open_instead`
    is the period opened last, where seuranta.toml names a closed one; else None. `closed` were closed by command.
    `statuses` and `degrees` are those of the present period's answers.
    """

    ids: tuple[str, ...]
    has_begun: bool
    open_instead: str | None = None
    closed: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    degrees: frozenset[int] = frozenset()


def settings_questions(session: Session) -> tuple[Problem, ...]:
    """Returns the questions about the settings in use, in the order of their keys in the file."""
    return _questions(session.settings, _held(session))


def questions_of(workspace: Workspace) -> tuple[Problem, ...]:
    """Returns the same for a workspace that is not open; if its state is broken, only those about dates and names.

    Nothing is written.
    """
    try:
        return ask(workspace, settings_questions)
    except SeurantaError:
        return _questions(workspace.settings, Held((), has_begun=True))


def _questions(settings: Settings, held: Held) -> tuple[Problem, ...]:
    return tuple(question for asked in _QUESTIONS for question in asked(settings, held))


def _held(session: Session) -> Held:
    ledger, history = session.store.ledger, session.store.history
    entries = [answer.entry for answer in ledger.current_answers(session.period)]
    has_begun = bool(entries) or history.has_issued_forms(session.period)
    others = (period for period in history.saved_periods if period != session.period and ledger.last_saved(period))
    last = history.last_opening
    open_instead = last.period if last and history.closing_of(session.period) else None
    return Held(
        tuple(others),
        has_begun,
        open_instead,
        history.closed_periods,
        statuses=frozenset(entry.overall_status for entry in entries if entry.overall_status),
        degrees=frozenset(entry.degree for entry in entries if entry.degree is not None),
    )


def _no_municipality(settings: Settings, _: Held) -> Iterator[Problem]:
    """Asks for the municipality's name: it stands on every document, and a new workspace has only its place."""
    if settings.municipality == _STARTER_MUNICIPALITY:
        yield _question(_NOT_NAMED, _NAME_IT, key="municipality", value=settings.municipality)


def _closed_period(settings: Settings, held: Held) -> Iterator[Problem]:
    """Asks about a period that was closed: the officers have forms of a later one, and its answers would be missed."""
    if held.open_instead:
        yield _question(_CLOSED, _NAME_THE_OPEN, key="period.id", value=settings.period.id, last=held.open_instead)


def _unknown_period(settings: Settings, held: Held) -> Iterator[Problem]:
    """Asks about a period without answers that does not name the last one as its previous: its id may be mistyped."""
    period = settings.period
    if held.open_instead:
        return  # one mistake, one question: see _closed_period
    if period.previous in held.closed:
        return  # `period open` wrote it, also where nobody has answered in that period
    if not held.has_begun and held.ids and period.previous != held.ids[-1]:
        near = next(iter(_near(period.id, held.ids)), held.ids[-1])
        details = {"key": "period.id", "value": period.id, "held": ", ".join(held.ids)}
        yield _question(_NO_PERIOD, _NEW_OR_MISTYPED, **details, near=near, last=held.ids[-1])
    elif period.previous and period.previous not in held.ids:
        yield from _unknown_previous(settings, held)


def _unknown_previous(settings: Settings, held: Held) -> Iterator[Problem]:
    previous = settings.period.previous
    details = {"key": "period.previous", "value": previous}
    if previous == settings.period.id:
        yield _question(_OWN_PREVIOUS, _NAME_ANOTHER, **details)
    elif not held.ids:
        yield _question(_NO_PREVIOUS, _REMOVE_PREVIOUS, **details)
    else:
        near = next(iter(_near(previous, held.ids)), held.ids[-1])
        yield _question(_NO_PREVIOUS, _PREVIOUS_MEANT, **details, near=near, held=", ".join(held.ids))


def _near(period: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(period, ids, n=1, cutoff=0.6))


def _early_due_day(settings: Settings, _: Held) -> Iterator[Problem]:
    period = settings.period
    if period.deadline < period.end:
        dates = {"deadline": period.deadline.isoformat(), "end": period.end.isoformat()}
        yield _question(_DUE_EARLY, _CHECK, key="period.deadline", keys="end, deadline", **dates)


def _early_report_date(settings: Settings, _: Held) -> Iterator[Problem]:
    """Asks about a report date before the due day, when answers are still coming; the period's last day is allowed."""
    period = settings.period
    dates = {"date": period.report_date.isoformat(), "deadline": period.deadline.isoformat()}
    if period.report_date >= period.deadline:
        return
    if not settings.is_report_date_set:
        yield _question(_NO_REPORT_DATE, _SET_REPORT_DATE, key="period.report_date", **dates)
    elif period.report_date != period.end:
        yield _question(_REPORTED_EARLY, _CHECK, key="period.report_date", keys="report_date, deadline", **dates)


def _old_period_names(settings: Settings, _: Held) -> Iterator[Problem]:
    period, first = settings.period, settings.language
    given = {language: names.period for language, names in settings.names.items() if names.period}
    named = {"period.label": (period.label, first)}
    named |= {f"names.{language.value}.period": (name, language) for language, name in given.items()}
    for key, (name, language) in named.items():
        if is_of_another_time(name, period.end, language):
            yield _question(_OTHER_TIME, _MEND_NAME, key=key, value=name, end=period.end.isoformat())


def _missing_names(settings: Settings, _: Held) -> Iterator[Problem]:
    """Asks for names in other languages: without them the reports in these have the names of the first language."""
    for language in settings.languages[1:]:
        names, start = settings.names[language], f"names.{language.value}"
        given = {"municipality": names.municipality, "organ": names.organ, "period": names.period}
        own = {
            "municipality": settings.municipality,
            "organ": settings.organ,
            "period": settings.period.label,
        }
        missing = [name for name, text in given.items() if text is None]
        if missing:
            lines = "\n".join([f"[{start}]", *(f'{name} = "{own[name]}"' for name in missing)])
            keys = ", ".join(f"{start}.{name}" for name in missing)
            yield _question(_NO_NAMES, _WRITE_NAMES, key=keys, part=_REPORTS[language], example=lines)


def _lost_statuses(settings: Settings, held: Held) -> Iterator[Problem]:
    """Asks about statuses that officers gave and the settings no longer have: the report prints none in their place."""
    for status in sorted(held.statuses - {each.id for each in settings.statuses.statuses}):
        yield _question(_NO_STATUS, _WRITE_STATUS, key="overall_statuses", value=status)


def _lost_degrees(settings: Settings, held: Held) -> Iterator[Problem]:
    """Asks about degrees that officers gave and the scale no longer has: the summary counts them nowhere."""
    for degree in sorted(held.degrees - {each.value for each in settings.degree_scale.degrees}):
        yield _question(_NO_DEGREE, _WRITE_DEGREE, key="scale", value=str(degree))


_QUESTIONS: tuple[Callable[[Settings, Held], Iterator[Problem]], ...] = (
    _no_municipality,
    _closed_period,
    _unknown_period,
    _early_due_day,
    _early_report_date,
    _old_period_names,
    _missing_names,
    _lost_statuses,
    _lost_degrees,
)


def _question(message: str, advice: str, **details: str) -> Problem:
    return Problem(SETTINGS_FILE, message, advice, tuple(details.items()), Severity.QUESTION)


_REPORTS = {
    Language.FINNISH: N_("the report in Finnish"),
    Language.SWEDISH: N_("the report in Swedish"),
    Language.ENGLISH: N_("the report in English"),
}
# As in starter.toml.
_STARTER_MUNICIPALITY = "Kunnan nimi"
_NOT_NAMED = N_("seuranta.toml, {key}: forms and reports have “{value}” in place of the municipality's name.")
_NAME_IT = N_('Write the municipality\'s name, for example: municipality = "Havulan kunta"')
_CLOSED = N_("seuranta.toml, {key}: the period {value} is closed, and officers have forms of the period {last}.")
_NAME_THE_OPEN = N_(
    'Write the period that is open: id = "{last}", with its dates and label. The report of a closed period is made '
    "final again with: seuranta finalize --period {value}"
)
_NO_PERIOD = N_("seuranta.toml, {key}: nothing is held of the period {value}. There are answers of: {held}.")
_NEW_OR_MISTYPED = N_(
    'If the id is mistyped, write: id = "{near}". If a new period begins, write: previous = "{last}".'
)
_NO_PREVIOUS = N_(
    "seuranta.toml, {key}: nothing is held of the period {value}, so the report is compared with nothing."
)
_PREVIOUS_MEANT = N_('Write: previous = "{near}". These periods are held: {held}.')
_REMOVE_PREVIOUS = N_("No earlier period is held. Remove the line, or begin it with #.")
_OWN_PREVIOUS = N_("seuranta.toml, {key}: the period {value} cannot be its own previous period.")
_NAME_ANOTHER = N_("Write the id of the period before, or begin the line with #.")
_DUE_EARLY = N_("seuranta.toml, {key}: the due day {deadline} is before the period's last day {end}.")
_CHECK = N_("Check these settings: {keys}.")
_NO_REPORT_DATE = N_(
    "seuranta.toml, {key}: the report's date is not set, so the report bears the period's last day {date}, which is "
    "before the due day {deadline}."
)
_SET_REPORT_DATE = N_("Write the day of the meeting, or the one that the report is to bear: report_date = {deadline}")
_REPORTED_EARLY = N_("seuranta.toml, {key}: the report's date {date} is before the due day {deadline}.")
_OTHER_TIME = N_("seuranta.toml, {key}: “{value}” is of another time than the period, which ends on {end}.")
_MEND_NAME = N_(
    "Correct the name or the setting end. Begin the line of a name in another language with # to derive it."
)
_NO_STATUS = N_(
    "seuranta.toml, {key}: officers have given the status “{value}”, which is not there, so the report prints none for "
    "their goals."
)
_WRITE_STATUS = N_('Write the status again: words.fi = "{value}". Otherwise the officers give another one and save.')
_NO_DEGREE = N_(
    "seuranta.toml, {key}: officers have given the degree {value}, which is not there, so the summary does not count "
    "it."
)
_WRITE_DEGREE = N_("Write the degree again: value = {value}. Otherwise the officers give another one and save.")
_NO_NAMES = N_("seuranta.toml, {key}: missing, so {part} has the name in the municipality's first language.")
_WRITE_NAMES = N_("Write, in that language:\n{example}")
