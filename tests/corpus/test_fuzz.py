"""Workbooks spoilt at random: a verdict each time, and no value taken that another reader does not see there.

`python tools/fuzz.py` makes any number of them.
"""

from dataclasses import replace
from random import Random

import pytest

from generator.domain.submission.checks import Verdict
from tests.corpus.save import unzipped, zipped
from tools.fuzz import _taken, checked_bytes, fuzz, mutation, originals, rules
from tools.fuzz_mutations import mutate
from tools.fuzz_oracle import HEADINGS, Opinion, Taken, holds, judge, without_lost_styles

SEED, COUNT = 2, 500


def test_spoilt_workbooks_are_answered_and_no_wrong_value_is_taken() -> None:
    totals = fuzz(range(COUNT), SEED)
    assert (totals.wrong, totals.crashes) == ([], [])
    assert totals.mutations == sum(totals.verdicts.values()) == COUNT
    assert set(totals.verdicts) == set(Verdict)
    assert totals.entries > 2_000 and len(totals.rules) > 10


def test_a_mutation_follows_from_its_seed_and_number() -> None:
    assert mutation(7, SEED) == mutation(7, SEED) != mutation(8, SEED)
    assert mutate(b"", Random(1)) == mutate(b"", Random(1))


@pytest.mark.parametrize("original", range(3))
def test_every_good_workbook_is_taken_whole_and_the_other_readers_see_it_so(original: int) -> None:
    data = originals()[original]
    checked = checked_bytes(data)
    assert checked.verdict is Verdict.ACCEPTED
    assert len(checked.entries) == len(rules().plan.goals_of("Sivistysjohtaja"))


LABEL = "Toteutuksessa ei ole edetty tai toimenpide ei vaadi toimenpiteitä ko. toimialueelta"


@pytest.mark.parametrize(
    ("cell", "is_it"),
    [("1", True), (f"1 {LABEL}", True), (f" {LABEL}", True), ("2", False), (f"2 {LABEL}", False), ("", False)],
)
def test_a_degree_may_stand_as_its_number_or_its_label(cell: str, is_it: bool) -> None:  # noqa: FBT001
    taken = Taken("Seuranta", 1, "03", "Tavoite", 1, LABEL, ("",), None, "Etenee.")
    below = {(2, 0): HEADINGS["degree"], (2, 1): HEADINGS["narrative"]}
    assert holds({(1, 0): cell, (1, 1): "Etenee.", (1, 2): "03 Tavoite", **below}, taken) is is_it


@pytest.mark.parametrize(
    ("cell", "is_it"), [("", True), ("OK", True), ("#REF!", True), ("●", False), ("▲ viivästynyt", False)]
)
def test_no_status_is_taken_only_where_the_cell_names_none(cell: str, is_it: bool) -> None:  # noqa: FBT001
    taken = Taken("Seuranta", 1, "03", "Tavoite", 1, LABEL, ("",), None, "Etenee.")
    names = ("degree", "narrative", "overall_status")
    below = {(2, column): HEADINGS[name] for column, name in enumerate(names)}
    assert holds({(1, 0): "1", (1, 1): "Etenee.", (1, 2): cell, (1, 3): "03 Tavoite", **below}, taken) is is_it


def test_the_other_readers_find_a_wrong_value() -> None:
    """The oracle itself is held: it must not nod to everything."""
    data = originals()[0]
    title = rules().plan.by_code["03"].title
    risks = rules().plan.by_code["03"].main_risks
    told = "Kohta 1: työ on edennyt suunnitelman mukaan."
    right = Taken("Seuranta", 4, "03", title, 1, LABEL, ("● suunnitelman mukaan",), risks, told)
    wrong = (
        replace(right, row=5),
        replace(right, sheet="Ohje"),
        replace(right, code="03.01", title="Muu"),
        replace(right, degree=2),
        replace(right, degree=None),
        replace(right, status_words=("▲ viivästynyt",)),
        replace(right, main_risks="Muu riski"),
        replace(right, narrative="Muuta."),
    )
    opinions = judge(data, (right, *wrong))
    assert opinions == (Opinion.SEEN, *[Opinion.WRONG] * len(wrong))
    assert judge(data[:-100], (right,)) == (Opinion.NOT_OPENED,)


def test_the_other_reader_does_not_use_styles_that_nothing_leads_to() -> None:
    parts = unzipped(originals()[0])
    kept = zipped(parts)
    assert without_lost_styles(kept) == kept
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b"/styles", b"/looks")
    lost = unzipped(without_lost_styles(zipped(parts)))
    assert "xl/styles.xml" not in lost and b' s="' not in lost["xl/worksheets/sheet1.xml"].partition(b"<sheetData")[2]
    entries = tuple(_taken(entry) for entry in checked_bytes(zipped(parts)).entries)
    assert entries and set(judge(zipped(parts), entries)) == {Opinion.SEEN}
