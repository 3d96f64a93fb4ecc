"""The workspace's folders: their paths, what officers have saved into the inbox, and what has settled."""

import ctypes
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path, PurePosixPath

from generator.disk.digests import sha256_of
from generator.disk.safe_write import create_file, folder_errors
from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.errors import FolderError
from generator.workspace.settings_file import read_settings

SETTINGS_FILE = "seuranta.toml"
DECISIONS_FILE = "ratkaistavat.xlsx"
# The workbook's name in earlier versions.
EARLIER_FILE = "paatokset.xlsx"
# The folder in the inbox in which closed periods' files lie, each period's in a folder of its own.
PUT_AWAY_FOLDER = "arkisto"
# Bytes; a progress workbook has some tens of thousands. A larger file is named as one that cannot be read.
LARGEST_SAVE = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that is a workspace, its settings, and the place of everything in it."""

    root: Path
    settings: Settings

    @property
    def plan(self) -> Path:
        """The goal hierarchy."""
        return self.root / "plan.xlsx"

    @property
    def template(self) -> Path:
        """The report's Word template."""
        return self.root / "templates" / "report.docx"

    @property
    def inbox(self) -> Path:
        """The folder into which officers save."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """The folder into which this program writes reports and pages."""
        return self.root / "outbox"

    def relative(self, path: Path) -> str:
        """Returns a path as records keep it: relative to the workspace, with `/`; whole if it is outside."""
        place = path.absolute()
        return (place.relative_to(self.root) if place.is_relative_to(self.root) else place).as_posix()

    @property
    def state(self) -> Path:
        """The state folder by the settings: relative to the root, or absolute; `~` is the user's home."""
        return self.root / Path(self.settings.state).expanduser()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Identifies a file's version without reading it: size in bytes, times in ns, and the file's number."""

    size: int
    changed: int
    created: int
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file in the inbox as one scan found it.

    `path` is relative to the inbox, with `/`, spelt as on disk; `stamp` is None where the file, or the sub-folder of
    this path, cannot be looked at now.
    """

    path: str
    stamp: Stamp | None


def make_workspace(root: Path, settings_text: str, plan: bytes, template: bytes) -> Path | None:
    """Makes a folder a workspace. An existing plan or template is kept.

    Returns:
        Where the state will lie, when the folder is on a network path and the settings therefore name a place on
        this computer; None: in the workspace, as the text says.

    Raises:
        FolderError: it is a workspace already (nothing is changed), or cannot be written.
    """
    settings = root / SETTINGS_FILE
    if settings.exists():
        raise FolderError(_ALREADY, _CHOOSE_ANOTHER, path=root)
    from generator.workspace.settings_edit import with_state  # slow to import

    state = local_state(root) if is_network_path(root) else None
    text = with_state(settings_text, state.as_posix()) if state else settings_text
    with folder_errors(root):
        for folder in ("templates", "inbox", "outbox"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        # The settings last: before they exist the folder is no workspace, and another try is possible.
        for path, data in ((root / "plan.xlsx", plan), (root / "templates" / "report.docx", template)):
            with suppress(FileExistsError):
                create_file(path, data)
        create_file(settings, text.encode("utf-8"))
    return state


def open_workspace(root: Path) -> Workspace:
    """Reads the settings; nothing is written.

    Raises:
        SettingsError: the folder is no workspace, or its settings are not allowed.
    """
    return Workspace(root.absolute(), read_settings(root / SETTINGS_FILE))


def scan(inbox: Path) -> tuple[Found, ...]:
    """Returns all files of any type in the inbox and its sub-folders that people may have saved, sorted by path.

    Left out are names that are no submissions, symbolic links with their targets, and the folders of file
    services (`.stversions`, `#recycle`). A file that vanishes meanwhile is skipped.

    Raises:
        FolderError: the inbox itself cannot be read.
    """
    found = (_found(path, inbox) for path in _files(inbox) if is_submission_name(path.name))
    return tuple(sorted((file for file in found if file), key=attrgetter("path")))


def read_stamped(inbox: Path, path: str) -> tuple[bytes, Stamp] | None:
    """Returns a file's bytes with its stamp; None if it changed during reading, is too large, or cannot be read now."""
    try:
        with (inbox / path).open("rb") as file:
            before = _stamp(os.fstat(file.fileno()))
            if before.size > LARGEST_SAVE:
                return None
            data = file.read()
        return (data, before) if _stamp((inbox / path).lstat()) == before else None
    except OSError:
        return None


def stranded(inbox: Path) -> tuple[str, ...]:
    """Returns the paths, relative to the inbox, of files that Excel did not yet rename to a workbook."""
    found = (path for path in _files(inbox) if _EXCEL_SAVING.fullmatch(path.name))
    return tuple(sorted(path.relative_to(inbox).as_posix() for path in found))


def is_put_away(path: str) -> bool:
    """True if a path (relative to the inbox) is in the folder of closed periods' files."""
    return path.startswith(f"{PUT_AWAY_FOLDER}/")


def put_away_period(path: str) -> str | None:
    """Returns the folder of closed periods' files in which a path (relative to the inbox) is: the id of a period.

    An empty string if it is in none of their folders but beside them; None if it is elsewhere.
    """
    if not is_put_away(path):
        return None
    folder, _, file = path.removeprefix(f"{PUT_AWAY_FOLDER}/").partition("/")
    return folder if file else ""


def is_submission_name(name: str) -> bool:
    """True if a file of this name may be a person's save: no lock file, no temporary name, no receipt of ours."""
    return _NO_SUBMISSION.fullmatch(name) is None


def read_file(path: Path) -> bytes:
    """Reads a file.

    Raises:
        FolderError: it has gone, or cannot be read now.
    """
    with folder_errors(path):
        return path.read_bytes()


def is_network_path(path: Path) -> bool:
    """True if a path is on another computer's disk: unsafe for SQLite, and changes there do not reach the watcher."""
    place = os.path.realpath(path)
    if is_unc(place):
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(Path(place).anchor) == _DRIVE_REMOTE)
    if sys.platform == "linux":
        return file_system(PurePosixPath(place), _mounts()) in _NETWORK_FILE_SYSTEMS
    return False


