"""The rules that saves are checked with: those of today, or those of the time when the save was made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from generator.app.form_places import form_places
from generator.app.issued_forms import with_issued_form
from generator.app.plans import held_period, old_plan, plan_of
from generator.app.session import Session
from generator.app.standings import Standings
from generator.domain.base.period import Period
from generator.domain.base.settings import Language, Settings
from generator.domain.base.text import name_key
from generator.domain.follow_up.merge import FollowUp
from generator.domain.plan.form import PreviousAnswer, reporters
from generator.domain.plan.goals import Plan
from generator.domain.submission.answers import Entry
from generator.domain.submission.check_rules import CheckRules, read_sender
from generator.domain.submission.checks import Checked, Verdict, check
from generator.domain.submission.feedback import read_answer_stamp
from generator.domain.submission.workbook import Unreadable, Workbook
from generator.i18n.words import Words, degree_choices, reply_words, unread_words
from generator.store.records import JournaledSave
from generator.workspace.folders import put_away_period

OTHER_FORMATS = ("xls", "ods")


@dataclass(frozen=True, slots=True)
class FirstReading:
    """The result of the first save of some bytes: verdict, answers in the report, rows to correct, and period."""

    verdict: Verdict
    taken: int
    faults: int
    period: str


class Rules:
    """The check rules of one round, and the answers in force while saves are processed one after another."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self._session = session
        self._plan = plan
        self.standings = Standings(session)
        # What became of the saves of this round, by their sequences.
        self.readings: dict[int, FirstReading] = {}
        self._replied = session.store.ledger.replied()
        self._older: dict[tuple[str, int], CheckRules] = {}
        self._current: dict[int, CheckRules] = {}

    @cached_property
    def of_today(self) -> CheckRules:
        """Makes the check rules for a workbook that is saved now, in the municipality's first language.

        Not to be used before all saves of earlier periods have been taken: it holds their answers.
        """
        previous = self._answers_of(self._session.settings.period.previous, self._plan)
        return replace(self._without_previous, previous=previous)

    @cached_property
    def _without_previous(self) -> CheckRules:
        from generator.formats.xlsx.cell_marks import MARKS
        from generator.formats.xlsx.feedback_sheet import feedback_headings
        from generator.formats.xlsx.guide import guide_names

        settings = self._session.settings
        return CheckRules(
            language=self._session.words.language.value,
            plan=self._plan,
            scale=settings.degree_scale,
            statuses=settings.statuses,
            headings=settings.headings,
            period=settings.period,
            degree_words=degree_choices(settings.degree_scale, self._session.words),
            identity=settings.identity,
            unowned_reporter=settings.unowned_reporter,
            feedback_headings=feedback_headings(),
            unread_words=unread_words(self._session.words),
            own_colours=tuple(MARKS.values()),
            guide_names=guide_names(),
            replied=self._replied,
            reply_words=reply_words(),
            closed_periods=self._session.store.history.closed_periods,
            form_paths=self._form_paths(),
        )

    def _form_paths(self) -> tuple[tuple[str, str], ...]:
        """The paths of the present period's forms, to tell them to officers who save a closed period's form."""
        session, plan = self._session, self._plan
        if not session.store.history.closed_periods or not session.workspace.inbox.is_dir():
            return ()
        officers, inbox = reporters(plan, session.settings.unowned_reporter), session.workspace.inbox
        places = form_places(session, officers, inbox, plan.post_names)
        return tuple((name_key(name), path.relative_to(inbox).as_posix()) for name, path in places.items())

    def of_save(self, save: JournaledSave) -> CheckRules:
        """Makes the check rules for a save, with the plan of its own time and period."""
        period = period_of(self._session, save)
        then = plan_of(self._session, period, save.sequence)
        used = self._session.store.history.plans(period)
        if then is None or (period == self._session.period and then == used[-1]):
            return self._with_replies(self.of_today)
        key = period, then.first
        if key not in self._older:
            self._older[key] = self._rules_then(period, old_plan(self._session, then), then.previous)
        return self._with_replies(self._older[key])

    def _with_replies(self, rules: CheckRules) -> CheckRules:
        """Adds the replies so far. Without new ones it returns the same object, to keep its cached values."""
        known = self._current.get(id(rules))
        if known is None or known.replied != self._replied:
            known = self._current[id(rules)] = replace(rules, replied=self._replied)
        return known

    def judge(self, save: JournaledSave, checked: Checked, rules: CheckRules) -> Checked:
        """Judges the rows of a checked save; its answers count for the saves after it."""
        return self.standings.take(save, checked, rules) if checked.sender else checked

    def count_replies(self, checked: Checked) -> None:
        """Adds the replies of a save, so that what they answer is not asked again."""
        self._replied |= {reply.key for reply in checked.replies}

    def _rules_then(self, period: str, plan: Plan, previous_period: str) -> CheckRules:
        plan = replace(plan.with_names(self._plan.post_names), officers=self._plan.officers)
        settings = self._session.settings
        return replace(
            self._without_previous,
            plan=plan,
            period=settings.period if period == settings.period.id else _period(settings, period),
            previous=self._answers_of(previous_period, plan),
        )

    def _answers_of(self, period: str, plan: Plan) -> tuple[PreviousAnswer, ...]:
        """Returns the answers in force in an earlier period, for goals that the plan still has."""
        answers = self.standings.answers(period) if period else ()
        held = held_period(self._session, period, plan, answers)
        return _all_answers(held.continued_in(plan)) if held else ()


