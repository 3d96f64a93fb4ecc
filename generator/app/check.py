"""`seuranta check`: what a run would take from workbooks; nothing is stored."""

from dataclasses import dataclass
from pathlib import Path

from generator.app.plans import previous_follow_up, read_current_plan
from generator.app.rules import Rules, examine, read_saved
from generator.app.session import Session, ask
from generator.app.taking import take_new
from generator.disk.digests import sha256_of
from generator.domain.base.finding import errors
from generator.domain.submission.checks import Checked, settle_pass
from generator.workspace.folders import Workspace, read_file


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A workbook that was checked; nothing was stored."""

    path: Path
    digest: str
    checked: Checked

    @property
    def has_errors(self) -> bool:
        """True if a finding is an error."""
        return bool(errors(self.checked.findings))


def check_files(workspace: Workspace, paths: tuple[Path, ...]) -> tuple[CheckedFile, ...]:
    """Checks workbooks as if they were saved now: the answers that a run would take, and the findings.

    Raises:
        FolderError: a file cannot be read at all.
    """
    read = tuple(read_file(path) for path in paths)
    examined = ask(workspace, lambda session: _examine_all(session, paths, read))
    settled = settle_pass(examined, tuple(path.name for path in paths))
    return tuple(
        CheckedFile(path, sha256_of(data), checked) for path, data, checked in zip(paths, read, settled, strict=True)
    )


def _examine_all(session: Session, paths: tuple[Path, ...], read: tuple[bytes, ...]) -> tuple[Checked, ...]:
    session.require_key()
    plan = read_current_plan(session).plan
    rules = Rules(session, plan, previous_follow_up(session, plan))
    take_new(session, rules)
    return tuple(
        examine(session, rules.of_today, read_saved(data), _place(session.workspace, path))
        for path, data in zip(paths, read, strict=True)
    )


def _place(workspace: Workspace, path: Path) -> str:
    """A file's path relative to the inbox; the name alone of a file elsewhere."""
    inbox, file = workspace.inbox.resolve(), path.resolve()
    return file.relative_to(inbox).as_posix() if file.is_relative_to(inbox) else file.name
