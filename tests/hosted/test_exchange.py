"""A municipality comes with its folder and leaves with it: nothing is lost, and the documents are the same bytes."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from generator.errors import FolderError
from generator.hosted.exchange import bring, copy_out, take_away
from generator.hosted.registry import HostedWorkspace, Registry
from generator.store.state import State
from generator.store.state_folder import StateFolder
from generator.workspace.folders import open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.workspaces import command, files_in, fill, make_workspace_with_forms, put_files
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres


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
    bring(moved, moved / ".seuranta", "muuttava")
    assert open_workspace(moved).settings.state == "postgresql:muuttava"
    assert not (moved / ".seuranta").exists() and (moved / ".seuranta-in-database").exists()
    for root in (alone, moved):
        saved(root, 4)
        answered = command(root, "run")
        assert answered.code == 0, answered.err
        assert command(root, "status").code == 0
        assert command(root, "finalize", "--because", "Kokous.").code == 0
    assert documents(moved) == documents(alone)
    take_away(moved, "muuttava")
    assert open_workspace(moved).settings.state == ".seuranta"
    saved(moved, 2)
    assert command(moved, "run").code == 0
    after = contents(StateFolder(moved / ".seuranta"))
    assert after[0].startswith(before[0]) and before[1].items() <= after[1].items() and after[2] == before[2]


def test_a_copy_goes_only_to_an_empty_place(server: PostgresServer, tmp_path: Path) -> None:
    make_workspace_with_forms(tmp_path, pdf=False)
    add(server, "koivula", tmp_path)
    state = tmp_path / ".seuranta"
    whole = contents(StateFolder(state))
    bring(tmp_path, state, "koivula")
    with pytest.raises(FolderError, match="journal already"):
        bring(tmp_path, tmp_path / ".seuranta-in-database", "koivula")
    copy_out("koivula", tmp_path / "kopio")
    assert contents(StateFolder(tmp_path / "kopio")) == whole
    with pytest.raises(FolderError, match="journal already"):
        copy_out("koivula", tmp_path / "kopio")
    with pytest.raises(FolderError, match="another workspace"), closing(psycopg.connect(server.as_admin)) as connection:
        Registry(connection).add(HostedWorkspace("toinen", tmp_path))
