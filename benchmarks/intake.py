"""Counts the saves that `seuranta watch` keeps while something else goes wrong; a lost save is a failure.

    python -m benchmarks.intake --case all [--officers 30] [--versions 300] [--hold 10]
    python -m benchmarks.intake --case all --officers 10 --versions 40 --hold 5

Officers save in turn; each version stands for `--hold` seconds until the same officer's next save. A version is kept
if the journal names it and the archive has its bytes. Prints versions, lost ones, and the slowest time from a save to
its entry in the journal. Exit code 1: a version was lost, or the watch did not stay alive and end well.
"""

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from benchmarks.data import change_settings, forms_in, make_small_plan, make_workspace
from generator.app.forms import write_forms
from generator.workspace.folders import Workspace

QUIET_SECONDS = 2
POLL_SECONDS = 0.05
PATIENCE = 60.0
MARKER = "Versio 0000000"


@dataclass(frozen=True, slots=True)
class Case:
    """What goes wrong while officers save: `at` are the shares of the versions after which `break_it` is called."""

    break_it: Callable[[Workspace], None] = lambda _: None
    at: tuple[float, ...] = ()
    pdf: bool = False


@dataclass(slots=True)
class Saved:
    """One version: its path in the inbox, SHA-256, and when (monotonic seconds) it was saved."""

    path: str
    digest: str
    time: float


