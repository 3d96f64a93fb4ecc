"""The product's words: messages from the catalogues, dates and lists as each language writes them.

Messages are in the code in English; `generator/i18n/locale/<language>/LC_MESSAGES/seuranta.po` holds the others, and
`seuranta.mo` beside it is the same, compiled by `tools/update_catalogues.py`.
"""

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.domain.base.finding import Finding, Place
from generator.domain.base.heading import TITLE_FIELDS, Field, Heading, Headings, PreviousColumn
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.base.rules import NAMES_A_KIND, RULES
from generator.domain.base.scale import Scale
from generator.domain.base.settings import Language
from generator.domain.submission.check_rules import DegreeWords, ReplyWords, UnreadWords

if TYPE_CHECKING:
    from generator.domain.follow_up.status import Difference

_LAPSED = N_(
    "The settlement of the goal {goal} has lapsed: an officer has saved another value. Settle it again in the workbook "
    "of open matters."
)
NOT_ASSESSABLE = N_("Cannot be assessed")
WITHDRAW = N_("I withdraw my answer")
# What people type of it: enough of a word in Finnish, English and Swedish.
_WITHDRAW_TYPED = ("perun", "withdraw", "återtar")
# What an officer replies to choose the row of the workbook at hand.
THIS = N_("this one")
_HEADINGS = {
    Field.MAIN_RISKS: N_("Main risks to achieving the goal"),
    Field.OVERALL_STATUS: N_("Overall status"),
    Field.DEGREE: N_("Degree of progress"),
    Field.NARRATIVE: N_("Progress"),
    Field.OFFICER: N_("Responsible officer"),
}
# What earlier versions wrote, in Swedish: forms and plans with these headings are still read.
_EARLIER_HEADINGS = {
    Field.DEGREE: ("Grad av framskridande",),
    Field.NARRATIVE: ("Framskridande",),
    Field.OFFICER: ("Ansvarsperson",),
}
_EARLIER_PREVIOUS = ("Grad av framskridande under föregående period", "Framskridande under föregående period")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; calling it gives a message in that language with its places filled."""

    language: Language

    def __call__(self, message: str, **values: object) -> str:
        text = _catalogue(self.language).gettext(message)
        return text.format(**self._said(values)) if values else text

    def _said(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """The values of a message; the name of a document's part and a template's `reason` are messages themselves."""
        find = _catalogue(self.language).gettext
        own = {name: find(str(values[name])) for name in ("part", "reason") if values.get(name)}
        numbers = {name: self.number(value) for name, value in values.items() if isinstance(value, float)}
        return {**values, **own, **numbers} if own or numbers else values

    def plural(self, one: str, many: str, count: int) -> str:
        """The message for a count; `{count}` in it is the count."""
        return _catalogue(self.language).ngettext(one, many, count).format(count=count)

    def waiting_edits(self, count: int) -> str:
        """Says how many values that a person edited in the draft wait for a choice."""
        return self.plural(
            "{count} value edited in the draft is not printed. It waits in the workbook of open matters.",
            "{count} values edited in the draft are not printed. They wait in the workbook of open matters.",
            count,
        )

    def rejected_choices(self, count: int) -> str:
        """Says how many choices in the workbook of open matters could not be carried out."""
        return self.plural(
            "{count} settlement could not be carried out. The workbook of open matters tells why.",
            "{count} settlements could not be carried out. The workbook of open matters tells why.",
            count,
        )

    def lapsed_settlement(self, goal: str) -> str:
        """Says that the settlement of a goal, given by its code and title, has lapsed."""
        return self(_LAPSED, goal=goal)

    def date(self, day: date) -> str:
        """`30.6.2026` in Finnish."""
        if self.language is not Language.ENGLISH:
            return f"{day.day}.{day.month}.{day.year}"
        from babel.dates import format_date  # slow to import, so only where it is needed

        return format_date(day, format="d MMMM yyyy", locale=_LOCALES[self.language])

    def moment(self, time: str) -> str:
        """A journal's time (ISO 8601 with offset) as people read it, in the time zone that it names."""
        moment = read_moment(time)
        if self.language is not Language.ENGLISH:
            clock = {Language.FINNISH: "klo", Language.SWEDISH: "kl."}[self.language]
            return f"{self.date(moment)} {clock} {moment.hour}.{moment:%M}"
        from babel.dates import format_datetime

        return format_datetime(moment, format="d MMM yyyy, HH:mm", tzinfo=moment.tzinfo, locale=_LOCALES[self.language])

    def number(self, value: float) -> str:
        """`2,5` in Finnish."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_LOCALES[self.language])

    def list(self, items: Iterable[str]) -> str:
        """Joins items with semicolons."""
        return "; ".join(items)

    def not_assessable(self) -> str:
        """`Ei arvioitavissa` in Finnish."""
        return self(NOT_ASSESSABLE)

    def finding(self, finding: Finding) -> str:
        """What a finding says: what was read and what is wrong with it."""
        return self(RULES[finding.rule].message, **_values(finding, self))

    def place(self, place: Place) -> str:
        """Returns a place in a workbook: `Seuranta, solu F12`."""
        if place.sheet and place.cell:
            return self(N_("{sheet}, cell {cell}"), sheet=place.sheet, cell=place.cell)
        if place.sheet:
            return self(N_("Sheet {sheet}"), sheet=place.sheet)
        return self(N_("Cell {cell}"), cell=place.cell) if place.cell else self(N_("The whole file"))

    def difference(self, difference: "Difference", headings: Headings) -> str:
        """Returns a difference between two reports: `01.02 Eteneminen: ”ennen” → ”muokattu”`."""
        named, ours, theirs = self._differing(difference, headings), _cut(difference.ours), _cut(difference.theirs)
        if ours and theirs:
            return self(N_("{what}: “{before}” → “{after}”"), what=named, before=ours, after=theirs)
        if theirs:
            return self(N_("{what}, only in the edited one: “{text}”"), what=named, text=theirs)
        return self(N_("{what}, not in the edited one: “{text}”"), what=named, text=ours) if ours else named

    def _differing(self, difference: "Difference", headings: Headings) -> str:
        if not difference.code:
            return self(_OTHER_DIFFERENCES.get(difference.field, N_("other text")))
        is_column = difference.field in list(Field)
        name = headings.label(Field(difference.field), self.language.value) if is_column else self(N_("title"))
        return f"{difference.code} {name}"

    def advice(self, finding: Finding) -> str:
        """Returns what the person can do about it."""
        return self(RULES[finding.rule].advice, **_values(finding, self))


# A longer text is cut: it is told where to look, and stands whole in both documents.
_LONGEST_TOLD = 200
_OTHER_DIFFERENCES = {
    "comment": N_("comment"),
    "picture": N_("pictures, charts, equations or symbols"),
    "order": N_("the order of the goals"),
    "struck": N_("struck-through text"),
    "emphasis": N_("highlighted or formatted text"),
}


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TOLD else f"{line[:_LONGEST_TOLD].rstrip()} …"


def _values(finding: Finding, words: Words) -> dict[str, str]:
    names_a_kind = finding.rule in NAMES_A_KIND and finding.value
    value = words(finding.value) if names_a_kind else finding.value
    return {"value": value, "code": finding.code or "", "allowed": words.list(finding.allowed)}


def make_headings(level_headings: dict[Language, tuple[str, str, str]]) -> Headings:
    """Makes the columns' headings in every language; those of the levels are the municipality's own."""
    levels = tuple(
        Heading(field, {language.value: titles[index] for language, titles in level_headings.items()})
        for index, field in enumerate(TITLE_FIELDS)
    )
    others = (
        Heading(
            field,
            {language.value: Words(language)(message) for language in Language},
            _EARLIER_HEADINGS.get(field, ()),
        )
        for field, message in _HEADINGS.items()
    )
    previous = tuple(Words(language)(column) for language in Language for column in PreviousColumn)
    return Headings((*levels, *others), (*previous, *_EARLIER_PREVIOUS))


def degree_options(scale: Scale, words: Words) -> tuple[str, ...]:
    """Returns the choices for a degree cell: the scale's full labels, then `Ei arvioitavissa`."""
    return (*scale.options(words.language.value), words.not_assessable())


