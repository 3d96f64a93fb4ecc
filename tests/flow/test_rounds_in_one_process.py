"""Rounds of one process take over what has not changed; they must say what a process that begins anew would say."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.app.intake import Keeper
from generator.app.rounds import Rounds
from generator.app.run import make_keeper, opened, system_clock
from generator.app.snapshot import Snapshot, make_snapshot
from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.flow.test_histories import (
    GOALS,
    History,
    bring_back,
    copy_to_sub_folder,
    remove_save,
    save_form,
    save_in_sub_folder,
)
from tests.workspaces import command, fill

ROUNDS = 12


def withdraw(history: History) -> None:
    """The secretary takes an answer back; the officer may give it again."""
    officer = history.random.choice(list(GOALS))
    code = history.random.choice(GOALS[officer])
    command(history.workspace.root, "withdraw", code, "--officer", officer, "--because", "Pyyntö")
    history.tell(f"withdraw {code} of {officer}")


def choose(history: History) -> None:
    """The secretary chooses one of an officer's two files that differ, where they do."""
    officer = history.random.choice(list(GOALS))
    code, place = history.random.choice(GOALS[officer]), history.random.choice(("", "Talteen/"))
    command(history.workspace.root, "decide", code, "--take", f"{place}{officer}.xlsx")
    history.tell(f"choose {place}{officer}.xlsx for {code}")


SAVES = (save_form, save_form, save_in_sub_folder, copy_to_sub_folder)
STEPS = (*SAVES, remove_save, bring_back, withdraw, choose, choose, choose)


@contextmanager
def running(workspace: Workspace) -> Iterator[tuple[Rounds, Keeper]]:
    clock = system_clock()
    keeper = make_keeper(workspace.root, clock)
    keeper.journal.read()
    with opened(workspace.root, keeper, clock) as (session, broken):
        yield Rounds(session, clock.now, broken.settings_error), keeper


def taken(rounds: Rounds, keeper: Keeper) -> Snapshot:
    keeper.look()
    keeper.look()
    assert rounds.take()
    assert rounds.snapshot
    return rounds.snapshot


@pytest.mark.parametrize("seed", range(4))
def test_a_round_after_others_says_what_a_new_process_says(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path, seed)
    with running(history.workspace) as (rounds, keeper):
        for _ in range(ROUNDS):
            history.random.choice(STEPS)(history)
            told, made = "\n".join(history.told), taken(rounds, keeper)
            anew = make_snapshot(rounds.session, made.reading)
            assert made.saves == anew.saves, told
            assert made.follow_up == anew.follow_up, told
            assert made.status == anew.status, told
            assert made.contents == anew.contents, told


def test_a_choice_between_two_files_is_told_of_both(tmp_path: Path) -> None:
    history, code = History(tmp_path, 0), GOALS[CLERK][0]
    inbox = history.workspace.inbox
    blank = (inbox / f"{CLERK}.xlsx").read_bytes()
    fill(inbox / f"{CLERK}.xlsx", {each: {"degree": 3, "narrative": "Etenee."} for each in GOALS[CLERK]})
    with running(history.workspace) as (rounds, keeper):
        (first,) = taken(rounds, keeper).saves
        assert not first.save.findings
        other = inbox / "Talteen" / f"{CLERK}.xlsx"
        other.parent.mkdir()
        other.write_bytes(blank)
        fill(other, {code: {"degree": 5, "narrative": "Valmis."}})
        taken(rounds, keeper)
        command(history.workspace.root, "decide", code, "--take", f"Talteen/{CLERK}.xlsx")
        saves = {present.save.file: present for present in taken(rounds, keeper).saves}
    row = next(row for row in saves[f"{CLERK}.xlsx"].rows if row.code == code)
    assert row.answer and row.answer.entry.degree == 5 and not row.is_own


def test_a_save_without_findings_is_not_made_again_until_its_answers_change(tmp_path: Path) -> None:
    history = History(tmp_path, 0)
    inbox = history.workspace.inbox
    for officer, codes in GOALS.items():
        fill(inbox / f"{officer}.xlsx", {code: {"degree": 3, "narrative": "Etenee."} for code in codes})
    with running(history.workspace) as (rounds, keeper):
        before = {present.save.file: present for present in taken(rounds, keeper).saves}
        fill(inbox / f"{CLERK}.xlsx", {GOALS[CLERK][0]: {"degree": 4}})
        after = {present.save.file: present for present in taken(rounds, keeper).saves}
    assert before.keys() == after.keys()
    assert [file for file in before if before[file] is not after[file]] == [f"{CLERK}.xlsx"]
