"""A run with nothing new says what the run before said; whatever a whole run would notice makes a whole run."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from generator.app.nothing_new import kept_answer, look_at_inputs
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.workspaces import change_settings, command, fill, make_workspace_with_forms

RUN, STATUS = "run --lang  ", "status --lang  "
REPORT = "outbox/seurantaraportti-2026-1-LUONNOS.docx"
SECONDS = 10**9
Change = Callable[[Path], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock runs an hour ahead of the files' times: they were all changed long ago."""
    real = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: real() + 3600 * SECONDS)


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one officer has answered, another has an error, and all has been processed."""
    workspace = make_workspace_with_forms(tmp_path_factory.mktemp("kunta"), extracts=[])
    answer(workspace, CLERK, 3)
    answer(workspace, DIRECTOR, 9)
    assert command(workspace.root, "run").code == 0
    return workspace.root


@pytest.fixture
def copied(processed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(processed, tmp_path / "kunta"))


@pytest.fixture
def root(copied: Path, later: None) -> Path:
    """A copy of it, in which a run found nothing to do."""
    settle(copied)
    return copied


def answer(workspace: Workspace, officer: str, degree: object) -> None:
    codes = [goal.code for goal in PLAN.goals if officer in goal.officers]
    fill(workspace.inbox / f"{officer}.xlsx", {codes[0]: {"degree": degree, "narrative": "Eteni."}})


def settle(root: Path) -> None:
    """Runs until a run finds nothing to do."""
    for _ in range(3):
        assert command(root, "run").code == 0
        if kept_answer(root, RUN) is not None:
            return
    raise AssertionError("each run finds something to do")


def whole(root: Path, *arguments: str) -> str:
    """What the command prints where nothing is known."""
    (root / ".seuranta" / "nothing-new.json").unlink(missing_ok=True)
    done = command(root, *arguments)
    assert done.code == 0
    return done.out


@pytest.mark.parametrize("form", [(), ("--json",), ("--lang", "sv")], ids=" ".join)
def test_what_is_known_is_what_the_whole_run_and_the_whole_status_say(root: Path, form: tuple[str, ...]) -> None:
    (root / ".seuranta" / "nothing-new.json").unlink()
    ran = command(root, "run", *form)
    known, stands = command(root, "run", *form), command(root, "status", *form)
    assert kept_answer(root, f"run --lang {'sv' if 'sv' in form else ''} {'--json' if '--json' in form else ''}")
    assert (known.out, known.code) == (ran.out, 0)
    assert (stands.out, stands.code) == (whole(root, "status", *form), 0)


def write_over(path: Path, data: bytes) -> None:
    """Writes bytes into a file and gives it its old time of change."""
    before = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def edit(path: Path) -> None:
    """Changes one byte of a file; its size and its time of change stay."""
    data = path.read_bytes()
    write_over(path, data[:-1] + bytes([data[-1] ^ 1]))


def append(path: Path, data: bytes) -> None:
    path.write_bytes(path.read_bytes() + data)


def receipt(root: Path) -> Path:
    return root / "inbox" / f"{CLERK}.kuittaus.html"


def saved(root: Path) -> Path:
    return root / "inbox" / f"{CLERK}.xlsx"


def in_archive(root: Path) -> Path:
    return sorted((root / ".seuranta" / "archive").rglob("*.bin"))[0]


CHANGES: dict[str, Change] = {
    "a receipt is gone": lambda root: receipt(root).unlink(),
    "a receipt is edited": lambda root: edit(receipt(root)),
    "an answer workbook is gone": lambda root: (root / "inbox" / f"{DIRECTOR}.korjattavaa.xlsx").unlink(),
    "an answer workbook is saved": lambda root: edit(root / "inbox" / f"{DIRECTOR}.korjattavaa.xlsx"),
    "a receipt is open": lambda root: receipt(root).with_name(f".~lock.{receipt(root).name}#").touch(),
    "a workbook is saved": lambda root: edit(saved(root)),
    "a workbook is gone": lambda root: saved(root).unlink(),
    "a workbook is renamed": lambda root: saved(root).rename(root / "inbox" / "Toinen.xlsx"),
    "a workbook is copied": lambda root: shutil.copy2(saved(root), root / "inbox" / "Kopio.xlsx") and None,
    "a new file": lambda root: (root / "inbox" / "uusi.pdf").write_bytes(b"%PDF-1.7") and None,
    "a file that is named like one of the state": lambda root: (root / "inbox" / "lock").touch(),
    "a folder that is named like one of Python's": lambda root: (root / "inbox" / "__pycache__").mkdir(),
    "a save of Excel is stranded": lambda root: (root / "inbox" / "5D1F00A0").write_bytes(b"PK") and None,
    "the report is edited": lambda root: edit(root / REPORT),
    "the report is gone": lambda root: (root / REPORT).unlink(),
    "the report is open": lambda root: (root / "outbox" / f".~lock.{Path(REPORT).name}#").touch(),
    "the page is gone": lambda root: (root / "outbox" / "tilanne.html").unlink(),
    "the workbook of decisions is saved": lambda root: edit(root / "outbox" / "ratkaistavat.xlsx"),
    "the provenance is edited": lambda root: edit((root / REPORT).with_suffix(".json")),
    "the plan is edited": lambda root: append(root / "plan.xlsx", b"\0"),
    "the plan is gone": lambda root: (root / "plan.xlsx").unlink(),
    "the settings are edited": lambda root: append(root / "seuranta.toml", b"\n# huomio\n"),
    "the settings are broken": lambda root: append(root / "seuranta.toml", b"\n]\n"),
    "the template is edited": lambda root: edit(root / "templates" / "report.docx"),
    "the template is gone": lambda root: (root / "templates" / "report.docx").unlink(),
    "another template is there": lambda root: (
        shutil.copy2(root / "templates" / "report.docx", root / "templates" / "report.sv.docx") and None
    ),
    "the journal grew": lambda root: append(root / ".seuranta" / "archive" / "journal.jsonl", b"{}\n"),
    "the ledger is gone": lambda root: (root / ".seuranta" / "ledger.sqlite3").unlink(),
    "the key is gone": lambda root: (root / ".seuranta" / "key").unlink(),
    "a file of the archive is gone": lambda root: in_archive(root).unlink(),
    "a file of the archive is damaged": lambda root: edit(in_archive(root)),
    "a folder may not be written": lambda root: (root / "outbox").chmod(0o555),
    "a link instead of a folder": lambda root: (root / "inbox" / "linkki").symlink_to(root / "outbox"),
    "the workspace is moved": lambda root: root.rename(root.with_name("uusi")) and None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_whole_run_would_notice_changes_the_key(copied: Path, change: str) -> None:
    before = look_at_inputs(copied)
    CHANGES[change](copied)
    after = look_at_inputs(copied if copied.exists() else copied.with_name("uusi"))
    assert before and (after is None or after.key != before.key)


def test_a_change_is_seen_by_the_command(root: Path) -> None:
    receipt(root).unlink()
    assert kept_answer(root, RUN) is None and kept_answer(root, STATUS) is None
    command(root, "run")
    assert receipt(root).exists()


def test_a_damaged_record_is_no_answer(root: Path) -> None:
    record = root / ".seuranta" / "nothing-new.json"
    for damage in (b"", b"{}", b"[]", b"\xff", record.read_bytes().replace(b'"answers"', b'"other"')):
        record.write_bytes(damage)
        assert kept_answer(root, RUN) is None
    assert whole(root, "run") and kept_answer(root, RUN)


def test_the_next_day_and_another_libreoffice_are_news(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.touch(mode=0o755)
    with monkeypatch.context() as installed:
        installed.setenv("PATH", str(program.parent), prepend=os.pathsep)
        assert kept_answer(root, RUN) is None
    assert kept_answer(root, RUN)
    real = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: real() + 24 * 3600 * SECONDS)
    assert kept_answer(root, RUN) is None


def test_a_file_of_the_last_seconds_is_known_by_its_content(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second change right after the first may have the same time: it would not show in the stamp."""
    settle(copied)
    monkeypatch.setattr("os.lstat", unchanging(receipt(copied)))
    settle(copied)
    edit(receipt(copied))
    assert kept_answer(copied, RUN) is None


