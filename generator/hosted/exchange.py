"""Copies the state (saved data) of a workspace from its folder to the database, or from the database to a folder."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from generator.disk.safe_write import folder_errors, replace_file
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.hosted.registry import HostedWorkspace, open_registry
from generator.store.journal import Journal
from generator.store.key_file import key_exists
from generator.store.postgres.connection import PREFIX
from generator.store.postgres.state import PostgresState
from generator.store.state import MissingBytesError, State
from generator.store.state_folder import StateFolder
from generator.store.store import LOCK_SECONDS
from generator.workspace.folders import SETTINGS_FILE, open_workspace
from generator.workspace.settings_edit import with_state
from generator.workspace.settings_file import STATE_FOLDER

log = logging.getLogger(__name__)


def add_workspace(workspace: HostedWorkspace, lock_seconds: float = LOCK_SECONDS) -> int:
    """Adds a workspace to the list and moves its state to the database; may be called again after an interruption.

    Args:
        lock_seconds: how long it waits for a program that works in the workspace.

    Returns:
        The number of lines in the journal; 0 if the settings name the database already.

    Raises:
        SeurantaError: the settings are broken or name the state of another workspace, another workspace has the key or
            the folder, or something cannot be read or written.
    """
    opened = open_workspace(workspace.root)
    place = opened.settings.state
    if place.startswith(PREFIX) and place != PREFIX + workspace.key:
        raise FolderError(_OTHERS_STATE, _CHOOSE_KEY, path=workspace.root, place=place)
    with open_registry() as registry:
        if place.startswith(PREFIX):
            registry.add_again(workspace)
            return 0
        registry.add(workspace)
    return move_to_database(opened.root, opened.state, workspace.key, lock_seconds)


def import_state(root: Path, folder: Path, key: str) -> int:
    """Moves a state folder from anywhere to the database, see `move_to_database`.

    Raises:
        FolderError: there is no such folder, or for the reasons of `move_to_database`.
    """
    if not folder.is_dir():
        raise FolderError(_NO_STATE, _NAME_STATE, path=folder)
    return move_to_database(root, folder, key)


def move_to_database(root: Path, folder: Path, key: str, lock_seconds: float = LOCK_SECONDS) -> int:
    """Copies a state folder into the database, and changes the workspace's settings to name the database.

    The folder is not used any longer. If it is in the workspace it is renamed, so that nobody takes it for the state.

    Returns:
        The number of lines in the journal.

    Raises:
        FolderError: the database has another journal of this workspace already, the workspace has a state in another
            place, a program works in the folder, or something cannot be read or written.
    """
    settings = _with_state(root, PREFIX + key)
    _refuse_state_elsewhere(root, folder, key)
    with closing(PostgresState(key)) as hosted, _locked(StateFolder(folder), lock_seconds) as source:
        lines = copy_state(source, hosted)
        _write_settings(root, settings)
    if folder.parent == root and folder.exists():
        with folder_errors(folder):
            folder.rename(_free(folder.with_name(f"{folder.name}-in-database")))
    return lines


def move_to_folder(root: Path, key: str, lock_seconds: float = LOCK_SECONDS) -> int:
    """Copies a workspace's state from the database into its folder, and changes its settings to name the folder.

    Raises:
        FolderError: the folder has another journal already, the settings name neither of the two, a program works in
            the workspace, or something cannot be read or written.
    """
    settings = _with_state(root, STATE_FOLDER)
    _refuse_state_elsewhere(root, root / STATE_FOLDER, key)
    with closing(PostgresState(key)) as hosted, _locked(hosted, lock_seconds) as source:
        lines = copy_state(source, StateFolder(root / STATE_FOLDER))
        _write_settings(root, settings)
    return lines


def copy_to_folder(key: str, folder: Path) -> int:
    """Copies a workspace's state from the database into a state folder; returns the number of lines in the journal.

    Raises:
        FolderError: the folder has another journal already, or something cannot be read or written.
    """
    with closing(PostgresState(key)) as hosted:
        return copy_state(hosted, StateFolder(folder))


def copy_state(source: State, target: State) -> int:
    """Copies key, archive, drafts and journal; the ledger is made from them at the next run.

    What the target has already must be the beginning of the source: an interrupted copy, or the older state of a
    municipality that left and comes back. Bytes that are missing or damaged in the source's archive are left out.

    Returns:
        The number of lines in the journal.

    Raises:
        FolderError: the target has another journal or key; a line of the source's journal is damaged.
    """
    journal = Journal(source.journal_lines())
    journal.read()
    journal.refuse_broken()
    whole = source.journal_lines().first(journal.length)
    target.prepare()
    lines = target.journal_lines()
    with lines.locked(FolderError(_BUSY, _WAIT, path=target.place)):
        begun = lines.first(_ALL)
        begun = begun[: begun.rfind(b"\n") + 1]  # a line that a crash tore off is written again
        if not whole.startswith(begun):
            raise FolderError(_NOT_EMPTY, _CHOOSE_EMPTY, path=target.place)
        _copy_key(source, target)
        _copy_bytes(source, target)
        lines.append(whole[len(begun) :].splitlines(keepends=True))
    return whole.count(b"\n")


@contextmanager
def _locked(source: State, lock_seconds: float) -> Iterator[State]:
    """Holds the locks of a state, so that nothing is added to it while it is copied."""
    if isinstance(source, StateFolder) and not source.folder.exists():  # a workspace in which nothing was done yet
        yield source
        return
    source.prepare()
    working = FolderError(_WORKING, _STOP_IT, path=source.place)
    with source.program_lock(lock_seconds).held(working), source.journal_lines().locked(working):
        yield source


def _copy_bytes(source: State, target: State) -> None:
    archive, kept = target.bytes_archive(), source.bytes_archive()
    for digest in kept.digests():
        if archive.has(digest):
            continue
        try:
            archive.keep(kept.read(digest))
        except MissingBytesError as error:
            log.warning("left out: %s", error)
    for values, docx in source.drafts():
        target.keep_draft(values, docx)


def _refuse_state_elsewhere(root: Path, folder: Path, key: str) -> None:
    """Raises FolderError if the workspace's settings name another state than the folder or the one in the database."""
    workspace = open_workspace(root)
    place = workspace.settings.state
    if place == PREFIX + key or workspace.state == folder:
        return
    if place.startswith(PREFIX) or StateFolder(workspace.state).journal.exists():
        raise FolderError(_OTHERS_STATE, _CHOOSE_KEY, path=root, place=place)


