"""Copies the saved data of one municipality from its folder to the database, or from the database to a folder."""

from contextlib import closing
from itertools import count
from pathlib import Path

from generator.disk.safe_write import folder_errors, replace_file
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.journal import Journal
from generator.store.postgres.connection import PREFIX
from generator.store.postgres.state import PostgresState
from generator.store.state import State
from generator.store.state_folder import StateFolder
from generator.workspace.folders import SETTINGS_FILE, with_state
from generator.workspace.settings_file import STATE_FOLDER


def bring(root: Path, folder: Path, key: str) -> int:
    """Copies a state folder into the database, and lets the workspace's settings name the database.

    Nothing reads the folder any longer. In the workspace it gets another name, so that nobody takes it for the state.

    Returns:
        The number of lines in the journal.

    Raises:
        FolderError: the database has a journal of this workspace already, or something cannot be read or written.
    """
    with closing(PostgresState(key)) as hosted:
        lines = copy_state(StateFolder(folder), hosted)
    _set_state(root, PREFIX + key)
    if folder.parent == root and folder.exists():
        with folder_errors(folder):
            folder.rename(_free(folder.with_name(f"{folder.name}-in-database")))
    return lines


def take_away(root: Path, key: str) -> int:
    """Copies a workspace's state from the database into its folder, and lets its settings name that.

    Raises:
        FolderError: the folder has a journal already, or something cannot be read or written.
    """
    lines = copy_out(key, root / STATE_FOLDER)
    _set_state(root, STATE_FOLDER)
    return lines


def copy_out(key: str, folder: Path) -> int:
    """Copies a workspace's state from the database into a new state folder; returns the journal's lines.

    Raises:
        FolderError: the folder has a journal already, or something cannot be read or written.
    """
    with closing(PostgresState(key)) as hosted:
        return copy_state(hosted, StateFolder(folder))


def copy_state(source: State, target: State) -> int:
    """Copies key, archive, drafts and journal to an empty place; the ledger is made anew from them.

    The journal comes last: before that the target is as good as empty, and another try is possible.

    Returns:
        The number of lines in the journal.

    Raises:
        FolderError: the target has a journal already; a line of the source's journal or bytes of its archive are
            damaged.
    """
    journal = Journal(source.journal_lines())
    journal.read()
    journal.refuse_broken()
    target.prepare()
    lines = target.journal_lines()
    busy = FolderError(_BUSY, _WAIT, path=target.place)
    with lines.locked(busy):
        if lines.first(1):
            raise FolderError(_NOT_EMPTY, _CHOOSE_EMPTY, path=target.place)
        _copy_key(source, target)
        archive, kept = target.bytes_archive(), source.bytes_archive()
        for digest in kept.digests():
            archive.keep(kept.read(digest))
        for values, docx in source.drafts():
            target.keep_draft(values, docx)
        whole = source.journal_lines().first(journal.length).splitlines(keepends=True)
        lines.append(whole)
    return len(whole)


def _free(path: Path) -> Path:
    numbers = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(each for each in numbers if not each.exists())


def _copy_key(source: State, target: State) -> None:
    key, present = source.read_key(), target.read_key()
    if key and present is None:
        target.take_key(key)
    elif key and key != present:
        raise FolderError(_OTHER_KEY, _CHOOSE_EMPTY, path=target.key_place)


def _set_state(root: Path, place: str) -> None:
    path = root / SETTINGS_FILE
    with folder_errors(path):
        replace_file(path, with_state(path.read_bytes().decode("utf-8"), place).encode("utf-8"))


_BUSY = N_("{path}: another program writes the journal.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")
_NOT_EMPTY = N_("{path}: there is a journal already.")
_CHOOSE_EMPTY = N_("Choose an empty place. Nothing was changed.")
_OTHER_KEY = N_("{path}: there is another key already.")
