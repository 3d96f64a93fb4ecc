"""Chooses the paths of officers' forms: a form keeps its path when its post is renamed or spelled differently."""

import unicodedata
from collections.abc import Container, Iterator
from itertools import chain, count
from pathlib import Path

from generator.app.session import Session
from generator.disk.names import form_name
from generator.domain.base.text import name_key
from generator.domain.plan.posts import PostNames
from generator.workspace.folders import is_put_away


def form_places(session: Session, officers: tuple[str, ...], folder: Path, names: PostNames) -> dict[str, Path]:
    """Returns the path of each officer's form in a folder: that of the last form issued there, else a new name.

    In a period that was opened by command an officer's first form lies where the last file of the closed one lay.

    Args:
        folder: an existing folder.
        names: the former names of renamed posts; a form that was issued under one of them is the post's.
    """
    issued = {officer: _issued(session, officer, folder, names) for officer in officers}
    places = _last_places(session, officers, names) if folder == session.workspace.inbox else {}
    places |= {officer: path for officer, path in issued.items() if path}
    taken = {_key(path.name) for path in places.values()}
    standing = {_key(path.name): path for path in sorted(folder.iterdir())}
    for officer in officers:
        if officer not in places:
            name = _free_name(officer, taken)
            places[officer] = standing.get(_key(name), folder / name)
            taken.add(_key(name))
    return places


def _issued(session: Session, officer: str, folder: Path, names: PostNames) -> Path | None:
    keys = (name_key(officer), *names.former(officer))
    paths = (session.workspace.root / path for path in session.store.history.form_paths(keys))
    return next((path for path in paths if path.parent == folder.absolute() and path.is_file()), None)


def _last_places(session: Session, officers: tuple[str, ...], names: PostNames) -> dict[str, Path]:
    """Returns the last path of each officer's form of the closed period. Other workbooks from officers do not count.

    That is where the officer saved it last, or where it was issued.
    """
    opened, history, inbox = session.store.history.opening_of(session.period), session.store.history, "inbox/"
    if opened is None:
        return {}
    files = [file for file in session.store.ledger.current_files(opened.closed) if file.officer]
    issued = [form for form in history.forms_of(opened.closed) if form.path.startswith(inbox) and not form.is_part]
    places = dict[str, Path]()
    for officer in officers:
        keys = (name_key(officer), *names.former(officer))
        forms = [form.path.removeprefix(inbox) for form in issued if name_key(form.officer) in keys]
        own = {_key(Path(path).name) for path in history.form_paths(keys)}
        saved = (each.file for each in files if name_key(each.officer or "") in keys and not is_put_away(each.file))
        found = [*forms, *(file for file in saved if _key(Path(file).name) in own)]
        if found:
            places[officer] = session.workspace.inbox / found[-1]
    return places


def _free_name(officer: str, taken: Container[str]) -> str:
    """Returns a file name that no other officer's form has: `A/B` and `A:B` would both become `A-B`."""
    first = Path(form_name(officer))
    return next(name for name in chain([first.name], _numbered(first)) if _key(name) not in taken)


def _numbered(first: Path) -> Iterator[str]:
    return (f"{first.stem} ({number}){first.suffix}" for number in count(2))


def _key(name: str) -> str:
    """Returns a file name as a key that ignores case and Unicode form, as some file systems do."""
    return unicodedata.normalize("NFC", name).casefold()
