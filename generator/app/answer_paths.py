"""The paths of our answers to a saved file: its receipt, and the answer workbooks, all beside it."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.disk.names import fitting_name
from generator.domain.output.receipt import answer_name, receipt_name

# How many names (`X.korjattavaa-2.xlsx`, …) are tried for a file's answer: people may have changed the earlier ones.
MOST_ANSWERS = 20


def receipt_path(inbox: Path, file: str) -> Path | None:
    """Returns the path of the receipt of a file (relative to the inbox); None where the folder's path is too long."""
    return path_in(inbox, receipt_name(file))


def answer_paths(inbox: Path, file: str) -> Iterator[Path | None]:
    """The paths at which the answer workbook may lie: `X.korjattavaa.xlsx`, `X.korjattavaa-2.xlsx` and so on."""
    for number in range(1, MOST_ANSWERS + 1):
        yield path_in(inbox, answer_name(file, number))


def path_in(inbox: Path, name: str) -> Path | None:
    """Returns a path in the inbox, with a shortened name if it is too long; None where the folder's is too long."""
    path = PurePosixPath(name)
    folder = inbox / path.parent
    fitting = fitting_name(folder, path.name)
    return folder / fitting if fitting else None
