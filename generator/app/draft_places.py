"""The paths at which a document may lie: the usual one, and others beside it while people use that.

The second is `…-uusi.docx`, the next ones are `…-uusi-2.docx` and so on.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

# A person who holds as many is no longer working in any of them.
MOST_PLACES = 50
_BESIDE = re.compile(r"-uusi(?:-([1-9][0-9]?))?\.docx$")


def places_of(path: Path) -> Iterator[Path]:
    """Yields the paths at which a document may lie, the usual one first."""
    yield path
    yield aside_of(path)
    yield from (path.with_name(f"{path.stem}-uusi-{number}.docx") for number in range(2, MOST_PLACES))


def aside_of(path: Path) -> Path:
    """Returns the path of our document while a person uses the usual one."""
    return path.with_name(f"{path.stem}-uusi.docx")


def usual_place(path: Path) -> Path:
    """Returns the usual path of a document that may lie beside it."""
    return path.with_name(_BESIDE.sub(".docx", path.name))


def standing_files(*paths: Path) -> tuple[Path, ...]:
    """Returns what lies at the places of documents: those of the first document first."""
    return tuple(file for _, file in files_at_places(*paths))


def files_at_places(*paths: Path) -> Iterator[tuple[Path, Path]]:
    """Yields the usual path of each document with each file at its places. Each folder is read once."""
    by_folder = {folder: _by_usual_name(folder) for folder in {path.parent for path in paths}}
    for path in paths:
        yield from ((path, file) for file in by_folder[path.parent].get(_key(path), ()))


def _by_usual_name(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    try:
        files = sorted(folder.iterdir(), key=_order)
    except OSError:
        return found
    for file in files:
        found.setdefault(_key(usual_place(file)), []).append(file)
    return found


def _order(path: Path) -> tuple[int, str]:
    beside = _BESIDE.search(path.name)
    return (int(beside.group(1) or 1) if beside else 0), path.name


def _key(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name)
