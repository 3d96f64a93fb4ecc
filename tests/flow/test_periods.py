"""One period after the other: what `seuranta period open` moves, writes and tells, and what comes too late."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from generator.app.comparison import DealtWith
from generator.app.finalize import Finalized, Unchanged, make_final
from generator.app.periods import OpenedPeriod, PeriodOrder, PeriodRefused, open_period
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.app.session import ask
from generator.app.status import current_status
from generator.domain.base.settings import Language
from generator.domain.follow_up.open_items import Signature
from generator.domain.follow_up.status import OfficerState
from generator.domain.output.receipt import receipt_name
from generator.domain.plan.goals import Officer, Plan
from generator.domain.submission.check_rules import read_sender
from generator.errors import UsageError
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from generator.workspace.settings_edit import NewPeriod
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS
from tests.flow.test_deciding import write_choice
from tests.flow.test_pass import clock
from tests.workspaces import command, files_in, fill, make_workspace_with_forms, put_files

SECRETARY = Signature("raportin kokoaja", "2026-08-24T12:00:00+03:00")
BECAUSE = Signature("raportin kokoaja", "2026-08-24T12:00:00+03:00", "Kokous on jo pidetty.")
SECOND = NewPeriod("2026-2", "heinä–joulukuu 2026", date(2026, 12, 31), date(2027, 1, 29), date(2027, 2, 8))
THIRD = NewPeriod("2027-1", "tammi–kesäkuu 2027", date(2027, 6, 30), date(2027, 8, 1), date(2027, 8, 20))
NEW, HEADINGS = "Kansliapäällikkö", SETTINGS.headings
OPTIONS = ("--end", "2026-12-31", "--deadline", "29.1.2027", "--report-date", "8.2.2027")
SAVED = {"01.01": {"degree": 2, "narrative": "Työ on alkanut."}, "01.10": {"degree": 3, "narrative": "Etenee."}}
FORM = f"{CLERK}.xlsx"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, made_final())
    return open_workspace(tmp_path)


@cache
def made_final() -> dict[str, bytes | None]:
    """A workspace whose first period is final: one officer has answered, in a folder of the officer's own."""
    with TemporaryDirectory() as folder:
        made = make_workspace_with_forms(Path(folder), extracts=[])
        fill(made.inbox / FORM, SAVED, made.inbox / "Hallinto" / FORM)
        (made.inbox / FORM).unlink()
        fill(made.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 9}})
        run(made)
        assert isinstance(make_final(made, BECAUSE), Finalized)
        return files_in(made.root)


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


def opened(workspace: Workspace, signature: Signature = SECRETARY, period: NewPeriod = SECOND) -> OpenedPeriod:
    done = open_period(workspace, PeriodOrder(period, DealtWith()), signature)
    assert isinstance(done, OpenedPeriod)
    return done


def in_inbox(workspace: Workspace) -> set[str]:
    return {path.relative_to(workspace.inbox).as_posix() for path in workspace.inbox.rglob("*.*") if path.is_file()}


def period_of(path: Path) -> str:
    claim = read_sender(read_workbook(path.read_bytes()), path.name, b"").claim
    assert claim
    return claim.identity.period


def receipt(workspace: Workspace, file: str) -> str:
    return (workspace.inbox / receipt_name(file)).read_text(encoding="utf-8")


def test_the_closed_periods_files_are_put_away_with_our_answers_and_everybody_has_a_new_form(
    workspace: Workspace,
) -> None:
    before = in_inbox(workspace)
    saved = (workspace.inbox / "Hallinto" / FORM).read_bytes()
    done = opened(workspace)
    away = {path.removeprefix("arkisto/2026-1/") for path in in_inbox(workspace) if path.startswith("arkisto/")}
    assert away == before and len(done.files.moved) == 2
    assert (workspace.inbox / "arkisto/2026-1/Hallinto" / FORM).read_bytes() == saved
    forms = in_inbox(workspace) - {f"arkisto/2026-1/{path}" for path in away}
    # Where the officer's last file lay, not where the form was put first.
    assert f"Hallinto/{FORM}" in forms and FORM not in forms and len(forms) == 2
    assert {period_of(workspace.inbox / form) for form in forms} == {"2026-2"}
    cells = [
        cell.value for row in openpyxl.load_workbook(workspace.inbox / "Hallinto" / FORM).worksheets[0] for cell in row
    ]
    assert "Työ on alkanut." in cells
    stand = run(workspace)
    assert stand.problems == () and stand.unanswered == () and stand.files == ()
    assert {officer.state for officer in stand.status.officers} == {OfficerState.MISSING}
    assert in_inbox(workspace) == forms | {f"arkisto/2026-1/{path}" for path in away}


