"""Turns a Word document into a PDF with LibreOffice, without a window and with a new profile each time."""

import hashlib
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from generator.domain.base.rule import N_
from generator.formats.pdf.outcome import NoPdf
from generator.formats.process.bounded import TIME, Ended, run_bounded

MISSING = (
    N_("LibreOffice was not found on this computer, so no PDF was made."),
    N_("Install LibreOffice, or save the Word document as a PDF by hand."),
)
NOT_RUN = (
    N_("LibreOffice cannot be run: {value}"),
    N_("Check that LibreOffice starts on this computer and that the disk for temporary files is not full."),
)
LATE = (
    N_("LibreOffice did not finish the PDF in {value} seconds and was stopped."),
    N_("It is tried again when the report next changes. Or save the Word document as a PDF by hand."),
)
CRASHED = (
    N_("LibreOffice made no PDF and stopped with exit code {value}."),
    N_("It is tried again when the report next changes. See what LibreOffice says when it opens the document."),
)
NOTHING = (
    N_("LibreOffice ended as if all were well, but made no PDF. It said: {value}"),
    N_("It is tried again when the report next changes. See what LibreOffice says when it opens the document."),
)

# PDF/UA-1 and PDF/A-2b at once: LibreOffice 7.4 knows no PDF/A-2a, which is 2b with what PDF/UA asks for anyway.
_OPTIONS = {
    "PDFUACompliance": ("boolean", "true"),
    "SelectPdfVersion": ("long", "2"),
    "UseTaggedPDF": ("boolean", "true"),
    "ExportBookmarks": ("boolean", "true"),
    "ExportNotes": ("boolean", "false"),
    "ExportFormFields": ("boolean", "false"),
}
# A template is a stranger's: nothing in it is fetched or run, and the program does not look for a newer one.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments">
<prop oor:name="AutoCheckEnabled" oor:op="fuse" oor:type="xs:boolean"><value>false</value></prop>
</item>
</oor:items>
"""


def convert(document: bytes, soffice: Path | None, *, seconds: float, cancelled: Event | None) -> bytes | NoPdf | None:
    """Returns LibreOffice's PDF of a .docx, the reason if there is none, or None if the caller gave up.

    Args:
        document: The .docx.
        soffice: LibreOffice's program; None if there is none.
        seconds: The time limit.
        cancelled: Set by another thread to stop LibreOffice; the result is then None.
    """
    if soffice is None or not soffice.is_file():
        return NoPdf(*MISSING)
    try:
        with TemporaryDirectory(prefix="seuranta-", ignore_cleanup_errors=True) as folder:
            return _convert_in(Path(folder).resolve(), document, soffice, seconds=seconds, cancelled=cancelled)
    except OSError as error:
        return NoPdf(*NOT_RUN, value=error.strerror or str(error))


def _convert_in(
    folder: Path, document: bytes, soffice: Path, *, seconds: float, cancelled: Event | None
) -> bytes | NoPdf | None:
    source, target, profile, temporary = (folder / name for name in ("document.docx", "out", "profile", "temporary"))
    for place in (target, profile / "user", temporary):
        place.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source.write_bytes(document)
    command, environment = _command(soffice, source, target, profile), libreoffice_environment(temporary)
    ended = run_bounded(command, seconds=seconds, environment=environment, cancelled=cancelled)
    for socket in sockets_of(profile):
        socket.unlink(missing_ok=True)
    if ended is None:
        return None
    if ended.stopped == TIME:
        return NoPdf(*LATE, value=f"{seconds:g}")
    if ended.code != 0:
        return NoPdf(*CRASHED, value=str(ended.code))
    made = target / "document.pdf"
    return made.read_bytes() if made.is_file() else NoPdf(*NOTHING, value=_last_words(ended))


def _command(soffice: Path, source: Path, target: Path, profile: Path) -> tuple[str, ...]:
    options = json.dumps({name: {"type": kind, "value": value} for name, (kind, value) in _OPTIONS.items()})
    return (
        str(soffice),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--infilter=MS Word 2007 XML",  # without it, whatever it cannot read it takes for plain text
        "--convert-to",
        f"pdf:writer_pdf_Export:{options}",
        "--outdir",
        str(target),
        str(source),
    )


def sockets_of(profile: Path) -> list[Path]:
    """Returns the sockets of the LibreOffice with this profile, which a killed one leaves behind outside the profile.

    Source: LibreOffice, desktop/source/app/officeipcthread.cxx (name), sal/osl/unx/pipe.cxx (folder).
    """
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)  # LibreOffice writes 0x0A as "a", so not hexdigest()
    return [path for folder in ("/tmp", "/var/tmp") for path in Path(folder).glob(f"OSL_PIPE_*_{name}")]


def _last_words(ended: Ended) -> str:
    lines = (ended.errors or ended.output).decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "–")[:200]


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