@dataclass(slots=True)
class Tail:
    """Follows the journal in a thread; `seen` tells when (monotonic seconds) each path and digest was first there."""

    journal: Path
    seen: dict[tuple[str, str], float] = field(default_factory=dict)
    _ended: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __enter__(self) -> "Tail":
        self._thread = Thread(target=self._follow, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _follow(self) -> None:
        offset = 0
        while True:
            is_last = self._ended.is_set()
            offset = self._read(offset)
            if is_last:
                return
            self._ended.wait(POLL_SECONDS)

    def _read(self, offset: int) -> int:
        if not self.journal.exists():
            return offset
        with self.journal.open("rb") as file:
            file.seek(offset)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        for line in whole.splitlines():
            values = json.loads(line)
            if values.get("record") == "save":
                self.seen.setdefault((values["path"], values["digest"]), time.monotonic())
        return offset + len(whole)


class Officer:
    """An officer's form, filled once for each degree; every version has other bytes and is a real answer."""

    def __init__(self, form: Path) -> None:
        self.file = form.name
        self._blank = form.read_bytes()
        self._filled: dict[int, bytes] = {}

    def version(self, number: int) -> bytes:
        """The workbook with a degree and a narrative that differ from version to version."""
        degree = number % 5 + 1
        if degree not in self._filled:
            self._filled[degree] = _fill(self._blank, degree)
        return replaced(self._filled[degree], MARKER, f"Versio {number:07d}")


def _fill(blank: bytes, degree: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for cells in book.worksheets[0].iter_rows(min_row=4, max_col=7):
        if any(cell.value for cell in cells[:3]):
            cells[5].value, cells[6].value = degree, MARKER
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def replaced(data: bytes, old: str, new: str) -> bytes:
    """The same workbook with a text replaced in its shared strings."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old.encode(), new.encode()) if name.endswith("Strings.xml") else part)
    return made.getvalue()


def save(path: Path, data: bytes, number: int) -> None:
    """Saves as Excel does: under eight hex digits first, then over the old file."""
    part = path.with_name(f"{number:08X}")
    part.write_bytes(data)
    part.replace(path)


def break_settings(workspace: Workspace) -> None:
    (workspace.root / "seuranta.toml").write_text("municipality = \nperiod = [[[\n", encoding="utf-8")


def break_outbox(workspace: Workspace) -> None:
    """Puts a regular file in the folder's place: nobody can write in it, root neither."""
    workspace.outbox.rename(workspace.root / "outbox-before")
    workspace.outbox.write_bytes(b"no folder")


def break_ledger(workspace: Workspace) -> None:
    ledger = workspace.state / "ledger.sqlite3"
    ledger.write_bytes(random.Random(1).randbytes(max(ledger.stat().st_size, 4096)))


CASES = {
    "plain": Case(),
    "pdf": Case(pdf=True),
    "settings": Case(break_settings, (0.0,)),
    "outbox": Case(break_outbox, (0.1,)),
    "ledger": Case(break_ledger, (0.2, 0.6)),
}


def measure(case: Case, officers: int, versions: int, hold: float) -> tuple[int, float, str]:
    """Lost versions, the slowest seconds from save to journal, and what was wrong with the watch ("" if nothing)."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "kunta"
        workspace = make_workspace(root, make_small_plan(officers))
        write_forms(workspace, None, None)
        change_settings(root, quiet_seconds=str(QUIET_SECONDS), pdf=json.dumps(case.pdf))
        people = [Officer(form) for form in forms_in(workspace.inbox)]
        for person in people:
            for number in range(5):
                person.version(number)
        journal = workspace.state / "archive" / "journal.jsonl"
        with (Path(folder) / "said.txt").open("w+", encoding="utf-8") as said:
            watch = subprocess.Popen(
                [sys.executable, "-u", "-m", "generator", "watch"], cwd=root, stdout=said, stderr=said
            )
            try:
                _wait_until_published(workspace, watch)
                with Tail(journal) as tail:
                    saves = tuple(_saves(workspace, people, case, versions=versions, hold=hold))
                fault = _end(watch)
            finally:
                watch.kill()
                watch.wait()
            lost = [each for each in saves if not _is_kept(each, tail, workspace)]
            if lost or fault:
                said.seek(0)
                print(said.read()[-3000:], file=sys.stderr)
        for each in lost[:5]:
            print(f"  lost: {each.path} {each.digest}", file=sys.stderr)
        slowest = max((tail.seen.get((s.path, s.digest), s.time) - s.time for s in saves), default=0.0)
        return len(lost), slowest, fault


def _wait_until_published(workspace: Workspace, watch: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while not (workspace.outbox / "tilanne.html").exists():
        if watch.poll() is not None or time.monotonic() > end:
            raise SystemExit("the watch did not begin")
        time.sleep(POLL_SECONDS)


def _saves(workspace: Workspace, people: list[Officer], case: Case, *, versions: int, hold: float) -> Iterator[Saved]:
    """Saves in turn, evenly spread; the last version of each officer stands as long as the others."""
    begin, step = time.monotonic(), hold / len(people)
    due = sorted(int(share * versions) for share in case.at)
    for number in range(versions):
        person = people[number % len(people)]
        data = person.version(number)
        time.sleep(max(0.0, begin + number * step - time.monotonic()))
        while due and due[0] <= number:
            due.pop(0)
            case.break_it(workspace)
        save(workspace.inbox / person.file, data, number)
        yield Saved(person.file, sha256(data).hexdigest(), time.monotonic())
    time.sleep(hold)


def _end(watch: subprocess.Popen[bytes]) -> str:
    if watch.poll() is not None:
        return f"ended by itself with {watch.returncode}"
    watch.terminate()
    try:
        code = watch.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return "did not end"
    return f"ended with {code}" if code and sys.platform != "win32" else ""


def _is_kept(saved: Saved, tail: Tail, workspace: Workspace) -> bool:
    path = workspace.state / "archive" / saved.digest[:2] / f"{saved.digest}.bin"
    if (saved.path, saved.digest) not in tail.seen or not path.is_file():
        return False
    return sha256(path.read_bytes()).hexdigest() == saved.digest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=[*CASES, "all"], default="all")
    parser.add_argument("--officers", type=int, default=30)
    parser.add_argument("--versions", type=int, default=300)
    parser.add_argument("--hold", type=float, default=10.0, help="seconds that each version stands")
    chosen = parser.parse_args()
    print("case       versions   lost   slowest s   watch", flush=True)
    failed = False
    for name in CASES if chosen.case == "all" else [chosen.case]:
        lost, slowest, fault = measure(CASES[name], chosen.officers, chosen.versions, chosen.hold)
        print(f"{name:10} {chosen.versions:8} {lost:6} {slowest:11.2f}   {fault or 'ended well'}", flush=True)
        failed = failed or bool(lost or fault)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