def test_the_settings_name_the_new_period_and_keep_their_comments(workspace: Workspace) -> None:
    path = workspace.root / "seuranta.toml"
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    opened(workspace)
    period = open_workspace(workspace.root).settings.period
    assert (period.id, period.previous, period.end, period.deadline) == (
        "2026-2",
        "2026-1",
        SECOND.end,
        SECOND.deadline,
    )
    assert set(comments) <= set(path.read_text(encoding="utf-8").splitlines())


def test_a_period_that_is_not_final_stays_open_unless_a_reason_is_given(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    run(workspace)
    before = files_in(workspace.inbox), (workspace.root / "seuranta.toml").read_bytes()
    refused = open_period(workspace, PeriodOrder(SECOND, DealtWith()), SECRETARY)
    assert isinstance(refused, PeriodRefused) and not refused.has_final and refused.open.missing
    assert (files_in(workspace.inbox), (workspace.root / "seuranta.toml").read_bytes()) == before
    said = command(workspace.root, "period", "open", "2026-2", *OPTIONS)
    assert said.code == 1 and "ei ole lopullinen" in said.out and "seuranta finalize" in said.out
    assert opened(workspace, BECAUSE).version == 0


def test_answers_after_the_final_keep_the_period_open(workspace: Workspace) -> None:
    fill(workspace.inbox / "Hallinto" / FORM, {"01.01": {"degree": 4}})
    run(workspace)
    refused = open_period(workspace, PeriodOrder(SECOND, DealtWith()), SECRETARY)
    assert isinstance(refused, PeriodRefused) and refused.has_final and refused.is_late


def test_the_command_opens_the_period_and_the_list_tells_which_final_counts(workspace: Workspace) -> None:
    said = command(workspace.root, "period", "open", "2026-2", *OPTIONS, "--meeting", "9.11.2026", "--section", "85 §")
    assert said.code == 0 and "inbox/arkisto/2026-1" in said.out, said
    first, second = command(workspace.root, "period", "list", "--json").json["periods"]
    assert (first["id"], first["present"], first["finals"][0]["dealt_with"]) == ("2026-1", False, True)
    assert (second["id"], second["present"], second["closed"]) == ("2026-2", True, None)
    assert second["label"] == "heinä–joulukuu 2026"
    assert "suljettu" in command(workspace.root, "period", "list").out


@pytest.mark.parametrize(
    "period",
    [
        NewPeriod("2026-1", "sama", date(2026, 12, 31), date(2027, 1, 29)),
        NewPeriod("2026-2", "aiempi", date(2026, 5, 31), date(2026, 6, 29)),
        NewPeriod("2026-2", "samaan päivään", date(2026, 6, 30), date(2026, 8, 29)),
    ],
    ids=lambda period: period.label,
)
def test_a_period_that_cannot_be_the_next_changes_nothing(workspace: Workspace, period: NewPeriod) -> None:
    before = files_in(workspace.root)
    with pytest.raises(UsageError):
        open_period(workspace, PeriodOrder(period, DealtWith()), SECRETARY)
    with pytest.raises(UsageError):
        open_period(workspace, PeriodOrder(SECOND, DealtWith(7)), SECRETARY)
    assert files_in(workspace.root) == before


@pytest.mark.parametrize(
    ("held", "taken"),
    [(["2027-A"], "2027-a"), (["syksy"], "Syksy"), (["Ä1", "2027"], "ä1")],
    ids=["the present period", "a word", "a closed period"],
)
def test_an_id_that_differs_by_case_alone_is_refused_because_windows_has_one_folder_for_both(
    workspace: Workspace, held: list[str], taken: str
) -> None:
    for period, base in zip(held, (SECOND, THIRD), strict=False):
        opened(open_workspace(workspace.root), BECAUSE, replace(base, id=period))
    before = files_in(workspace.root)
    later = NewPeriod(taken, "myöhempi", date(2028, 6, 30), date(2028, 8, 1))
    with pytest.raises(UsageError):
        open_period(open_workspace(workspace.root), PeriodOrder(later, DealtWith()), BECAUSE)
    assert files_in(workspace.root) == before


def test_the_closed_periods_form_saved_late_is_answered_with_the_new_one_and_put_away(workspace: Workspace) -> None:
    late = (workspace.inbox / "Hallinto" / FORM).read_bytes()
    opened(workspace)
    run(workspace)
    (workspace.inbox / "Myöhässä.xlsx").write_bytes(late)
    fill(workspace.inbox / "Myöhässä.xlsx", {"01.01": {"degree": 5}})
    stand = run(workspace)
    assert [finding.rule for finding in stand.files[0].checked.findings] == ["period-closed"]
    page = receipt(workspace, "arkisto/2026-1/Myöhässä.xlsx")
    assert f"Hallinto/{FORM}" in page and "kerro raportin kokoajalle" in page
    assert "raportointikausi on suljettu" in page and "pysyvät ennallaan" in page
    assert not any(
        untrue in page for untrue in ("on korjattava", "säilytetään ja poistetaan", "kunnes korjattu vastaus")
    )
    assert not {path for path in in_inbox(workspace) if path.startswith("Myöhässä")}
    after = current_status(workspace.root)
    assert {officer.state for officer in after.status.officers} == {OfficerState.MISSING} and not after.status.faults
    assert run(workspace).files == ()


def test_the_closed_periods_file_saved_over_the_new_form_is_put_away_again_and_the_form_comes_back(
    workspace: Workspace,
) -> None:
    old = (workspace.inbox / "Hallinto" / FORM).read_bytes()
    opened(workspace)
    run(workspace)
    (workspace.inbox / "Hallinto" / FORM).write_bytes(old)
    run(workspace)
    assert period_of(workspace.inbox / "Hallinto" / FORM) == "2026-2"
    assert (workspace.inbox / "arkisto/2026-1/Hallinto" / f"{CLERK} (2).xlsx").read_bytes() == old


def test_an_officers_new_form_is_not_named_after_another_workbook_that_the_officer_sent(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    fill(workspace.inbox / FORM, SAVED, workspace.inbox / "uudet.xlsx")
    run(workspace)
    opened(workspace, BECAUSE)
    assert in_inbox(workspace) >= {FORM, "arkisto/2026-1/uudet.xlsx"} and "uudet.xlsx" not in in_inbox(workspace)


def test_a_file_that_is_changed_where_it_was_put_away_is_kept_and_answered_and_not_read(workspace: Workspace) -> None:
    opened(workspace)
    run(workspace)
    path = workspace.inbox / "arkisto/2026-1/Hallinto" / FORM
    fill(path, {"01.01": {"degree": 5, "narrative": "Muutin vielä tätä."}})
    stand = run(workspace)
    assert [(file.file, file.checked.taken) for file in stand.files] == [(f"arkisto/2026-1/Hallinto/{FORM}", 0)]
    assert f"Hallinto/{FORM}" in receipt(workspace, f"arkisto/2026-1/Hallinto/{FORM}")
    assert current_status(workspace.root).status.faults == ()
    assert path.exists() and stand.problems == ()


def test_a_file_that_is_open_stays_is_told_and_follows(workspace: Workspace) -> None:
    lock = workspace.inbox / "Hallinto" / f"~${FORM}"
    lock.write_bytes(b"")
    done = opened(workspace)
    assert [(file.file, file.officer) for file in done.files.staying] == [(f"Hallinto/{FORM}", CLERK)]
    stand = run(workspace)
    assert any(CLERK in str(problem.details) for problem in stand.problems)
    assert period_of(workspace.inbox / "Hallinto" / FORM) == "2026-1"
    lock.unlink()
    assert run(workspace).problems == ()
    assert period_of(workspace.inbox / "Hallinto" / FORM) == "2026-2"
    assert (workspace.inbox / "arkisto/2026-1/Hallinto" / FORM).exists()


def test_a_late_save_is_told_where_its_form_will_lie_before_it_lies_there(workspace: Workspace) -> None:
    lock = workspace.inbox / "Hallinto" / f"~${FORM}"
    lock.write_bytes(b"")
    opened(workspace)
    fill(workspace.inbox / "Hallinto" / FORM, {"01.01": {"degree": 5}})
    run(workspace)
    assert f"Hallinto/{FORM}" in receipt(workspace, f"Hallinto/{FORM}")
    lock.unlink()
    run(workspace)
    assert f"Hallinto/{FORM}" in receipt(workspace, f"arkisto/2026-1/Hallinto/{FORM}")
    assert period_of(workspace.inbox / "Hallinto" / FORM) == "2026-2"


def test_an_officer_who_does_not_answer_in_a_period_keeps_the_folder(workspace: Workspace) -> None:
    opened(workspace)
    run(workspace)
    opened(open_workspace(workspace.root), BECAUSE, THIRD)
    assert period_of(workspace.inbox / "Hallinto" / FORM) == "2027-1" and FORM not in in_inbox(workspace)


def test_a_file_in_the_place_of_the_archives_folder_is_told_before_anything_is_changed(workspace: Workspace) -> None:
    (workspace.inbox / "arkisto").write_bytes(b"muistiinpanoja")
    before = (workspace.root / "seuranta.toml").read_bytes()
    said = command(workspace.root, "period", "open", "2026-2", *OPTIONS)
    assert "kansion paikalla on tiedosto" in said.err
    assert said.code == 4 and "arkisto" in said.err and (workspace.root / "seuranta.toml").read_bytes() == before


def test_a_post_renamed_at_the_opening_keeps_the_forms_folder(workspace: Workspace) -> None:
    posts = [tuple(NEW if name == CLERK else name for name in goal.officers) for goal in PLAN.goals]
    goals = tuple(replace(goal, officers=names) for goal, names in zip(PLAN.goals, posts, strict=True))
    officers = (Officer(NEW, "", "", "fi", former_names=(CLERK,)), Officer(DIRECTOR, "", "", "fi"))
    workspace.plan.write_bytes(plan_bytes(Plan(goals, officers), HEADINGS, Words(Language.FINNISH)))
    opened(workspace, BECAUSE)
    assert period_of(workspace.inbox / "Hallinto" / FORM) == "2026-2"


def test_a_period_that_was_written_by_hand_is_put_in_order_by_the_command(workspace: Workspace) -> None:
    path = workspace.root / "seuranta.toml"
    text = path.read_text(encoding="utf-8").replace('id = "2026-1"', 'id = "2026-2"')
    path.write_text(text.replace('# previous = "2025-2"', 'previous = "2026-1"'), encoding="utf-8")
    assert "seuranta period open" in command(workspace.root, "forms").out
    opened(open_workspace(workspace.root))
    assert {period_of(workspace.inbox / form) for form in (FORM, f"{DIRECTOR}.xlsx")} == {"2026-2"}
    assert (workspace.inbox / "arkisto/2026-1/Hallinto" / FORM).exists()


def test_a_closed_period_is_made_final_again(workspace: Workspace) -> None:
    opened(workspace)
    later = open_workspace(workspace.root)
    fill(later.inbox / "Hallinto" / FORM, {"01.01": {"degree": 5, "narrative": "Seuraavan kauden työ."}})
    run(later)
    assert isinstance(make_final(later, SECRETARY, "2026-1"), Unchanged)
    said = command(workspace.root, "finalize", "--period", "2020-1")
    assert said.code == 2 and "2020-1" in said.err


def test_a_choice_that_no_round_has_entered_is_entered_before_the_period_closes(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    fill(workspace.inbox / FORM, {"01.10": {"degree": 2, "narrative": "Etenee."}})
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 4, "narrative": "Etenee."}})
    run(workspace)
    write_choice(workspace.outbox / DECISIONS_FILE, "Arviot eroavat", CLERK)
    opened(workspace, BECAUSE)
    decided = ask(open_workspace(workspace.root), lambda session: session.store.history.decisions("2026-1"))
    assert [decision.code for decision in decided] == ["01.10"]


