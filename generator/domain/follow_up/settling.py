"""Turns the choices of the secretary's workbook into acts; a choice that cannot be carried out is told in its row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.domain.base.text import name_key, same_name
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile
from generator.domain.follow_up.edit_acts import UndoneAct
from generator.domain.follow_up.merge import Acceptance, Decision, GoalFollowUp
from generator.domain.follow_up.open_items import (
    Choice,
    ChoiceAct,
    MissingAnswers,
    Obstacle,
    OpenEdit,
    OpenItem,
    OpenItemKind,
    RejectedChoice,
    Signed,
)
from generator.domain.follow_up.settlements import PastAct, SettledAct
from generator.domain.follow_up.standing import ContestedRow


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """The words of choices in every language, case-folded: yes, the edited text, and the officer's text."""

    yes: frozenset[str]
    edited: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()


def settle(
    choices: Iterable[Choice],
    items: Iterable[OpenItem],
    past: tuple[PastAct, ...],
    *,
    signed: Signed,
    words: ChoiceWords,
) -> tuple[ChoiceAct, ...]:
    """Returns the acts that the choices mean, and a `RejectedChoice` for each that cannot be carried out.

    A choice that was carried out already gives nothing.

    Args:
        items: what is open, and what was settled in the workbook before; later ones are preferred.
        past: the acts of the period in the order of the journal.
    """
    listed = tuple(items)
    by_key = {key: item for item in listed for key in item.keys}
    by_subject = {item.subject: item for item in listed}
    return tuple(
        act
        for choice in choices
        for act in _settle(
            choice,
            by_key.get(choice.key),
            by_subject.get(choice.subject),
            past=past,
            signed=signed,
            words=words,
        )
    )


def _settle(
    choice: Choice,
    item: OpenItem | None,
    same: OpenItem | None,
    *,
    past: tuple[PastAct, ...],
    signed: Signed,
    words: ChoiceWords,
) -> tuple[ChoiceAct, ...]:
    if choice.obstacle:
        return (_rejected(choice, item or same, choice.obstacle, signed),)
    if item is None:
        is_done = _is_done(choice, past, words)
        return () if is_done else (_rejected(choice, same, Obstacle.OUTDATED, signed),)
    acts = _acts(choice, item, signed, words)
    if all(isinstance(act, RejectedChoice) for act in acts):
        return acts
    later = [act for act in past if act.subject == item.subject and act.number > choice.base]
    last = {_bare(each.act) for each in later[-len(acts) :] if each.is_in_force}
    if later and {_bare(act) for act in acts} == last:
        return ()
    if any(act.base != choice.base for act in later):
        return (_rejected(choice, item, Obstacle.SETTLED_SINCE, signed),)
    return acts


def _acts(choice: Choice, item: OpenItem, signed: Signed, words: ChoiceWords) -> tuple[ChoiceAct, ...]:
    if not choice.choice:
        obstacle = Obstacle.NO_CHOICE if choice.because else Obstacle.TAKEN_BACK
        return (_rejected(choice, item, obstacle, signed),)
    found = tuple(_chosen(choice, item, signed, words))
    return found or (_rejected(choice, item, _NOT_OFFERED[item.kind], signed),)


_NOT_OFFERED = {
    OpenItemKind.DISAGREEMENT: Obstacle.NO_SUCH_OFFICER,
    OpenItemKind.FILES: Obstacle.NO_SUCH_FILE,
    OpenItemKind.SENDER: Obstacle.NOT_YES,
    OpenItemKind.EDIT: Obstacle.NO_SUCH_TEXT,
    OpenItemKind.VALUE: Obstacle.NO_SUCH_TEXT,
    OpenItemKind.LOST: Obstacle.NO_SUCH_TEXT,
    OpenItemKind.MISSING: Obstacle.NOT_YES,
}


