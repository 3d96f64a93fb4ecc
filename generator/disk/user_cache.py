"""A folder of the user's own with what the program can make again, such as printed rows. Nobody else may read it.

Decision 0012 says what is kept there and why it is trusted.
"""

import os
import stat
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.disk.stamps import UnprovableError, stamps_of

MOST_BYTES = 64 * 2**20  # of one file: some 40,000 rows
_LONGEST_UNUSED = 30 * 24 * 3600 * 10**9  # ns
_DIGEST = 32  # bytes
_PROGRAM = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class UserCache:
    """The folder, and the digest of the program: what another version of it has kept is not read.

    `most_bytes` is the most that all files together may have.
    """

    folder: Path
    program: str
    most_bytes: int = 256 * 2**20

    def read(self, name: str) -> bytes | None:
        """Returns what was kept under a name; None if there is nothing, or not all of it as it was written."""
        path = self._path(name)
        try:
            if path.stat().st_size > MOST_BYTES + _DIGEST:
                return None
            whole = memoryview(path.read_bytes())
            os.utime(path)  # those that were not used for longest go first
        except OSError:
            return None
        content = bytes(whole[_DIGEST:])
        return content if sha256(content).digest() == whole[:_DIGEST] else None

    def write(self, name: str, content: bytes) -> None:
        """Keeps something under a name, if it is not too large and the disk takes it.

        Nothing waits for the disk: what a crash leaves is found by its digest, and made again.
        """
        if len(content) > MOST_BYTES:
            return
        part = self.folder / f"{os.urandom(8).hex()}.part"
        with suppress(OSError):
            try:
                with open(part, "xb", opener=_private_file) as file:
                    file.write(sha256(content).digest() + content)
                part.replace(self._path(name))
            finally:
                part.unlink(missing_ok=True)
            self._remove_oldest()

    def _remove_oldest(self) -> None:
        """Removes what was not used for long, and then the oldest until all files together are small enough."""
        with os.scandir(self.folder) as entries:
            files = sorted(((entry.stat(), entry.path) for entry in entries), key=lambda file: -file[0].st_mtime_ns)
        size, since = 0, time.time_ns() - _LONGEST_UNUSED
        for status, path in files:
            size += status.st_size
            if size > self.most_bytes or status.st_mtime_ns < since:
                Path(path).unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{self.program[:16]}-{name}"


def open_user_cache() -> UserCache | None:
    """Opens the folder, and makes it where there is none; None if it cannot be the user's alone."""
    try:
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return UserCache(folder, _program_digest()) if _is_private(folder) else None
    except (OSError, RuntimeError, UnprovableError):
        return None


def empty_user_cache() -> None:
    """Deletes all that is kept: it holds officers' words too."""
    import shutil

    shutil.rmtree(cache_folder(), ignore_errors=True)


def cache_folder() -> Path:
    """Returns where the folder is: below the user's folder for such data, as the system names it."""
    from platformdirs import user_cache_path  # slow to import, so only where it is needed

    return user_cache_path("seuranta", appauthor=False).absolute() / "printed"


def _private_file(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_private(folder: Path) -> bool:
    """True if the folder is no link, and nobody but this user may look into it. Windows gives it the user's rights."""
    status = os.lstat(folder)
    if sys.platform == "win32":
        return stat.S_ISDIR(status.st_mode)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def _program_digest() -> str:
    """The digest of everything that the kept bytes depend on, beside what their names say: program and libraries."""
    libraries = (Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    changed = [str(folder.stat().st_mtime_ns) for folder in libraries if folder.is_dir()]
    stamps = sorted(stamps_of(_PROGRAM, without=("__pycache__",)).items())
    return sha256(repr((sys.version, changed, stamps)).encode()).hexdigest()
