"""Every mistake is found at its cell with nothing beside it, and following the advice makes it vanish."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.app.forms import write_forms
from generator.app.intake import Clock
from generator.app.run import run as run_once
from generator.domain.base.retired_rules import RETIRED_RULES
from generator.domain.base.rules import RULES
from generator.domain.follow_up.standing import STANDING_RULES
from generator.domain.submission.checks import Checked
from tests.builders import CLERK
from tests.corpus.harmless import HARMLESS
from tests.corpus.mistake import Harmless, Mistake
from tests.corpus.mistakes import MISTAKES
from tests.corpus.office import PLAN, ROWS
from tests.corpus.save import CODE, Save, signed_save
from tests.workspaces import fill, make_workspace

# What the walk says of saves beside each other, and of itself; the tests of the walk hold these.
RETIRED = {rule.name for rule in RETIRED_RULES}
OF_THE_WALK = {
    "archive-missing",
    "copy",
    "copy-needs-correction",
    "form-moved",
    "in-archive",
    "period-closed",
    "program-fault",
    "returned",
    *STANDING_RULES,
}


def findings(checked: Checked, save: Save) -> list[tuple[str, str | None]]:
    """What was found, without the note that every unsigned workbook gets."""
    return [(found.rule, found.place.cell) for found in checked.findings if found.rule not in save.expected_notes]


def answers(checked: Checked) -> dict[str, tuple[object, ...]]:
    return {
        entry.code: (entry.officer, entry.degree, entry.overall_status, entry.main_risks, entry.narrative)
        for entry in checked.entries
    }


GOOD = answers(signed_save().checked())


def differing(taken: dict[str, tuple[object, ...]]) -> set[str]:
    return {code for code, values in taken.items() if values != GOOD[code]}


def names(cases: Sequence[Mistake | Harmless]) -> list[str]:
    return [case.name for case in cases]


@pytest.mark.parametrize("mistake", MISTAKES, ids=names(MISTAKES))
def test_a_mistake_is_found_at_its_cell_and_mending_it_as_advised_makes_it_vanish(mistake: Mistake) -> None:
    save = mistake.start()
    mistake.spoil(save)
    spoilt = save.checked()
    assert findings(spoilt, save) == list(mistake.found)
    assert set(answers(spoilt)) == set(ROWS) - set(mistake.stops)
    assert differing(answers(spoilt)) <= set(mistake.rewords)
    mistake.mend(save)
    mended = save.checked()
    assert findings(mended, save) == []
    assert set(answers(mended)) == set(ROWS)
    assert differing(answers(mended)) <= set(mistake.rewords)


@pytest.mark.parametrize("harmless", HARMLESS, ids=names(HARMLESS))
def test_a_harmless_change_changes_nothing(harmless: Harmless) -> None:
    save = harmless.start()
    harmless.change(save)
    checked = save.checked()
    assert findings(checked, save) == list(harmless.said)
    assert answers(checked) == GOOD


def test_the_corpus_is_as_large_as_it_must_be_and_names_each_case_once() -> None:
    assert len(MISTAKES) >= 120 and len(HARMLESS) >= 60
    assert max(Counter(names(MISTAKES) + names(HARMLESS)).values()) == 1


def test_every_rule_of_submissions_has_a_mistake_in_the_corpus() -> None:
    seeded = {rule for mistake in MISTAKES for rule, _ in mistake.found}
    assert {rule for rule in RULES if not rule.startswith("plan-")} - seeded - RETIRED == OF_THE_WALK - RETIRED


def test_a_copy_to_the_letter_is_said_and_not_taken(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, PLAN)
    write_forms(workspace, CLERK, None)
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {CODE: {"degree": 3, "narrative": "Työ eteni."}})
    clock = Clock(now=lambda: datetime(2026, 8, 3, tzinfo=UTC), ticks=lambda: 0.0, wait=lambda _: None)
    run_once(workspace.root, clock)
    (workspace.inbox / "Varmuuskopio.xlsx").write_bytes(form.read_bytes())
    (taken,) = run_once(workspace.root, clock).files
    assert [finding.rule for finding in taken.checked.findings] == ["copy"]
    assert taken.checked.entries == ()


def test_two_files_of_one_officer_that_differ_lose_the_later_row_until_that_file_is_gone(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, PLAN)
    write_forms(workspace, CLERK, None)
    form, copy = workspace.inbox / f"{CLERK}.xlsx", workspace.inbox / f"{CLERK} (1).xlsx"
    clock = Clock(now=lambda: datetime(2026, 8, 3, tzinfo=UTC), ticks=lambda: 0.0, wait=lambda _: None)
    copy.write_bytes(form.read_bytes())
    fill(form, {CODE: {"degree": 3, "narrative": "Työ eteni."}})
    run_once(workspace.root, clock)
    fill(copy, {CODE: {"degree": 4, "narrative": "Työ eteni."}})
    (differs,) = run_once(workspace.root, clock).files
    assert [(found.rule, found.place.cell) for found in differs.checked.findings] == [("files-differ", "F6")]
    assert (differs.checked.taken, differs.checked.findings[0].allowed) == (0, (copy.name, form.name))
    copy.unlink()
    run_once(workspace.root, clock)
    fill(form, {CODE: {"degree": 4, "narrative": "Työ eteni hyvin."}})
    (alone,) = run_once(workspace.root, clock).files
    assert (alone.checked.taken, alone.checked.findings) == (1, ())
