"""The corpus: every mistake that is seeded, and the changes that are none."""

from tests.corpus.answer_mistakes import ANSWER_MISTAKES
from tests.corpus.file_mistakes import FILE_MISTAKES
from tests.corpus.goal_mistakes import GOAL_MISTAKES
from tests.corpus.sheet_mistakes import SHEET_MISTAKES
from tests.corpus.unread_mistakes import UNREAD_MISTAKES

MISTAKES = (*ANSWER_MISTAKES, *GOAL_MISTAKES, *SHEET_MISTAKES, *FILE_MISTAKES, *UNREAD_MISTAKES)
