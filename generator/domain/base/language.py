"""The languages that the program speaks."""

from enum import StrEnum


class Language(StrEnum):
    """A language of documents and answers, by its ISO 639-1 code."""

    FINNISH = "fi"
    SWEDISH = "sv"
    ENGLISH = "en"
