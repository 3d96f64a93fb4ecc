"""The watcher driven with real files: every way of saving that programs have."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from time import monotonic

import pytest

from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR
from tests.workspaces import bookmarks, fill, make_workspace_with_forms

PATIENCE = 60.0


class Watching:
    """`seuranta watch` in a process of its own, and the lines that it says."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "generator", "watch"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            for line in stream:
                self.lines.put(line.rstrip("\n"))

    def said_until(self, ending: str) -> list[str]:
        """All that is said up to the line that ends so."""
        said: list[str] = []
        while not said or not said[-1].endswith(ending):
            said.append(self.lines.get(timeout=PATIENCE))
        return said

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


def wait_until(is_so: Callable[[], bool]) -> None:
    """Waits for another process, at most `PATIENCE` seconds."""
    ticks, latest = Event(), monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < latest
        ticks.wait(0.05)


def saves(workspace: Workspace) -> int:
    """The number of saves in the journal."""
    journal = (workspace.state / "archive" / "journal.jsonl").read_text(encoding="utf-8")
    return journal.count('"record": "save"')


REPORT = "seurantaraportti-2026-1-LUONNOS.docx"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace_with_forms(tmp_path, quiet_seconds=0.4, extracts=[])


@pytest.fixture
def watching(workspace: Workspace) -> Iterator[Watching]:
    started = Watching(workspace.root)
    started.said_until(REPORT)
    yield started
    if started.process.poll() is None:
        started.stop()


def degree(workspace: Workspace, code: str) -> str:
    return bookmarks(workspace.outbox / REPORT)[f"g_{code.replace('.', '_')}_degree"].strip()[:1]


def test_a_save_in_place_is_taken_and_the_report_named(workspace: Workspace, watching: Watching) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    said = watching.said_until(REPORT)
    assert any(line.startswith(f"{CLERK}.xlsx: ") for line in said)
    assert degree(workspace, "01.01") == "3"
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 4}})
    watching.said_until(REPORT)
    assert degree(workspace, "01.01") == "4"


def test_excels_way_of_saving_is_one_save(workspace: Workspace, watching: Watching) -> None:
    """Excel writes eight hex digits, moves the old file aside, renames the new one over, and drops the old."""
    form, owner = workspace.inbox / f"{CLERK}.xlsx", workspace.inbox / f"~${CLERK}.xlsx"
    owner.write_bytes(b"owner")
    new, old = workspace.inbox / "5D1F00A0", workspace.inbox / "7E2B11C4.tmp"
    fill(form, {"01.01": {"degree": 2}}, to=workspace.root / "typed.xlsx")
    (workspace.root / "typed.xlsx").rename(new)
    form.rename(old)
    new.rename(form)
    old.unlink()
    owner.unlink()
    said = watching.said_until(REPORT)
    assert [line for line in said if "xlsx:" in line] == [line for line in said if line.startswith(f"{CLERK}.xlsx:")]
    assert degree(workspace, "01.01") == "2"


def test_libreoffices_way_of_saving_in_a_new_sub_folder_is_one_save(workspace: Workspace, watching: Watching) -> None:
    folder = workspace.inbox / "Sivistys" / "2026"
    folder.mkdir(parents=True)
    lock = folder / ".~lock.vastaus.xlsx#"
    lock.write_text("x", encoding="utf-8")
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 5}}, to=folder / "lu4711.tmp")
    (folder / "lu4711.tmp").replace(folder / "vastaus.xlsx")
    lock.unlink()
    said = watching.said_until(REPORT)
    assert any(line.startswith("Sivistys/2026/vastaus.xlsx: ") for line in said)
    assert degree(workspace, "02") == "5"


MOVED = f"Hallinto/{CLERK} kevät.xlsx"


def move_and_change(workspace: Workspace) -> None:
    (workspace.inbox / MOVED).parent.mkdir()
    (workspace.inbox / f"{CLERK}.xlsx").rename(workspace.inbox / MOVED)
    fill(workspace.inbox / MOVED, {"01.01": {"degree": 4}})


