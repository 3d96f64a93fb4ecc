"""The row on which a person says which version of the previous period's report the council dealt with."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import heading_key
from generator.domain.follow_up.council_version import KIND, AskedVersion
from generator.domain.follow_up.final_sheet import cell_key
from generator.domain.follow_up.open_items import Obstacle, RejectedChoice
from generator.i18n.words import Words

# Excel reads no more than 255 characters of a list.
_MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class VersionQuestion:
    """What the row asks, and the last choice if it was refused.

    `asked` is None where nothing is asked: then the refusal is told above the table.
    """

    asked: AskedVersion | None = None
    rejected: RejectedChoice | None = None


NO_VERSION_ASKED = VersionQuestion()


def version_label(number: int, words: Words) -> str:
    """Returns how a version is written in the cell, for example `versio 2`."""
    return words(_VERSION, version=number)


def version_row_labels() -> frozenset[str]:
    """Returns the row's label in every language, as `heading_key` gives it."""
    return frozenset(heading_key(Words(language)(_DEALT_WITH)) for language in Language)


def version_choices(asked: AskedVersion, words: Words) -> tuple[str, ...]:
    """Returns the choices of the cell: the last versions. An earlier one may be typed."""
    return tuple(version_label(version.number, words) for version in asked.versions[-_MOST_OFFERED:])


def version_texts(asked: AskedVersion, rejected: RejectedChoice | None, words: Words) -> tuple[str, ...]:
    """Returns the texts of the row's cells, in the order of `FinalColumn`."""
    answer = version_label(asked.told, words) if asked.told else ""
    remark = version_remark(rejected, words)
    return words(_DEALT_WITH), "\n".join(_details(asked, words)), answer, remark, cell_key(KIND, asked.key)


def version_remark(rejected: RejectedChoice | None, words: Words) -> str:
    """Returns why the last choice was not carried out; an empty string if it was."""
    if rejected is None:
        return ""
    read = words(_TYPED, value=rejected.choice) if rejected.choice else words(_NOTHING_TYPED)
    return words(_OBSTACLES[Obstacle(rejected.obstacle)], value=read, time=words.moment(rejected.time))


def _details(asked: AskedVersion, words: Words) -> Iterator[str]:
    yield words(_REPORT_OF, period=asked.label, id=asked.closed)
    for version in asked.versions:
        yield words(_MADE, version=version_label(version.number, words), time=words.moment(version.time))
    message = _COMPARED if asked.told == asked.compared else _COMPARED_UNTOLD
    yield words(message, version=version_label(asked.compared, words))


_DEALT_WITH = N_("The version that the council dealt with")
_VERSION = N_("version {version}")
_REPORT_OF = N_("Final versions of the previous period’s report ({period}, {id}):")
_MADE = N_("– {version}, made final {time}")
_COMPARED = N_(
    "This report is compared with {version}. Change it only if the council dealt with another one: the draft is then "
    "made again."
)
_COMPARED_UNTOLD = N_(
    "Nobody has said which one the council dealt with, so this report is compared with {version}. Choose "
    "it if you know."
)
_TYPED = N_("“{value}”")
_NOTHING_TYPED = N_("(empty)")
_OBSTACLES = {
    Obstacle.NO_SUCH_VERSION: N_(
        "The choice of the council’s version was not carried out ({time}). Read: {value}. Choose from the list."
    ),
    Obstacle.STANDS_TWICE: N_(
        "The choice of the council’s version was not carried out ({time}): the row stood twice in the workbook. "
        "Read: {value}. Choose on this row only."
    ),
    Obstacle.MOVED: N_(
        "The choice of the council’s version was not carried out ({time}): it stood on another row. Read: {value}."
    ),
    Obstacle.OUTDATED: N_(
        "The choice of the council’s version was not carried out ({time}): it was made in an old copy of this "
        "workbook. Read: {value}. Choose here if it still holds."
    ),
}
