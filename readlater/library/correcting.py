"""What a person corrects: what a copy is, and which blocks belong to its text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from readlater.article import Access, Changes, Extracted, Removed
from readlater.errors import InputError
from readlater.library import showing
from readlater.library.core import Core, Done
from readlater.library.fetching import Extractor
from readlater.library.gathering import again
from readlater.pipeline import EXTRACTOR_VERSION
from readlater.storage import articles, copies, corrections, earlier, parts, undo
from readlater.storage.connection import Connection

# The reader's words on a copy and the codes of their deeds; None is back to the page's signs.
WORDS = {Access.FULL: "said_whole", Access.PREVIEW: "said_preview", None: "said_nothing"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block that an extraction takes out; `is_back` when a person has put it back."""

    removed: Removed
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a text is made anew from, and for which corrections."""

    copy: int
    held: Extracted
    put_back: tuple[Removed, ...]


class Correcting:
    """The reader's word wins, can be undone, and stays when a text is made anew or fetched."""

    def __init__(self, core: Core, worker: Callable[[], Extractor]) -> None:
        self._core = core
        self._worker = worker

    def say(self, ids: Sequence[int], word: Access | None) -> Done:
        """Say that copies are whole (FULL) or only a preview (PREVIEW); None takes the word back.

        InputError `no_text_yet` when none of them has a copy, ValueError for any other word.
        """
        if word not in WORDS:
            raise ValueError(word)
        with self._core.store.read() as connection:
            known = articles.existing(connection, ids)
            with_copy = [i for i in known if copies.shown(connection, i) is not None]
        if not known:
            raise InputError("no_such_article", id=min(ids))
        if not with_copy:
            raise InputError("no_text_yet")

        def change(connection: Connection, chunk: Sequence[int]) -> None:
            for article in chunk:
                corrections.say(connection, article, word)
                showing.follow(connection, article)

        return self._core.deed(WORDS[word], with_copy, change)

    def blocks(self, article: int) -> tuple[Block, ...]:
        """The blocks that were taken out, and those put back; InputError `no_text_yet`."""
        with self._core.store.snapshot() as connection:
            ground = _ground(connection, article)
        back = [Block(removed, is_back=True) for removed in ground.put_back]
        known = {block.removed.fingerprint for block in back}
        out = [Block(r) for r in ground.held.removed if r.fingerprint not in known]
        return tuple(sorted([*back, *out], key=lambda block: _paragraph(block.removed.place)))

    def put_back(self, article: int, fingerprints: Collection[str]) -> Done:
        """Put blocks back into the text, for good.

        InputError `no_text_yet`, `no_raw_copy`, `no_such_block`, `no_article` (a wall came, and
        no text); ExtractionError when the page cannot be read again: nothing was changed then.
        """
        wanted = frozenset(fingerprints)

        def choose(ground: _Ground) -> tuple[Removed, ...]:
            kept = {block.fingerprint for block in ground.put_back}
            found = {r.fingerprint: r for r in ground.held.removed if r.fingerprint in wanted}
            if not wanted <= found.keys() | kept:
                raise InputError("no_such_block")
            return (*ground.put_back, *(r for f, r in found.items() if f not in kept))

        return self._remake("put_back", article, choose)

    def take_out(self, article: int, fingerprints: Collection[str]) -> Done:
        """Take blocks out again that were put back; raises as `put_back`."""
        wanted = frozenset(fingerprints)

        def choose(ground: _Ground) -> tuple[Removed, ...]:
            if not wanted <= {block.fingerprint for block in ground.put_back}:
                raise InputError("no_such_block")
            return tuple(b for b in ground.put_back if b.fingerprint not in wanted)

        return self._remake("taken_out", article, choose)

    def _remake(
        self, code: str, article: int, choose: Callable[[_Ground], tuple[Removed, ...]]
    ) -> Done:
        """Extract first, then one transaction: a crash leaves the text as before or as after."""
        while True:
            with self._core.store.snapshot() as connection:
                ground = _ground(connection, article)
                response = copies.raw(connection, ground.copy)
                following, of = parts.following(connection, ground.copy)
            blocks = choose(ground)
            if response is None:
                raise InputError("no_raw_copy")
            keep = frozenset(block.fingerprint for block in blocks)
            made = again(response, following, of, self._worker(), keep)
            if not made.html:
                raise InputError("no_article")
            with self._core.write() as writing:
                connection = writing.connection
                if _ground(connection, article) != ground:
                    continue  # a fetch or another process came between: choose anew
                deed = undo.begin(connection, code, self._core.clock())
                with undo.recorded(connection, deed, [article]):
                    earlier.keep(connection, deed, ground.copy)
                    corrections.set_put_back(connection, article, blocks)
                    copies.fill(connection, ground.copy, made, EXTRACTOR_VERSION)
                    showing.show(connection, article, ground.copy, made)
                writing.changes = Changes(frozenset([article]), membership=True)
            return Done(code, (article,), deed)


def _ground(connection: Connection, article: int) -> _Ground:
    if not articles.existing(connection, [article]):
        raise InputError("no_such_article", id=article)
    copy = copies.shown(connection, article)
    held = copies.extracted(connection, copy) if copy is not None else None
    if copy is None or held is None:
        raise InputError("no_text_yet")
    return _Ground(copy, held, corrections.put_back(connection, article))


def _paragraph(place: str) -> int:
    """The number of the paragraph that a place names; 0 before the text."""
    return next((int(word) for word in place.split() if word.isdecimal()), 0)
