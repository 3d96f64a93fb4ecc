"""Creates a workspace, rebuilds its ledger, and removes what a crash left behind."""

import shutil
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from generator.app.finals import unfinished_files
from generator.app.session import Session, open_session
from generator.disk.leftovers import remove_leftovers
from generator.domain.plan.goals import Plan
from generator.i18n.words import Words
from generator.store.store import ON_REQUEST
from generator.workspace.folders import SETTINGS_FILE, Workspace, make_workspace
from generator.workspace.settings_file import parse_settings

_PACKAGE = Path(str(files("generator")))
_EXAMPLE = _PACKAGE / "example"


def init(root: Path) -> Path | None:
    """Creates an empty workspace with usable settings; returns its state folder if that lies elsewhere.

    Raises:
        FolderError: the folder is a workspace already, or cannot be written.
    """
    from generator.formats.xlsx.plan_writer import plan_bytes

    settings_text = (_PACKAGE / "starter.toml").read_text(encoding="utf-8")
    settings = parse_settings(settings_text, root / SETTINGS_FILE)
    plan = plan_bytes(Plan(()), settings.headings, Words(settings.language))
    return make_workspace(root, settings_text, plan, _template())


def init_example(root: Path) -> Path | None:
    """Creates a workspace with the example municipality's plan and its officers' submissions."""
    settings_text, plan = ((_EXAMPLE / name).read_bytes() for name in (SETTINGS_FILE, "plan.xlsx"))
    state = make_workspace(root, settings_text.decode("utf-8"), plan, _template())
    for workbook in sorted((_EXAMPLE / "inbox").rglob("*.xlsx")):
        target = root / "inbox" / workbook.relative_to(_EXAMPLE / "inbox")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(workbook, target)
    return state


def rebuild(workspace: Workspace, now: datetime) -> int:
    """Puts the ledger aside, so that the next run rebuilds it. Returns the number of saves in the journal.

    Raises:
        FolderError: the state folder cannot be read or written.
    """
    with open_session(workspace, now) as session, session.store.sole_writer():
        session.store.renew_ledger(ON_REQUEST, now)
        return len(session.store.history.saves)


def sweep(session: Session) -> None:
    """Removes what a crash left in the folders: our temporary files, and an incomplete final."""
    workspace = session.workspace
    with session.store.sole_writer():
        finals = session.store.history.finals(session.period)
        last = max((len(finals), *(final.version for final in finals)))
        for path in unfinished_files(workspace.outbox, session.period, session.placer, last):
            session.placer.remove(path)
        for folder in (workspace.inbox, workspace.outbox):
            if folder.is_dir():
                remove_leftovers(folder)
    with session.store.journal_lock():
        session.store.state.remove_leftovers()


def _template() -> bytes:
    """The report's template: in the installed package, or the checkout's own."""
    packaged, own = (folder / "templates" / "report.docx" for folder in (_EXAMPLE, _PACKAGE.parent))
    return (packaged if packaged.exists() else own).read_bytes()