def is_unc(path: str) -> bool:
    r"""True if Windows reaches a path over the network by its spelling: `\\server\share`, `\\?\UNC\server\share`."""
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path[4:].upper().startswith("UNC\\")
    return path.startswith("\\\\")


def file_system(path: PurePosixPath, mounts: str) -> str:
    """Returns the type of a path's file system; an empty string if it is unknown.

    Args:
        mounts: the text of `/proc/self/mounts`, later mounts over earlier ones.

    Source: fstab(5): device, mount point and type parted by blanks; blanks in names as octal escapes.
    """
    lines = (line.split(" ") for line in mounts.split("\n"))
    points = [(PurePosixPath(_unescaped(fields[1])), fields[2]) for fields in lines if len(fields) > 2]
    holding = [
        (len(point.parts), number, kind) for number, (point, kind) in enumerate(points) if path.is_relative_to(point)
    ]
    return max(holding)[2] if holding else ""


def local_state(root: Path) -> Path:
    """Returns where the state of a workspace on a network path is kept: in the user's local application data."""
    from platformdirs import user_data_path

    place = os.path.realpath(root)
    digest = sha256_of(os.fsencode(place))[:8]
    return user_data_path("seuranta", appauthor=False) / f"{Path(place).name or 'workspace'}-{digest}"


_ALREADY = N_("{path}: the folder is already a workspace.")
_CHOOSE_ANOTHER = N_("Choose another folder. Nothing was changed in this one.")

_EXCEL_SAVING = re.compile("[0-9A-Fa-f]{8}")
_NO_SUBMISSION = re.compile(
    r"~\$.*|\.~lock\..*#|.*\.tmp|[0-9a-f]{8}|.*\.part|.*\.partial|\.syncthing\..*|~syncthing~.*|\._.*"
    r"|.*\.filepart|.*\.crdownload|.*~|icon\r|.*\.url|.*\.lnk"
    r"|thumbs\.db|desktop\.ini|\.ds_store|\.gitkeep|.*\.kuittaus\.html",
    re.IGNORECASE | re.DOTALL,
)
# Old versions, waste baskets and thumbnails of file services; what lies in them is no save.
_SERVICE_FOLDER = re.compile(
    r"\..*|\$recycle\.bin|#recycle|#snapshot|@eadir|@recycle|system volume information", re.IGNORECASE | re.DOTALL
)
_DRIVE_REMOTE = 4
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which Python knows on Windows alone
_NETWORK_FILE_SYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "ceph", "ncpfs", "9p", "vboxsf"}
    | {f"fuse.{name}" for name in ("sshfs", "smbnetfs", "gvfsd-fuse", "davfs", "rclone", "glusterfs", "vmhgfs-fuse")}
)


def _files(inbox: Path) -> Iterator[Path]:
    """Yields every file, and each folder that cannot be listed, as a file that cannot be read."""
    with folder_errors(inbox):
        folders = [_entries(inbox)]
    while folders:
        for entry in folders.pop():
            try:
                if entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)
                elif _is_looked_into(entry):
                    folders.append(_entries(Path(entry.path)))
            except FileNotFoundError:
                continue
            except OSError:
                yield Path(entry.path)


def _entries(folder: Path) -> tuple[os.DirEntry[str], ...]:
    with os.scandir(folder) as entries:
        return tuple(sorted(entries, key=attrgetter("name")))


def _is_looked_into(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False) or _SERVICE_FOLDER.fullmatch(entry.name):
        return False
    # A junction of Windows leads elsewhere like a symbolic link, but Python 3.11 takes it for a folder.
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _JUNCTION


def _found(path: Path, inbox: Path) -> Found | None:
    name = path.relative_to(inbox).as_posix()
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    except OSError:
        return Found(name, None)
    return Found(name, _stamp(status) if stat.S_ISREG(status.st_mode) else None)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _mounts() -> str:
    with suppress(OSError):
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _unescaped(name: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), name)