# Of the calls at which a program may be killed every second one; 2 tries all.
STEP = 4
# A process that has imported everything and forks for each try; the tests' own has threads and children.
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


def killed_at(number: int, act: Callable[[Path], object], root: Path) -> bool:
    """Does something in a process of its own that is killed at its nth call that changes a file; True if it was."""
    process = FORKS.Process(target=_killed, args=(number, act, root))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def open_second(root: Path) -> None:
    open_period(open_workspace(root), PeriodOrder(SECOND, DealtWith()), SECRETARY)


def finalize(root: Path) -> None:
    make_final(open_workspace(root), BECAUSE)


def _killed(number: int, act: Callable[[Path], object], root: Path) -> None:
    _count_calls(number)
    act(root)


def _count_calls(number: int) -> None:
    left = [number]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return call

    for name in ("replace", "rename", "link", "unlink", "mkdir", "fsync"):
        setattr(os, name, counted(getattr(os, name)))


def told_by(workspace: Workspace) -> tuple[set[str], str, list[str]]:
    """What a person finds: files in the inbox, the present period, and the files in the outbox."""
    outbox = sorted(path.name for path in workspace.outbox.rglob("*.*"))
    return in_inbox(workspace), open_workspace(workspace.root).settings.period.id, outbox


@pytest.mark.parametrize("part", range(2))
def test_killed_anywhere_an_opening_is_done_or_not_begun_after_the_next_run(tmp_path: Path, part: int) -> None:
    untouched, done = tmp_path / "before", tmp_path / "after"
    for root in (untouched, done):
        put_files(root, made_final())
    opened(open_workspace(done))
    outcomes = []
    for root in (untouched, done):
        run(open_workspace(root))
        outcomes.append(told_by(open_workspace(root)))
    seen = set()
    for number in range(part + 1, 400, STEP):
        root = tmp_path / str(number)
        put_files(root, made_final())
        workspace = open_workspace(root)
        was_killed = killed_at(number, open_second, root)
        run(open_workspace(root))
        assert told_by(workspace) in outcomes, number
        seen.add(told_by(workspace)[1])
        if not was_killed:
            break
    assert seen == {"2026-1", "2026-2"}