def _chosen(choice: Choice, item: OpenItem, signed: Signed, words: ChoiceWords) -> Iterator[ChoiceAct]:
    """The acts that a choice means; none where it is not one of the choices offered."""
    made = (signed.who, signed.time, choice.because)
    if item.contested:
        chosen = chosen_file(item.contested, choice.choice, signed)
        yield from (replace(chosen, because=choice.because),) if chosen else ()
    elif item.edit:
        yield from _chosen_text(choice, item.edit, signed, words)
    elif item.lost and choice.choice.casefold() in words.officers:
        yield UndoneAct(signed.period, item.lost.number, *made)
    elif item.kind is OpenItemKind.DISAGREEMENT and item.follow_up:
        officer = _officer(item.follow_up, choice.choice)
        if officer:
            yield Decision(signed.period, item.code, officer, item.follow_up.answers_digest, *made)
    elif choice.choice.casefold() in words.yes:
        yield from _confirmed(item, signed, choice.because)


def _confirmed(item: OpenItem, signed: Signed, because: str) -> Iterator[ChoiceAct]:
    made = (signed.who, signed.time, because)
    if item.sender:
        yield AcceptedSender(signed.period, item.sender.file, item.sender.officer, *made)
    elif item.missing:
        yield from _accepted(item.missing, signed, because)
    elif item.follow_up:
        yield Acceptance(signed.period, item.code, item.follow_up.waiting_digest, *made)


def _accepted(missing: MissingAnswers, signed: Signed, because: str) -> Iterator[Acceptance]:
    made = (signed.who, signed.time, because)
    for item in missing.goals:
        yield Acceptance(signed.period, item.goal.code, item.waiting_digest, *made, missing.officer)


def _chosen_text(choice: Choice, edit: OpenEdit, signed: Signed, words: ChoiceWords) -> Iterator[ChoiceAct]:
    """Of a text in conflict the edited one or the officer's; of another value whose value it is, or that it is left."""
    text, made = choice.choice.casefold(), (signed.who, signed.time, choice.because)
    undone = UndoneAct(signed.period, edit.number, *made)
    officer = next((name for name in edit.value_of if same_name(name, choice.choice)), None)
    if officer:
        yield from (Decision(signed.period, edit.act.code, officer, edit.answers, *made), undone)
    elif text in words.officers:
        yield undone
    elif text in words.edited and edit.can_be_printed:
        who, time, because = made
        yield replace(edit.act, before=edit.before, draft="", who=who, time=time, because=because, conflict="")
        yield from (undone,) if edit.act.conflict else ()


def chosen_file(row: ContestedRow, name: str, signed: Signed) -> ChosenFile | None:
    """Makes the act that chooses one of a contested row's two files by name; None if the name is neither's."""
    files = row.file, row.standing.answer.file
    found = [
        file for file, label in zip(files, row.names, strict=True) if name_key(name) in map(name_key, (file, label))
    ]
    if not found:
        return None
    other = next(file for file in files if file != found[0])
    officer = row.standing.answer.entry.officer
    return ChosenFile(signed.period, row.key[0], officer, found[0], other, signed.who, signed.time, signed.seen)


def _officer(item: GoalFollowUp, name: str) -> str | None:
    return next((a.entry.officer for a in item.answers if same_name(a.entry.officer, name)), None)


def _is_done(choice: Choice, past: tuple[PastAct, ...], words: ChoiceWords) -> bool:
    """True if the item is gone because this choice, of the same workbook, was carried out."""
    own = [each.act for each in past if each.subject == choice.subject and each.base == choice.base]
    match own[-1] if own else None:
        case AcceptedSender():
            return choice.choice.casefold() in words.yes
        case ChosenFile() as chosen:
            names = (chosen.file, chosen.file.rpartition("/")[2])
            return name_key(choice.choice) in map(name_key, names)
    return False


def _bare(act: ChoiceAct | SettledAct) -> object:
    """Returns an act without who and when, for comparison."""
    return replace(act, who="", time="", seen=0) if isinstance(act, ChosenFile) else replace(act, who="", time="")


def _rejected(choice: Choice, item: OpenItem | None, obstacle: Obstacle, signed: Signed) -> RejectedChoice:
    kind, subject = (item.kind.value, item.subject) if item else ("", choice.subject)
    code = item.code if item else choice.code
    made = (signed.who, signed.time, choice.because)
    return RejectedChoice(signed.period, code, kind, choice.choice, obstacle.value, *made, subject)
