"""Opens a workspace even if its settings are broken: the last good ones are used, and the error is kept."""

from dataclasses import dataclass
from pathlib import Path

from generator.errors import SettingsError, SeurantaError
from generator.store.archive import Archive, MissingBytesError
from generator.store.history import History
from generator.store.store import StatePaths
from generator.workspace.folders import SETTINGS_FILE, Workspace, open_workspace
from generator.workspace.settings_file import Glance, decode_settings


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


def state_of(root: Path, glance: Glance) -> StatePaths:
    """The state folder of the settings: relative to the root, or absolute; `~` is the user's home."""
    return StatePaths(root.absolute() / Path(glance.state).expanduser())