@cache
def changed_since() -> dict[str, bytes | None]:
    """The same workspace after a run that took another answer."""
    with TemporaryDirectory() as folder:
        put_files(Path(folder), made_final())
        made = open_workspace(Path(folder))
        fill(made.inbox / "Hallinto" / FORM, {"01.01": {"degree": 4}})
        run(made)
        return files_in(made.root)


@pytest.mark.parametrize("part", range(2))
def test_killed_anywhere_a_final_is_made_or_not_begun_after_the_next_run(tmp_path: Path, part: int) -> None:
    """A final that was cut off leaves nothing in the folder that the agenda publishes from."""
    put_files(tmp_path / "whole", changed_since())
    whole = open_workspace(tmp_path / "whole")
    before = finals_of(whole)
    assert isinstance(make_final(whole, BECAUSE), Finalized)
    after, seen = finals_of(whole), set[bool]()
    for number in range(part + 1, 400, STEP):
        root = tmp_path / str(number)
        put_files(root, changed_since())
        workspace = open_workspace(root)
        was_killed = killed_at(number, finalize, root)
        run(workspace)
        assert finals_of(workspace) in (before, after), number
        seen.add(finals_of(workspace) == after)
        if not was_killed:
            break
    assert seen == {True, False}


def finals_of(workspace: Workspace) -> set[str]:
    return {path.name for path in (workspace.outbox / "lopulliset").rglob("*.*")}


@pytest.mark.parametrize("period", ["CON", "nul", "com1", "2027.1", "2027 1"])
def test_an_id_that_names_no_folder_on_windows_is_refused(workspace: Workspace, period: str) -> None:
    before = (workspace.root / "seuranta.toml").read_bytes()
    said = command(workspace.root, "period", "open", period, *OPTIONS)
    assert said.code == 2 and (workspace.root / "seuranta.toml").read_bytes() == before


def test_a_period_in_which_nobody_answered_is_no_wrong_previous_one(workspace: Workspace) -> None:
    opened(workspace)
    opened(open_workspace(workspace.root), BECAUSE, THIRD)
    keys = [dict(problem.details).get("key") for problem in run(open_workspace(workspace.root)).problems]
    assert "period.previous" not in keys and "period.id" not in keys
