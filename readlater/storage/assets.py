"""Pictures by content hash: files written whole and synced before a row names them."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import apsw

from readlater.article import Picture
from readlater.errors import LibraryError

FOLDER = "assets"
# A file without a row may belong to a fetch that is under way in another process.
ORPHAN_AGE_S = 3600


class Assets:
    """The files of the pictures, below `folder`/assets, named by their SHA-256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def path(self, digest: str) -> Path:
        """Where the file of `digest` lies."""
        return self.folder / digest[:2] / digest

    def keep(self, body: bytes) -> str:
        """Store bytes, durable on return, and return their digest; LibraryError when it fails."""
        digest = hashlib.sha256(body).hexdigest()
        path = self.path(digest)
        if path.is_file() and path.stat().st_size == len(body):
            return digest
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, body)
        except OSError as error:
            raise LibraryError(
                "disk_full" if error.errno in _FULL else "disk_failed", folder=str(self.folder)
            ) from error
        return digest

    def read(self, digest: str) -> bytes | None:
        """The bytes of an asset; None when the file is gone or no longer what it was."""
        try:
            body = self.path(digest).read_bytes()
        except OSError:
            return None
        return body if hashlib.sha256(body).hexdigest() == digest else None

    def digests(self) -> Iterator[str]:
        """All files that are there."""
        for path in self.folder.glob("??/*"):
            if not path.name.endswith(".part"):
                yield path.name

    def sweep(self, known: set[str]) -> int:
        """Delete old files that no row names and what a killed write left; returns how many."""
        swept = 0
        for path in self.folder.glob("??/*"):
            old = time.time() - path.stat().st_mtime > ORPHAN_AGE_S
            if path.name not in known and old:
                path.unlink(missing_ok=True)
                swept += 1
        return swept

    def drop(self, digest: str) -> None:
        """Delete the file of an asset that no row names any more."""
        self.path(digest).unlink(missing_ok=True)


_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def _write_whole(path: Path, body: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)  # it is gone already when all went well
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; NTFS logs the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def record(connection: apsw.Connection, digest: str, picture: Picture) -> None:
    """Name a stored file in the database."""
    connection.execute(
        "INSERT INTO asset(digest, media_type, size_bytes) VALUES(?, ?, ?)"
        " ON CONFLICT(digest) DO NOTHING",
        (digest, picture.media_type, len(picture.body)),
    )


def link(connection: apsw.Connection, article: int, digests: Mapping[str, str]) -> None:
    """Say which asset each picture's address of an article is."""
    connection.executemany(
        "INSERT OR REPLACE INTO picture(article, address, digest) VALUES(?, ?, ?)",
        [(article, address, digest) for address, digest in digests.items()],
    )


def of(connection: apsw.Connection, article: int) -> dict[str, str]:
    """The asset of each picture's address that an article holds."""
    return dict(
        connection.execute("SELECT address, digest FROM picture WHERE article = ?", (article,))
    )


def media_type(connection: apsw.Connection, digest: str) -> str | None:
    """The media type of an asset; None for one that is not known."""
    found: str | None = connection.execute(
        "SELECT media_type FROM asset WHERE digest = ?", (digest,)
    ).get
    return found


def thumbnail(connection: apsw.Connection, digest: str) -> bytes | None:
    """The stored thumbnail of an asset."""
    found: bytes | None = connection.execute(
        "SELECT thumbnail FROM asset WHERE digest = ?", (digest,)
    ).get
    return found


def set_thumbnail(connection: apsw.Connection, digest: str, body: bytes) -> None:
    """Store the thumbnail of an asset."""
    connection.execute("UPDATE asset SET thumbnail = ? WHERE digest = ?", (body, digest))


def unused(connection: apsw.Connection) -> list[str]:
    """Delete the rows of assets that no article or site shows; returns their digests."""
    return [
        digest
        for (digest,) in connection.execute(
            "DELETE FROM asset WHERE NOT EXISTS"
            " (SELECT 1 FROM picture p WHERE p.digest = asset.digest)"
            " AND digest NOT IN (SELECT digest FROM site_icon) RETURNING digest"
        )
    ]


def known(connection: apsw.Connection) -> set[str]:
    """The digests of all assets that rows name."""
    return {digest for (digest,) in connection.execute("SELECT digest FROM asset")}


def forget(connection: apsw.Connection, digest: str) -> None:
    """Take an asset whose file is damaged out of every article."""
    connection.execute("UPDATE article SET lead_asset = '' WHERE lead_asset = ?", (digest,))
    connection.execute("DELETE FROM picture WHERE digest = ?", (digest,))
    connection.execute("DELETE FROM site_icon WHERE digest = ?", (digest,))
    connection.execute("DELETE FROM asset WHERE digest = ?", (digest,))


def shown_by(connection: apsw.Connection, digest: str) -> list[int]:
    """The articles that show an asset."""
    return [
        article
        for (article,) in connection.execute(
            "SELECT DISTINCT article FROM picture WHERE digest = ?", (digest,)
        )
    ]