def test_a_form_that_is_moved_and_changed_goes_on(workspace: Workspace, watching: Watching) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    watching.said_until(REPORT)
    move_and_change(workspace)
    watching.said_until(REPORT)
    assert degree(workspace, "01.01") == "4"


def test_a_form_that_is_moved_and_changed_while_the_watch_is_down_goes_on(
    workspace: Workspace, watching: Watching
) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    watching.said_until(REPORT)
    watching.stop()
    move_and_change(workspace)
    again = Watching(workspace.root)
    # The first report may have come before the changed save had stood.
    wait_until(lambda: degree(workspace, "01.01") == "4")
    again.stop()


def test_of_a_burst_each_files_last_save_counts(workspace: Workspace, watching: Watching) -> None:
    for value in (1, 2, 3):
        fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": value}})
        fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": value}})
    taken: list[str] = []
    while {f"{CLERK}.xlsx", f"{DIRECTOR}.xlsx"} - set(taken):
        taken += [line.split(":")[0] for line in watching.said_until(REPORT) if ".xlsx: " in line]
    assert (degree(workspace, "01.01"), degree(workspace, "02")) == ("3", "3")


def test_what_stops_a_pass_does_not_stop_the_watch(workspace: Workspace, watching: Watching) -> None:
    good = workspace.plan.read_bytes()
    workspace.plan.write_bytes(b"broken")
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    assert watching.lines.get(timeout=PATIENCE)
    workspace.plan.write_bytes(good)
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 3}})
    watching.said_until(REPORT)
    # The first report may have come before the second officer's save had stood.
    wait_until(lambda: degree(workspace, "02") == "3")
    assert degree(workspace, "01.01") == "3"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_a_signal_ends_the_watch_cleanly(watching: Watching, number: int) -> None:
    assert watching.stop(number) == 0


@pytest.mark.parametrize("how", ["renamed away", "made anew"])
def test_an_inbox_that_is_another_folder_is_watched_again_and_that_is_said(
    workspace: Workspace, watching: Watching, how: str
) -> None:
    workspace.inbox.rename(workspace.root / "away")
    if how == "made anew":
        workspace.inbox.mkdir()
    watching.said_until("siirrä ne tänne.")
    fill(workspace.root / "away" / f"{CLERK}.xlsx", {"01.01": {"degree": 3}}, to=workspace.inbox / f"{CLERK}.xlsx")
    assert any(line.startswith(f"{CLERK}.xlsx: ") for line in watching.said_until(REPORT))
    assert degree(workspace, "01.01") == "3"


@pytest.mark.parametrize("how", ["broken", "gone", "empty"])
def test_saves_are_kept_while_the_settings_are_broken_and_taken_when_they_are_mended(
    workspace: Workspace, watching: Watching, how: str
) -> None:
    settings = workspace.root / "seuranta.toml"
    good = settings.read_bytes()
    if how == "gone":
        settings.unlink()
    else:
        settings.write_bytes(b"broken" if how == "broken" else b"")
    for number, text in enumerate(("Ensimmäinen.", "Toinen."), start=1):
        fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3, "narrative": text}})
        wait_until(lambda number=number: saves(workspace) == number)
    page = workspace.outbox / "tilanne.html"
    wait_until(lambda: "seuranta.toml" in page.read_text(encoding="utf-8"))
    settings.write_bytes(good)
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 3}})
    watching.said_until(REPORT)
    # The first report may have come before the second officer's save had stood.
    wait_until(lambda: degree(workspace, "02") == "3")
    assert degree(workspace, "01.01") == "3"


def test_a_damaged_ledger_is_made_anew_while_watching(workspace: Workspace, watching: Watching) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    watching.said_until(REPORT)
    (workspace.state / "ledger.sqlite3").write_bytes(b"x" * 16384)
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 4}})
    watching.said_until(REPORT)
    wait_until(lambda: degree(workspace, "02") == "4")
    assert degree(workspace, "01.01") == "3"
