"""The environment variables of LibreOffice: a fixed set, so that nothing of the caller's changes or stops a PDF."""

import os
import sys
from pathlib import Path


def libreoffice_environment(temporary: Path) -> dict[str, str]:
    """Returns all environment variables for a LibreOffice process.

    On Debian, Finnish hyphenation is a Python extension inside LibreOffice. That Python looks for its library beside
    the first `python3` of PATH, in PYTHONHOME and in PYTHONPATH; an activated virtual environment makes LibreOffice
    abort. The home folder is kept, because fonts may be installed there.

    Args:
        temporary: The folder for LibreOffice's temporary files, which a killed LibreOffice leaves there.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | _FIXED | dict.fromkeys(_TEMPORARY, str(temporary))


if sys.platform == "win32":
    _KEPT = (
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS"),
        *("PROGRAMDATA", "ALLUSERSPROFILE", "PUBLIC"),
        *("USERPROFILE", "USERNAME", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA"),
    )
    _TEMPORARY = ("TEMP", "TMP")
    _WINDOWS = os.environ["SYSTEMROOT"]
    _FIXED = {"PATH": rf"{_WINDOWS}\System32;{_WINDOWS}", "PYTHONNOUSERSITE": "1"}
else:
    _KEPT = ("HOME",)
    _TEMPORARY = ("TMPDIR",)
    # Packages that a user has installed for another Python lie in the home folder too: PYTHONNOUSERSITE skips them.
    _FIXED = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONNOUSERSITE": "1"}
