"""What the report has now for each row of a file: the row's own answer, another one, or none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.cells import split_address
from generator.domain.base.finding import Place, errors
from generator.domain.base.text import name_key
from generator.domain.follow_up.standing import SavedFile
from generator.domain.follow_up.status import StoredSave
from generator.domain.follow_up.whose_answer import InForce, Key, entry_key
from generator.domain.submission.answers import Answer, Entry, degree_place
from generator.domain.submission.row_checks import Standing

NOWHERE = Place()
_LAST_ROW = 1_048_577


@dataclass(frozen=True, slots=True)
class FileRow:
    """A goal that a file answers, and the answer in force for the row's officer.

    `answer` is None where no answer is in force. `is_own` is true where the row says the same as that answer,
    `is_refused` if the row has an error, `is_waiting` where its sender has not been accepted yet. `place` is
    the row's cell, empty where the file has no such row now.
    """

    code: str
    answer: Answer | None
    is_own: bool
    is_refused: bool
    is_waiting: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True)
class AnswersInForce:
    """The answers in force in a period by their keys, and the keys by file and by goal.

    The keys are grouped once, since every file of the inbox asks for its own.
    """

    by_key: Mapping[Key, InForce]

    @cached_property
    def of_file(self) -> Mapping[str, tuple[Key, ...]]:
        """The keys of the answers that each file brought into force."""
        return _grouped((standing.answer.file, key) for key, standing in self.by_key.items())

    @cached_property
    def of_goal(self) -> Mapping[str, tuple[Key, ...]]:
        """The keys of the answers to each goal, by its code."""
        return _grouped((key[0], key) for key in self.by_key)


def _grouped(pairs: Iterable[tuple[str, Key]]) -> Mapping[str, tuple[Key, ...]]:
    groups: dict[str, list[Key]] = {}
    for name, key in pairs:
        groups.setdefault(name, []).append(key)
    return MappingProxyType({name: tuple(keys) for name, keys in groups.items()})


def file_rows(file: SavedFile, save: StoredSave, answers: AnswersInForce) -> tuple[FileRow, ...]:
    """Returns the rows of a file in workbook order: those that were read or refused, then emptied ones.

    Args:
        file: its valid rows and its state.
        save: its last save, with the errors of the refused rows.
    """
    refused, in_force = _refused(save, answers), answers.by_key
    own = {entry_key(answer.entry): answer.entry for answer in file.answers}
    said = {key: value for key, value in file.state.said.items() if key not in file.state.emptied}
    earlier = answers.of_file.get(file.path, ())
    rows = (
        FileRow(
            code=key[0],
            answer=_counting(in_force.get(key)),
            is_own=key not in refused and _is_said(own.get(key), said.get(key), in_force.get(key)),
            is_refused=key in refused,
            is_waiting=key in file.state.contested and file.state.contested[key].why is Standing.WAITING,
            place=degree_place(own[key]) if key in own else refused.get(key, NOWHERE),
        )
        for key in dict.fromkeys((*said, *own, *refused, *file.state.emptied, *earlier))
    )
    return tuple(sorted(rows, key=_position))


def _refused(save: StoredSave, answers: AnswersInForce) -> dict[Key, Place]:
    """Returns the first error of each goal and officer."""
    found: dict[Key, Place] = {}
    for fault in errors(save.findings):
        for key in keys_of(fault.code, save.officer, answers):
            found.setdefault(key, fault.place)
    return found


def keys_of(code: str | None, officer: str | None, answers: AnswersInForce) -> Iterator[Key]:
    """Whose row a refused one is: the sender's, else that of the only officer with an answer. Nobody's if unsure."""
    if code is None:
        return
    if officer is not None:
        yield code, name_key(officer)
        return
    known = answers.of_goal.get(code, ())
    if len(known) <= 1:
        yield from known or [(code, "")]


def _counting(standing: InForce | None) -> Answer | None:
    return standing.answer if standing and not standing.is_withdrawn else None


def _is_said(row: Entry | None, said: str | None, standing: InForce | None) -> bool:
    """True if the answer in force is that of a row; without a row, that of the file's earlier save."""
    if standing is None or standing.is_withdrawn:
        return False
    return standing.value == said if row is None else standing.says(row)


def _position(row: FileRow) -> tuple[tuple[int, int], str]:
    return split_address(row.place.cell or "") or (_LAST_ROW, 0), row.code
