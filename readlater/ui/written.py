"""Files that a person asked for: written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from readlater.errors import InputError, LibraryError

_FULL: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def write_file(path: Path, body: bytes) -> Path:
    """Write `body` to `path`, and return it; what was there stays until all is written.

    Raises LibraryError `disk_full`, or InputError `file_not_written`.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(body)
        part.replace(path)
    except OSError as error:
        _forget(part)
        if error.errno in _FULL:
            raise LibraryError("disk_full", folder=str(path.parent)) from error
        raise InputError("file_not_written", name=path.name, folder=str(path.parent)) from error
    return path


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the folder is not ours: nothing was written there
        return
