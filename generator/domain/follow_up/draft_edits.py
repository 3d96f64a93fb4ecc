"""Texts of officers that a person edited in a draft: whose they are, and whether they are still printed.

Source: DESIGN 5, Her edits are carried on.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.domain.base.text import name_key, same_name, same_text
from generator.domain.follow_up.edit_acts import DraftEdit
from generator.domain.follow_up.merge import GoalFollowUp
from generator.domain.follow_up.open_items import TEXT_FIELDS
from generator.domain.submission.answers import Answer, EditedText

_QUOTES = re.compile("[“”„‟«»\"]|[‘’‚‛']")
_BLANKS = re.compile(r"\s+")
# What the report prints where an officer wrote nothing.
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """An edit of a draft with its number in the journal and its texts.

    `before` is the officer's text that was edited; `after` is printed as long as the officer's text is that one.
    """

    number: int
    act: DraftEdit
    before: str
    after: str

    def is_of(self, answer: Answer) -> bool:
        """True if it edits the present text of an answer."""
        act, entry = self.act, answer.entry
        if act.conflict or act.field not in TEXT_FIELDS:
            return False
        if entry.code != act.code or not same_name(entry.officer, act.officer):
            return False
        return same_wording(getattr(entry, act.field), self.before)


@dataclass(frozen=True, slots=True)
class VoiceEdit:
    """A change of one officer's text in a cell of the draft, which may print several officers' texts."""

    officer: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditBase:
    """Of which text an edit is, and its conflict with an edit in another file (an empty string: there is none)."""

    before: str
    conflict: str = ""


def with_edits(answers: tuple[Answer, ...], edits: Iterable[KeptEdit]) -> tuple[Answer, ...]:
    """Returns the answers with the edited texts that are printed in place of the officers'."""
    found: dict[str, list[KeptEdit]] = {}
    for edit in edits:
        found.setdefault(edit.act.code, []).append(edit)
    return tuple(
        _with_own(answer, found[answer.entry.code]) if answer.entry.code in found else answer for answer in answers
    )


def same_wording(one: str, other: str) -> bool:
    """True if texts differ in blanks, kinds of quotation marks and a full stop at the end at most.

    The dash that is printed for a text that nobody wrote is no text.
    """
    return one == other or _folded(one) == _folded(other)


def edit_base(edits: Iterable[KeptEdit], had: str, written: str, *, standing_text: str | None, file: str) -> EditBase:
    """Returns what an edit builds on: an earlier edit, the officer's text, or a text that another file has changed.

    Args:
        edits: the earlier edits of the same value.
        had: the value in the person's file before the edit, and `written` after it.
        standing_text: the officer's present text; None for a value that is no text.
        file: the digest of the edited file.
    """
    own = sorted(edits, key=lambda edit: bool(edit.act.conflict))
    for edit in own:
        if same_wording(edit.after, had):
            return EditBase(edit.before, edit.act.conflict)
    first = next((edit for edit in own if not edit.act.conflict), None)
    if first is None:
        return EditBase(had)
    if same_wording(first.after, written):
        return EditBase(first.before)
    if standing_text is not None and same_wording(had, standing_text) and not same_wording(first.before, standing_text):
        return EditBase(had)  # the officer's new text, which is printed in place of the first edit
    return EditBase(first.before, file)


def voice_edits(before: str, after: str, item: GoalFollowUp, field: str) -> tuple[VoiceEdit, ...] | None:
    """Returns whose texts were changed in a cell; None if that cannot be told.

    Args:
        before: the cell's text in the draft, `after` the edited one; where several officers are printed, each text
            follows a line with the officer's name.
        item: the goal with its present answers.
        field: `narrative` or `main_risks`.
    """
    names = dict.fromkeys((*(answer.entry.officer for answer in item.answers), *item.goal.officers))
    old, new = tuple(_voices(before, names)), tuple(_voices(after, names))
    if [name for name, _ in old] != [name for name, _ in new]:
        return None
    found: list[VoiceEdit] = []
    for (name, text), (_, edited) in zip(old, new, strict=True):
        if same_text(text) == same_text(edited):
            continue
        officers = (name,) if name else _speakers(text, item, field)
        if not officers:
            return None
        found += [VoiceEdit(officer, text, edited) for officer in officers]
    return tuple(found)


def _with_own(answer: Answer, edits: Iterable[KeptEdit]) -> Answer:
    acts = ((edit.act, edit.after) for edit in edits if edit.is_of(answer))
    own = tuple(EditedText(act.field, after, act.who, act.time) for act, after in acts)
    return replace(answer, edits=own) if own else answer


def _voices(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Splits a cell's text at the lines that are officers' names; the name is empty where only one text stands."""
    by_key = {name_key(name): name for name in names}
    officer, lines = "", list[str]()
    for line in text.split("\n"):
        named = by_key.get(name_key(line)) if line.strip() else None
        if named is None:
            lines.append(line)
            continue
        if officer or any(each.strip() for each in lines):
            yield officer, "\n".join(lines)
        officer, lines = named, []
    yield officer, "\n".join(lines)


def _speakers(text: str, item: GoalFollowUp, field: str) -> tuple[str, ...]:
    """Returns the officers whose text is printed without a name: all who say it, or the only one who answers."""
    # A file that was saved before an edit was printed has the officers' own text.
    said = (answer for answer in item.answers if _says(answer, field, text))
    officers = tuple(answer.entry.officer for answer in said)
    if officers or len(item.answers) != 1:
        return officers
    return (item.answers[0].entry.officer,)


def _says(answer: Answer, field: str, text: str) -> bool:
    return same_wording(answer.text(field), text) or same_wording(str(getattr(answer.entry, field)), text)


def _folded(text: str) -> str:
    plain = _QUOTES.sub("'", same_text(text))
    words = _BLANKS.sub(" ", plain).strip().removesuffix(".")
    return "" if words == _NOTHING else words
