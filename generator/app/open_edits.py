"""Finds the edits of drafts that are not printed: open matters for the person who makes the report."""

from collections.abc import Iterator

from generator.disk.digests import sha256_of
from generator.domain.base.heading import Field
from generator.domain.base.settings import Settings
from generator.domain.base.text import same_name
from generator.domain.follow_up.draft_edits import KeptEdit, same_wording
from generator.domain.follow_up.merge import FollowUp, GoalFollowUp
from generator.domain.follow_up.open_items import TEXT_FIELDS, OpenEdit
from generator.i18n.words import Words


def open_edits(
    edits: tuple[KeptEdit, ...], follow_up: FollowUp, settings: Settings, words: Words
) -> tuple[OpenEdit, ...]:
    """Returns the edits that are not printed.

    A text is not printed after its officer has changed it, or when its goal has gone. Any other edited value, such as
    a degree, is never printed by itself.

    Args:
        follow_up: the period's, with the edits applied that are printed.
    """
    return tuple(_open_edits(edits, follow_up, settings, words))


def _open_edits(
    edits: tuple[KeptEdit, ...], follow_up: FollowUp, settings: Settings, words: Words
) -> Iterator[OpenEdit]:
    for edit in edits:
        item = follow_up.by_code.get(edit.act.code)
        found = _text(edit, item) if edit.act.field in TEXT_FIELDS else _value(edit, item, settings, words)
        if found is not None:
            yield found


def _text(edit: KeptEdit, item: GoalFollowUp | None) -> OpenEdit | None:
    act, title = edit.act, item.goal.title if item else ""
    answers = item.answers if item else ()
    own = next((answer for answer in answers if same_name(answer.entry.officer, act.officer)), None)
    officers = str(getattr(own.entry, act.field)) if own else ""
    present = own.text(act.field) if own and act.conflict else officers
    if own is not None and (edit.is_of(own) or same_wording(present, edit.after)):
        return None
    before = sha256_of(officers.encode("utf-8", "backslashreplace")) if own else ""
    return OpenEdit(edit.number, act, title, present, edit.after, officers, before)


def _value(edit: KeptEdit, item: GoalFollowUp | None, settings: Settings, words: Words) -> OpenEdit | None:
    present = _present(edit.act.field, item, settings, words) if item else ""
    if same_wording(present, edit.after):
        return None
    officers = tuple(_value_of(edit, item, settings)) if item and item.differs else ()
    title, answers = (item.goal.title, item.answers_digest) if item else ("", "")
    return OpenEdit(edit.number, edit.act, title, present, edit.after, value_of=officers, answers=answers)


def _present(field: str, item: GoalFollowUp, settings: Settings, words: Words) -> str:
    """Returns a goal's value as the report prints it; an empty string if it prints none, or several."""
    if field == Field.DEGREE:
        degree = item.degree
        return settings.degree_scale.full_label(degree, words.language.value) if degree is not None else ""
    if field == Field.OVERALL_STATUS:
        found = {settings.statuses.get(answer.entry.overall_status) for answer in item.printed} - {None}
        return next((status.text(words.language.value) for status in found if status), "") if len(found) == 1 else ""
    if field == Field.OFFICER:
        return "\n".join(item.goal.officers)
    return f"{item.goal.code} {item.goal.title}"


def _value_of(edit: KeptEdit, item: GoalFollowUp, settings: Settings) -> Iterator[str]:
    """Yields the officers whose degree or status the person wrote."""
    degree = settings.degree_scale.read(edit.after.split("\n")[0]).value if edit.act.field == Field.DEGREE else None
    for answer in item.answers:
        status = settings.statuses.get(answer.entry.overall_status)
        is_status = edit.act.field == Field.OVERALL_STATUS and status and status.id in edit.after.casefold()
        if is_status or (degree is not None and answer.entry.degree == degree):
            yield answer.entry.officer
