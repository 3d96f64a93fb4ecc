"""Gives the columns of a table widths by the words in them, so that the table is low.

Sums, products, quotients and square roots alone: they give the same numbers on every computer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from generator.formats.docx.letter_widths import bold, longest_word_width, text_width

# Twips. Widths are a multiple of 2.5 mm, so that a changed word rarely changes the page.
_STEP = 1440 / 25.4 * 2.5
_TWIPS_OF_POINT = 20
# Points: what the margins and borders of a cell take, and what a line loses at its end, where the next word starts.
_MARGINS, _LINE_END = 10.0, 9.0
# Points. A longer word is hyphenated: in sentences earlier than in names, such as those of posts.
_LONGEST_WORD, _LONGEST_NAME = 68.0, 88.0
_MOST_WORDS_OF_NAME = 3
# How much of a hyphenated heading's longest word must fit on a line.
_HYPHENATED = 0.54
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class ColumnText:
    """What stands in a column: its heading, and its cells row by row, each as its paragraphs."""

    heading: str
    cells: tuple[tuple[str, ...], ...]


def column_widths(columns: Sequence[ColumnText], width: int, size: float, *, hyphenates: bool) -> tuple[int, ...]:
    """Returns the widths of a table's columns, in twips; their sum is the table's width.

    Each column has room for its longest word, if that is not too long. What is left goes where it saves most lines: a
    row is as high as its highest cell.

    Args:
        columns: the columns, all with the same number of cells.
        width: the table's width in twips.
        size: the height of its letters in points.
        hyphenates: whether programs hyphenate the headings' language.
    """
    loss = _MARGINS + _LINE_END
    least = [_in_whole_steps(_least_width(each, size, hyphenates=hyphenates) + _MARGINS) - loss for each in columns]
    room = width / _TWIPS_OF_POINT - loss * len(columns)
    if sum(least) >= room:
        return _in_steps([(each + loss) * room / sum(least) for each in least], width)
    texts = [[sum(text_width(line, size) for line in cell) for cell in column.cells] for column in columns]
    wanted = _lowest_table(tuple(zip(*texts, strict=True)), least, room)
    return _in_steps([each + loss for each in wanted], width)


def _least_width(column: ColumnText, size: float, *, hyphenates: bool) -> float:
    """Returns the least width of a column's text in points."""
    heading = bold(longest_word_width(column.heading, size)) * (_HYPHENATED if hyphenates else 1)
    lines = [line for cell in column.cells for line in cell]
    are_names = all(len(line.split()) <= _MOST_WORDS_OF_NAME for line in lines)
    longest = max((longest_word_width(line, size) for line in lines), default=0.0)
    return max(heading, min(longest, _LONGEST_NAME if are_names else _LONGEST_WORD), 2 * size)


def _in_whole_steps(points: float) -> float:
    return ceil(points * _TWIPS_OF_POINT / _STEP) * _STEP / _TWIPS_OF_POINT


def _lowest_table(rows: Sequence[Sequence[float]], least: Sequence[float], room: float) -> list[float]:
    """Returns widths that make the sum of the rows' heights small, by moving width to where it saves most height.

    A row's height is taken as the 4-norm of its cells' heights, which is near the highest and smooth.

    Args:
        rows: for each row the widths of its cells' texts on one line.
        least: the least widths.
        room: the sum of the widths.
    """
    widths = [each * room / sum(least) for each in least]
    for _ in range(_ROUNDS):
        gains = _gains(rows, widths)
        mean = sum(gains) / room
        if not mean:
            break
        moved = [width * sqrt(sqrt(gain / width / mean)) for width, gain in zip(widths, gains, strict=True)]
        widths = _at_least(moved, least, room)
    return widths


def _gains(rows: Sequence[Sequence[float]], widths: Sequence[float]) -> list[float]:
    """Returns for each column how much height a wider one saves: the height's derivative by the width's logarithm."""
    gains = [0.0] * len(widths)
    for row in rows:
        shares = [(text / width) ** 2 for text, width in zip(row, widths, strict=True)]
        powers = [share * share for share in shares]
        total = sum(powers)
        if total:
            scale = sqrt(sqrt(total)) / total
            gains = [gain + power * scale for gain, power in zip(gains, powers, strict=True)]
    return gains


def _at_least(widths: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Returns the widths with their sum set to `room`, none below its least width."""
    fixed: set[int] = set()
    while True:
        free = room - sum(least[index] for index in fixed)
        total = sum(width for index, width in enumerate(widths) if index not in fixed)
        scaled = [least[i] if i in fixed else width * free / total for i, width in enumerate(widths)]
        narrow = {i for i, width in enumerate(scaled) if i not in fixed and width < least[i]}
        if not narrow:
            return scaled
        fixed |= narrow


def _in_steps(points: Sequence[float], width: int) -> tuple[int, ...]:
    """Returns the widths in twips, rounded to steps; the widest column takes what is left over."""
    steps = [max(1, int(each * _TWIPS_OF_POINT / _STEP + 0.5)) for each in points]
    widest = max(range(len(steps)), key=lambda index: (steps[index], -index))
    ends = [round(sum(steps[:index]) * _STEP) for index in range(len(steps) + 1)]
    widths = [end - start for start, end in pairwise(ends)]
    widths[widest] += width - sum(widths)
    return tuple(widths)