def unchanging(path: Path) -> Callable[[str], os.stat_result]:
    """A file system whose clock stands still: it never tells that this file has changed."""
    before, real = path.lstat(), os.lstat
    return lambda asked: before if asked == str(path) else real(asked)


def unread(root: Path) -> None:
    """A file that is too large to be read: it is tried again in each run."""
    with (root / "inbox" / "suuri.xlsx").open("wb") as file:
        file.truncate(257 * 2**20)


def taken_place(root: Path) -> None:
    """A person's file where the page would be."""
    (root / "outbox" / "tilanne.html").write_bytes(b"oma")


@pytest.mark.parametrize("trouble", [unread, taken_place])
def test_what_is_tried_again_is_tried_in_each_run(root: Path, trouble: Change) -> None:
    trouble(root)
    for _ in range(3):
        assert command(root, "run").code == 0
        assert kept_answer(root, RUN) is None


def small_changes(root: Path) -> Iterator[Change]:
    """Changes of which some are news, some are not, and some undo others."""
    stands = saved(root).read_bytes()
    yield lambda root: None
    yield lambda root: write_over(saved(root), stands)
    yield lambda root: answer(Workspace(root, change_settings(root).settings), CLERK, 4)
    yield lambda root: receipt(root).unlink(missing_ok=True)
    yield lambda root: os.utime(root / REPORT)
    yield lambda root: edit(root / REPORT)
    yield lambda root: (root / "inbox" / "~$auki.xlsx").touch()
    yield lambda root: (root / "inbox" / "~$auki.xlsx").unlink(missing_ok=True)
    yield lambda root: command(root, "forms") and None
    yield lambda root: command(root, "status") and None
    yield lambda root: (root / "outbox" / "muistio.txt").write_bytes(b"oma") and None
    yield lambda root: (root / REPORT).unlink(missing_ok=True)


@pytest.mark.parametrize("seed", range(2))
def test_in_any_history_what_is_known_is_what_a_whole_run_says(root: Path, seed: int) -> None:
    random, changes = Random(seed), list(small_changes(root))
    foretold = 0
    for _ in range(6):
        random.choice(changes)(root)
        known, stands = kept_answer(root, RUN), kept_answer(root, STATUS)
        if known is not None:
            foretold += 1
            assert stands == whole(root, "status")
            assert known == whole(root, "run")
        command(root, "run")
        command(root, "run")
    assert 0 < foretold < 6
