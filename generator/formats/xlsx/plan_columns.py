"""The columns of plan.xlsx, by their names in the file."""

from enum import StrEnum
from typing import TypeAlias

from generator.domain.base.heading import TITLE_FIELDS, Field, Headings
from generator.domain.base.rule import N_
from generator.i18n.words import Words


class Detail(StrEnum):
    """The columns that only the plan has, by their headings."""

    DIVISION = N_("Division")
    EARLIER_CODES = N_("Earlier code")
    EMAIL = N_("E-mail")
    LANGUAGE = N_("Language")
    FORMER_NAMES = N_("Former title")
    REPORTS = N_("Reports")
    DEPUTY = N_("Deputy")
    FINNISH_TITLE = N_("Title in Finnish")
    SWEDISH_TITLE = N_("Title in Swedish")
    ENGLISH_TITLE = N_("Title in English")
    FINNISH_POST = N_("Post in Finnish")
    SWEDISH_POST = N_("Post in Swedish")
    ENGLISH_POST = N_("Post in English")
    FINNISH_DIVISION = N_("Division in Finnish")
    SWEDISH_DIVISION = N_("Division in Swedish")
    ENGLISH_DIVISION = N_("Division in English")


PLAN_COLUMNS = (*TITLE_FIELDS, Field.MAIN_RISKS, Field.OFFICER, Detail.DIVISION)
OFFICER_COLUMNS = (Field.OFFICER, Detail.EMAIL, Detail.DIVISION, Detail.LANGUAGE)


ColumnName: TypeAlias = Field | Detail
LEVELS: dict[ColumnName, int] = {field: level for level, field in enumerate(TITLE_FIELDS, start=1)}
POSTS = {"fi": Detail.FINNISH_POST, "sv": Detail.SWEDISH_POST, "en": Detail.ENGLISH_POST}
DIVISIONS = {"fi": Detail.FINNISH_DIVISION, "sv": Detail.SWEDISH_DIVISION, "en": Detail.ENGLISH_DIVISION}
TITLES = {"fi": Detail.FINNISH_TITLE, "sv": Detail.SWEDISH_TITLE, "en": Detail.ENGLISH_TITLE}


def column_labels(columns: tuple[ColumnName, ...], headings: Headings, words: Words) -> tuple[str, ...]:
    """Returns the headings of the columns in a language."""
    language = words.language.value
    return tuple(headings.label(name, language) if isinstance(name, Field) else words(name) for name in columns)