def degree_choices(scale: Scale, words: Words) -> DegreeWords:
    """Returns the choices for a degree cell in a language, and `Ei arvioitavissa` in every language."""
    return DegreeWords(degree_options(scale, words), tuple(Words(language).not_assessable() for language in Language))


def withdraw_choice(words: Words) -> str:
    """Returns the last choice of the degree's drop-down, which withdraws an answer: `Perun vastaukseni`."""
    return words(WITHDRAW)


def reply_words() -> ReplyWords:
    """Returns the words, in every language, that withdraw an answer or choose this file's."""
    spoken = tuple(Words(language) for language in Language)
    withdraw = (*map(withdraw_choice, spoken), *_WITHDRAW_TYPED)
    return ReplyWords(withdraw, tuple(words(THIS) for words in spoken))


def unread_words(words: Words) -> UnreadWords:
    """Returns the templates with which the note on unread words lists places."""
    return UnreadWords(words(_UNREAD_CELL), words(_UNREAD_NOTE), words(_UNREAD_COLOUR))


_UNREAD_CELL = N_("{place} “{text}”")
_UNREAD_NOTE = N_("Note on the cell {place}: “{text}”")
_UNREAD_COLOUR = N_("Colour in the cell {place} instead of an overall status")
_LOCALES = {Language.FINNISH: "fi_FI", Language.SWEDISH: "sv_FI", Language.ENGLISH: "en_GB"}


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    with (Path(__file__).parent / "locale" / language.value / "LC_MESSAGES" / "seuranta.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)
