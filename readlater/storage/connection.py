"""Connections to the database: one a thread, one writer at a time, errors in our words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from readlater.errors import LibraryError
from readlater.storage import schema

# The name for other rooms, which hand a connection on and never ask it anything.
Connection = apsw.Connection

FILE = "library.sqlite3"
BUSY_TIMEOUT_MS = 20_000


@contextmanager
def sqlite_errors(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into a LibraryError that a person can act upon.

    Programming errors (apsw.SQLError and the like) pass through: they are bugs.
    """
    place = str(folder)
    try:
        yield
    except apsw.InterruptError as error:
        raise LibraryError("interrupted") from error
    except apsw.FullError as error:
        raise LibraryError("disk_full") from error
    except apsw.IOError as error:
        raise LibraryError("disk_failed", folder=place) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.AuthError) as error:
        raise LibraryError("folder_not_writable", folder=place) from error
    except apsw.CorruptError as error:
        raise LibraryError("library_damaged", folder=place) from error
    except apsw.NotADBError as error:
        raise LibraryError("not_a_library", folder=place) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise LibraryError("library_busy") from error


class Store:
    """The database in `folder`. Each thread gets its own connection; `write` is one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()
        self._writer = threading.RLock()
        self._all: list[apsw.Connection] = []
        self._closed = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError("folder_not_writable", folder=str(folder)) from error
        with self.write() as connection:
            schema.migrate(connection)

    def _connection(self) -> apsw.Connection:
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
        return connection

    def _open(self) -> apsw.Connection:
        with self._writer:
            if self._closed:
                raise LibraryError("library_busy")
            connection = apsw.Connection(str(self.folder / FILE))
            self._all.append(connection)
            connection.set_busy_timeout(BUSY_TIMEOUT_MS)
            connection.execute("PRAGMA journal_mode = WAL")
            # FULL syncs the log at each commit: NORMAL loses acknowledged saves with the power.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -16000")
            connection.execute("PRAGMA trusted_schema = OFF")
            return connection

    @contextmanager
    def read(self) -> Iterator[apsw.Connection]:
        """This thread's connection, for queries."""
        with sqlite_errors(self.folder):
            yield self._connection()

    @contextmanager
    def snapshot(self) -> Iterator[apsw.Connection]:
        """This thread's connection inside one read transaction: several queries see one state."""
        with self.read() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """One transaction, committed and synced when the block ends, undone when it raises."""
        with self._writer, sqlite_errors(self.folder):
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def version(self) -> int:
        """A number that changes when another connection has written (PRAGMA data_version)."""
        with self.read() as connection:
            return int(connection.execute("PRAGMA data_version").get)

    def close(self) -> None:
        """Close every thread's connection; waits for a writer at work."""
        with self._writer:
            self._closed = True
            for connection in self._all:
                connection.interrupt()
                connection.close()
            self._all.clear()
