"""The user's private cache folder, with data that the program can make again, such as printed rows.

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
    """The cache folder, and the digest of the program: files that another version wrote are not read.

    `most_bytes` is the limit for all files together.
    """

    folder: Path
    program: str
    most_bytes: int = 256 * 2**20

    def read(self, name: str) -> bytes | None:
        """Returns the bytes kept under a name; None if there are none, or they are damaged."""
        path = self._path(name)
        try:
            if path.stat().st_size > MOST_BYTES + _DIGEST:
                return None
            whole = memoryview(path.read_bytes())
            os.utime(path)  # the least recently used files are removed first
        except OSError:
            return None
        content = bytes(whole[_DIGEST:])
        return content if sha256(content).digest() == whole[:_DIGEST] else None

    def write(self, name: str, content: bytes) -> None:
        """Keeps bytes under a name, if they are not too many and the disk can be written.

        Does not wait for the disk (no fsync): a file damaged by a crash is found by its digest, and made again.
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
        """Removes files not used for a month, then the least recently used ones until the rest is within the limit."""
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
    """Opens the folder, and creates it if it is missing; None if others could read it."""
    try:
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return UserCache(folder, _program_digest()) if _is_private(folder) else None
    except (OSError, RuntimeError, UnprovableError):
        return None


def empty_user_cache() -> None:
    """Deletes everything in the folder: it has officers' words too."""
    import shutil

    shutil.rmtree(cache_folder(), ignore_errors=True)


def cache_folder() -> Path:
    """Returns the path of the folder, in the operating system's cache folder of the user."""
    from platformdirs import user_cache_path  # slow to import, so only where it is needed

    return user_cache_path("seuranta", appauthor=False).absolute() / "printed"


def _private_file(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_private(folder: Path) -> bool:
    """True if the folder is no link and only this user may read it. On Windows it has the user's rights by default."""
    status = os.lstat(folder)
    if sys.platform == "win32":
        return stat.S_ISDIR(status.st_mode)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def _program_digest() -> str:
    """Returns the digest of the program and its libraries, on which the kept bytes depend."""
    libraries = (Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    changed = [str(folder.stat().st_mtime_ns) for folder in libraries if folder.is_dir()]
    stamps = sorted(stamps_of(_PROGRAM, without=("__pycache__",)).items())
    return sha256(repr((sys.version, changed, stamps)).encode()).hexdigest()
