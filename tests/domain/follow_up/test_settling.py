"""Choices become acts, or refusals that are told in their row."""

from dataclasses import replace

import pytest

from generator.domain.base.settings import Rollup
from generator.domain.follow_up.edit_acts import DraftEdit, UndoneAct
from generator.domain.follow_up.merge import Acceptance, Decision, merge
from generator.domain.follow_up.open_items import (
    Choice,
    Obstacle,
    OpenEdit,
    OpenItem,
    OpenItemKind,
    RejectedChoice,
    Signed,
    act_subject,
    earlier_items,
    list_open_items,
)
from generator.domain.follow_up.settlements import PastAct
from generator.domain.follow_up.settling import ChoiceWords, settle
from tests.builders import CLERK, DIRECTOR, PLAN, answer, entry

MERGED = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), Rollup.MEDIAN)
SIGNED = Signed("2026-1", "Siiri", "2026-08-03T12:00:00+03:00", 7)
WORDS = ChoiceWords(frozenset({"kyllä"}), frozenset({"oma muokkaus"}), frozenset({"vastuuhenkilön teksti"}))
EDIT = DraftEdit("2026-1", "01.01", CLERK, "narrative", "b" * 64, "a" * 64, "d" * 64, "Siiri", SIGNED.time)
TEXT = OpenEdit(12, EDIT, "Tavoite", "Uusi teksti.", "Oma teksti.", before="c" * 64)
VALUE = OpenEdit(
    13, replace(EDIT, code="01.10", field="degree"), "Tavoite", "2; 4", "4", value_of=(DIRECTOR,), answers="e" * 64
)


def item_of(edit: OpenEdit) -> OpenItem:
    return next(item for item in list_open_items(MERGED, edits=(edit,)) if item.edit)


def chosen(item: OpenItem, text: str, because: str = "", base: int = 20) -> Choice:
    return Choice(item.key, text, because, item.code, subject=item.subject, base=base)


def acts_of(item: OpenItem, text: str, *past: PastAct, base: int = 20) -> tuple[object, ...]:
    return settle((chosen(item, text, "Syy.", base),), (item,), past, signed=SIGNED, words=WORDS)


def test_an_edit_in_conflict_is_kept_as_an_edit_of_the_present_text_or_undone() -> None:
    item = item_of(TEXT)
    assert item.kind is OpenItemKind.EDIT
    kept = replace(EDIT, before="c" * 64, draft="", because="Syy.")
    assert acts_of(item, "Oma muokkaus") == (kept,)
    assert acts_of(item, "vastuuhenkilön teksti") == (UndoneAct("2026-1", 12, "Siiri", SIGNED.time, "Syy."),)
    (refused,) = acts_of(item, "molemmat")
    assert isinstance(refused, RejectedChoice)
    assert (refused.obstacle, refused.subject, refused.because) == (Obstacle.NO_SUCH_TEXT, item.subject, "Syy.")


def test_an_edited_value_is_left_or_the_officer_chosen_whose_value_it_is() -> None:
    item = item_of(VALUE)
    assert item.kind is OpenItemKind.VALUE
    undone = UndoneAct("2026-1", 13, "Siiri", SIGNED.time, "Syy.")
    assert acts_of(item, DIRECTOR) == (
        Decision("2026-1", "01.10", DIRECTOR, "e" * 64, "Siiri", SIGNED.time, "Syy."),
        undone,
    )
    assert acts_of(item, "vastuuhenkilön teksti") == (undone,)
    (refused,) = acts_of(item, "oma muokkaus")
    assert isinstance(refused, RejectedChoice) and refused.obstacle == Obstacle.NO_SUCH_TEXT


DISPUTE = next(item for item in list_open_items(MERGED) if item.kind is OpenItemKind.DISAGREEMENT)
DECISION = Decision("2026-1", "01.10", CLERK, MERGED.by_code["01.10"].answers_digest, "X", "2026-08-01", "Syy.")


def settled_at(number: int, base: int | None, *, is_in_force: bool) -> PastAct:
    return PastAct(number, DISPUTE.subject, DECISION, base, is_in_force=is_in_force, is_undone=not is_in_force)


@pytest.mark.parametrize(
    ("past", "choice", "outcome"),
    [
        (settled_at(15, None, is_in_force=True), CLERK, Decision),  # before the workbook was written
        (settled_at(25, None, is_in_force=True), CLERK, None),  # settled so by command since
        (settled_at(25, None, is_in_force=True), DIRECTOR, RejectedChoice),
        (settled_at(25, 20, is_in_force=True), CLERK, None),  # carried out already
        (settled_at(25, 20, is_in_force=True), DIRECTOR, Decision),  # another choice in the same workbook
        (settled_at(25, 22, is_in_force=True), DIRECTOR, RejectedChoice),  # settled in a later workbook
        (settled_at(25, 22, is_in_force=False), CLERK, RejectedChoice),  # and undone since
    ],
)
def test_a_choice_counts_unless_its_item_was_settled_after_the_workbook_was_written(
    past: PastAct, choice: str, outcome: type | None
) -> None:
    acts = acts_of(DISPUTE, choice, past)
    assert [type(act) for act in acts] == ([outcome] if outcome else [])
    if outcome is RejectedChoice:
        assert isinstance(acts[0], RejectedChoice) and acts[0].obstacle == Obstacle.SETTLED_SINCE


def test_a_row_of_an_earlier_version_accepts_its_goal() -> None:
    item = next(item for item in earlier_items(MERGED) if item.code == "02")
    (act,) = settle((Choice(item.keys[1], "kyllä", ""),), earlier_items(MERGED), (), signed=SIGNED, words=WORDS)
    assert isinstance(act, Acceptance) and (act.code, act.officer) == ("02", "")


def test_an_act_has_the_subject_of_the_item_that_it_settles() -> None:
    for item in list_open_items(MERGED, edits=(TEXT,)):
        word = {OpenItemKind.DISAGREEMENT: CLERK, OpenItemKind.EDIT: "oma muokkaus"}.get(item.kind, "kyllä")
        acts = acts_of(item, word)
        assert acts and {act_subject(act) for act in acts} == {item.subject}
