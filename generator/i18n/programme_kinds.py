"""The kinds of changes to the programme in words, for documents and for the terminal."""

from collections.abc import Callable

from generator.domain.base.rule import N_
from generator.domain.plan.programme import ProgrammeChange, ProgrammeChangeKind
from generator.i18n.words import Words

_KINDS = {
    ProgrammeChangeKind.NEW: N_("new goal"),
    ProgrammeChangeKind.REMOVED: N_("removed from the programme"),
    ProgrammeChangeKind.RETITLED: N_("title changed"),
    ProgrammeChangeKind.SPLIT: N_("made by splitting a goal"),
    ProgrammeChangeKind.JOINED: N_("made by joining goals"),
    ProgrammeChangeKind.RENUMBERED: N_("code changed"),
    ProgrammeChangeKind.OFFICER: N_("responsible officer now: {now}"),
    ProgrammeChangeKind.DIVISION: N_("division now: {now}"),
}
_NOBODY = "–"


def change_words(
    change: ProgrammeChange, words: Words, *, posts: Callable[[str], str] = str, divisions: Callable[[str], str] = str
) -> str:
    """Returns what has changed in a goal, for example `vastuuhenkilö nyt: Sivistysjohtaja`.

    Args:
        posts, divisions: give a name in the language of the words, if it has one there.
    """
    is_officer = change.kind is ProgrammeChangeKind.OFFICER
    now = words.list(map(posts, change.goal.officers)) if is_officer else divisions(change.now)
    return words(_KINDS[change.kind], now=now or _NOBODY)
