"""The thread that keeps saves while documents and PDFs are made; it does not depend on their sources."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from generator.app.intake import Clock, InboxLook
from generator.app.run import make_keeper
from generator.disk.safe_write import folder_errors
from generator.domain.base.rule import N_
from generator.errors import FolderError, SeurantaError
from generator.workspace.folders import SETTINGS_FILE, is_network_path, is_submission_name
from generator.workspace.settings_file import IntakeSettings, read_intake_settings
from generator.workspace.watcher import InboxWatcher

log = logging.getLogger(__name__)

# Seconds. At least this often it is checked that the inbox is still the watched folder.
LONGEST_WAIT = 4.0
# Seconds. Many changes within this time give one look.
SHORTEST_WAIT = 0.2


def attempt(act: Callable[[], None], failed: Callable[[Exception], None]) -> None:
    """Runs one round of the watch. An error is reported and ends nothing: the next round tries again."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 — the one trap of the watch, for the thread that keeps saves too
        failed(error)


class KeeperThread:
    """Looks at the inbox at each change, when a file has stood long enough, and each `rescan_seconds`.

    Args:
        changed: called in the thread after a look that kept something, or after which less is waiting.
        said: called with what a person should know: that the folder was made anew, or why nothing can be kept.
    """

    def __init__(
        self, root: Path, clock: Clock, changed: Callable[[], None], said: Callable[[SeurantaError], None]
    ) -> None:
        self._root = root
        self._clock = clock
        self._changed = changed
        self._said = said
        self._keeper = make_keeper(root, clock)
        self._inbox = root.absolute() / "inbox"
        self._watcher = InboxWatcher(
            self._inbox, lambda path: is_submission_name(path.name), polling=is_network_path(self._inbox)
        )
        self._stopped = False
        self._thread = Thread(target=self._run, name="keeper", daemon=True)
        self._rescan_seconds = 60.0
        self._last_full = 0.0
        self._last_error = ""
        self._has_looked = False
        self.look = InboxLook((), (), ())

    @property
    def is_waiting(self) -> bool:
        """True if a new or changed file has not been unchanged for long enough."""
        return bool(self.look.waiting)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        self._stopped = True
        self._watcher.send()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopped:
                attempt(self._one_look, self._tell)
                self._watcher.wait(self._seconds_to_wait())
        finally:
            self._watcher.close()
            self._keeper.close()

    def _one_look(self) -> None:
        self._refresh()
        before = self.look
        self.look = self._keeper.look()
        self._last_error = ""
        if self.look.kept or self.look.left or (before.waiting and not self.look.waiting):
            self._changed()

    def _refresh(self) -> None:
        """Restarts the watcher if the folder was replaced; rereads settings and, each `rescan_seconds`, every file."""
        is_missing = not self._inbox.exists()
        if is_missing:
            with folder_errors(self._inbox):
                self._inbox.mkdir()
        if self._watcher.restart_if_replaced():
            self._keeper.forget_stamps()
            if self._has_looked:
                self._said(FolderError(_MADE_ANEW if is_missing else _ANOTHER, _WATCHED_AGAIN, path=self._inbox))
        self._has_looked = True
        now = self._clock.ticks()
        if now - self._last_full >= self._rescan_seconds:
            self._last_full = now
            self._keeper.forget_stamps()
        with suppress(SeurantaError):  # gone or unreadable now: the rounds report it; the last settings stay
            self._take_settings(read_intake_settings(self._root / SETTINGS_FILE))

    def _take_settings(self, needed: IntakeSettings) -> None:
        self._rescan_seconds = needed.rescan_seconds
        self._keeper.quiet_seconds = needed.quiet_seconds
        self._keeper.period = needed.period or self._keeper.period

    def _seconds_to_wait(self) -> float:
        due = self._keeper.seconds_to_wait()
        return max(SHORTEST_WAIT, min(LONGEST_WAIT, LONGEST_WAIT if due is None else due))

    def _tell(self, error: Exception) -> None:
        """Reports a fault once, until a look has succeeded again."""
        text = f"{type(error).__name__}: {error}"
        if text == self._last_error:
            return
        self._last_error = text
        if isinstance(error, SeurantaError):
            self._said(error)
        else:
            log.error("the inbox could not be looked at", exc_info=error)


_MADE_ANEW = N_("{path}: the folder had gone, so it was made anew.")
_ANOTHER = N_("{path}: the folder is another one than before.")
_WATCHED_AGAIN = N_("It is watched again. Saves in the old folder are not seen: move them here.")
