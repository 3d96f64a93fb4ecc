"""Replaces the former names of posts in values from the ledger by their present names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from generator.domain.base.moments import read_moment
from generator.domain.follow_up.status import StoredSave
from generator.domain.follow_up.whose_answer import FileState, InForce, Key, entry_key
from generator.domain.plan.posts import PostNames
from generator.domain.submission.answers import Answer

T = TypeVar("T")


def answer_now(answer: Answer, names: PostNames) -> Answer:
    """Returns the answer under the present name of its officer."""
    present = names.of(answer.entry.officer)
    return answer if present == answer.entry.officer else replace(answer, entry=replace(answer.entry, officer=present))


def in_force_now(found: Iterable[InForce], names: PostNames) -> dict[Key, InForce]:
    """Returns the answers in force by goal and present officer; if a renamed post has two, the later one."""
    present: dict[Key, InForce] = {}
    for each in found:
        named = replace(each, answer=answer_now(each.answer, names)) if names.present else each
        key = entry_key(named.answer.entry)
        if key not in present or present[key].since < named.since:
            present[key] = named
    return present


def state_now(state: FileState, names: PostNames) -> FileState:
    """Returns a file's state with the present names of officers."""
    if not names.present:
        return state
    return replace(
        state,
        officer=names.of(state.officer) if state.officer else None,
        said=_by_present(state.said, names),
        emptied=frozenset((code, names.key(key)) for code, key in state.emptied),
        contested=_by_present(state.contested, names),
        seen=_by_present(state.seen, names),
        under_replies=_by_present(state.under_replies, names),
    )


def save_now(save: StoredSave, names: PostNames) -> StoredSave:
    """Returns the save under the present name of its officer."""
    return replace(save, officer=names.of(save.officer)) if save.officer and names.present else save


def last_saved_now(rows: Iterable[tuple[str, str]], names: PostNames) -> dict[str, str]:
    """Returns when (ISO 8601) each officer last saved, by the key of the present name."""
    found: dict[str, str] = {}
    for key, time in rows:
        present = names.key(key)
        if present not in found or read_moment(found[present]) < read_moment(time):
            found[present] = time
    return found


def _by_present(values: Mapping[Key, T], names: PostNames) -> dict[Key, T]:
    return {(code, names.key(key)): value for (code, key), value in values.items()}