def period_of(session: Session, save: JournaledSave) -> str:
    """Returns the period of a save: the journal's, else that of an earlier reading, else today's."""
    judged = session.store.history.reading_of(save.sequence)
    return save.period or (judged.period if judged else "") or session.period


def examine(
    session: Session, rules: CheckRules, workbook: Workbook | Unreadable, path: str, *, standings: Standings
) -> Checked:
    """Checks one saved file against the rules, in its sender's language.

    Args:
        path: the file's path relative to the inbox, or its name alone.
        standings: who signed the last save at this path, and the save that an answer workbook answers.
    """
    sender = with_issued_form(read_sender(workbook, path, session.key), session.store, rules.headings)
    if isinstance(workbook, Workbook):
        sender = replace(sender, stamp=read_answer_stamp(workbook, rules.feedback_headings, session.key))
    sender = replace(sender, put_away=put_away_period(path))
    sender = replace(sender, before=standings.signer_before(rules.period.id, path, sender.stamp))
    sender = sender.with_names(rules.plan.post_names)
    words = words_of(rules.plan, sender.signer, session.words)
    return check(workbook, sender, _in_language(rules, words, session.settings))


def read_saved(data: bytes) -> Workbook | Unreadable:
    """Reads the workbook in a saved file of any supported format."""
    from generator.formats.xlsx.reader import read_workbook

    workbook = read_workbook(data)
    is_other = isinstance(workbook, Unreadable) and workbook.rule == "save-as-xlsx" and workbook.value in OTHER_FORMATS
    if not is_other:
        return workbook
    from generator.formats.legacy.other_formats import read_other

    return read_other(data)


def words_of(plan: Plan, officer: str | None, default: Words) -> Words:
    """Returns the officer's language from the officers' sheet, else the default."""
    listed = plan.officer(officer) if officer else None
    return Words(Language(listed.language)) if listed and listed.language in list(Language) else default


def _period(settings: Settings, period: str) -> Period:
    """Makes an earlier period, of which only the id is known."""
    return replace(settings.period, id=period, label=period)


def _in_language(rules: CheckRules, words: Words, settings: Settings) -> CheckRules:
    if rules.language == words.language.value:
        return rules
    degrees, unread = degree_choices(settings.degree_scale, words), unread_words(words)
    return replace(rules, language=words.language.value, degree_words=degrees, unread_words=unread)


def _all_answers(previous: FollowUp) -> tuple[PreviousAnswer, ...]:
    # The previous answers of a renumbered goal are found under its present code.
    answers: Iterable[tuple[str, Entry]] = (
        (item.goal.code, answer.entry) for item in previous.goals for answer in item.answers
    )
    return tuple(
        PreviousAnswer(code, entry.degree, entry.narrative, entry.overall_status, entry.officer)
        for code, entry in answers
    )
