"""A municipality comes with its folder and leaves with it: nothing is lost, and the documents are the same bytes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

from generator.errors import FolderError
from generator.hosted.exchange import add_workspace, copy_to_folder, import_state, move_to_database, move_to_folder
from generator.hosted.registry import HostedWorkspace, Registry, open_registry
from generator.store.postgres.state import PostgresState
from generator.store.state import State
from generator.store.state_folder import StateFolder
from generator.workspace.folders import open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.workspaces import command, files_in, fill, make_workspace_with_forms, put_files
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres


@pytest.fixture
def hosted_commands(server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands connect as the owner of the database."""
    monkeypatch.setenv("SEURANTA_DATABASE", server.as_admin)
    yield
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("DELETE FROM seuranta.workspaces")


def contents(state: State) -> tuple[object, ...]:
    archive = state.bytes_archive()
    kept = {digest: archive.read(digest) for digest in archive.digests()}
    return state.journal_lines().first(10**9), kept, state.read_key(), sorted(state.drafts())


def add(server: PostgresServer, key: str, root: Path) -> None:
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        Registry(connection).add(HostedWorkspace(key, root))


def documents(root: Path) -> dict[str, bytes | None]:
    return {name: data for name, data in files_in(root / "outbox").items() if name.endswith(".docx")}


def saved(root: Path, degree: int) -> None:
    for officer in (CLERK, DIRECTOR):
        fill(root / "inbox" / f"{officer}.xlsx", {"01.10": {"degree": degree, "narrative": "Etenee."}})


def test_a_workspace_moves_into_the_database_and_out_again_and_says_the_same(
    server: PostgresServer, tmp_path: Path
) -> None:
    alone, moved = tmp_path / "yksin", tmp_path / "muuttava"
    alone.mkdir(), moved.mkdir()
    make_workspace_with_forms(alone, languages=("fi", "sv"), pdf=False)
    saved(alone, 3)
    assert command(alone, "run").code == 0
    put_files(moved, files_in(alone))
    before = contents(StateFolder(moved / ".seuranta"))
    add(server, "muuttava", moved)
    move_to_database(moved, moved / ".seuranta", "muuttava")
    assert open_workspace(moved).settings.state == "postgresql:muuttava"
    assert not (moved / ".seuranta").exists() and (moved / ".seuranta-in-database").exists()
    for root in (alone, moved):
        saved(root, 4)
        answered = command(root, "run")
        assert answered.code == 0, answered.err
        assert command(root, "status").code == 0
        assert command(root, "finalize", "--because", "Kokous.").code == 0
    assert documents(moved) == documents(alone)
    move_to_folder(moved, "muuttava")
    assert open_workspace(moved).settings.state == ".seuranta"
    saved(moved, 2)
    assert command(moved, "run").code == 0
    after = contents(StateFolder(moved / ".seuranta"))
    assert after[0].startswith(before[0]) and before[1].items() <= after[1].items() and after[2] == before[2]


def fresh(root: Path) -> Path:
    root.mkdir()
    make_workspace_with_forms(root, pdf=False, quiet_seconds=0)
    return root


def test_a_copy_goes_only_to_an_empty_place(hosted_commands: None, tmp_path: Path) -> None:
    one, other = (fresh(tmp_path / name) for name in ("koivula", "toinen"))
    saved(other, 3)
    assert command(other, "run").code == 0
    whole = contents(StateFolder(one / ".seuranta"))
    assert add_workspace(HostedWorkspace("koivula", one)) == whole[0].count(b"\n")
    copy_to_folder("koivula", tmp_path / "kopio")
    assert contents(StateFolder(tmp_path / "kopio")) == whole
    with pytest.raises(FolderError, match="journal already"):
        copy_to_folder("koivula", other / ".seuranta")
    with pytest.raises(FolderError, match="no such state folder"):
        import_state(other, tmp_path / "nowhere", "koivula")
    with pytest.raises(FolderError, match="another state"):
        import_state(other, tmp_path / "kopio", "koivula")
    assert open_workspace(other).settings.state == ".seuranta"


