"""Many workspaces are watched at once: changes of people are told with whose they are."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from generator.workspace.workspaces_watcher import WorkspacesWatcher

PATIENCE = 20.0
# More than the watchers that Linux allows a user by itself.
MANY = 200


def workspace(root: Path) -> Path:
    for name in ("inbox/Alue", "outbox/otteet", "templates"):
        (root / name).mkdir(parents=True)
    return root


@pytest.fixture(params=[False, True], ids=["events", "polling"])
def changed(request: pytest.FixtureRequest) -> Iterator[tuple[WorkspacesWatcher[str], "SimpleQueue[str]"]]:
    told: SimpleQueue[str] = SimpleQueue()
    with closing(watcher_of(told, needs_polling=lambda _: request.param)) as watcher:
        yield watcher, told


def watcher_of(told: "SimpleQueue[str]", needs_polling: Callable[[Path], bool]) -> WorkspacesWatcher[str]:
    """Tells saves by the workspace's name, edits with a star before it."""
    edited = lambda name: told.put(f"*{name}")  # noqa: E731
    return WorkspacesWatcher(saved=told.put, edited=edited, needs_polling=needs_polling, poll_seconds=0.05)


Told = tuple[WorkspacesWatcher[str], "SimpleQueue[str]"]


def seen(told: "SimpleQueue[str]") -> str:
    return told.get(timeout=PATIENCE)


def nothing_more(told: "SimpleQueue[str]") -> None:
    with pytest.raises(Empty):
        while True:
            told.get(timeout=0.5)


@pytest.mark.parametrize(
    "path",
    ["inbox/X.xlsx", "inbox/Alue/X.pdf", "outbox/ratkaistavat.xlsx", "outbox/otteet/X-LUONNOS.docx", "plan.xlsx",
     "seuranta.toml", "templates/report.docx"],
)  # fmt: skip
def test_a_change_of_a_person_is_told_once_or_more(path: str, changed: Told, tmp_path: Path) -> None:
    watcher, told = changed
    roots = {workspace(tmp_path / name): name for name in ("a", "b")}
    watcher.follow(roots)
    star = "" if path.startswith("inbox") else "*"
    (tmp_path / "b" / path).write_bytes(b"1")
    assert seen(told) == f"{star}b"
    (tmp_path / "a" / path).write_bytes(b"1")
    while (name := seen(told)) == f"{star}b":
        pass
    assert name == f"{star}a"


@pytest.mark.parametrize("linked", [".", "inbox"])
def test_what_is_behind_a_link_is_watched(linked: str, changed: Told, tmp_path: Path) -> None:
    watcher, told = changed
    root, elsewhere = workspace(tmp_path / "a"), tmp_path / "far" / "away"
    elsewhere.parent.mkdir()
    (root / linked).rename(elsewhere)
    (root / linked).symlink_to(elsewhere)
    watcher.follow({root: "a"})
    nothing_more(told)
    (root / "inbox" / "X.xlsx").write_bytes(b"1")
    assert seen(told) == "a"


@pytest.mark.parametrize("path", ["outbox/tilanne.html", "outbox/X.pdf", "inbox/~$X.xlsx", "inbox/X.kuittaus.html"])
def test_our_own_pages_and_temporary_files_are_not_told(path: str, changed: Told, tmp_path: Path) -> None:
    watcher, told = changed
    watcher.follow({workspace(tmp_path / "a"): "a"})
    nothing_more(told)
    (tmp_path / "a" / path).write_bytes(b"1")
    nothing_more(told)


def test_workspaces_come_and_go_and_a_replaced_folder_is_watched_again(changed: Told, tmp_path: Path) -> None:
    watcher, told = changed
    first, second = workspace(tmp_path / "1" / "a"), workspace(tmp_path / "2" / "b")
    missing = tmp_path / "3" / "c"
    watcher.follow({first: "a", missing: "c"})
    (first / "inbox" / "X.xlsx").write_bytes(b"1")
    assert seen(told) == "a"
    nothing_more(told)
    workspace(missing)
    watcher.follow({second: "b", missing: "c"})
    (first / "inbox" / "Y.xlsx").write_bytes(b"1")
    nothing_more(told)
    for root, name in ((second, "b"), (missing, "c")):
        (root / "inbox" / "X.xlsx").write_bytes(b"1")
        assert seen(told) == name
        nothing_more(told)
    second.parent.rename(tmp_path / "away")
    shutil.copytree(tmp_path / "away", second.parent)
    watcher.follow({second: "b"})
    nothing_more(told)
    (second / "inbox" / "Y.xlsx").write_bytes(b"1")
    assert seen(told) == "b"


def test_more_workspaces_than_the_system_has_watchers(tmp_path: Path) -> None:
    told: SimpleQueue[str] = SimpleQueue()
    with closing(watcher_of(told, needs_polling=lambda _: False)) as watcher:
        watcher.follow({workspace(tmp_path / f"w{number}"): f"w{number}" for number in range(MANY)})
        for number in (0, MANY - 1):
            (tmp_path / f"w{number}" / "inbox" / "X.xlsx").write_bytes(b"1")
            assert seen(told) == f"w{number}"
            nothing_more(told)
