"""Finds LibreOffice on this computer."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path


def find_soffice(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Finds LibreOffice: by the search path, else in the usual places of Windows, macOS and Linux."""
    return next((place for place in _places(environment) if place.is_file()), None)


def _places(environment: Mapping[str, str]) -> Iterator[Path]:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name, path=environment.get("PATH", "")):
            yield Path(found)
    for root in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        if root in environment:  # .com waits for its end and says what went wrong, .exe need not
            yield from (Path(environment[root], "LibreOffice", "program", f"soffice.{end}") for end in ("com", "exe"))
    yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    yield from (Path(folder, "libreoffice/program/soffice") for folder in ("/usr/lib", "/usr/lib64", "/opt"))
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