def test_what_was_interrupted_is_done_by_another_try(
    hosted_commands: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step of coming and leaving; the settings name one state all the time, and it is whole."""
    root = fresh(tmp_path / "kesken")
    whole = contents(StateFolder(root / ".seuranta"))
    workspace = HostedWorkspace("kesken", root)
    for step in (".bin", "seuranta.toml"):
        _interrupted(step, monkeypatch, lambda: add_workspace(workspace))
        assert open_workspace(root).settings.state == ".seuranta" and contents(StateFolder(root / ".seuranta")) == whole
    with monkeypatch.context() as patch, pytest.raises(FolderError):
        patch.setattr(Path, "rename", _fails)
        add_workspace(workspace)
    assert open_workspace(root).settings.state == "postgresql:kesken"
    assert add_workspace(workspace) == 0
    shutil.rmtree(root / ".seuranta")
    for step in (".bin", "seuranta.toml"):
        _interrupted(step, monkeypatch, lambda: move_to_folder(root, "kesken"))
        assert open_workspace(root).settings.state == "postgresql:kesken"
    journal = root / ".seuranta" / "archive" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])  # as a crash leaves it
    move_to_folder(root, "kesken")
    assert open_workspace(root).settings.state == ".seuranta" and contents(StateFolder(root / ".seuranta")) == whole


def _fails(*_: object) -> NoReturn:
    raise PermissionError


def _interrupted(ending: str, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Does an act while the disk refuses to write files with this ending, or to read them as bytes of a save."""
    replace, read = Path.replace, Path.read_bytes

    def replaced(part: Path, path: Path) -> Path:
        return _fails() if path.name.endswith(ending) else replace(part, path)

    def bytes_of(path: Path) -> bytes:
        return _fails() if path.name.endswith(ending) and ending == ".bin" else read(path)

    with monkeypatch.context() as patch, pytest.raises(FolderError):
        patch.setattr(Path, "replace", replaced)
        patch.setattr(Path, "read_bytes", bytes_of)
        act()


def test_a_municipality_leaves_goes_on_and_comes_back(hosted_commands: None, tmp_path: Path) -> None:
    root = fresh(tmp_path / "palaava")
    add_workspace(HostedWorkspace("palaava", root))
    move_to_folder(root, "palaava")
    saved(root, 3)
    assert command(root, "run").code == 0
    whole, written = contents(StateFolder(root / ".seuranta")), documents(root)
    import_state(root, root / ".seuranta", "palaava")
    with closing(PostgresState("palaava")) as state:
        assert contents(state) == whole
    assert command(root, "run").code == 0 and documents(root) == written
    with pytest.raises(FolderError, match="journal already"):
        import_state(root, root / ".seuranta-in-database-2", "palaava")


def test_a_workspace_moves_only_while_nobody_works_in_it(hosted_commands: None, tmp_path: Path) -> None:
    root = fresh(tmp_path / "kiire")
    busy = FolderError("busy")
    with StateFolder(root / ".seuranta").program_lock(1.0).held(busy), pytest.raises(FolderError, match="works in"):
        add_workspace(HostedWorkspace("kiire", root), lock_seconds=0.2)
    add_workspace(HostedWorkspace("kiire", root))
    with closing(PostgresState("kiire")) as worker, worker.program_lock(1.0).held(busy), pytest.raises(FolderError):
        move_to_folder(root, "kiire", lock_seconds=0.2)
    assert open_workspace(root).settings.state == "postgresql:kiire"


def test_a_folder_has_one_key_however_it_is_spelt(hosted_commands: None, tmp_path: Path) -> None:
    root, link = fresh(tmp_path / "yksi"), tmp_path / "linkki"
    assert command(tmp_path, "hosted", "add", "yksi", f"{root.parent}/yksi/../yksi/").code == 0
    link.symlink_to(root)
    for spelling in (link, root, Path(f"{root}/inbox/..")):
        said = command(tmp_path, "hosted", "add", "kaksi", str(spelling))
        assert said.code == 4 and "postgresql:yksi" in said.err
    assert open_workspace(root).settings.state == "postgresql:yksi"
    with open_registry() as registry:
        assert [each.root for each in registry.all() if each.key in ("yksi", "kaksi")] == [root]
    moved, other = tmp_path / "nimi", fresh(tmp_path / "muu")
    root.rename(moved)
    assert command(tmp_path, "hosted", "add", "yksi", str(other)).code == 4  # its state is not that of the key
    with open_registry() as registry:
        assert registry.find("yksi").root == root
    assert command(tmp_path, "hosted", "add", "yksi", str(moved)).code == 0
    with open_registry() as registry:
        assert registry.find("yksi").root == moved


def test_a_folder_whose_name_is_not_utf_8_is_refused(hosted_commands: None, tmp_path: Path) -> None:
    root = fresh(tmp_path / "k\udce4")
    with pytest.raises(FolderError, match="not UTF-8"):
        add_workspace(HostedWorkspace("nimi", root))
    assert open_workspace(root).settings.state == ".seuranta"


def test_a_damaged_save_does_not_keep_a_municipality_from_coming(hosted_commands: None, tmp_path: Path) -> None:
    root = fresh(tmp_path / "vika")
    saved(root, 3)
    assert command(root, "run").code == 0
    broken, *_ = sorted((root / ".seuranta" / "archive").glob("??/*.bin"))
    broken.write_bytes(b"?")
    count = len(list(StateFolder(root / ".seuranta").bytes_archive().digests()))
    add_workspace(HostedWorkspace("vika", root))
    with closing(PostgresState("vika")) as state:
        assert len(list(state.bytes_archive().digests())) == count - 1
