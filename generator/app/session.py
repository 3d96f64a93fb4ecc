"""A workspace opened for one command: its folders and settings, its store, and the placer of our own files.

Where the settings are broken, the last good ones are used, and the error is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import TypeVar

from generator.app.owned_files import Placer
from generator.domain.base.settings import Settings
from generator.errors import FolderError, SettingsError, SeurantaError
from generator.i18n.words import Words
from generator.store.history import History
from generator.store.journal import Journal, JournalLines
from generator.store.key_file import KEY_BYTES
from generator.store.ledger_schema import LedgerDamagedError
from generator.store.state import Archive, MissingBytesError, State
from generator.store.state_folder import StateFolder
from generator.store.store import ReadOnlyStore, Store, open_store, read_store
from generator.workspace.folders import SETTINGS_FILE, Workspace, open_workspace
from generator.workspace.settings_file import decode_settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """An open workspace, for one thread.

    `key` signs its forms; if it cannot be read it is empty, and `key_error` says why.
    """

    workspace: Workspace
    store: Store
    placer: Placer
    key: bytes = b""
    key_error: FolderError | None = None

    @property
    def settings(self) -> Settings:
        """The settings in use."""
        return self.workspace.settings

    @property
    def period(self) -> str:
        """The id of the present period."""
        return self.workspace.settings.period.id

    @property
    def words(self) -> Words:
        """The municipality's first language."""
        return Words(self.workspace.settings.language)

    def with_workspace(self, workspace: Workspace) -> "Session":
        """Returns the same session with changed settings."""
        return replace(self, workspace=workspace)

    def with_key(self) -> "Session":
        """Returns the same session with the key read again, or made if there is none."""
        return self._with_key(lambda state: state.make_key())

    def with_key_for_questions(self) -> "Session":
        """Returns the session with the key; without one it gets a random key, since no form was ever signed."""
        return self._with_key(lambda state: state.read_key() or token_bytes(KEY_BYTES))

    def require_key(self) -> None:
        """Raises FolderError if the key cannot be read: then the sender of a save cannot be known."""
        if self.key_error:
            raise self.key_error

    def _with_key(self, read: Callable[[State], bytes]) -> "Session":
        try:
            return replace(self, key=read(self.store.state), key_error=None)
        except FolderError as error:
            return replace(self, key=b"", key_error=error)


def state_of(workspace: Workspace) -> State:
    """Returns where the workspace keeps what lasts."""
    return state_at(workspace.root, workspace.settings.state)


def state_at(root: Path, place: str) -> State:
    """Returns where a workspace keeps what lasts, by the setting `state`.

    Args:
        place: a folder, relative to the root or absolute; `~` is the user's home. Or `postgresql:KEY`: the rows of the
            workspace with this key, in the database that many workspaces share.
    """
    if place.startswith("postgresql:"):
        from generator.store.postgres.state import PostgresState

        return PostgresState(place.removeprefix("postgresql:"))
    return StateFolder(root.absolute() / Path(place).expanduser())


@dataclass(frozen=True, slots=True)
class Opened:
    """A workspace, and the error in its settings if the last good ones are used instead."""

    workspace: Workspace
    settings_error: SeurantaError | None = None


def open_even_if_broken(root: Path, history: History, archive: Archive) -> Opened:
    """Opens the workspace with its settings, or with the last good ones.

    Raises:
        SettingsError, FolderError: the settings are broken or cannot be read, and none were ever good.
    """
    try:
        return Opened(open_workspace(root))
    except SeurantaError as error:
        used = history.last_settings()
        if used is None:
            raise
        try:
            settings = decode_settings(archive.read(used.digest), root / SETTINGS_FILE)
        except (MissingBytesError, SettingsError):
            raise error from None
        return Opened(Workspace(root.absolute(), settings), error)


@contextmanager
def open_session(workspace: Workspace, now: datetime, journal: Journal | None = None) -> Iterator[Session]:
    """Opens a workspace for writing.

    Args:
        journal: the journal as far as another thread has read it; None: it is read from the beginning.

    Raises:
        FolderError: the state folder cannot be read or written, or a line of the journal cannot be read.
    """
    state = state_of(workspace)
    with open_store(state, _begun(journal, state.journal_lines()), now) as store:
        yield Session(workspace, store, Placer(store, workspace.root)).with_key()


def _begun(journal: Journal | None, lines: JournalLines) -> Journal:
    return journal.copy(lines) if journal else Journal(lines)


def ask(workspace: Workspace, question: Callable[[Session], T]) -> T:
    """Answers a question about a workspace; nothing is written on the disk.

    A damaged ledger is left as it is, and all saves are read again in memory.

    Raises:
        FolderError: the state folder cannot be read, or a line of the journal cannot be read.
    """
    with _read_session(workspace) as session:
        try:
            return question(session)
        except LedgerDamagedError:
            if isinstance(session.store, ReadOnlyStore):
                session.store.forget_ledger()
            return question(session)


@contextmanager
def _read_session(workspace: Workspace) -> Iterator[Session]:
    """Opens a workspace for questions: nothing is written on the disk.

    Raises:
        FolderError: the state folder cannot be read, or a line of the journal cannot be read.
    """
    with read_store(state_of(workspace)) as store:
        yield Session(workspace, store, Placer(store, workspace.root)).with_key_for_questions()