def _free(path: Path) -> Path:
    numbers = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(each for each in numbers if not each.exists())


def _copy_key(source: State, target: State) -> None:
    key, present = source.read_key(), target.read_key()
    if key and present is None:
        target.take_key(key)
    elif key and key != present:
        raise key_exists(target.key_place)


def _with_state(root: Path, place: str) -> bytes:
    """Returns the workspace's settings file with another value of `state`."""
    path = root / SETTINGS_FILE
    with folder_errors(path):
        data = path.read_bytes()
    return with_state(data.decode("utf-8"), place).encode("utf-8")


def _write_settings(root: Path, data: bytes) -> None:
    path = root / SETTINGS_FILE
    with folder_errors(path):
        replace_file(path, data)


# More bytes than any journal has.
_ALL = 2**62

_BUSY = N_("{path}: another program writes the journal.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")
_WORKING = N_("{path}: another program works in the workspace.")
_STOP_IT = N_("Stop seuranta watch in the workspace, or wait until the other program has ended. Nothing was changed.")
_NOT_EMPTY = N_("{path}: there is a journal already; it is of another workspace or has more lines.")
_CHOOSE_EMPTY = N_("Choose an empty place. Nothing was changed.")
_OTHERS_STATE = N_("{path}: the settings of the workspace name another state: {place}")
_CHOOSE_KEY = N_("Check the key and the folder. Nothing was changed.")
_NO_STATE = N_("{path}: there is no such state folder.")
_NAME_STATE = N_("Name the folder that has the archive and the key, such as DIR/.seuranta. Nothing was changed.")
