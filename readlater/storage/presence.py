"""Which processes are at work on a library: each holds a locked file, which dies with it."""

from __future__ import annotations

import errno
import os
import secrets
import time
from pathlib import Path
from typing import IO

from readlater.errors import LibraryError

FOLDER = "running"
NEW_S = 60


def _lock(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Presence:
    """This process's own mark, and a look at those of the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self.token = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._path = self._folder / f"{self.token}.lock"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("wb")
        except OSError as error:
            code = "disk_full" if error.errno == errno.ENOSPC else "folder_not_writable"
            raise LibraryError(code, folder=str(self._folder)) from error
        _lock(self._file)

    def is_alive(self, token: str) -> bool:
        """Whether the process with this token still runs; the mark of a dead one is removed."""
        if token == self.token:
            return True
        path = self._folder / f"{token}.lock"
        try:
            with path.open("rb+") as file:
                if not _lock(file):
                    return True
        except OSError:
            return False
        path.unlink(missing_ok=True)
        return False

    def sweep(self) -> None:
        """Remove the marks of dead processes."""
        for path in self._folder.glob("*.lock"):
            # A new one may not be locked yet by the process that is just making it.
            if time.time() - path.stat().st_mtime > NEW_S:
                self.is_alive(path.stem)

    def close(self) -> None:
        """Take the mark away."""
        self._file.close()
        self._path.unlink(missing_ok=True)
