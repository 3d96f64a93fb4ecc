"""The columns of a progress table, and the headings by which they are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.rule import N_
from generator.domain.base.text import heading_key


class Field(StrEnum):
    """A column of the plan, the form and the document, in the document's order; for the form's see `form_columns`."""

    COUNCIL_TERM_GOAL = "council_term_goal"
    ANNUAL_GOAL = "annual_goal"
    ACTION = "action"
    MAIN_RISKS = "main_risks"
    OVERALL_STATUS = "overall_status"
    DEGREE = "degree"
    NARRATIVE = "narrative"
    OFFICER = "officer"


class PreviousColumn(StrEnum):
    """The form's grey columns with the previous period's answers, by the messages that are their headings."""

    DEGREE = N_("Degree of progress in the previous period")
    NARRATIVE = N_("Progress in the previous period")


TITLE_FIELDS = (Field.COUNCIL_TERM_GOAL, Field.ANNUAL_GOAL, Field.ACTION)
ANSWER_FIELDS = (Field.MAIN_RISKS, Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE)
# No heading is longer, and officers' texts need not be looked through for one.
LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading in each language; `earlier` are those that earlier versions wrote into forms and plans."""

    field: Field
    labels: Mapping[str, str]
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headings:
    """The headings of all eight columns; `previous` are those of the grey columns, in every language."""

    headings: tuple[Heading, ...]
    previous: tuple[str, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[str, Field]:
        return MappingProxyType(
            {
                heading_key(label): heading.field
                for heading in self.headings
                for label in (*heading.earlier, *heading.labels.values())
            }
        )

    @cached_property
    def _previous_keys(self) -> frozenset[str]:
        return frozenset(map(heading_key, self.previous))

    def label(self, field: Field, language: str) -> str:
        """Returns the heading of a column in a language."""
        return next(heading.labels[language] for heading in self.headings if heading.field is field)

    def labels(self, language: str) -> tuple[str, ...]:
        """Returns all headings in the document's order."""
        return tuple(self.label(field, language) for field in Field)

    def match(self, text: str) -> Field | None:
        """Returns the column with this heading in any language, whatever its case, blanks and hyphens; else None."""
        return self._by_key.get(heading_key(text)) if len(text) <= LONGEST_HEADING else None

    def is_previous(self, text: str) -> bool:
        """True if the text is the heading of a column with the previous period's answers, in any language."""
        return len(text) <= LONGEST_HEADING and heading_key(text) in self._previous_keys
