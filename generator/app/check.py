"""`seuranta check`: shows what a run would accept from workbooks; nothing is stored."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from generator.app.opening import local_now
from generator.app.plans import read_current_plan
from generator.app.rules import Rules, examine, read_saved
from generator.app.session import Session, ask
from generator.app.taking import take_new
from generator.disk.digests import sha256_of
from generator.domain.base.finding import errors
from generator.domain.base.moments import write_moment
from generator.domain.submission.checks import Checked
from generator.store.records import JournaledSave
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
    """Checks workbooks as if they were saved now; returns the answers that a run would accept, and the findings.

    Raises:
        FolderError: a file cannot be read at all.
    """
    read = tuple(read_file(path) for path in paths)
    examined = ask(workspace, lambda session: _examine_all(session, paths, read))
    return tuple(
        CheckedFile(path, sha256_of(data), checked) for path, data, checked in zip(paths, read, examined, strict=True)
    )


def _examine_all(session: Session, paths: tuple[Path, ...], read: tuple[bytes, ...]) -> tuple[Checked, ...]:
    session.require_key()
    plan = read_current_plan(session).plan
    rules = Rules(session, plan)
    take_new(session, rules)
    sequences = count(session.store.history.last_sequence + 1)
    return tuple(
        _examine(session, rules, _save_now(session, path, data, sequence), data)
        for sequence, path, data in zip(sequences, paths, read, strict=False)
    )


def _save_now(session: Session, path: Path, data: bytes, sequence: int) -> JournaledSave:
    """Returns the save that a file would be, if it were saved now."""
    place = _place(session.workspace, path)
    return JournaledSave(sequence, place, sha256_of(data), write_moment(local_now()), session.period)


def _examine(session: Session, rules: Rules, save: JournaledSave, data: bytes) -> Checked:
    """Checks and judges a save; its answers count for the files after it."""
    check_rules = rules.of_today
    checked = examine(session, check_rules, read_saved(data), save.path, standings=rules.standings)
    return rules.judge(save, checked, check_rules)


def _place(workspace: Workspace, path: Path) -> str:
    """A file's path relative to the inbox; the name alone of a file elsewhere."""
    inbox, file = workspace.inbox.resolve(), path.resolve()
    return file.relative_to(inbox).as_posix() if file.is_relative_to(inbox) else file.name
