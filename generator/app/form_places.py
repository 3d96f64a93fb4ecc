"""Where officers' forms lie: a form keeps its path though the post is renamed or its name is written otherwise."""

import unicodedata
from collections.abc import Container, Iterator
from itertools import chain, count
from pathlib import Path

from generator.app.session import Session
from generator.disk.names import form_name
from generator.domain.base.text import name_key
from generator.domain.output.receipt import is_answer_name
from generator.domain.plan.posts import PostNames
from generator.workspace.folders import is_put_away


def form_places(session: Session, officers: tuple[str, ...], folder: Path, names: PostNames) -> dict[str, Path]:
    """Returns each officer's path in a folder: of the form that was issued there last, else a name of its own.

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
    """Where each officer's last file of the closed period lay; of a file of several officers' the last one's."""
    opened = session.store.history.opening_of(session.period)
    if opened is None:
        return {}
    files = session.store.ledger.current_files(opened.closed)
    last = {name_key(file.officer): file.file for file in files if file.officer and _may_be_a_forms(file.file)}
    found = ((officer, last.get(key)) for officer in officers for key in (name_key(officer), *names.former(officer)))
    owners = {file: officer for officer, file in found if file}
    return {officer: session.workspace.inbox / file for file, officer in owners.items()}


def _may_be_a_forms(file: str) -> bool:
    return file.endswith(".xlsx") and not is_answer_name(file) and not is_put_away(file)


def _free_name(officer: str, taken: Container[str]) -> str:
    """Returns a file name that no other officer's form has: `A/B` and `A:B` are both `A-B`."""
    first = Path(form_name(officer))
    return next(name for name in chain([first.name], _numbered(first)) if _key(name) not in taken)


def _numbered(first: Path) -> Iterator[str]:
    return (f"{first.stem} ({number}){first.suffix}" for number in count(2))


def _key(name: str) -> str:
    """Returns a file name as file systems may compare it, without differences of case and Unicode form."""
    return unicodedata.normalize("NFC", name).casefold()
