"""Deeds on articles one has: archive, favourite, trash, tags, and undo of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from readlater.article import Changes, Place, View
from readlater.errors import InputError
from readlater.library import showing
from readlater.library.core import BODIES, CHUNK, CORRECTIONS, Core, Done
from readlater.library.names import clean_tag, clean_tags, joined
from readlater.storage import articles, assets, copies, earlier, site_icons, tags, undo
from readlater.storage.connection import Connection
from readlater.storage.rows import folded


class Tidying:
    """One short method per deed; each can be undone, but for emptying the trash."""

    def __init__(self, core: Core, refresh: Callable[[Sequence[int]], None]) -> None:
        self._core = core
        self._refresh = refresh

    def archive(self, ids: Sequence[int], *, on: bool = True) -> Done:
        """Put articles into the archive, or back to Unread."""
        values = {"archived_at": self._core.clock() if on else None}
        return self._set("archived" if on else "unarchived", ids, values)

    def favourite(self, ids: Sequence[int], *, on: bool = True) -> Done:
        """Mark articles as favourites, or no longer."""
        return self._set("favourited" if on else "unfavourited", ids, {"favourite": int(on)})

    def trash(self, ids: Sequence[int]) -> Done:
        """Put articles into the trash; what is being fetched is let go."""
        return self._set("trashed", ids, {"trashed_at": self._core.clock()})

    def restore(self, ids: Sequence[int]) -> Done:
        """Take articles out of the trash, to where they were."""
        return self._set("restored", ids, {"trashed_at": None})

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Done:
        """Add tags to articles and take tags from them; InputError `bad_tag`."""
        more, less = clean_tags(add), {folded(name) for name in remove}

        def change(connection: Connection, chunk: Sequence[int]) -> None:
            for article in chunk:
                kept = [n for n in tags.of(connection, article) if folded(n) not in less]
                self._put_tags(connection, article, joined(kept, more))
            tags.sweep(connection)

        return self._core.deed("tagged", self._present(ids), change, tags=True)

    def tags(self) -> tuple[str, ...]:
        """All tags, in their order."""
        with self._core.store.read() as connection:
            return tags.names(connection)

    def rename_tag(self, old: str, new: str) -> Done:
        """Rename a tag; when `new` exists already, the two become one."""
        new = clean_tag(new)
        with self._core.store.read() as connection:
            merged = folded(new) != folded(old) and bool(tags.articles(connection, new))

        def change(connection: Connection, chunk: Sequence[int]) -> None:
            for article in chunk:
                held = tags.of(connection, article)
                renamed = [new if folded(n) == folded(old) else n for n in held]
                self._put_tags(connection, article, joined(renamed, []))
            tags.respell(connection, new)
            tags.sweep(connection)

        code = "tag_merged" if merged else "tag_renamed"
        return self._core.deed(code, self._tagged(old), change, tags=True)

    def delete_tag(self, name: str) -> Done:
        """Take a tag from every article."""

        def change(connection: Connection, chunk: Sequence[int]) -> None:
            for article in chunk:
                kept = [n for n in tags.of(connection, article) if folded(n) != folded(name)]
                self._put_tags(connection, article, kept)
            tags.sweep(connection)

        return self._core.deed("tag_deleted", self._tagged(name), change, tags=True)

    def empty_trash(self) -> int:
        """Delete what is in the trash for good; returns how many articles."""
        emptied = 0
        while True:
            with self._core.write() as writing:
                chunk = articles.page(writing.connection, View(Place.TRASH), 0, CHUNK)
                for article in chunk:
                    articles.destroy(writing.connection, article.id)
                tags.sweep(writing.connection)
                site_icons.sweep(writing.connection)
                unused = assets.unused(writing.connection)
                ids = frozenset(article.id for article in chunk)
                writing.changes = Changes(ids, membership=True, tags=True) if chunk else None
            for digest in unused:
                self._core.assets.drop(digest)
            emptied += len(chunk)
            if not chunk:
                return emptied

    def undo(self) -> Done:
        """Undo the last deed that stands; InputError `nothing_to_undo`."""
        return self._turn(redo=False)

    def redo(self) -> Done:
        """Do again what was undone last; InputError `nothing_to_redo`."""
        return self._turn(redo=True)

    def next_undo(self) -> str:
        """The code of the deed that undo would be about; "" when there is none."""
        return self._next(undone=False)

    def next_redo(self) -> str:
        """The code of the deed that redo would be about; "" when there is none."""
        return self._next(undone=True)

    def _next(self, *, undone: bool) -> str:
        with self._core.store.read() as connection:
            latest = undo.latest(connection, undone=undone)
        return latest[1] if latest else ""

    def _turn(self, *, redo: bool) -> Done:
        with self._core.store.read() as connection:
            latest = undo.latest(connection, undone=redo)
            ids = undo.rows(connection, latest[0]) if latest else []
        if latest is None:
            raise InputError("nothing_to_redo" if redo else "nothing_to_undo")
        deed, code = latest
        size = BODIES if code in CORRECTIONS else CHUNK
        for start in range(0, max(1, len(ids)), size):
            chunk = ids[start : start + size]
            with self._core.write() as writing:
                changed = undo.apply(writing.connection, deed, chunk, redo=redo)
                for article in changed if code in CORRECTIONS else ():
                    showing.follow(writing.connection, article)
                tags.sweep(writing.connection)
                writing.changes = Changes(frozenset(changed), membership=True, tags=True)
                if start + size >= len(ids):
                    undo.mark(writing.connection, deed, undone=not redo)
        if code in ("put_back", "taken_out"):
            self._refresh(self._with_another_copy(deed, ids))
        return Done(code, tuple(ids), deed)

    def _with_another_copy(self, deed: int, ids: Sequence[int]) -> list[int]:
        """Those whose text did not change over with the deed: a newer copy has come since."""
        with self._core.store.read() as connection:
            return [
                i for i in ids if copies.shown(connection, i) not in earlier.of(connection, deed, i)
            ]

    def _set(self, code: str, ids: Sequence[int], values: dict[str, float | int | None]) -> Done:
        def change(connection: Connection, chunk: Sequence[int]) -> None:
            for article in chunk:
                articles.update(connection, article, values)

        return self._core.deed(code, self._present(ids), change)

    def _present(self, ids: Sequence[int]) -> list[int]:
        with self._core.store.read() as connection:
            present = articles.existing(connection, ids)
        missing = set(ids) - set(present)
        if missing and not present:
            raise InputError("no_such_article", id=min(missing))
        return present

    def _tagged(self, name: str) -> list[int]:
        with self._core.store.read() as connection:
            found = tags.articles(connection, name)
        if not found:
            raise InputError("no_such_tag", tag=name)
        return found

    @staticmethod
    def _put_tags(connection: Connection, article: int, wanted: Sequence[str]) -> None:
        tags.put(connection, article, wanted)
        articles.index(connection, article)
