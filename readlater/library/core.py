"""What every service of the library stands on: the store, the listeners, and recorded deeds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from readlater.article import Changes, Progress
from readlater.errors import LibraryError
from readlater.settings import Settings
from readlater.storage import changes as change_log
from readlater.storage import undo
from readlater.storage.assets import Assets
from readlater.storage.connection import Connection, Store
from readlater.storage.presence import Presence

Listener = Callable[[Changes | Progress], None]
Follower = Callable[[frozenset[int]], None]

# Rows in one transaction of a long deed: about 20 ms, so that no one waits for the writer.
CHUNK = 200
# The same for rows whose text is written and indexed anew.
BODIES = 10
# Deeds after whose undo a row has to follow its copy and corrections again.
CORRECTIONS = frozenset(
    {"completed", "said_whole", "said_preview", "said_nothing", "put_back", "taken_out", "remade"}
)


@dataclass(frozen=True, slots=True)
class Done:
    """A deed that was done: its code, the rows it was about, and the id that undo knows it by."""

    code: str
    ids: tuple[int, ...]
    undo_id: int = 0


@dataclass(slots=True)
class Writing:
    """One transaction of a service: set `changes` to what it changed."""

    connection: Connection
    changes: Changes | None = None


class Core:
    """The shared ground; thread-safe."""

    def __init__(
        self, folder: Path, settings: Settings, clock: Callable[[], float] = time.time
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.clock = clock
        self.store = Store(folder)
        self.assets = Assets(folder)
        try:
            self.presence = Presence(folder)
        except LibraryError:
            self.store.close()
            raise
        self._listeners: list[Listener] = []
        self._followers: list[Follower] = []
        self._polling = threading.Lock()
        with self.store.read() as connection:
            self._seen = change_log.last(connection)
        self._version = -1  # comparable on one connection only: that of the thread that polls

    @property
    def token(self) -> str:
        """The name of this process in claims and changes."""
        return self.presence.token

    @contextmanager
    def write(self, changes: Changes | None = None) -> Iterator[Writing]:
        """A transaction that tells the listeners and other processes of its changes."""
        with self.store.write() as connection:
            writing = Writing(connection, changes)
            yield writing
            if writing.changes is not None:
                change_log.append(connection, self.token, writing.changes)
        if writing.changes is not None:
            for follower in self._followers:
                follower(writing.changes.ids)
            self.tell(writing.changes)

    def deed(
        self,
        code: str,
        ids: Sequence[int],
        change: Callable[[Connection, Sequence[int]], None],
        *,
        tags: bool = False,
    ) -> Done:
        """Do `change` to rows in chunks of one transaction each, all under one id of undo."""
        deed = 0
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            with self.write(Changes(frozenset(chunk), membership=True, tags=tags)) as writing:
                deed = deed or undo.begin(writing.connection, code, self.clock())
                with undo.recorded(writing.connection, deed, chunk):
                    change(writing.connection, chunk)
        return Done(code, tuple(ids), deed)

    def follow(self, follower: Follower) -> None:
        """Call `follower` with the rows that each transaction changed, before anyone hears of them.

        It runs after the commit, on the thread of the deed, and may write in its turn.
        """
        self._followers.append(follower)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each change, on the thread of the deed; returns the way out."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, event: Changes | Progress) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            listener(event)

    def poll(self) -> None:
        """Tell the listeners what other processes have changed since the last look."""
        with self._polling:
            version = self.store.version()
            if version == self._version:
                return
            self._version = version
            with self.store.read() as connection:
                self._seen, found = change_log.since(connection, self._seen, self.token)
        if found is not None:
            self.tell(found)

    def close(self) -> None:
        """Close the database and take this process's mark away."""
        self.store.close()
        self.presence.close()
