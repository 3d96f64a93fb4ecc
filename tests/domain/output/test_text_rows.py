"""The rows of the sheet of texts: only what a person changed counts, and an old copy overwrites nothing unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.follow_up.edit_acts import WrittenText
from generator.domain.follow_up.open_items import Obstacle, RejectedChoice, Signed
from generator.domain.follow_up.settlements import PastAct
from generator.domain.output.text_rows import (
    LANGUAGE_COLUMNS,
    TextColumn,
    TextHistory,
    read_text_cells,
    settle_texts,
    text_key,
    text_subject,
)
from generator.domain.output.written_texts import PlacedText, WrittenTexts

SIGNED = Signed("2026-1", "Siiri", "2026-08-01T09:00:00+03:00")
PLACE, LANGUAGES = "foreword", ("fi", "sv")
Row = dict[TextColumn, str]


def row(base: int, written: Mapping[str, str], label: str = "Alkusanat") -> Row:
    """A row as the sheet is written; empty cells are left out as a reader leaves them."""
    cells = {LANGUAGE_COLUMNS[language]: text for language, text in written.items() if text}
    return {TextColumn.PLACE: label, TextColumn.KEY: text_key(PLACE, label, base, written), **cells}


def settled(rows: list[Row], history: TextHistory) -> tuple[PlacedText | RejectedChoice, ...]:
    return settle_texts(read_text_cells(rows), history, SIGNED)


def texts_of(**texts: str) -> WrittenTexts:
    return WrittenTexts(tuple(PlacedText(PLACE, language, text) for language, text in texts.items() if text))


def act(number: int, base: int | None, language: str = "fi") -> PastAct:
    text = WrittenText("2026-1", PLACE, language, "", "Siiri", "")
    return PastAct(number, text_subject(PLACE, language), text, base)


def test_a_row_as_it_was_written_changes_nothing_whatever_was_written_since() -> None:
    own = row(5, {"fi": "Vanha.", "sv": ""})
    history = TextHistory(texts_of(fi="Uusi.", sv="Ny."), (act(7, 5), act(8, 5, "sv")), renewed=9)
    assert settled([own], history) == ()


@pytest.mark.parametrize(
    ("base", "renewed", "kind"),
    [(5, 6, PlacedText), (3, 6, RejectedChoice), (3, 0, PlacedText)],
    ids=["the present workbook", "an old copy", "the same workbook, not renewed since"],
)
def test_a_changed_text_is_entered_unless_another_was_written_since(base: int, renewed: int, kind: type) -> None:
    own = row(base, {"fi": "", "sv": ""}) | {TextColumn.FI: "Minun."}
    (change,) = settled([own], TextHistory(texts_of(fi="Toinen."), (act(5, 3),), renewed))
    assert isinstance(change, kind)
    if isinstance(change, RejectedChoice):
        assert (change.obstacle, change.choice) == (Obstacle.SETTLED_SINCE, "Minun.")


def test_a_text_cleared_in_a_workbook_that_was_not_renewed_is_cleared() -> None:
    (change,) = settled([row(3, {"fi": "", "sv": ""})], TextHistory(texts_of(fi="Kirjattu."), (act(5, 3),)))
    assert change == PlacedText(PLACE, "fi", "", "Siiri", SIGNED.time)


def test_the_same_text_written_again_changes_nothing() -> None:
    own = row(3, {"fi": "", "sv": ""}) | {TextColumn.FI: "Sama \n"}
    assert settled([own], TextHistory(texts_of(fi="Sama"), (act(5, 3),), renewed=6)) == ()


@pytest.mark.parametrize(
    ("rows", "obstacle"),
    [
        ([row(1, {"fi": ""}) | {TextColumn.FI: "a"}, row(1, {"fi": ""})], Obstacle.STANDS_TWICE),
        ([row(1, {"fi": ""}) | {TextColumn.FI: "a", TextColumn.PLACE: "Loppusanat"}], Obstacle.MOVED),
        ([{TextColumn.FI: "a"}], Obstacle.MOVED),
        ([row(1, {"fi": ""}) | {TextColumn.FI: "a", TextColumn.KEY: "foreword 1 x"}], Obstacle.MOVED),
        ([row(1, {"fi": ""}) | {TextColumn.FI: '="a"'}], Obstacle.FORMULA),
        ([row(1, {"fi": ""}) | {TextColumn.FI: "131052-308T"}], Obstacle.PERSONAL),
        ([row(1, {"fi": ""}) | {TextColumn.FI: "13 1052-308T"}], Obstacle.PERSONAL),
    ],
)
def test_what_cannot_be_entered_is_refused(rows: list[Row], obstacle: Obstacle) -> None:
    (change,) = settled(rows, TextHistory(WrittenTexts()))
    assert isinstance(change, RejectedChoice) and change.obstacle == obstacle
    assert "308T" not in change.choice


def test_a_language_without_a_column_is_not_cleared() -> None:
    assert settled([row(1, {"fi": ""})], TextHistory(texts_of(sv="Förord."))) == ()


@dataclass
class Office:
    """A model of the workbook between rounds: the texts, the acts, and every copy of the workbook that was written."""

    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, ""))
    acts: list[PastAct] = field(default_factory=list)
    number: int = 0
    renewed: int = 0
    copies: list[Row] = field(default_factory=list)
    lying: Row = field(default_factory=dict)  # the copy in which was written last: it lies there until it is renewed

    def renew(self) -> None:
        base = self.acts[-1].number if self.acts else 0
        self.number += 1
        self.renewed = self.number
        self.lying = row(base, self.texts)
        self.copies.append(self.lying)

    def save(self, copy: Row) -> tuple[PlacedText | RejectedChoice, ...]:
        base = int(copy[TextColumn.KEY].split()[1])
        history = TextHistory(texts_of(**self.texts), tuple(self.acts), self.renewed)
        changes = settled([copy], history)
        for change in changes:
            if isinstance(change, PlacedText):
                self.number += 1
                self.texts[change.language] = change.text
                self.acts.append(act(self.number, base, change.language))
        return changes


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(LANGUAGES), st.sampled_from(["", "a", "b", "c"]), st.booleans()),
        max_size=12,
    )
)
def test_no_text_is_lost_and_none_is_overwritten_by_a_copy_that_did_not_show_it(
    steps: list[tuple[int, str, str, bool]],
) -> None:
    office = Office()
    office.renew()
    for age, language, text, is_renewed in steps:
        copy = office.copies[max(0, len(office.copies) - 1 - age)]
        shown = {each: copy.get(LANGUAGE_COLUMNS[each], "") for each in LANGUAGES}
        edited = {**copy, LANGUAGE_COLUMNS[language]: text}
        before, is_present = dict(office.texts), copy == office.lying
        changes = office.save({column: value for column, value in edited.items() if value})
        if text != shown[language]:  # what she wrote stands, stood already, or is told
            refused = {each.choice for each in changes if isinstance(each, RejectedChoice)}
            assert office.texts[language] == text or text in refused
        for other in LANGUAGES:
            is_unseen = not is_present and before[other] != shown[other]
            assert not is_unseen or office.texts[other] == before[other]
        if is_renewed or not is_present:  # an old copy is put back once: it is renewed in the same round
            office.renew()
