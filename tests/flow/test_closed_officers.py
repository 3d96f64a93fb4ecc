"""A closed period made final again: its officers' sheet is the one of then, whatever plan.xlsx says today."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.app.finalize import Finalized, Unchanged, make_final
from generator.domain.plan.goals import Officer, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, PLAN
from tests.flow.test_periods import BECAUSE, HEADINGS, SAVED, made_final, opened, run
from tests.workspaces import command, fill, make_workspace_with_forms, put_files

NOW = replace(BECAUSE, time="2027-01-15T12:00:00+02:00")


def with_officers(workspace: Workspace, change: Callable[[Officer], Officer]) -> Workspace:
    """Writes plan.xlsx with another officers' sheet, and runs a round in the new period."""
    plan = Plan(PLAN.goals, tuple(map(change, PLAN.officers)))
    workspace.plan.write_bytes(plan_bytes(plan, HEADINGS, Words(workspace.settings.language)))
    later = open_workspace(workspace.root)
    run(later)
    return later


CHANGES: dict[str, Callable[[Officer], Officer]] = {
    "another division": lambda officer: replace(officer, division="Elinvoima"),
    "another language": lambda officer: replace(officer, language="sv" if officer.language == "fi" else "fi"),
    "no division": lambda officer: replace(officer, division=""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_officers_sheet_of_today_does_not_change_a_closed_periods_report(tmp_path: Path, change: str) -> None:
    put_files(tmp_path, made_final())
    opened(open_workspace(tmp_path))
    later = with_officers(open_workspace(tmp_path), CHANGES[change])
    assert isinstance(make_final(later, NOW, "2026-1"), Unchanged)


def test_a_period_closed_by_an_earlier_version_has_the_present_officers_sheet(tmp_path: Path) -> None:
    put_files(tmp_path, made_final())
    opened(open_workspace(tmp_path))
    journal = open_workspace(tmp_path).state / "archive/journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    kept = [
        {name: value for name, value in line.items() if name != "officers" or "closed" not in line} for line in lines
    ]
    assert kept != lines
    journal.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), encoding="utf-8")
    later = with_officers(open_workspace(tmp_path), CHANGES["another division"])
    assert isinstance(make_final(later, NOW, "2026-1"), Finalized)


def test_no_e_mail_address_is_kept_with_a_closed_period(tmp_path: Path) -> None:
    put_files(tmp_path, made_final())
    workspace = open_workspace(tmp_path)
    before = set((workspace.state / "archive").rglob("*.bin"))
    opened(workspace)
    added = set((workspace.state / "archive").rglob("*.bin")) - before
    assert any("Konsernipalvelut" in path.read_text(encoding="utf-8", errors="replace") for path in before | added)
    assert not any(b"hallinto@kunta.example" in path.read_bytes() for path in added)


@pytest.mark.parametrize(("end", "told"), [("2999-06-30", 1), ("2026-06-30", 0), ("2020-06-30", 0)])
def test_only_a_period_that_has_not_ended_is_told_at_finalize(tmp_path: Path, end: str, told: int) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    settings = workspace.root / "seuranta.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("2026-06-30", end), encoding="utf-8")
    fill(workspace.inbox / f"{CLERK}.xlsx", SAVED)
    run(open_workspace(tmp_path))
    said = command(workspace.root, "finalize", "--because", "Kokous on huomenna.")
    assert said.code == 0 and said.out.count("päättyy vasta") == told


def test_finalize_accepts_nothing_where_nothing_is_open(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, Plan(PLAN.goals[:2], PLAN.officers), extracts=[])
    fill(workspace.inbox / f"{CLERK}.xlsx", SAVED)
    run(open_workspace(tmp_path))
    said = command(workspace.root, "finalize")
    assert said.code == 0 and "Hyväksyttiin avoimena" not in said.out
